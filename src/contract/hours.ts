import { z } from 'zod';
import * as fields from './fields.ts';

export const mode = z.enum(['timed', 'serial']);

/** A whole number, both ends included. */
export const wholeFrom = (least: number, most: number) => {
  const message = `Use ${least} to ${most}`;
  return z.int().min(least, message).max(most, message);
};

const quotas = z.strictObject({
  online: wholeFrom(0, 500),
  phone: wholeFrom(0, 500),
  walkIn: wholeFrom(0, 500),
});

/** What hours say besides the days they are on. */
export const hourSettings = {
  from: fields.wallTime,
  /** One at or before `from` is on the next day. */
  to: fields.wallTime,
  mode,
  /** Timed: minutes between starts. Serial: minutes per patient. */
  slotMinutes: wholeFrom(1, 480),
  /** Serial only: the highest serial. */
  capacity: wholeFrom(1, 500).nullable(),
  /** Serial only: how many serials each channel has to itself, first online's, then phone's, then walk-in's. */
  quotas: quotas.nullable(),
  /** So many minutes before the start every channel may take what is left. Null: quotas stay to the end. */
  quotaReleaseMinutes: wholeFrom(0, 43_200).nullable(),
  bufferBeforeMinutes: wholeFrom(0, 240),
  bufferAfterMinutes: wholeFrom(0, 240),
  noticeMinutes: wholeFrom(0, 43_200),
  horizonDays: wholeFrom(1, 366),
};

/** The same for new hours: what is left out is as most doctors have it. */
export const newHours = {
  ...hourSettings,
  capacity: hourSettings.capacity.default(null),
  quotas: hourSettings.quotas.default(null),
  quotaReleaseMinutes: hourSettings.quotaReleaseMinutes.default(null),
  bufferBeforeMinutes: hourSettings.bufferBeforeMinutes.default(0),
  bufferAfterMinutes: hourSettings.bufferAfterMinutes.default(0),
  noticeMinutes: hourSettings.noticeMinutes.default(30),
  horizonDays: hourSettings.horizonDays.default(30),
};

const settings = z.object(hourSettings);
export type HourSettings = z.output<typeof settings>;

/** What is wrong with hours that no single field shows. */
export function mistakesIn(hours: HourSettings): fields.Mistake[] {
  const { from, to, mode: kind, capacity, quotas: kept, quotaReleaseMinutes } = hours;
  const found: fields.Mistake[] = [];
  if (from === to) found.push({ path: 'to', message: 'The end must differ from the start' });
  if (kind === 'serial' && capacity === null)
    found.push({ path: 'capacity', message: 'Say how many serials there are' });
  if (kind === 'timed' && capacity !== null)
    found.push({ path: 'capacity', message: 'Only serial hours have a capacity' });
  if (kind === 'timed' && kept !== null)
    found.push({ path: 'quotas', message: 'Only serial hours have quotas' });
  if (kept && capacity !== null && kept.online + kept.phone + kept.walkIn > capacity)
    found.push({ path: 'quotas', message: `Together the quotas may be at most ${capacity}` });
  if (!kept && quotaReleaseMinutes !== null)
    found.push({ path: 'quotaReleaseMinutes', message: 'Without quotas there is nothing to release' });
  return found;
}

export const schedule = z.object({
  id: z.int(),
  chamberId: z.int(),
  weekday: z.int(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  ...hourSettings,
  /** Another one after every change of this doctor's calendar. */
  version: z.int(),
});
export type Schedule = z.output<typeof schedule>;
