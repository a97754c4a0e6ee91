import type { Exception, Holiday } from '../../src/contract/exceptions.ts';
import type { HourSettings, Schedule } from '../../src/contract/hours.ts';
import { stepMonth } from './calendar-month.ts';
import { addDays } from './dates.ts';
import { dayNumber, weekdayOfDay } from './day-numbers.ts';

/** What the API answers of one doctor's time. */
export type DoctorCalendar = {
  schedules: readonly Schedule[];
  exceptions: readonly Exception[];
  holidays: readonly Holiday[];
};

export type TimeOff = Extract<Exception, { kind: 'time_off' }>;
export type OtherHours = Extract<Exception, { kind: 'other_hours' }>;

/** One sitting of a date, and what time off and holidays leave of it. */
export type DaySitting = HourSettings & {
  chamberId: number;
  /** Which hours of the doctor it is by. */
  by: 'usual' | 'dated' | 'other';
  left: 'all' | 'some' | 'none';
};

/** All that stands on one date. */
export type DoctorDay = {
  date: string;
  sittings: DaySitting[];
  /** Each with the wall times between which it holds on this date; null: from its start, to its end. */
  timeOff: { exception: TimeOff; from: string | null; until: string | null }[];
  otherHours: OtherHours[];
  holidays: Holiday[];
};

/**
 * What stands on a date. Of the hours of one chamber, other hours replace dated ones, and dated ones the usual: as the
 * server's engine has it, which the tests compare this with.
 */
export function readDay(calendar: DoctorCalendar, date: string): DoctorDay {
  const exceptions = calendar.exceptions.filter((exception) => touches(exception, date));
  const timeOff = exceptions.filter((exception) => exception.kind === 'time_off');
  const otherHours = exceptions.filter((exception) => exception.kind === 'other_hours');
  const holidays = calendar.holidays.filter((holiday) => touches(holiday, date));
  const closures = [...calendar.exceptions.filter(({ kind }) => kind === 'time_off'), ...firm(calendar)];
  return {
    date,
    sittings: [...otherSittings(otherHours), ...weeklySittings(calendar, date, otherHours)]
      .map((sitting) => ({ ...sitting, left: leftOf(sitting, date, closures) }))
      .toSorted((a, b) => a.from.localeCompare(b.from) || a.chamberId - b.chamberId),
    timeOff: timeOff.map((exception) => ({ exception, ...within(exception, date) })),
    otherHours,
    holidays,
  };
}

/** The usual hours of a chamber on a date's weekday, as a first draft of other hours there. */
export function hoursInsteadOf(
  calendar: DoctorCalendar,
  where: { chamberId: number; date: string },
): HourSettings[] {
  const { chamberId, date } = where;
  const weekly = weeklySittings(calendar, date, []).filter((sitting) => sitting.chamberId === chamberId);
  const anyDay = calendar.schedules.filter((schedule) => schedule.chamberId === chamberId);
  return (weekly.length > 0 ? weekly : anyDay.slice(0, 1)).map(settingsOf);
}

/** Dates to read for a month's days: its last sitting may end on the first of the next, in time off of that day. */
export function datesToRead(month: string): { from: string; until: string } {
  const from = `${month}-01`;
  return { from, until: stepMonth(from, 1) };
}

type Bare = Omit<DaySitting, 'left'>;

function otherSittings(otherHours: readonly OtherHours[]): Bare[] {
  return otherHours.flatMap(({ chamberId, hours }) =>
    hours.map((settings) => ({ ...settings, chamberId, by: 'other' as const })),
  );
}

function weeklySittings(
  { schedules }: DoctorCalendar,
  date: string,
  otherHours: readonly OtherHours[],
): Bare[] {
  const replaced = new Set(otherHours.map(({ chamberId }) => chamberId));
  const covering = schedules.filter(
    (schedule) => covers(schedule, date) && !replaced.has(schedule.chamberId),
  );
  const dated = new Set(covering.filter(isDated).map(({ chamberId }) => chamberId));
  const weekday = weekdayOfDay(dayNumber(date) ?? 0);
  return covering
    .filter((schedule) => schedule.weekday === weekday && isDated(schedule) === dated.has(schedule.chamberId))
    .map((schedule) => ({
      ...settingsOf(schedule),
      chamberId: schedule.chamberId,
      by: isDated(schedule) ? 'dated' : 'usual',
    }));
}

const isDated = ({ validFrom, validUntil }: Schedule): boolean => validFrom !== null || validUntil !== null;

const covers = ({ validFrom, validUntil }: Schedule, date: string): boolean =>
  (validFrom === null || validFrom <= date) && (validUntil === null || date <= validUntil);

const settingsOf = (hours: HourSettings): HourSettings => ({
  from: hours.from,
  to: hours.to,
  mode: hours.mode,
  slotMinutes: hours.slotMinutes,
  capacity: hours.capacity,
  quotas: hours.quotas,
  quotaReleaseMinutes: hours.quotaReleaseMinutes,
  bufferBeforeMinutes: hours.bufferBeforeMinutes,
  bufferAfterMinutes: hours.bufferAfterMinutes,
  noticeMinutes: hours.noticeMinutes,
  horizonDays: hours.horizonDays,
});

type Closure = { chamberId: number | null; from: string; until: string };

/** A tentative holiday closes online booking alone: the doctor may still sit. */
const firm = ({ holidays }: DoctorCalendar): Holiday[] => holidays.filter(({ tentative }) => !tentative);

function leftOf(
  { chamberId, from, to }: Bare,
  date: string,
  closures: readonly Closure[],
): DaySitting['left'] {
  const start = `${date}T${from}`;
  const end = `${to > from ? date : addDays(date, 1)}T${to}`;
  const touching = closures.filter(
    (closure) =>
      (closure.chamberId === null || closure.chamberId === chamberId) &&
      startOf(closure) < end &&
      endOf(closure) > start,
  );
  if (touching.length === 0) return 'all';
  return touching.some((closure) => startOf(closure) <= start && endOf(closure) >= end) ? 'none' : 'some';
}

const touches = (closure: Closure, date: string): boolean =>
  startOf(closure) < `${addDays(date, 1)}T00:00` && endOf(closure) > `${date}T00:00`;

function within(closure: Closure, date: string): { from: string | null; until: string | null } {
  const [start, end] = [startOf(closure), endOf(closure)];
  return {
    from: start > `${date}T00:00` ? start.slice(11) : null,
    until: end < `${addDays(date, 1)}T00:00` ? end.slice(11) : null,
  };
}

// Wall times as text sort as the times do.
const startOf = ({ from }: Closure): string => (from.includes('T') ? from : `${from}T00:00`);
const endOf = ({ until }: Closure): string => (until.includes('T') ? until : `${addDays(until, 1)}T00:00`);
