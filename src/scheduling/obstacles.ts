import { closuresFor } from './closures.ts';
import type { Closure } from './closures.ts';
import type { EpochMs, Range } from './range.ts';
import { MINUTE_MS } from './range.ts';
import type { Channel } from './weekly-rules.ts';

/** Time of the doctor that a visit takes, buffers in. Without a chamber nobody knows where, and no travel is kept. */
export type Taken = Range & { readonly chamberId?: number | null };

/** What stands in the way of places, whatever the sitting. */
export type Conditions = {
  /** The doctor's occupied ranges (see `occupied`), sorted by start. They may overlap and lie outside the sittings. */
  readonly taken: readonly Taken[];
  /** Kept free between a place, buffers in, and what is taken in another chamber. */
  readonly travelMinutes: number;
  /** In any order; they may overlap. */
  readonly closures: readonly Closure[];
  /** Keys of the sittings that are closed for booking or called off. */
  readonly closedSessions: ReadonlySet<string>;
  readonly channel: Channel;
};

/** Seen from one chamber: both lists are sorted by start. */
export type Obstacles = { readonly busy: readonly Range[]; readonly closed: readonly Range[] };

export function obstaclesIn(chamberId: number, conditions: Conditions): Obstacles {
  const { closures, channel } = conditions;
  return {
    busy: busyFor(chamberId, conditions),
    closed: closuresFor(closures, { chamberId, channel }).map(({ period }) => period),
  };
}

/**
 * How far a sweep over ranges has come. They are sorted by start and may overlap, so what matters of all that was passed
 * is the latest end alone: a visit that starts before it collides, one after it does not.
 */
export type Passed = { readonly next: number; readonly latestEnd: EpochMs };

export const nothingPassed: Passed = { next: 0, latestEnd: -Infinity };

/** Passes every range that starts before `limit`. */
export function pass(sorted: readonly Range[], { next, latestEnd }: Passed, limit: EpochMs): Passed {
  for (let range = sorted[next]; range !== undefined && range.start < limit; range = sorted[++next]) {
    if (range.end > latestEnd) latestEnd = range.end;
  }
  return { next, latestEnd };
}

// What is taken elsewhere reaches further by the travel on both sides. Two sorted lists one behind the other are sorted
// in linear time.
function busyFor(chamberId: number, { taken, travelMinutes }: Conditions): readonly Range[] {
  const isElsewhere = (range: Taken) =>
    range.chamberId !== undefined && range.chamberId !== null && range.chamberId !== chamberId;
  if (travelMinutes === 0 || !taken.some(isElsewhere)) return taken;
  const travel = travelMinutes * MINUTE_MS;
  const elsewhere = taken
    .filter(isElsewhere)
    .map(({ start, end }) => ({ start: start - travel, end: end + travel }));
  const here: Range[] = taken.filter((range) => !isElsewhere(range));
  return [...here, ...elsewhere].toSorted((a, b) => a.start - b.start);
}
