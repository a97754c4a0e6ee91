import type { Range } from '../range.ts';
import { sittings } from '../sittings.ts';
import type { Sitting } from '../sittings.ts';
import type { WeeklyRule } from '../weekly-rules.ts';
import { exampleRule } from './example-rule.ts';

/** `HH:MM` in Dhaka on Monday 2 November 2026, the day of the example rule. */
export function at(time: string): number {
  return Temporal.Instant.from(`2026-11-02T${time}+06:00`).epochMilliseconds;
}

/** `HH:MM-HH:MM` of that day. */
export function range(times: string): Range {
  const [start = '', end = ''] = times.split('-');
  return { start: at(start), end: at(end) };
}

/** The one sitting of the example rule on that day, or on another date. */
export function sittingOf(given: Partial<WeeklyRule>, date = '2026-11-02'): Sitting {
  const [sitting] = sittings([exampleRule(given)], { from: date, to: date });
  if (sitting === undefined) throw new Error(`no sitting on ${date}`);
  return sitting;
}

/** The starts as the clock in the sitting's chamber shows them, `HH:MM`; serials as `#n`. */
export function spellPlaces(
  places: readonly (Range & { readonly serial?: number })[],
  { rule }: Sitting,
): string {
  return places
    .map(({ start, serial }) => {
      if (serial !== undefined) return `#${serial}`;
      const clock = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(rule.zone);
      return clock.toPlainTime().toString().slice(0, 5);
    })
    .join(' ');
}
