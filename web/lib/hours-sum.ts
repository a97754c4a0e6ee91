import { clockMinutes, wallTimeOf } from './clock-minutes.ts';
import { endsNextDay, lengthOf } from './week-hours.ts';
import type { HourSettings } from '../../src/contract/hours.ts';

/** What hours come to, by plain arithmetic. */
export type HoursSum = {
  places: number;
  /** Wall time of the first place and of the last; `nextDay` where that is past midnight. */
  first: string;
  last: string;
  lastNextDay: boolean;
  /** Minutes that the last visit ends after the hours do: serials are given up to the number, whatever the clock says. */
  late: number;
  /** Minutes at the end that no visit uses. */
  spare: number;
};

type Counted = Pick<HourSettings, 'from' | 'to' | 'mode' | 'slotMinutes' | 'capacity'>;

/** Null while there is nothing to count. `visitMinutes` is a new patient's visit, which timed hours have to hold. */
export function sumHours(hours: Counted, visitMinutes: number | null): HoursSum | null {
  const { from, mode, slotMinutes, capacity } = hours;
  const step = slotMinutes;
  if (!(step > 0) || from === hours.to) return null;
  const length = lengthOf(hours);
  const visit = mode === 'timed' ? (visitMinutes ?? step) : step;
  const places = mode === 'timed' ? Math.floor((length - visit) / step) + 1 : (capacity ?? 0);
  if (!(places > 0)) return null;
  const lastStart = (places - 1) * step;
  const lastMinute = clockMinutes(from) + lastStart;
  return {
    places,
    first: from,
    last: wallTimeOf(lastMinute),
    lastNextDay: lastMinute >= 1440,
    late: Math.max(0, lastStart + visit - length),
    spare: Math.max(0, length - lastStart - visit),
  };
}

/** The serials each way of booking has to itself, and those for everybody. */
export function serialRanges({ capacity, quotas }: Pick<HourSettings, 'capacity' | 'quotas'>) {
  if (!quotas || capacity === null) return [];
  let last = 0;
  const next = (count: number): { from: number; to: number } => ({ from: last + 1, to: (last += count) });
  return [
    { name: 'online' as const, ...next(quotas.online) },
    { name: 'phone' as const, ...next(quotas.phone) },
    { name: 'walkIn' as const, ...next(quotas.walkIn) },
    { name: 'shared' as const, ...next(Math.max(0, capacity - last)) },
  ].filter(({ from, to }) => to >= from);
}

/** From the start of the day on which hours begin to their end, in minutes: past 1440 it is the next day. */
export const endMinute = (hours: Pick<HourSettings, 'from' | 'to'>): number =>
  clockMinutes(hours.to) + (endsNextDay(hours) ? 1440 : 0);
