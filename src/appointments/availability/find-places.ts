import { freePlacesOfAll, type Place } from '../../scheduling/places.ts';
import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';
import { sittings, type Sitting } from '../../scheduling/sittings.ts';
import { DAY_MINUTES } from '../../scheduling/weekly-rules.ts';
import type { DoctorsTime } from './queries.ts';

export type OpenSitting = { sitting: Sitting; places: Place[] };

/** The instants that the sittings of some dates can touch, in any zone and past any midnight. */
export function spanOfDates(dates: { from: string; to: string }): { from: EpochMs; to: EpochMs } {
  const utcMidnight = (date: string) => Temporal.Instant.from(`${date}T00:00Z`).epochMilliseconds;
  return {
    from: utcMidnight(dates.from) - DAY_MINUTES * MINUTE_MS,
    to: utcMidnight(dates.to) + 3 * DAY_MINUTES * MINUTE_MS,
  };
}

/**
 * The sittings on the given dates with their free places, by start. A visit is as long as the asked visit type, else as
 * a new visit in that chamber; a visit type holds in its own chamber only.
 */
export function findPlaces(
  time: DoctorsTime,
  query: { from: string; to: string; now: EpochMs; chamberId?: number; visitTypeId?: number },
): OpenSitting[] {
  const asked = time.visitTypes.find((type) => type.id === query.visitTypeId);
  const chamberId = asked?.chamberId ?? query.chamberId;
  const all = sittings(time.rules, query).filter(
    (sitting) => chamberId === undefined || sitting.rule.chamberId === chamberId,
  );
  const found: OpenSitting[] = [];
  for (const [chamber, inChamber] of Map.groupBy(all, (sitting) => sitting.rule.chamberId)) {
    const type = asked ?? time.visitTypes.find((each) => each.chamberId === chamber && each.kind === 'new');
    // Without a visit type there is no fee, and nothing to book.
    if (!type) continue;
    const places = freePlacesOfAll(inChamber, {
      visitMinutes: type.minutes,
      taken: time.taken,
      travelMinutes: 0,
      closures: [],
      closedSessions: time.closedSessions,
      channel: 'online',
      now: query.now,
    });
    inChamber.forEach((sitting, index) => found.push({ sitting, places: places[index] ?? [] }));
  }
  return found.toSorted((a, b) => a.sitting.start - b.sitting.start);
}
