import { clockFace, dayPart, digits, formatShortDate, formatTime } from '../../src/contract/wording.ts';
import type { Language } from './language.ts';

export { clockFace, dayPart, formatTime };

/** `5:00pm to 9:00pm`, `বিকাল ৫:০০ থেকে রাত ৯:০০`. */
export function formatTimeRange(language: Language, from: string, to: string): string {
  const [start, end] = [formatTime(language, from), formatTime(language, to)];
  return language === 'bn' ? `${start} থেকে ${end}` : `${start} to ${end}`;
}

/** The date and wall time that an answer of the API carries in the chamber's own offset. */
export const wallDate = (instant: string): string => instant.slice(0, 10);
export const wallTime = (instant: string): string => instant.slice(11, 16);

// Every chamber's clock is Bangladesh's, which has had no summer time since 2009; phones' own zones and Intl are not asked.
const homeOffsetMs = 6 * 3_600_000;

/** An instant of a message or a job, which belongs to no chamber, as the clocks here showed it: `2026-11-25T17:30:00`. */
export const homeWall = (instant: string): string =>
  new Date(Date.parse(instant) + homeOffsetMs).toISOString().slice(0, 19);

/** The same to be read: `Wed 25 Nov, 5:30pm`; of another year than today's `Tue 25 Nov 2025, 5:30pm`. */
export function formatMoment(language: Language, instant: string, today: string): string {
  const wall = homeWall(instant);
  const date = wallDate(wall);
  const year = date.slice(0, 4);
  const ofYear = year === today.slice(0, 4) ? '' : ` ${digits(language, year)}`;
  return `${formatShortDate(language, date)}${ofYear}, ${formatTime(language, wallTime(wall))}`;
}
