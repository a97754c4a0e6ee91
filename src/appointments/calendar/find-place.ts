import type { Tx } from '../../platform/database.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { freePlaces, occupied, type Place, type PlacesQuery } from '../../scheduling/places.ts';
import { overlapsAny, type EpochMs } from '../../scheduling/range.ts';
import type { Sitting } from '../../scheduling/sittings.ts';
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
 * The next place for an appointment that loses its own: in the same chamber and by the rules of its channel, the nearest
 * in time on the same date, else the first after it; null when none is free within the horizon. What was found counts as
 * taken from then on, and the appointment's old place as free.
 */
export type FindPlace = (appointment: PromisedAppointment) => Promise<FoundPlace | null>;

/** Of one doctor, by the calendar as the transaction sees it now. */
export async function placeFinder(tx: Tx, doctorId: number, now: Temporal.Instant): Promise<FindPlace> {
  const [calendar] = await findCalendars(tx, [doctorId], daysAhead(now));
  if (!calendar) throw new Error(`no calendar of doctor ${doctorId} was read`);
  const { closures, travelMinutes } = calendar;
  const { taken: known, closedSessions } = await findObstacles(tx, doctorId, now);
  let taken = known;
  return async ({ id, chamberId, patientId, channel, starts, timeZone, visitMinutes }) => {
    const ownDate = formatLocal(starts, timeZone).slice(0, 10);
    const others = taken.filter(({ appointmentId }) => appointmentId !== id);
    const patientTaken = await findPatientsTime(tx, { patientId, besides: id, now });
    const query = {
      visitMinutes,
      taken: others,
      travelMinutes,
      closures,
      closedSessions,
      channel,
      now: now.epochMilliseconds,
    };
    const found = calendar.sittings
      .filter(({ rule, date }) => rule.chamberId === chamberId && date >= ownDate)
      .flatMap((sitting) => placesIn(sitting, query).map((place) => ({ sitting, place })))
      .filter(({ place }) => !overlapsAny(place, patientTaken));
    const best = nearest(found, { starts, ownDate });
    if (!best) return null;
    const visit = { ...occupied(best.place, best.sitting.rule), chamberId, appointmentId: id };
    taken = [...others, visit].toSorted((a, b) => a.start - b.start);
    return best;
  };
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

/** `found` is sorted by start, none before the own date. */
function nearest(
  found: readonly FoundPlace[],
  { starts, ownDate }: { starts: EpochMs; ownDate: string },
): FoundPlace | null {
  const distance = ({ place }: FoundPlace) => Math.abs(place.start - starts);
  const sameDay = found.filter(({ sitting }) => sitting.date === ownDate);
  const [closest] = sameDay.toSorted((a, b) => distance(a) - distance(b) || b.place.start - a.place.start);
  return closest ?? found[0] ?? null;
}
