/** Milliseconds since the Unix epoch. */
export type EpochMs = number;

/** A half-open stretch of time, `[start, end)`: ranges that only touch do not overlap. */
export type Range = { readonly start: EpochMs; readonly end: EpochMs };

export const MINUTE_MS = 60_000;

export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether `range` overlaps any of `sorted`, which is sorted by start and may overlap itself. */
export function overlapsAny(range: Range, sorted: readonly Range[]): boolean {
  for (const other of sorted) {
    if (other.start >= range.end) return false;
    if (overlaps(range, other)) return true;
  }
  return false;
}
