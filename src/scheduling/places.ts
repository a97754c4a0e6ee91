import { earliestStart, isTooFar } from './booking-window.ts';
import { nothingPassed, obstaclesIn, pass } from './obstacles.ts';
import type { Conditions, Obstacles, Passed } from './obstacles.ts';
import { allotmentOf, mayTake } from './quotas.ts';
import type { EpochMs, Range } from './range.ts';
import { MINUTE_MS } from './range.ts';
import type { Sitting } from './sittings.ts';
import { checkWhole } from './weekly-rules.ts';
import type { WeeklyRule } from './weekly-rules.ts';

/** A place in a sitting: the visit's time, and in serial mode the serial. */
export type Place = Range & { readonly serial?: number };

export type PlacesQuery = Conditions & {
  /** Length of the visit; serial sittings go by their own minutes per patient. */
  readonly visitMinutes: number;
  readonly now: EpochMs;
};

/** The doctor's time that a place takes: in timed mode with the rule's buffers, in serial mode the place itself. */
export function occupied(place: Range, rule: WeeklyRule): Range {
  if (rule.mode === 'serial') return { start: place.start, end: place.end };
  return {
    start: place.start - rule.bufferBeforeMinutes * MINUTE_MS,
    end: place.end + rule.bufferAfterMinutes * MINUTE_MS,
  };
}

/**
 * The places of a sitting that the channel can book at `now`, by start. Timed: each of them is free at this moment, and
 * since a visit may be longer than the step between starts, taking one may take others with it. Serial: numbers go up to
 * the capacity even where they run past the end of the sitting; which of them is next says `judgeSerial`.
 */
export function freePlaces(sitting: Sitting, query: PlacesQuery): Place[] {
  checkQuery(query);
  return bookablePlaces(sitting, query, startSweep(obstaclesIn(sitting.rule.chamberId, query)));
}

/**
 * `freePlaces` of many sittings, sorted by start, in one sweep over what is taken: the answer's n-th list belongs to the
 * n-th sitting. Linear in sittings, places, and taken ranges for each chamber, as long as sittings do not pile up on each
 * other.
 */
export function freePlacesOfAll(sittings: readonly Sitting[], query: PlacesQuery): Place[][] {
  checkQuery(query);
  const sweeps = new Map<number, Sweep>();
  return sittings.map((sitting) => {
    const { chamberId } = sitting.rule;
    const sweep = sweepTo(sweeps.get(chamberId) ?? startSweep(obstaclesIn(chamberId, query)), sitting.start);
    sweeps.set(chamberId, sweep);
    return bookablePlaces(sitting, query, sweep);
  });
}

/** The free places that start at `earliest` or later; notice, horizon and quotas aside. */
export function freePlacesFrom(
  sitting: Sitting,
  query: { readonly visitMinutes: number; readonly earliest: EpochMs; readonly obstacles: Obstacles },
): Place[] {
  return placesFrom(sitting, query, startSweep(query.obstacles));
}

/** The starts a sitting has: every `step` from its start to `lastStart`, each visit `length` long. All milliseconds. */
export type Grid = {
  readonly step: number;
  readonly length: number;
  readonly before: number;
  readonly after: number;
  readonly lastStart: EpochMs;
};

export function gridOf(sitting: Sitting, visitMinutes: number): Grid {
  const { rule } = sitting;
  const step = rule.slotMinutes * MINUTE_MS;
  // A sitting need not come from `sittings`, and a step of nothing would never reach the end.
  if (!(step > 0))
    throw new RangeError(`sitting.rule.slotMinutes: expected at least 1, got ${rule.slotMinutes}`);
  if (rule.mode === 'serial') {
    const lastStart = sitting.start + ((rule.capacity ?? 0) - 1) * step;
    return { step, length: step, before: 0, after: 0, lastStart };
  }
  const length = visitMinutes * MINUTE_MS;
  return {
    step,
    length,
    before: rule.bufferBeforeMinutes * MINUTE_MS,
    after: rule.bufferAfterMinutes * MINUTE_MS,
    lastStart: sitting.end - length,
  };
}

/** The first start of the grid at `earliest` or later, which may be past the last. */
export function firstStartFrom(sitting: Sitting, step: number, earliest: EpochMs): EpochMs {
  return sitting.start + Math.max(0, Math.ceil((earliest - sitting.start) / step)) * step;
}

/** Throws a RangeError with the path of the mistake. */
export function checkQuery(query: PlacesQuery): void {
  checkWhole(query.visitMinutes, { least: 1, path: 'query.visitMinutes' });
  checkWhole(query.travelMinutes, { least: 0, path: 'query.travelMinutes' });
  if (!Number.isSafeInteger(query.now)) {
    throw new RangeError(`query.now: expected whole milliseconds, got ${query.now}`);
  }
  for (const [index, { period }] of query.closures.entries()) {
    if (!(period.start < period.end))
      throw new RangeError(`query.closures[${index}].period: expected an end after the start`);
  }
}

type Sweep = Obstacles & { readonly pastBusy: Passed; readonly pastClosed: Passed };

function startSweep({ busy, closed }: Obstacles): Sweep {
  return { busy, closed, pastBusy: nothingPassed, pastClosed: nothingPassed };
}

function sweepTo({ busy, closed, pastBusy, pastClosed }: Sweep, limit: EpochMs): Sweep {
  return {
    busy,
    closed,
    pastBusy: pass(busy, pastBusy, limit),
    pastClosed: pass(closed, pastClosed, limit),
  };
}

function bookablePlaces(sitting: Sitting, query: PlacesQuery, sweep: Sweep): Place[] {
  const { visitMinutes, now, closedSessions } = query;
  // Hashing sixty keys for an empty set would be a fifth of a month's work.
  const isClosed = closedSessions.size > 0 && closedSessions.has(sitting.sessionKey);
  if (isClosed || isTooFar(sitting, now)) return [];
  const places = placesFrom(sitting, { visitMinutes, earliest: earliestStart(sitting.rule, now) }, sweep);
  const allotment = allotmentOf(sitting, query);
  if (allotment === null) return places;
  return places.filter(({ serial }) => serial !== undefined && mayTake(allotment, serial));
}

function placesFrom(
  sitting: Sitting,
  query: { readonly visitMinutes: number; readonly earliest: EpochMs },
  { busy, closed, pastBusy, pastClosed }: Sweep,
): Place[] {
  const { step, length, before, after, lastStart } = gridOf(sitting, query.visitMinutes);
  const serial = sitting.rule.mode === 'serial';
  const places: Place[] = [];
  let start = firstStartFrom(sitting, step, query.earliest);
  while (start <= lastStart) {
    const end = start + length;
    pastBusy = pass(busy, pastBusy, end + after);
    let freeFrom = pastBusy.latestEnd + before;
    if (closed.length > 0) {
      pastClosed = pass(closed, pastClosed, end);
      freeFrom = Math.max(freeFrom, pastClosed.latestEnd);
    }
    if (freeFrom <= start) {
      places.push(serial ? { start, end, serial: (start - sitting.start) / step + 1 } : { start, end });
      start += step;
    } else {
      start += Math.ceil((freeFrom - start) / step) * step;
    }
  }
  return places;
}
