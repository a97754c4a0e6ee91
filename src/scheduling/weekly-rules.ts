import { dayOfDate, isZone, weekdayOf } from './wall-time.ts';

/** How places are given out: at clock times, or by serial number. */
type Mode = 'timed' | 'serial';

/** How a place is taken. */
export type Channel = 'online' | 'phone' | 'walk_in';

/**
 * How many serials each channel has to itself: online 1 … a, phone the next b, walk-in the next c. Numbers from there up
 * to the capacity are for everybody.
 */
export type Quotas = { readonly online: number; readonly phone: number; readonly walkIn: number };

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
  /**
   * Other hours on a date, or on a few in a row: has both a first and a last date, one of which is its weekday. Replaces
   * the weekly rules of its chamber there, dated ones too.
   */
  readonly exception: boolean;
  readonly mode: Mode;
  /** Timed: minutes between the starts offered. Serial: minutes per patient. */
  readonly slotMinutes: number;
  /** Serial: the highest serial. Null in timed mode. */
  readonly capacity: number | null;
  /** Serial: the numbers kept for each channel. Null: all are for everybody. */
  readonly quotas: Quotas | null;
  /** From so many minutes before its start on, every channel may take any number. Null: quotas stay to the end. */
  readonly quotaReleaseMinutes: number | null;
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
  readonly level: Level;
};

/** What replaces what on a date: 0 undated, 1 dated, 2 exception. */
type Level = 0 | 1 | 2;

export const DAY_MINUTES = 1_440;

/** Throws a RangeError that starts with the path of the mistake, such as `rules[2].zone`. */
export function readRule(rule: WeeklyRule, path: string): ReadyRule {
  if (!isZone(rule.zone)) throw new RangeError(`${path}.zone: unknown time zone ${rule.zone}`);
  checkWhole(rule.weekday, { least: 1, path: `${path}.weekday` });
  if (rule.weekday > 7)
    throw new RangeError(`${path}.weekday: expected 1 (Monday) to 7, got ${rule.weekday}`);
  checkWhole(rule.slotMinutes, { least: 1, path: `${path}.slotMinutes` });
  checkSerials(rule, path);
  checkWhole(rule.bufferBeforeMinutes, { least: 0, path: `${path}.bufferBeforeMinutes` });
  checkWhole(rule.bufferAfterMinutes, { least: 0, path: `${path}.bufferAfterMinutes` });
  checkWhole(rule.noticeMinutes, { least: 0, path: `${path}.noticeMinutes` });
  checkWhole(rule.horizonDays, { least: 0, path: `${path}.horizonDays` });
  if (rule.horizonDays > FARTHEST_HORIZON) {
    throw new RangeError(
      `${path}.horizonDays: expected at most ${FARTHEST_HORIZON}, got ${rule.horizonDays}`,
    );
  }
  const fromMinute = readMinute(rule.from, `${path}.from`);
  const toMinute = readMinute(rule.to, `${path}.to`);
  const firstDay = rule.validFrom === null ? -Infinity : readDay(rule.validFrom, `${path}.validFrom`);
  const lastDay = rule.validUntil === null ? Infinity : readDay(rule.validUntil, `${path}.validUntil`);
  if (rule.exception) checkException(rule, { firstDay, lastDay, path });
  return {
    rule,
    fromMinute,
    toMinute: toMinute > fromMinute ? toMinute : toMinute + DAY_MINUTES,
    firstDay,
    lastDay,
    level: levelOf(rule),
  };
}

/** Days since 1970 of a `YYYY-MM-DD`; a RangeError with the path when there is no such date. */
export function readDay(date: string, path: string): number {
  const day = dayOfDate(date);
  if (day === null) throw new RangeError(`${path}: expected a date as YYYY-MM-DD, got ${date}`);
  return day;
}

/** Minutes since midnight of an `HH:MM`; a RangeError with the path when there is no such time. */
export function readMinute(time: string, path: string): number {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    throw new RangeError(`${path}: expected a time from 00:00 to 23:59, got ${time}`);
  }
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** A RangeError with the path unless the value is a whole number from `least`. */
export function checkWhole(value: number | null, { least, path }: { least: number; path: string }): void {
  if (value === null || !Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${path}: expected a whole number from ${least}, got ${value}`);
  }
}

/** A century: beyond it the number is a mistake, and Temporal's own limits stay out of reach. */
const FARTHEST_HORIZON = 36_525;

function checkSerials({ mode, capacity, quotas, quotaReleaseMinutes }: WeeklyRule, path: string): void {
  if (mode === 'serial') checkWhole(capacity, { least: 1, path: `${path}.capacity` });
  else if (quotas !== null) throw new RangeError(`${path}.quotas: only serials have quotas, expected null`);
  if (quotaReleaseMinutes !== null) {
    checkWhole(quotaReleaseMinutes, { least: 0, path: `${path}.quotaReleaseMinutes` });
    if (quotas === null) throw new RangeError(`${path}.quotaReleaseMinutes: without quotas, expected null`);
  }
  if (quotas === null) return;
  checkWhole(quotas.online, { least: 0, path: `${path}.quotas.online` });
  checkWhole(quotas.phone, { least: 0, path: `${path}.quotas.phone` });
  checkWhole(quotas.walkIn, { least: 0, path: `${path}.quotas.walkIn` });
  const sum = quotas.online + quotas.phone + quotas.walkIn;
  if (sum > (capacity ?? 0)) {
    throw new RangeError(`${path}.quotas: expected at most the capacity ${capacity} together, got ${sum}`);
  }
}

/** An exception whose dates never fall on its weekday would close the chamber without saying so. */
function checkException(
  { weekday }: WeeklyRule,
  { firstDay, lastDay, path }: { firstDay: number; lastDay: number; path: string },
): void {
  if (!Number.isFinite(firstDay)) throw new RangeError(`${path}.validFrom: an exception has a first date`);
  if (!Number.isFinite(lastDay)) throw new RangeError(`${path}.validUntil: an exception has a last date`);
  if (firstDay > lastDay) throw new RangeError(`${path}.validUntil: expected a date from validFrom on`);
  const daysUntil = (weekday - weekdayOf(firstDay) + 7) % 7;
  if (firstDay + daysUntil > lastDay) {
    throw new RangeError(`${path}.weekday: expected a weekday of the dates of the exception, got ${weekday}`);
  }
}

function levelOf({ exception, validFrom, validUntil }: WeeklyRule): Level {
  if (exception) return 2;
  return validFrom !== null || validUntil !== null ? 1 : 0;
}
