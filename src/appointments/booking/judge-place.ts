import { MINUTE_MS, overlapsAny, type EpochMs } from '../../scheduling/range.ts';
import { parseSessionKey, sittings, type Sitting } from '../../scheduling/sittings.ts';
import {
  judgeGivenSerial,
  judgeSerial,
  judgeStart,
  type Circumstances,
  type Reason,
  type Verdict,
} from '../../scheduling/verdict.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';
import { datesAround, rulesFor, spanOfDates } from '../availability/find-places.ts';
import { invalidInput } from '../../platform/problems.ts';
import type { Place } from '../../scheduling/places.ts';
import type { Situation } from './queries.ts';

/** A start in a timed session, or the next serial of a serial one. */
export type WishedPlace = { startsAt?: string | undefined; sessionKey?: string | undefined };

export type Dates = { from: string; to: string };

/** The dates whose sessions can be meant, and the time that other visits could take from the place. */
export function around(wish: WishedPlace): { dates: Dates; from: EpochMs; to: EpochMs } {
  const date = wantedDate(wish);
  return { dates: datesAround(date), ...spanOf(wish, date) };
}

// A visit has at most 8 hours, a buffer and the way to another chamber at most 4 each.
const aroundMs = (4 + 4) * 60 * MINUTE_MS;
const visitMs = 8 * 60 * MINUTE_MS;

/** Little of a timed place, all of a serial session. */
function spanOf({ startsAt }: WishedPlace, date: string): { from: EpochMs; to: EpochMs } {
  if (startsAt === undefined) return spanOfDates({ from: date, to: date });
  const start = Temporal.Instant.from(startsAt).epochMilliseconds;
  return { from: start - aroundMs, to: start + visitMs + aroundMs };
}

/** The date in the wish; the span around it is wide enough for any zone. */
function wantedDate({ startsAt, sessionKey }: WishedPlace): string {
  if (startsAt !== undefined)
    return Temporal.Instant.from(startsAt).toZonedDateTimeISO('UTC').toPlainDate().toString();
  const session = parseSessionKey(sessionKey ?? '');
  if (!session) throw invalidInput({ path: 'sessionKey', message: 'Use a sessionKey of the availability' });
  return session.date;
}

export type Asked = {
  wish: WishedPlace;
  dates: Dates;
  now: Temporal.Instant;
  channel: Channel;
  visitMinutes: number;
  /** The chamber's rules for this patient allow no more. */
  patientLimitReached: boolean;
};

/** The engine's verdict on a wish. */
export function judge(situation: Situation, asked: Asked): Verdict {
  const { wish, visitMinutes } = asked;
  const known = circumstances(situation, asked);
  const near = sittingsFor(situation, asked);
  if (wish.startsAt !== undefined)
    return judgeStart(near, {
      ...known,
      visitMinutes,
      startsAt: Temporal.Instant.from(wish.startsAt).epochMilliseconds,
    });
  const sitting = near.find((each) => each.sessionKey === wish.sessionKey);
  if (!sitting) return { free: false, reasons: ['outside_hours'] };
  return judgeSerial(sitting, known);
}

function circumstances(situation: Situation, asked: Asked): Circumstances {
  const { closures, taken, travelMinutes, patientTaken, sessions } = situation;
  const closed = sessions.filter((session) => !session.open);
  return {
    taken,
    travelMinutes,
    closures,
    closedSessions: new Set(closed.map((session) => `${session.scheduleId}.${session.date}`)),
    channel: asked.channel,
    patientTaken,
    patientLimitReached: asked.patientLimitReached,
    now: asked.now.epochMilliseconds,
    doctorActive: true,
  };
}

const sittingsFor = ({ rules }: Situation, { dates, channel }: Pick<Asked, 'dates' | 'channel'>): Sitting[] =>
  sittings(rulesFor(channel, rules), dates);

/** What can come up against a place while it is held: its hours, and the patient's other visits. */
const decisive: ReadonlySet<Reason> = new Set<Reason>([
  'outside_hours',
  'time_off',
  'holiday',
  'session_closed',
  'patient_busy',
  'doctor_inactive',
]);

/** Why a held place can no longer be booked; the notice that was kept when it was taken is kept. */
export function againstHeld(
  situation: Situation,
  held: Omit<Asked, 'patientLimitReached'> & { serial: number | null },
): Reason[] {
  const asked = { ...held, patientLimitReached: false };
  const verdict = held.serial === null ? judge(situation, asked) : judgeSame(situation, asked, held.serial);
  return verdict.free ? [] : verdict.reasons.filter((reason) => decisive.has(reason));
}

function judgeSame(situation: Situation, asked: Asked, serial: number): Verdict {
  const sitting = sittingsFor(situation, asked).find((each) => each.sessionKey === asked.wish.sessionKey);
  if (!sitting) return { free: false, reasons: ['outside_hours'] };
  return judgeGivenSerial(sitting, { ...circumstances(situation, asked), serial });
}

/** What staff may overrule with a reason. Not closed time, and nobody can be in two places. */
const overrulable: ReadonlySet<Reason> = new Set<Reason>([
  'outside_hours',
  'too_soon',
  'too_far',
  'taken',
  'session_full',
  'quota_used',
  'patient_limit',
]);

/** `over`: beside another visit or over capacity. */
export type Ruling =
  | (Extract<Verdict, { free: true }> & { over: boolean })
  | Extract<Verdict, { free: false }>;

/**
 * The place that staff insist on: in a timed session any start within it, in a serial one the lowest free number of any
 * channel, else the next after the capacity; or what even they cannot overrule. `lastSerial`: the highest number given in
 * the session.
 */
export function overrule(
  situation: Situation,
  asked: Asked,
  { reasons, lastSerial }: { reasons: Reason[]; lastSerial: number },
): Ruling {
  const ruling = { ...asked, patientLimitReached: false };
  const found = reasons.every((reason) => overrulable.has(reason))
    ? asked.wish.startsAt === undefined
      ? overruleSerial(situation, ruling, lastSerial)
      : overruleStart(situation, ruling, reasons)
    : null;
  if (!found) return { free: false, reasons };
  // Over the capacity is another time than the one that was judged.
  if (overlapsAny(found.place, situation.patientTaken)) return { free: false, reasons: ['patient_busy'] };
  return { free: true, ...found };
}

type Found = { sitting: Sitting; place: Place; over: boolean };

function overruleStart(situation: Situation, asked: Asked, reasons: readonly Reason[]): Found | null {
  const start = Temporal.Instant.from(asked.wish.startsAt ?? '').epochMilliseconds;
  const sitting = sittingsFor(situation, asked).find(
    (each) => each.rule.mode === 'timed' && each.start <= start && start < each.end,
  );
  if (!sitting) return null;
  const place = { start, end: start + asked.visitMinutes * MINUTE_MS };
  return { sitting, place, over: reasons.includes('taken') || place.end > sitting.end };
}

function overruleSerial(situation: Situation, asked: Asked, lastSerial: number): Found | null {
  const sitting = sittingsFor(situation, asked).find((each) => each.sessionKey === asked.wish.sessionKey);
  if (!sitting || sitting.rule.mode !== 'serial') return null;
  const { rule } = sitting;
  const forAll = { ...rule, noticeMinutes: 0, quotas: null, quotaReleaseMinutes: null };
  const rules = situation.rules.map((each) =>
    each.scheduleId === rule.scheduleId ? { ...each, ...forAll } : each,
  );
  // The patient's other visits are looked at once the number is known.
  const verdict = judge({ ...situation, rules, patientTaken: [] }, asked);
  if (verdict.free) return { sitting, place: verdict.place, over: false };
  const serial = Math.max(rule.capacity ?? 0, lastSerial) + 1;
  const start = sitting.start + (serial - 1) * rule.slotMinutes * MINUTE_MS;
  return { sitting, place: { start, end: start + rule.slotMinutes * MINUTE_MS, serial }, over: true };
}
