import { digits } from './digits.ts';
import type { Language } from './language.ts';

/** Hours from which a part of the day runs, by the language's own division of the day. */
const dayParts = {
  bn: [
    { from: 20, name: 'রাত' },
    { from: 18, name: 'সন্ধ্যা' },
    { from: 15, name: 'বিকাল' },
    { from: 12, name: 'দুপুর' },
    { from: 6, name: 'সকাল' },
    { from: 4, name: 'ভোর' },
    { from: 0, name: 'রাত' },
  ],
  en: [
    { from: 20, name: 'Night' },
    { from: 18, name: 'Evening' },
    { from: 12, name: 'Afternoon' },
    { from: 6, name: 'Morning' },
    { from: 4, name: 'Early morning' },
    { from: 0, name: 'Night' },
  ],
} as const;

/** The part of the day that a wall time `HH:MM` lies in. */
export function dayPart(language: Language, time: string): string {
  const hour = Number(time.slice(0, 2));
  return dayParts[language].find(({ from }) => hour >= from)?.name ?? '';
}

/** The clock alone, `9:30` or `৯:৩০`: for a list that stands under its part of the day. */
export function clockFace(language: Language, time: string): string {
  const hour = Number(time.slice(0, 2));
  return digits(language, `${hour % 12 === 0 ? 12 : hour % 12}:${time.slice(3, 5)}`);
}

/** `9:30am`, `সকাল ৯:৩০`. */
export function formatTime(language: Language, time: string): string {
  if (language === 'bn') return `${dayPart('bn', time)} ${clockFace('bn', time)}`;
  return clockFace('en', time) + (Number(time.slice(0, 2)) < 12 ? 'am' : 'pm');
}

/** `5:00pm to 9:00pm`, `বিকাল ৫:০০ থেকে রাত ৯:০০`. */
export function formatTimeRange(language: Language, from: string, to: string): string {
  const [start, end] = [formatTime(language, from), formatTime(language, to)];
  return language === 'bn' ? `${start} থেকে ${end}` : `${start} to ${end}`;
}

/** The date and wall time that an answer of the API carries in the chamber's own offset. */
export const wallDate = (instant: string): string => instant.slice(0, 10);
export const wallTime = (instant: string): string => instant.slice(11, 16);
