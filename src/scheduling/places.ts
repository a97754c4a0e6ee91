import { earliestStart, isTooFar } from './booking-window.ts';
import type { EpochMs, Range } from './range.ts';
import { MINUTE_MS } from './range.ts';
import type { Sitting } from './sittings.ts';
import type { WeeklyRule } from './weekly-rules.ts';

/** A place in a sitting: the visit's time, and in serial mode the serial. */
export type Place = Range & { readonly serial?: number };

export type PlacesQuery = {
  /** Length of the visit; serial sittings go by their own minutes per patient. */
  readonly visitMinutes: number;
  /**
   * The doctor's occupied ranges (see `occupied`), sorted by start. They may overlap each other and lie outside the
   * sitting.
   */
  readonly taken: readonly Range[];
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
 * The places of a sitting that can be booked at `now`, by start. Timed: each of them is free at this moment, and since
 * a visit may be longer than the step between starts, taking one may take others with it. Serial: lowest number first;
 * numbers go up to the capacity even where they run past the end of the sitting.
 */
export function freePlaces(sitting: Sitting, query: PlacesQuery): Place[] {
  checkQuery(query);
  return bookablePlaces(sitting, query, { next: 0, busyUntil: -Infinity });
}

/**
 * `freePlaces` of many sittings, sorted by start, in one sweep over what is taken: the answer's n-th list belongs to the
 * n-th sitting. Linear in sittings, places and taken ranges as long as sittings do not pile up on each other.
 */
export function freePlacesOfAll(sittings: readonly Sitting[], query: PlacesQuery): Place[][] {
  checkQuery(query);
  let passed: Passed = { next: 0, busyUntil: -Infinity };
  return sittings.map((sitting) => {
    passed = pass(query.taken, passed, sitting.start);
    return bookablePlaces(sitting, query, passed);
  });
}

/** The free places that start at `earliest` or later, notice and horizon aside. */
export function freePlacesFrom(
  sitting: Sitting,
  query: { readonly visitMinutes: number; readonly taken: readonly Range[]; readonly earliest: EpochMs },
  passed: Passed = { next: 0, busyUntil: -Infinity },
): Place[] {
  const { step, length, before, after, lastStart } = gridOf(sitting, query.visitMinutes);
  const serial = sitting.rule.mode === 'serial';
  const places: Place[] = [];
  const firstStep = Math.max(0, Math.ceil((query.earliest - sitting.start) / step));
  let start = sitting.start + firstStep * step;
  let reached = passed;
  while (start <= lastStart) {
    reached = pass(query.taken, reached, start + length + after);
    if (reached.busyUntil <= start - before) {
      const end = start + length;
      places.push(serial ? { start, end, serial: (start - sitting.start) / step + 1 } : { start, end });
      start += step;
    } else {
      start += Math.ceil((reached.busyUntil + before - start) / step) * step;
    }
  }
  return places;
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

/** Throws a RangeError with the path of the mistake. */
export function checkQuery(query: { readonly visitMinutes: number; readonly now: EpochMs }): void {
  if (!Number.isSafeInteger(query.visitMinutes) || query.visitMinutes < 1) {
    throw new RangeError(`query.visitMinutes: expected a whole number from 1, got ${query.visitMinutes}`);
  }
  if (!Number.isSafeInteger(query.now)) {
    throw new RangeError(`query.now: expected whole milliseconds, got ${query.now}`);
  }
}

/**
 * How far a sweep over the taken ranges has come. They are sorted by start and may overlap, so what matters of all that
 * was passed is the latest end alone: a visit that starts before it collides, one after it does not.
 */
type Passed = { readonly next: number; readonly busyUntil: EpochMs };

/** Passes every range that starts before `limit`. */
function pass(taken: readonly Range[], { next, busyUntil }: Passed, limit: EpochMs): Passed {
  for (let range = taken[next]; range !== undefined && range.start < limit; range = taken[++next]) {
    if (range.end > busyUntil) busyUntil = range.end;
  }
  return { next, busyUntil };
}

function bookablePlaces(sitting: Sitting, query: PlacesQuery, passed: Passed): Place[] {
  const { visitMinutes, taken, now } = query;
  if (isTooFar(sitting, now)) return [];
  return freePlacesFrom(sitting, { visitMinutes, taken, earliest: earliestStart(sitting.rule, now) }, passed);
}
