import type { Range } from './range.ts';
import { dayOpensAt, instantAt } from './wall-time.ts';
import { readDay, readMinute } from './weekly-rules.ts';
import type { Channel } from './weekly-rules.ts';

/**
 * Time in which no visit takes place: of a doctor (time off) or of everybody (a holiday). A place that overlaps it is
 * gone; buffers may reach into it, since they are the doctor's own minutes. A tentative one (a holiday that waits for
 * the moon) closes the channel `online` only.
 */
export type Closure = {
  readonly kind: 'time_off' | 'holiday';
  /** Null: in every chamber. */
  readonly chamberId: number | null;
  readonly tentative: boolean;
  readonly period: Range;
};

/** Wall time, both ends as `YYYY-MM-DD` (the whole day, `until` included) or `YYYY-MM-DDTHH:MM` (half-open). */
export type LocalPeriod = { readonly from: string; readonly until: string };

/**
 * The instants of a local period in a zone. A time the clock skips moves forward, of one it shows twice the earlier
 * counts. Null when the clock change leaves nothing of it, or the zone skipped its dates. Throws a RangeError with the
 * path of the mistake, also for a period that runs backwards.
 */
export function closedPeriod(zone: string, { from, until }: LocalPeriod): Range | null {
  const first = readLocal(from, 'period.from');
  const last = readLocal(until, 'period.until');
  const untilMinute = last.minute ?? WHOLE_DAY;
  if (last.day < first.day || (last.day === first.day && untilMinute <= (first.minute ?? 0))) {
    throw new RangeError(`period.until: expected a time after ${from}, got ${until}`);
  }
  const start =
    first.minute === null ? dayOpensAt(zone, first.day) : instantAt(zone, first.day, first.minute);
  const end = last.minute === null ? dayOpensAt(zone, last.day + 1) : instantAt(zone, last.day, last.minute);
  return start < end ? { start, end } : null;
}

/** The closures that hold for a channel in a chamber (null: in none, so those of every chamber), sorted by start. */
export function closuresFor(
  closures: readonly Closure[],
  { chamberId, channel }: { readonly chamberId: number | null; readonly channel: Channel },
): readonly Closure[] {
  if (closures.length === 0) return closures;
  return closures
    .filter((closure) => closure.chamberId === null || closure.chamberId === chamberId)
    .filter((closure) => !closure.tentative || channel === 'online')
    .toSorted((a, b) => a.period.start - b.period.start);
}

const WHOLE_DAY = Infinity;

/** `minute`: since midnight, null when the text is a date alone. */
function readLocal(text: string, path: string): { day: number; minute: number | null } {
  const [date = '', time, ...rest] = text.split('T');
  if (rest.length > 0) throw new RangeError(`${path}: expected YYYY-MM-DD or YYYY-MM-DDTHH:MM, got ${text}`);
  return { day: readDay(date, path), minute: time === undefined ? null : readMinute(time, path) };
}
