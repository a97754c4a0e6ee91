import { stepMonth } from './calendar-month.ts';
import { addDays, daysBetween, isDate, type Weekday } from './dates.ts';
import { startOfWeek } from './start-of-week.ts';
import type { ScreenQuery } from './staff/screen-query.ts';

export const presets = ['this-month', 'last-month', 'last-30-days', 'last-12-months'] as const;
type Preset = (typeof presets)[number];

/** Both included. */
export type Dates = { from: string; to: string };
/** `own`: the address names the dates themselves. */
export type Period = Dates & { name: Preset | 'own' };

/** The period of an address: own dates where it has both, a preset by its name, else the last 30 days. */
export function readPeriod(query: ScreenQuery, today: string): Period {
  const { from = '', to = '', period } = query;
  if (mistakeIn({ from, to }) === null) return { name: 'own', from, to };
  const name = presets.find((preset) => preset === period) ?? 'last-30-days';
  return { name, ...datesOf(name, today) };
}

/** What is wrong with dates that somebody chose; null when nothing is. The API answers for three years at most. */
export function mistakeIn({ from, to }: Dates): 'from' | 'to' | 'order' | 'long' | null {
  if (!isNear(from)) return 'from';
  if (!isNear(to)) return 'to';
  if (to < from) return 'order';
  return to < `${Number(from.slice(0, 4)) + 3}${from.slice(4)}` ? null : 'long';
}

const isNear = (date: string): boolean => isDate(date) && /^(19|20|21)/.test(date);

function datesOf(name: Preset, today: string): Dates {
  const back = (months: number): string => stepMonth(today, -months);
  return {
    'this-month': monthsOf(today, today),
    'last-month': monthsOf(back(1), back(1)),
    'last-30-days': { from: addDays(today, -29), to: today },
    'last-12-months': monthsOf(back(12), back(1)),
  }[name];
}

const firstOf = (date: string): string => `${date.slice(0, 8)}01`;
const lastOf = (date: string): string => addDays(stepMonth(firstOf(date), 1), -1);
/** From the month of one date to that of another, whole. */
export const monthsOf = (first: string, last: string): Dates => ({ from: firstOf(first), to: lastOf(last) });

export type TrendUnit = 'day' | 'week' | 'month';

/** By what a trend of these dates is told, so that it has some twenty points: fewer say little, more are a thicket. */
export function unitOf({ from, to }: Dates): TrendUnit {
  const days = daysBetween(from, to) + 1;
  if (days <= 45) return 'day';
  return days <= 184 ? 'week' : 'month';
}

/** The keys of every day, week or month of the dates, as the API spells those of its groups. */
export function keysOf(unit: TrendUnit, { from, to }: Dates, weeksFrom: Weekday): string[] {
  const keys: string[] = [];
  for (let first = startOf(unit, from, weeksFrom); first <= to; first = next(unit, first))
    keys.push(unit === 'month' ? first.slice(0, 7) : first);
  return keys;
}

export type Uneven = 'cut' | 'running';

/** Why the first and the last day, week or month are not alike: one is not in the dates as a whole, or the last not over. */
export function unevenBy(
  unit: TrendUnit,
  { from, to }: Dates,
  { weeksFrom, today }: { weeksFrom: Weekday; today: string },
): Uneven | null {
  if (to >= today) return 'running';
  const last = startOf(unit, to, weeksFrom);
  return startOf(unit, from, weeksFrom) < from || addDays(next(unit, last), -1) > to ? 'cut' : null;
}

function startOf(unit: TrendUnit, date: string, weeksFrom: Weekday): string {
  if (unit === 'day') return date;
  return unit === 'week' ? startOfWeek(date, weeksFrom) : firstOf(date);
}

const next = (unit: TrendUnit, first: string): string =>
  unit === 'month' ? stepMonth(first, 1) : addDays(first, unit === 'week' ? 7 : 1);
