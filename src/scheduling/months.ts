import type { Range } from './range.ts';
import { dayOfDate, dayOpensAt, instantAt } from './wall-time.ts';

/** A month of a calendar; `month` 1 to 12. */
export type Month = { readonly year: number; readonly month: number };

/** From the first instant of the month in the zone to that of the next. */
export const monthIn = (zone: string, month: Month): Range => ({
  start: dayOpensAt(zone, firstDay(month)),
  end: dayOpensAt(zone, firstDay(monthAfter(month, 1))),
});

/** The instant of a wall time, `minute` minutes after midnight, on the first day of the month in the zone. */
export const onTheFirst = (zone: string, month: Month, minute: number): number =>
  instantAt(zone, firstDay(month), minute);

/** So many months later, or earlier. */
export function monthAfter({ year, month }: Month, months: number): Month {
  const count = year * 12 + (month - 1) + months;
  return { year: Math.floor(count / 12), month: (count % 12) + 1 };
}

function firstDay({ year, month }: Month): number {
  const day = dayOfDate(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`);
  if (day === null) throw new RangeError('there is no such month');
  return day;
}
