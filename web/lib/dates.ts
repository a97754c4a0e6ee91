import {
  dayOfMonth,
  formatDate,
  formatMonth,
  formatShortDate,
  monthOf,
  months,
  shortMonths,
  shortWeekdays,
  weekdayOf,
  weekdays,
} from '../../src/contract/wording.ts';
import { dateOfDay, dayNumber } from './day-numbers.ts';
import { digits } from './digits.ts';
import type { Language } from './language.ts';

export { dayOfMonth, formatDate, formatShortDate };

/** Weekday in full; ISO, Monday 1. */
export const weekdayName = (language: Language, weekday: number): string =>
  weekdays[language][weekday - 1] ?? '';

/** With the year, for what is kept: `Wednesday 25 November 2026`. */
export function formatDateWithYear(language: Language, date: string): string {
  return `${formatDate(language, date)} ${digits(language, date.slice(0, 4))}`;
}

/** `October 2026` of `2026-10`. */
export const formatYearMonth = (language: Language, month: string): string =>
  formatMonth(language, { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) });

export const monthName = (language: Language, date: string): string => months[language][monthOf(date)] ?? '';

/** Fits the leaf of a day: `Wed`, `বৃহস্পতি`. */
export const shortWeekdayOfDate = (language: Language, date: string): string =>
  shortWeekday(language, weekdayOf(date));

/** The same of an ISO weekday. */
export const shortWeekday = (language: Language, weekday: number): string =>
  shortWeekdays[language][weekday - 1] ?? '';

/** `Wednesday`, `বুধবার`. */
export const weekdayOfDate = (language: Language, date: string): string =>
  weekdayName(language, weekdayOf(date));

/** 1 to 12 for a month's name in NFC, whole, short or begun with three letters, in either language; else null. */
export function monthOfName(word: string): number | null {
  const begun = word.toLowerCase();
  if (begun.length < 3 && !shortMonths.bn.some((name) => name === begun)) return null;
  const fits = (name: string): boolean => name.toLowerCase().startsWith(begun);
  const index = Math.max(
    ...[months.en, months.bn, shortMonths.en, shortMonths.bn].map((names) => names.findIndex(fits)),
  );
  return index < 0 ? null : index + 1;
}

const isoWeek = [1, 2, 3, 4, 5, 6, 7] as const;
/** ISO, Monday 1. */
export type Weekday = (typeof isoWeek)[number];

/** Weekdays as a week runs from the one it begins with. */
export const weekFrom = (first: Weekday): readonly Weekday[] => [
  ...isoWeek.slice(first - 1),
  ...isoWeek.slice(0, first - 1),
];

/** Friday is the day of rest, whatever day the week begins with. */
export const isFriday = (date: string): boolean => weekdayOf(date) === 5;

export const addDays = (date: string, days: number): string => dateOfDay((dayNumber(date) ?? 0) + days);

/** Days from one date to the other. */
export const daysBetween = (from: string, to: string): number =>
  (dayNumber(to) ?? 0) - (dayNumber(from) ?? 0);

export const isDate = (text: string): boolean => dayNumber(text) !== null;
