import type { EpochMs } from './range.ts';
import { MINUTE_MS } from './range.ts';

/** RFC 3339 with the zone's offset at that instant, to the second: `2026-11-23T17:00:00+06:00`. */
export function formatInstant(instant: EpochMs, zone: string): string {
  const offset = offsetAt(instant, zone);
  const size = Math.abs(offset) / MINUTE_MS;
  const sign = offset < 0 ? '-' : '+';
  return `${clockFace(instant + offset)}${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** What the clock on the wall shows, `2026-11-23T17:00:00`. */
export function formatLocal(instant: EpochMs, zone: string): string {
  return clockFace(instant + offsetAt(instant, zone));
}

const pad = (value: number): string => String(value).padStart(2, '0');

const DAY_MS = 24 * 60 * MINUTE_MS;
const clocks = Array.from(
  { length: 24 * 60 },
  (_, minute) => `T${pad(Math.floor(minute / 60))}:${pad(minute % 60)}:00`,
);
let spelt = { day: Number.NaN, date: '' };

// Date only spells a number here: Temporal takes four times as long. A month's availability spells 800 instants, day
// after day and to the minute, so the last date is kept and the clock looked up (650 µs, then 60).
function clockFace(shifted: EpochMs): string {
  const day = Math.floor(shifted / DAY_MS);
  const clock = clocks[(shifted - day * DAY_MS) / MINUTE_MS];
  if (clock === undefined) return new Date(shifted).toISOString().slice(0, 19);
  if (day !== spelt.day) spelt = { day, date: new Date(shifted).toISOString().slice(0, 10) };
  return spelt.date + clock;
}

// A Temporal look-up costs some microseconds and a month has hundreds of places, so offsets are kept by quarter of an
// hour: no zone has changed its clock at any other moment since 1972.
const QUARTER_MS = 15 * MINUTE_MS;
const CACHED_QUARTERS = 50_000;
const offsets = new Map<string, Map<number, number>>();
let cached = 0;

/** Milliseconds that the zone's clock is ahead of UTC; whole minutes, as in every zone since 1972. */
function offsetAt(instant: EpochMs, zone: string): number {
  const quarter = Math.floor(instant / QUARTER_MS);
  const known = offsets.get(zone)?.get(quarter);
  if (known !== undefined) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const offset = Math.round(zoned.offsetNanoseconds / 1e6 / MINUTE_MS) * MINUTE_MS;
  if (cached >= CACHED_QUARTERS) {
    offsets.clear();
    cached = 0;
  }
  const ofZone = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, ofZone.set(quarter, offset));
  cached++;
  return offset;
}
