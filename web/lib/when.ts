import { formatLocal } from '../../src/scheduling/format-instant.ts';
import { addDays, formatDate, formatShortDate } from './dates.ts';
import type { Visit } from './visit.ts';
import { formatTime, wallDate, wallTime } from './times.ts';

// Bangladesh has one zone, and so have all its chambers; a chamber elsewhere brings its own.
export const homeZone = 'Asia/Dhaka';

/** The date the calendar shows in a zone at an instant. */
export const dateAt = (now: number, zone: string): string => formatLocal(now, zone).slice(0, 10);

export const todayIn = (visit: Visit, zone: string = homeZone): string => dateAt(visit.context.now, zone);

/** `Today 5:30pm`, `Tomorrow 9:00am`, `Wed 25 Nov 9:00am`, by the offset that the instant carries. */
export function formatWhen(visit: Visit, instant: string): string {
  const { language } = visit;
  return `${nearDay(visit, wallDate(instant)) ?? formatShortDate(language, wallDate(instant))} ${formatTime(language, wallTime(instant))}`;
}

/** `Wednesday 25 November, 9:00am`: what is read aloud. */
export function formatWhenInFull(visit: Visit, instant: string): string {
  const { language } = visit;
  return `${formatDate(language, wallDate(instant))}, ${formatTime(language, wallTime(instant))}`;
}

/** Today or tomorrow in words, null for any other day. */
export function nearDay(visit: Visit, date: string): string | null {
  const today = todayIn(visit);
  if (date === today) return visit.m.doctor.today;
  return date === addDays(today, 1) ? visit.m.doctor.tomorrow : null;
}
