import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/contract/hours.ts';
import { checkHours } from './hours-check.ts';
import { serialRanges, sumHours } from './hours-sum.ts';
import { axisOf, bandOn, halfHourAt } from './week-axis.ts';
import { clash, elsewhere, hoursOf, lengthOf, weeksOf } from './week-hours.ts';

const settings = {
  from: '17:00',
  to: '21:00',
  mode: 'serial' as const,
  slotMinutes: 10,
  capacity: 24,
  quotas: null,
  quotaReleaseMinutes: null,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 30,
  horizonDays: 30,
};

const schedule = (id: number, of: Partial<Schedule>): Schedule => ({
  id,
  chamberId: 1,
  weekday: 6,
  validFrom: null,
  validUntil: null,
  version: 1,
  ...settings,
  ...of,
});

const ramadan = { validFrom: '2027-02-08', validUntil: '2027-03-09' };

describe('hours of a week', () => {
  const saturday = 6;
  const friday = 5;

  it('end on the next day when their end is not after their start', () => {
    expect(lengthOf({ from: '22:00', to: '02:00' })).toBe(240);
    expect(lengthOf({ from: '08:00', to: '08:00' })).toBe(1440);
  });

  it('are at once with others across midnight and across the end of the week, and touch without being at once', () => {
    const night = { weekday: friday, from: '22:00', to: '02:00' };
    expect(clash(night, { weekday: saturday, from: '01:30', to: '05:00' })).toBe(true);
    expect(clash({ weekday: saturday, from: '01:30', to: '05:00' }, night)).toBe(true);
    expect(clash(night, { weekday: saturday, from: '02:00', to: '05:00' })).toBe(false);
    expect(clash(night, { weekday: friday, from: '20:00', to: '22:00' })).toBe(false);
    expect(clash(night, { weekday: 4, from: '22:00', to: '02:00' })).toBe(false);
  });

  it('stand by week: the usual one first, then the dated ones, each with its own hours from Saturday', () => {
    const all = [
      schedule(1, { weekday: 5, ...ramadan }),
      schedule(2, { weekday: 1 }),
      schedule(3, { weekday: 6 }),
      schedule(4, { validFrom: '2027-01-01' }),
      schedule(5, { chamberId: 2, validFrom: '2026-01-01' }),
    ];
    expect(weeksOf(all, 1)).toEqual([
      { validFrom: null, validUntil: null },
      { validFrom: '2027-01-01', validUntil: null },
      ramadan,
    ]);
    const usual = hoursOf(all, { chamberId: 1, dates: { validFrom: null, validUntil: null } });
    expect(usual.map(({ id }) => id)).toEqual([3, 2]);
    expect(usual[0]).not.toHaveProperty('version');
  });

  it('elsewhere are the dated ones of those dates, and the usual ones where no dated ones cover them', () => {
    const all = [
      schedule(1, { chamberId: 2 }),
      schedule(2, { chamberId: 2, ...ramadan }),
      schedule(3, { chamberId: 3 }),
      schedule(4, { chamberId: 3, validFrom: '2027-03-01', validUntil: '2027-03-31' }),
      schedule(5, {}),
    ];
    const ids = (dates: { validFrom: string | null; validUntil: string | null }) =>
      elsewhere(all, { chamberId: 1, dates }).map(({ id }) => id);
    expect(ids({ validFrom: null, validUntil: null })).toEqual([1, 3]);
    expect(ids(ramadan)).toEqual([2, 4, 3]);
    expect(ids({ validFrom: '2027-06-01', validUntil: null })).toEqual([1, 3]);
  });
});

describe('what hours come to', () => {
  it('counts serials by their number, also past the end, and says when the last is expected', () => {
    expect(sumHours(settings, null)).toMatchObject({ places: 24, first: '17:00', last: '20:50', late: 0 });
    expect(sumHours({ ...settings, capacity: 30 }, null)).toMatchObject({ last: '21:50', late: 60 });
    expect(sumHours({ ...settings, from: '22:00', to: '02:00' }, null)).toMatchObject({
      last: '01:50',
      lastNextDay: true,
    });
  });

  it('counts the starts that leave room for a new patient’s visit', () => {
    const timed = { ...settings, mode: 'timed' as const, capacity: null, slotMinutes: 15 };
    expect(sumHours(timed, 15)).toMatchObject({ places: 16, last: '20:45' });
    expect(sumHours(timed, 40)).toMatchObject({ places: 14, last: '20:15', late: 0 });
    expect(sumHours({ ...timed, to: '17:30' }, 40)).toBeNull();
    expect(sumHours({ ...timed, slotMinutes: Number.NaN }, 40)).toBeNull();
  });

  it('shares serials out in the order of the channels', () => {
    expect(serialRanges({ capacity: 40, quotas: { online: 20, phone: 0, walkIn: 5 } })).toEqual([
      { name: 'online', from: 1, to: 20 },
      { name: 'walkIn', from: 21, to: 25 },
      { name: 'shared', from: 26, to: 40 },
    ]);
  });
});

describe('mistakes in hours', () => {
  const wrong = (part: object) => checkHours({ ...settings, ...part });

  it('are found where the server would refuse', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ from: '' })).toEqual([{ path: 'from', what: 'time' }]);
    expect(wrong({ to: '17:00' })).toEqual([{ path: 'to', what: 'same' }]);
    expect(wrong({ capacity: Number.NaN })).toEqual([
      { path: 'capacity', what: 'range', least: 1, most: 500 },
    ]);
    expect(wrong({ quotas: { online: 20, phone: 4, walkIn: 1 } })).toEqual([
      { path: 'quotas.online', what: 'quotas', most: 24 },
    ]);
    expect(wrong({ mode: 'timed', capacity: null })).toEqual([]);
  });
});

describe('the picture of a week', () => {
  it('shows whole hours around what there is, past midnight where hours go on', () => {
    const axis = axisOf([
      { from: '17:30', to: '21:00' },
      { from: '22:00', to: '01:30' },
    ]);
    expect(axis).toMatchObject({ from: 17, to: 26 });
    const { top, height } = bandOn(axis, { from: '22:00', to: '01:30' });
    expect([top / axis.hourHeight, height / axis.hourHeight]).toEqual([5, 3.5]);
  });

  it('is tall enough for the shortest hours to say what they are', () => {
    const short = { from: '17:00', to: '18:00' };
    expect(bandOn(axisOf([short]), short).height).toBeGreaterThanOrEqual(96);
  });

  it('reads the half hour that was pressed', () => {
    const axis = { from: 15, to: 27, hourHeight: 40 };
    expect(halfHourAt(axis, 0)).toBe('15:00');
    expect(halfHourAt(axis, 79)).toBe('16:30');
    expect(halfHourAt(axis, 40 * 11)).toBe('23:30');
  });
});
