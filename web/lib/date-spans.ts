import { formatDate, formatDateWithYear, formatShortDate } from './dates.ts';
import { digits } from './digits.ts';
import type { Language } from './language.ts';
import { formatTime } from './times.ts';

/** Both ends as the API says them: dates, both included, or minutes, half-open. */
export type Span = { from: string; until: string };

/**
 * `Wednesday 25 November`, `Wed 25 Nov to Fri 27 Nov`, `Wednesday 25 November, 2:00pm to 5:00pm`; with the year unless it is
 * that of `today`.
 */
export function formatSpan(language: Language, { from, until }: Span, today: string): string {
  const sameDay = from.slice(0, 10) === until.slice(0, 10);
  const start = { date: from.slice(0, 10), time: from.slice(11) };
  const end = { date: until.slice(0, 10), time: until.slice(11) };
  if (sameDay) {
    const date = ofYear(start.date, today)
      ? formatDate(language, start.date)
      : formatDateWithYear(language, start.date);
    const times = [start.time || '00:00', end.time || '00:00'] as const;
    if (start.time === '' && end.time === '') return date;
    return `${date}, ${join(language, formatTime(language, times[0]), formatTime(language, times[1]))}`;
  }
  return join(language, formatEnd(language, start, today), formatEnd(language, end, today));
}

function formatEnd(
  language: Language,
  { date, time }: { date: string; time: string },
  today: string,
): string {
  const year = ofYear(date, today) ? '' : ` ${digits(language, date.slice(0, 4))}`;
  const day = `${formatShortDate(language, date)}${year}`;
  return time === '' ? day : `${day}, ${formatTime(language, time)}`;
}

const join = (language: Language, from: string, to: string): string =>
  language === 'bn' ? `${from} থেকে ${to}` : `${from} to ${to}`;

const ofYear = (date: string, today: string): boolean => date.slice(0, 4) === today.slice(0, 4);
