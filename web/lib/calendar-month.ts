import { addDays, isDate, type Weekday } from './dates.ts';
import { dayNumber, weekdayOfDay } from './day-numbers.ts';

/** The weeks of a date's month, each from the same weekday; null stands for the days of its neighbours. */
export function monthPage(date: string, weeksFrom: Weekday): (string | null)[][] {
  const first = `${date.slice(0, 8)}01`;
  const blank = (weekdayOfDay(dayNumber(first) ?? 0) - weeksFrom + 7) % 7;
  const days = Array.from({ length: daysInMonth(date) }, (_, day) => addDays(first, day));
  const cells = [...Array.from({ length: blank }, () => null), ...days];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => cells[week * 7 + day] ?? null),
  );
}

/** The same day in another month, or that month's last. */
export function stepMonth(date: string, months: number): string {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const month = `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
  const day = Math.min(Number(date.slice(8, 10)), daysInMonth(`${month}-01`));
  return `${month}-${String(day).padStart(2, '0')}`;
}

/** Where a key leads from a date of the calendar, or null for any other key. */
export function moveByKey(date: string, key: string): string | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(date, -1);
    case 'ArrowRight':
      return addDays(date, 1);
    case 'ArrowUp':
      return addDays(date, -7);
    case 'ArrowDown':
      return addDays(date, 7);
    case 'PageUp':
      return stepMonth(date, -1);
    case 'PageDown':
      return stepMonth(date, 1);
    case 'Home':
      return `${date.slice(0, 8)}01`;
    case 'End':
      return `${date.slice(0, 8)}${daysInMonth(date)}`;
    default:
      return null;
  }
}

const daysInMonth = (date: string): number =>
  [31, 30, 29].find((day) => isDate(`${date.slice(0, 8)}${day}`)) ?? 28;
