import { dayOfDate, isZone } from './wall-time.ts';

/** How places are given out: at clock times, or by serial number. */
export type Mode = 'timed' | 'serial';

/** A weekly rule: one sitting of a doctor in a chamber, in local wall time of the chamber's zone. */
export type WeeklyRule = {
  readonly scheduleId: number;
  readonly chamberId: number;
  /** IANA name. */
  readonly zone: string;
  /** ISO: Monday 1 … Sunday 7. */
  readonly weekday: number;
  /** `HH:MM`, 00:00 … 23:59. */
  readonly from: string;
  /** `HH:MM`; one that is not after `from` is on the next day. */
  readonly to: string;
  /** `YYYY-MM-DD`, the first date it holds on; null: no limit. */
  readonly validFrom: string | null;
  /** `YYYY-MM-DD`, the last date it holds on; null: no limit. */
  readonly validUntil: string | null;
  readonly mode: Mode;
  /** Timed: minutes between the starts offered. Serial: minutes per patient. */
  readonly slotMinutes: number;
  /** Serial: the highest serial. Null in timed mode. */
  readonly capacity: number | null;
  /** Timed only: the doctor's minutes kept before and after each visit. */
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** A place must start at least so many minutes after it is booked. */
  readonly noticeMinutes: number;
  /** A sitting opens for booking at the start of the date so many days before its own. */
  readonly horizonDays: number;
};

/** A rule ready for counting: minutes since midnight (`toMinute` runs past 1440 on the next day), days since 1970. */
export type ReadyRule = {
  readonly rule: WeeklyRule;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly dated: boolean;
};

export const DAY_MINUTES = 1_440;

/** Throws a RangeError that starts with the path of the mistake, such as `rules[2].zone`. */
export function readRule(rule: WeeklyRule, path: string): ReadyRule {
  const least = (name: LeastName, minimum: number) => {
    if (!Number.isSafeInteger(rule[name]) || Number(rule[name]) < minimum) {
      throw new RangeError(`${path}.${name}: expected a whole number from ${minimum}, got ${rule[name]}`);
    }
  };
  if (!isZone(rule.zone)) throw new RangeError(`${path}.zone: unknown time zone ${rule.zone}`);
  least('weekday', 1);
  if (rule.weekday > 7)
    throw new RangeError(`${path}.weekday: expected 1 (Monday) to 7, got ${rule.weekday}`);
  least('slotMinutes', 1);
  if (rule.mode === 'serial') least('capacity', 1);
  least('bufferBeforeMinutes', 0);
  least('bufferAfterMinutes', 0);
  least('noticeMinutes', 0);
  least('horizonDays', 0);
  if (rule.horizonDays > FARTHEST_HORIZON) {
    throw new RangeError(
      `${path}.horizonDays: expected at most ${FARTHEST_HORIZON}, got ${rule.horizonDays}`,
    );
  }
  const fromMinute = readMinute(rule.from, `${path}.from`);
  const toMinute = readMinute(rule.to, `${path}.to`);
  return {
    rule,
    fromMinute,
    toMinute: toMinute > fromMinute ? toMinute : toMinute + DAY_MINUTES,
    firstDay: rule.validFrom === null ? -Infinity : readDay(rule.validFrom, `${path}.validFrom`),
    lastDay: rule.validUntil === null ? Infinity : readDay(rule.validUntil, `${path}.validUntil`),
    dated: rule.validFrom !== null || rule.validUntil !== null,
  };
}

/** Days since 1970 of a `YYYY-MM-DD`; a RangeError with the path when there is no such date. */
export function readDay(date: string, path: string): number {
  const day = dayOfDate(date);
  if (day === null) throw new RangeError(`${path}: expected a date as YYYY-MM-DD, got ${date}`);
  return day;
}

type LeastName =
  | 'weekday'
  | 'slotMinutes'
  | 'capacity'
  | 'bufferBeforeMinutes'
  | 'bufferAfterMinutes'
  | 'noticeMinutes'
  | 'horizonDays';

/** A century: beyond it the number is a mistake, and Temporal's own limits stay out of reach. */
const FARTHEST_HORIZON = 36_525;

function readMinute(time: string, path: string): number {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    throw new RangeError(`${path}: expected a time from 00:00 to 23:59, got ${time}`);
  }
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
