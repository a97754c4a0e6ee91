import type { EpochMs } from './range.ts';
import { MINUTE_MS } from './range.ts';

/**
 * One calendar date in one zone. `opensAt` is its first instant. `midnight` is set when the clock runs through the
 * whole date without a change of offset, so that wall time is plain arithmetic; otherwise Temporal answers minute by
 * minute into `resolved`. A date that the zone skipped (Apia, 30 December 2011) is not `real`.
 */
type ZonedDay = {
  readonly plain: Temporal.PlainDate;
  readonly date: string;
  readonly opensAt: EpochMs;
  readonly midnight: EpochMs | null;
  readonly resolved: Map<number, EpochMs>;
  readonly real: boolean;
};

/**
 * The instant of a wall time, `minute` minutes after the midnight that the clock face of `zone` shows on `day`.
 * A time the clock skips moves forward by the length of the gap; of a time it shows twice the earlier one counts.
 */
export function instantAt(zone: string, day: number, minute: number): EpochMs {
  const zoned = zonedDay(zone, day);
  if (zoned.midnight !== null) return zoned.midnight + minute * MINUTE_MS;
  const known = zoned.resolved.get(minute);
  if (known !== undefined) return known;
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const instant = zoned.plain.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
  zoned.resolved.set(minute, instant);
  return instant;
}

/** The first instant of the date in the zone, which is not always 00:00. */
export function dayOpensAt(zone: string, day: number): EpochMs {
  return zonedDay(zone, day).opensAt;
}

/** `YYYY-MM-DD` of the day, or null where the zone skipped it altogether. */
export function dateIn(zone: string, day: number): string | null {
  const zoned = zonedDay(zone, day);
  return zoned.real ? zoned.date : null;
}

/** Days since 1 January 1970 of a `YYYY-MM-DD`, null when there is no such date. */
export function dayOfDate(date: string): number | null {
  const known = dayNumbers.get(date);
  if (known !== undefined) return known;
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  let plain: Temporal.PlainDate;
  try {
    plain = Temporal.PlainDate.from(date);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  const day = EPOCH.until(plain).days;
  if (dayNumbers.size >= CACHED_DAYS) dayNumbers.clear();
  dayNumbers.set(date, day);
  return day;
}

/** ISO weekday, Monday 1 … Sunday 7, of a day counted from 1 January 1970, a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Whether Temporal knows the zone. */
export function isZone(zone: string): boolean {
  if (zones.has(zone)) return true;
  try {
    EPOCH.toZonedDateTime(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const EPOCH = new Temporal.PlainDate(1970, 1, 1);

// One Temporal conversion costs as much as some hundred integer steps; a full cache starts over, since what is asked
// for are the same few months again and again (20,000 days take 8 MB).
const CACHED_DAYS = 20_000;
const zones = new Map<string, Map<number, ZonedDay>>();
const dayNumbers = new Map<string, number>();
let cachedDays = 0;

function zonedDay(zone: string, day: number): ZonedDay {
  const known = zones.get(zone)?.get(day);
  if (known !== undefined) return known;
  const zoned = readZonedDay(zone, day);
  if (cachedDays >= CACHED_DAYS) {
    zones.clear();
    cachedDays = 0;
  }
  let days = zones.get(zone);
  if (days === undefined) {
    days = new Map();
    zones.set(zone, days);
  }
  days.set(day, zoned);
  cachedDays++;
  return zoned;
}

function readZonedDay(zone: string, day: number): ZonedDay {
  const plain = EPOCH.add({ days: day });
  const opening = plain.toZonedDateTime(zone);
  const closesAt = plain.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const change = opening.getTimeZoneTransition('next');
  const opensAtMidnight = opening.hour === 0 && opening.minute === 0 && opening.second === 0;
  // A change at the very end, even one that swallows the last hour, leaves the arithmetic right: what is skipped moves
  // forward by going on at the old offset.
  const steady = opensAtMidnight && (change === null || change.epochMilliseconds >= closesAt);
  return {
    plain,
    date: plain.toString(),
    opensAt: opening.epochMilliseconds,
    midnight: steady ? opening.epochMilliseconds : null,
    resolved: new Map(),
    real: opening.epochMilliseconds < closesAt,
  };
}
