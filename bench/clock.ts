import type { Clock } from '../src/platform/clock.ts';

/** Monday 2 November 2026, 08:00 in Dhaka: the present of the stored data. */
export const origin = Temporal.Instant.from('2026-11-02T02:00:00Z');

/** Starts at `origin` and runs on, so that stored data never age. */
export function benchClock(): Clock {
  const began = performance.now();
  return { now: () => origin.add({ milliseconds: Math.floor(performance.now() - began) }) };
}
