import { dateOfDay, dayNumber, weekdayOfDay } from './day-numbers.ts';
import { digits } from './digits.ts';
import type { Language } from './language.ts';

// Own tables: what Intl says for Bangla differs between versions of ICU, and some of it is wrong ("রাত্রি", "৭:৩০ PM").
const weekdays = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  bn: ['সোমবার', 'মঙ্গলবার', 'বুধবার', 'বৃহস্পতিবার', 'শুক্রবার', 'শনিবার', 'রবিবার'],
} as const;

const shortWeekdays = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  bn: ['সোম', 'মঙ্গল', 'বুধ', 'বৃহস্পতি', 'শুক্র', 'শনি', 'রবি'],
} as const;

const months = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  bn: [
    'জানুয়ারি',
    'ফেব্রুয়ারি',
    'মার্চ',
    'এপ্রিল',
    'মে',
    'জুন',
    'জুলাই',
    'আগস্ট',
    'সেপ্টেম্বর',
    'অক্টোবর',
    'নভেম্বর',
    'ডিসেম্বর',
  ],
} as const;

const shortMonths = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  bn: ['জানু', 'ফেব', 'মার্চ', 'এপ্রি', 'মে', 'জুন', 'জুল', 'আগ', 'সেপ্ট', 'অক্টো', 'নভে', 'ডিসে'],
} as const;

/** Weekday in full; ISO, Monday 1. */
export const weekdayName = (language: Language, weekday: number): string =>
  weekdays[language][weekday - 1] ?? '';

/** `Wednesday 25 November`, `বুধবার ২৫ নভেম্বর`. Dates are `YYYY-MM-DD` by the chamber's calendar. */
export function formatDate(language: Language, date: string): string {
  return `${weekdayOfDate(language, date)} ${dayOfMonth(language, date)} ${monthName(language, date)}`;
}

/** With the year, for what is kept: `Wednesday 25 November 2026`. */
export function formatDateWithYear(language: Language, date: string): string {
  return `${formatDate(language, date)} ${digits(language, date.slice(0, 4))}`;
}

/** `Wed 25 Nov`, `বুধ ২৫ নভে`. */
export function formatShortDate(language: Language, date: string): string {
  return `${shortWeekdayOfDate(language, date)} ${dayOfMonth(language, date)} ${shortMonths[language][month(date)] ?? ''}`;
}

export const dayOfMonth = (language: Language, date: string): string =>
  digits(language, Number(date.slice(8, 10)));

export const monthName = (language: Language, date: string): string => months[language][month(date)] ?? '';

/** Fits the leaf of a day: `Wed`, `বৃহস্পতি`. */
export const shortWeekdayOfDate = (language: Language, date: string): string =>
  shortWeekday(language, weekday(date));

/** The same of an ISO weekday. */
export const shortWeekday = (language: Language, weekday: number): string =>
  shortWeekdays[language][weekday - 1] ?? '';

/** `Wednesday`, `বুধবার`. */
export const weekdayOfDate = (language: Language, date: string): string =>
  weekdayName(language, weekday(date));

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

/** ISO weekdays as a week runs here, from Saturday. */
export const weekOrder = [6, 7, 1, 2, 3, 4, 5] as const;

/** Weeks start on Saturday, and Friday is the day of rest. */
export const isFriday = (date: string): boolean => weekday(date) === 5;

export const addDays = (date: string, days: number): string => dateOfDay((dayNumber(date) ?? 0) + days);

/** Days from one date to the other. */
export const daysBetween = (from: string, to: string): number =>
  (dayNumber(to) ?? 0) - (dayNumber(from) ?? 0);

export const isDate = (text: string): boolean => dayNumber(text) !== null;

const weekday = (date: string): number => weekdayOfDay(dayNumber(date) ?? 0);
const month = (date: string): number => Number(date.slice(5, 7)) - 1;
