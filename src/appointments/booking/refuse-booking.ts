import type { ProblemBody, ProblemCode } from '../../contract/problems.ts';
import type { Queryable } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { Reason, Verdict } from '../../scheduling/verdict.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';
import { findPlaces, spanOfDates } from '../availability/find-places.ts';
import { findDoctorsTime } from '../availability/queries.ts';

const shownAlternatives = 3;
const daysAhead = 14;

/** What stands in the way longest is said first: a full session helps nobody whose doctor does not sit at all. */
const codes: [Reason, ProblemCode][] = [
  ['doctor_inactive', 'doctor_inactive'],
  ['session_closed', 'session_closed'],
  ['holiday', 'holiday'],
  ['time_off', 'time_off'],
  ['too_far', 'too_far'],
  ['too_soon', 'too_soon'],
  ['outside_hours', 'outside_hours'],
  ['session_full', 'session_full'],
  ['quota_used', 'quota_used'],
  ['patient_limit', 'patient_limit'],
  ['patient_busy', 'patient_busy'],
  ['taken', 'slot_taken'],
];

/** Others have the place; so the next free ones are told. */
const lost: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['slot_taken', 'session_full', 'quota_used']);

/** The refusal of a booking, with the next free places where somebody else's booking is the reason. */
export async function refuseBooking(
  on: Queryable,
  refused: {
    verdict: Extract<Verdict, { free: false }>;
    wish: { doctorId: number; chamberId: number; visitTypeId: number; startsAt?: string | undefined };
    channel: Channel;
    now: Temporal.Instant;
    /** Of a patient who may book no more. */
    why?: string | null;
  },
): Promise<Problem> {
  const code = codes.find(([reason]) => refused.verdict.reasons.includes(reason))?.[1] ?? 'outside_hours';
  if (code === 'patient_limit') return new Problem(code, refused.why ?? undefined);
  if (!lost.has(code)) return new Problem(code);
  return new Problem(code, undefined, { alternatives: await nextPlaces(on, refused) });
}

async function nextPlaces(
  on: Queryable,
  { wish, channel, now }: Parameters<typeof refuseBooking>[1],
): Promise<NonNullable<ProblemBody['alternatives']>> {
  const wanted = wish.startsAt === undefined ? now : Temporal.Instant.from(wish.startsAt);
  const first = wanted.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  const dates = { from: first.toString(), to: first.add({ days: daysAhead }).toString() };
  const time = await findDoctorsTime(on, {
    doctorId: wish.doctorId,
    ...spanOfDates(dates),
    now: now.epochMilliseconds,
  });
  if (!time) return [];
  const query = {
    ...dates,
    now: now.epochMilliseconds,
    channel,
    chamberId: wish.chamberId,
    visitTypeId: wish.visitTypeId,
  };
  return findPlaces(time, query)
    .flatMap(({ sitting, places }) =>
      // Of a serial session only the next serial can be had.
      (sitting.rule.mode === 'serial' ? places.slice(0, 1) : places).map((place) => ({
        place,
        sitting,
      })),
    )
    .filter(({ place }) => place.start >= wanted.epochMilliseconds)
    .slice(0, shownAlternatives)
    .map(({ place, sitting }) => ({
      startsAt: formatInstant(place.start, sitting.rule.zone),
      ...(place.serial === undefined ? {} : { serial: place.serial, sessionKey: sitting.sessionKey }),
    }));
}
