import type { HourSettings, Schedule } from '../../src/contract/hours.ts';
import { clockMinutes } from './clock-minutes.ts';

/** Hours of a week as they are edited: with their id once the server knows them. */
export type DraftHours = HourSettings & {
  /** Tells them apart within the draft. */
  key: string;
  id?: number;
  weekday: number;
};

/** The dates a week holds on, both included; without any it is the usual one. */
export type Dates = { validFrom: string | null; validUntil: string | null };

export const usualDates: Dates = { validFrom: null, validUntil: null };

export const sameDates = (one: Dates, other: Dates): boolean =>
  one.validFrom === other.validFrom && one.validUntil === other.validUntil;

export const isUsual = (dates: Dates): boolean => sameDates(dates, usualDates);

/** Whether there are dates on which both hold. */
const meet = (one: Dates, other: Dates): boolean =>
  (one.validFrom ?? '') <= (other.validUntil ?? '9999') &&
  (other.validFrom ?? '') <= (one.validUntil ?? '9999');

/** The weeks of a chamber: the usual one, then those with dates by their first. */
export function weeksOf(schedules: readonly Schedule[], chamberId: number): Dates[] {
  const found: Dates[] = [];
  for (const { chamberId: of, validFrom, validUntil } of schedules)
    if (of === chamberId && !found.some((dates) => sameDates(dates, { validFrom, validUntil })))
      found.push({ validFrom, validUntil });
  const dated = found
    .filter((dates) => !isUsual(dates))
    .toSorted(
      (a, b) =>
        (a.validFrom ?? '').localeCompare(b.validFrom ?? '') ||
        (a.validUntil ?? '9999').localeCompare(b.validUntil ?? '9999'),
    );
  return [usualDates, ...dated];
}

/** The hours of one week of a chamber, from Saturday. */
export const hoursOf = (
  schedules: readonly Schedule[],
  { chamberId, dates }: { chamberId: number; dates: Dates },
): DraftHours[] =>
  inOrder(
    schedules
      .filter((each) => each.chamberId === chamberId && sameDates(each, dates))
      .map(({ chamberId: _chamber, validFrom: _from, validUntil: _until, version: _version, ...hours }) => ({
        ...hours,
        key: `${hours.id}`,
      })),
  );

/**
 * What the doctor does in other chambers while a week holds: there too, dated hours switch the usual ones off. Where they
 * cover only some of the dates, both are shown.
 */
export function elsewhere(
  schedules: readonly Schedule[],
  { chamberId, dates }: { chamberId: number; dates: Dates },
): Schedule[] {
  const others = schedules.filter((each) => each.chamberId !== chamberId);
  if (isUsual(dates)) return others.filter(isUsual);
  const dated = others.filter((each) => !isUsual(each) && meet(each, dates));
  const covers = (each: Dates): boolean =>
    (each.validFrom ?? '') <= (dates.validFrom ?? '') &&
    (each.validUntil ?? '9999') >= (dates.validUntil ?? '9999');
  const replaced = new Set(dated.filter(covers).map(({ chamberId: of }) => of));
  return [...dated, ...others.filter((each) => isUsual(each) && !replaced.has(each.chamberId))];
}

/** From Saturday, whatever day calendars begin with: a draft keeps its order. Then by the time they begin. */
export const inOrder = <Hours extends { weekday: number; from: string }>(hours: readonly Hours[]): Hours[] =>
  hours.toSorted((a, b) => placeInWeek(a.weekday) - placeInWeek(b.weekday) || a.from.localeCompare(b.from));

/** 0 is Saturday. */
const placeInWeek = (weekday: number): number => (weekday + 1) % 7;

type Span = { weekday: number; from: string; to: string };

const dayMinutes = 1440;
const weekMinutes = 7 * dayMinutes;

/** Minutes that hours last; an end at or before the start is on the next day. */
export function lengthOf({ from, to }: Pick<Span, 'from' | 'to'>): number {
  const minutes = clockMinutes(to) - clockMinutes(from);
  return minutes > 0 ? minutes : minutes + dayMinutes;
}

export const endsNextDay = ({ from, to }: Pick<Span, 'from' | 'to'>): boolean => to <= from;

/** Whether two are at once in a week that comes again and again: a Friday night runs into Saturday. */
export function clash(one: Span, other: Span): boolean {
  const [a, b] = [startOf(one), startOf(other)];
  const gap = (b - a + weekMinutes) % weekMinutes;
  return gap < lengthOf(one) || weekMinutes - gap < lengthOf(other);
}

const startOf = ({ weekday, from }: Span): number => weekday * dayMinutes + clockMinutes(from);
