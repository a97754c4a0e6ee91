import type { Tx } from '../../platform/database.ts';
import { isTooFar } from '../../scheduling/booking-window.ts';
import { freePlaces, occupied, type Place, type PlacesQuery } from '../../scheduling/places.ts';
import { overlapsAny, type EpochMs, type Range } from '../../scheduling/range.ts';
import { parseSessionKey, type Sitting } from '../../scheduling/sittings.ts';
import { judgeSerial } from '../../scheduling/verdict.ts';
import {
  daysAhead,
  findCalendars,
  findObstacles,
  findPatientsTime,
  type PromisedAppointment,
} from './queries.ts';

export type FoundPlace = { sitting: Sitting; place: Place };

/**
 * The next places for appointments of one doctor that lose their own, by the calendar as the transaction sees it now: in
 * the same chamber and by the rules of each one's channel, the nearest in time on the same date, else the first after it;
 * null where none is free within the horizon. None gets what another of them was given; what they leave counts as free.
 */
export async function findNextPlaces(
  tx: Tx,
  moving: readonly PromisedAppointment[],
  now: Temporal.Instant,
): Promise<Map<number, FoundPlace | null>> {
  const found = new Map<number, FoundPlace | null>();
  const [first] = moving;
  if (!first) return found;
  const [calendar] = await findCalendars(tx, [first.doctorId], [daysAhead(now)]);
  if (!calendar) throw new Error(`no calendar of doctor ${first.doctorId} was read`);
  const { closures, travelMinutes } = calendar;
  const { taken: known, closedSessions } = await findObstacles(tx, first.doctorId, now);
  const ids = moving.map(({ id }) => id);
  let taken = known.filter(({ appointmentId }) => !ids.includes(appointmentId));
  const open = calendar.sittings.filter((sitting) => !isTooFar(sitting, now.epochMilliseconds));
  const given = new Map<number, Range[]>();
  for (const { id, chamberId, patientId, channel, starts, sessionKey, visitMinutes } of moving) {
    const others = await findPatientsTime(tx, { patientId, besides: ids, now });
    const patientTaken = [...others, ...(given.get(patientId) ?? [])].toSorted((a, b) => a.start - b.start);
    const query = {
      visitMinutes,
      taken,
      travelMinutes,
      closures,
      closedSessions,
      channel,
      now: now.epochMilliseconds,
    };
    const ownDate = parseSessionKey(sessionKey)?.date ?? '';
    const inChamber = open.filter(({ rule, date }) => rule.chamberId === chamberId && date >= ownDate);
    const best = firstDayWith(inChamber, (sitting) =>
      placesIn(sitting, query).filter((place) => !overlapsAny(place, patientTaken)),
    );
    const place = best && nearest(best, { starts, ownDate });
    found.set(id, place);
    if (!place) continue;
    const visit = { ...occupied(place.place, place.sitting.rule), chamberId, appointmentId: id };
    taken = [...taken, visit].toSorted((a, b) => a.start - b.start);
    given.set(patientId, [...(given.get(patientId) ?? []), place.place]);
  }
  return found;
}

/** The places on the first date that has any; `sittings` by date. */
function firstDayWith(
  sittings: readonly Sitting[],
  placesOf: (sitting: Sitting) => readonly Place[],
): FoundPlace[] | null {
  for (const [, ofDate] of Map.groupBy(sittings, ({ date }) => date)) {
    const found = ofDate.flatMap((sitting) => placesOf(sitting).map((place) => ({ sitting, place })));
    if (found.length > 0) return found;
  }
  return null;
}

/** Serials are handed out in order, so a serial sitting has one place to give: its next. */
function placesIn(sitting: Sitting, query: PlacesQuery): Place[] {
  if (sitting.rule.mode === 'timed') return freePlaces(sitting, query);
  const verdict = judgeSerial(sitting, {
    ...query,
    patientTaken: [],
    patientLimitReached: false,
    doctorActive: true,
  });
  return verdict.free ? [verdict.place] : [];
}

/** Of one date. */
function nearest(
  found: readonly FoundPlace[],
  { starts, ownDate }: { starts: EpochMs; ownDate: string },
): FoundPlace | null {
  const distance = ({ place }: FoundPlace) => Math.abs(place.start - starts);
  const byStart = found.toSorted((a, b) => a.place.start - b.place.start);
  if (byStart[0]?.sitting.date !== ownDate) return byStart[0] ?? null;
  const [closest] = byStart.toSorted((a, b) => distance(a) - distance(b) || b.place.start - a.place.start);
  return closest ?? null;
}
