import { addDays } from './dates.ts';
import { dayNumber, weekdayOfDay } from './day-numbers.ts';

/** The Saturday on or before a date: weeks begin with it here. */
export function startOfWeek(date: string): string {
  const weekday = weekdayOfDay(dayNumber(date) ?? 0);
  return addDays(date, -((weekday + 1) % 7));
}
