import type { ChangePreview } from '../../src/contract/changes.ts';
import { daysBetween, weekFrom, type Weekday } from './dates.ts';
import { dayNumber, weekdayOfDay } from './day-numbers.ts';
import { wallTime } from './times.ts';

type Day = ChangePreview['days'][number];

/** Dates of one chamber whose sittings change in the same way. */
export type ChangedDates = {
  doctorId: number;
  chamberId: number;
  /** Ascending. */
  dates: string[];
  /** ISO, in the order of the week. */
  weekdays: Weekday[];
  /** One after the other without a gap. */
  unbroken: boolean;
  before: Day['before'];
  after: Day['after'];
};

/** A change of weekly hours differs on every such weekday alike: one line for all of them, not one for each date. */
export function groupDays(days: readonly Day[], weeksFrom: Weekday): ChangedDates[] {
  const groups = new Map<string, ChangedDates>();
  for (const { date, doctorId, chamberId, before, after } of days) {
    const key = [doctorId, chamberId, before.map(spell), after.map(spell)].join('|');
    const group = groups.get(key);
    if (group) group.dates.push(date);
    else groups.set(key, { doctorId, chamberId, dates: [date], weekdays: [], unbroken: true, before, after });
  }
  for (const group of groups.values()) {
    const { dates } = group;
    const found = new Set<number>(dates.map((date) => weekdayOfDay(dayNumber(date) ?? 0)));
    group.weekdays = weekFrom(weeksFrom).filter((weekday) => found.has(weekday));
    group.unbroken = daysBetween(dates[0] ?? '', dates.at(-1) ?? '') === dates.length - 1;
  }
  return [...groups.values()];
}

/** What a date loses and gains over all doctors, for a change that concerns several. */
export type DateOfAll = { date: string; doctors: number; added: number; removed: number };

export function sumByDate(days: readonly Day[]): DateOfAll[] {
  const sums = new Map<string, DateOfAll & { ids: Set<number> }>();
  for (const { date, doctorId, before, after } of days) {
    const sum = sums.get(date) ?? { date, doctors: 0, added: 0, removed: 0, ids: new Set() };
    const more = placesOf(after) - placesOf(before);
    sum.ids.add(doctorId);
    sum.doctors = sum.ids.size;
    sum.added += Math.max(0, more);
    sum.removed += Math.max(0, -more);
    sums.set(date, sum);
  }
  return [...sums.values()].map(({ date, doctors, added, removed }) => ({ date, doctors, added, removed }));
}

/** Alike on two dates where times, mode and places are. */
const spell = ({ startsAt, endsAt, mode, places }: Day['after'][number]): string =>
  `${wallTime(startsAt)}-${wallTime(endsAt)} ${mode} ${places}`;

const placesOf = (sittings: Day['after']): number => sittings.reduce((sum, { places }) => sum + places, 0);
