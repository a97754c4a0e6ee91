import { addDays, type Weekday } from './dates.ts';
import { dayNumber, weekdayOfDay } from './day-numbers.ts';

/** Days. */
export const weekLength = 7;

/** The last `first` on or before a date: the day that its week begins with. */
export function startOfWeek(date: string, first: Weekday): string {
  const weekday = weekdayOfDay(dayNumber(date) ?? 0);
  return addDays(date, -((weekday - first + 7) % 7));
}
