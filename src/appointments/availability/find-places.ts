import { freePlacesOfAll, type Place } from '../../scheduling/places.ts';
import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';
import { sittings, type Sitting } from '../../scheduling/sittings.ts';
import { DAY_MINUTES, type Channel, type WeeklyRule } from '../../scheduling/weekly-rules.ts';
import type { DoctorsTime } from './queries.ts';

export type OpenSitting = { sitting: Sitting; places: Place[] };

/**
 * The instants that the sittings of some dates can touch, in any zone and past any midnight. Zones differ from UTC by 14
 * hours at most, buffers take up to 4 and the way to another chamber 4 more: what is taken nearby lies within as well.
 */
export function spanOfDates(dates: { from: string; to: string }): { from: EpochMs; to: EpochMs } {
  const utcMidnight = (date: string) => Temporal.Instant.from(`${date}T00:00Z`).epochMilliseconds;
  return {
    from: utcMidnight(dates.from) - DAY_MINUTES * MINUTE_MS,
    to: utcMidnight(dates.to) + 3 * DAY_MINUTES * MINUTE_MS,
  };
}

/** A UTC date can be either neighbour's in the chamber, and last night's sitting may still be under way. */
export function datesAround(date: string): { from: string; to: string } {
  const plain = Temporal.PlainDate.from(date);
  return { from: plain.subtract({ days: 2 }).toString(), to: plain.add({ days: 1 }).toString() };
}

/** The rules as they hold for a channel. The desk needs no notice: whoever stands there can be seen now. */
export const rulesFor = <Rule extends WeeklyRule>(
  channel: Channel,
  rules: readonly Rule[],
): readonly Rule[] => (channel === 'online' ? rules : rules.map((rule) => ({ ...rule, noticeMinutes: 0 })));

export type PlacesWanted = {
  /** Dates of each chamber's calendar, both included. */
  from: string;
  to: string;
  now: EpochMs;
  /** As which the places would be taken; `online` unless said otherwise. */
  channel?: Channel;
  chamberId?: number;
  visitTypeId?: number;
};

/**
 * The sittings on the given dates with their free places, by start. A visit is as long as the asked visit type, else as
 * a new visit in that chamber; a visit type holds in its own chamber only.
 */
export function findPlaces(time: DoctorsTime, query: PlacesWanted): OpenSitting[] {
  const asked = time.visitTypes.find((type) => type.id === query.visitTypeId);
  const chamberId = asked?.chamberId ?? query.chamberId;
  const channel = query.channel ?? 'online';
  const all = sittings(rulesFor(channel, time.rules), query).filter(
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
      travelMinutes: time.travelMinutes,
      closures: time.closures,
      closedSessions: time.closedSessions,
      channel,
      now: query.now,
    });
    inChamber.forEach((sitting, index) => found.push({ sitting, places: places[index] ?? [] }));
  }
  return found.toSorted((a, b) => a.sitting.start - b.sitting.start);
}
