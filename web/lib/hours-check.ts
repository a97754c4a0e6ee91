import { type HourSettings, mistakesIn } from '../../src/contract/hours.ts';

/** Hours as a form has them: what could not be read is NaN or not a time. */
export type TypedHours = HourSettings;

/** What is wrong, by the field's name. The server judges by the same limits when the week is saved. */
export type HoursMistake =
  | { path: 'from' | 'to'; what: 'time' }
  | { path: 'to'; what: 'same' }
  | { path: string; what: 'range'; least: number; most: number }
  | { path: string; what: 'quotas'; most: number };

export function checkHours(hours: TypedHours): HoursMistake[] {
  const { from, to, capacity, quotas, quotaReleaseMinutes } = hours;
  const times = (['from', 'to'] as const).flatMap((path) =>
    /^([01]\d|2[0-3]):[0-5]\d$/.test(hours[path]) ? [] : [{ path, what: 'time' } as const],
  );
  const ranges = [
    ['slotMinutes', hours.slotMinutes, 1, 480],
    ...(hours.mode === 'serial' ? [['capacity', capacity ?? Number.NaN, 1, 500] as const] : []),
    ...(quotas
      ? ([
          ['quotas.online', quotas.online, 0, 500],
          ['quotas.phone', quotas.phone, 0, 500],
          ['quotas.walkIn', quotas.walkIn, 0, 500],
        ] as const)
      : []),
    ...(quotaReleaseMinutes === null
      ? []
      : [['quotaReleaseMinutes', quotaReleaseMinutes, 0, 43_200] as const]),
    ['bufferBeforeMinutes', hours.bufferBeforeMinutes, 0, 240],
    ['bufferAfterMinutes', hours.bufferAfterMinutes, 0, 240],
    ['noticeMinutes', hours.noticeMinutes, 0, 43_200],
    ['horizonDays', hours.horizonDays, 1, 366],
  ] as const;
  const outside = ranges.flatMap(([path, value, least, most]): HoursMistake[] =>
    Number.isInteger(value) && value >= least && value <= most ? [] : [{ path, what: 'range', least, most }],
  );
  const found = [...times, ...outside];
  if (found.length > 0) return found;
  // What is left is wrong only together: the end is the start, or the quotas are more than there is.
  return mistakesIn({ ...hours, from, to }).map(({ path }): HoursMistake =>
    path === 'to'
      ? { path: 'to', what: 'same' }
      : { path: 'quotas.online', what: 'quotas', most: capacity ?? 0 },
  );
}
