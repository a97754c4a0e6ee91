import type { EpochMs, Range } from './range.ts';
import { dayOfDate, dayOpensAt } from './wall-time.ts';

/** Time during which the clock of a zone is ahead of UTC by the same number of milliseconds. */
export type Stretch = Range & { readonly zone: string; readonly ahead: number };

/**
 * The dates from `from` to `to`, `YYYY-MM-DD` and both included, as instants: one stretch for each time the zone's clock
 * changes. Wall time is then plain arithmetic, also for a database that knows no zones.
 */
export function stretchesIn(zone: string, { from, to }: { from: string; to: string }): Stretch[] {
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  if (first === null || last === null) throw new RangeError('there is no such date');
  const end = dayOpensAt(zone, last + 1);
  const stretches: Stretch[] = [];
  for (let start: EpochMs = dayOpensAt(zone, first); start < end;) {
    const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
    const change = local.getTimeZoneTransition('next')?.epochMilliseconds ?? end;
    const until = Math.min(change, end);
    stretches.push({ zone, start, end: until, ahead: local.offsetNanoseconds / 1e6 });
    start = until;
  }
  return stretches;
}
