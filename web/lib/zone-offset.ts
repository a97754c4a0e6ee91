import { dayNumber } from './day-numbers.ts';

/**
 * The offset, `+06:00`, that a zone's clocks have when they show a wall time. Intl is asked for numbers alone: in those
 * all phones agree. Null for a zone that it does not know, and for what is no date or time.
 */
export function offsetAt(zone: string, { date, time }: { date: string; time: string }): string | null {
  const wall = minutesOf(date, time);
  if (wall === null) return null;
  const clock = clockOf(zone);
  if (!clock) return null;
  // The offset at the instant that UTC's clocks show this is right but near a change; the second look is at the time itself.
  const first = wallMinutes(clock, wall) - wall;
  const offset = wallMinutes(clock, wall - first) - (wall - first);
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** Minutes since 1970 as a wall clock counts them. */
function minutesOf(date: string, time: string): number | null {
  const day = dayNumber(date);
  const parts = /^(\d\d):(\d\d)$/.exec(time);
  return day === null || !parts ? null : day * 1440 + Number(parts[1]) * 60 + Number(parts[2]);
}

function clockOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  } catch {
    return null;
  }
}

function wallMinutes(clock: Intl.DateTimeFormat, utcMinutes: number): number {
  const parts = new Map(clock.formatToParts(utcMinutes * 60_000).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return (
    minutesOf(`${part('year')}-${part('month')}-${part('day')}`, `${part('hour')}:${part('minute')}`) ??
    utcMinutes
  );
}

const pad = (value: number): string => String(value).padStart(2, '0');
