import { describe, expect, it } from 'vitest';
import { closedPeriod } from './closures.ts';
import type { Closure } from './closures.ts';
import { freePlaces, freePlacesOfAll } from './places.ts';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { at, range, sittingOf, spellPlaces } from './testing/monday.ts';
import { judgeSerial, judgeStart } from './verdict.ts';
import type { WeeklyRule } from './weekly-rules.ts';

const timeOff = (period: string, given: Partial<Closure> = {}): Closure => ({
  kind: 'time_off',
  chamberId: null,
  tentative: false,
  period: range(period),
  ...given,
});

const CALM = {
  ...freeOfConditions,
  visitMinutes: 15,
  patientTaken: [],
  patientLimitReached: false,
  now: at('00:00'),
  doctorActive: true,
};

describe('a closed period in local time', () => {
  const spell = (zone: string, from: string, until: string) => {
    const period = closedPeriod(zone, { from, until });
    if (period === null) return null;
    const [start, end] = [period.start, period.end].map((ms) =>
      Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 16),
    );
    return `${start}/${end}`;
  };

  it('takes dates as whole days, the last one included', () => {
    expect(spell('Asia/Dhaka', '2026-11-02', '2026-11-02')).toBe('2026-11-01T18:00/2026-11-02T18:00');
    expect(spell('Asia/Dhaka', '2026-12-31', '2027-01-01')).toBe('2026-12-30T18:00/2027-01-01T18:00');
    expect(spell('Asia/Kathmandu', '2028-02-29', '2028-02-29')).toBe('2028-02-28T18:15/2028-02-29T18:15');
  });

  it('takes times as half-open, on one day or over several, mixed with dates', () => {
    expect(spell('Asia/Dhaka', '2026-11-02T10:00', '2026-11-02T11:30')).toBe(
      '2026-11-02T04:00/2026-11-02T05:30',
    );
    expect(spell('Asia/Dhaka', '2026-11-02T10:00', '2026-11-04')).toBe('2026-11-02T04:00/2026-11-04T18:00');
    expect(spell('Asia/Dhaka', '2026-11-02', '2026-11-03T00:00')).toBe('2026-11-01T18:00/2026-11-02T18:00');
  });

  it('a whole day is 23 or 25 hours long where the clock changes', () => {
    expect(spell('America/New_York', '2026-03-08', '2026-03-08')).toBe('2026-03-08T05:00/2026-03-09T04:00');
    expect(spell('America/New_York', '2026-11-01', '2026-11-01')).toBe('2026-11-01T04:00/2026-11-02T05:00');
    expect(spell('Africa/Cairo', '2026-04-24', '2026-04-24')).toBe('2026-04-23T22:00/2026-04-24T21:00');
  });

  it('a skipped time moves forward, of a repeated one the earlier counts', () => {
    expect(spell('Europe/London', '2026-03-29T01:30', '2026-03-29T04:00')).toBe(
      '2026-03-29T01:30/2026-03-29T03:00',
    );
    expect(spell('Europe/London', '2026-10-25T00:00', '2026-10-25T01:30')).toBe(
      '2026-10-24T23:00/2026-10-25T00:30',
    );
  });

  it('is null when the clock change leaves nothing of it, or the date never was', () => {
    expect(spell('Europe/London', '2026-03-29T01:00', '2026-03-29T02:00')).toBeNull();
    expect(spell('Pacific/Apia', '2011-12-30', '2011-12-30')).toBeNull();
  });

  it.each([
    ['2026-11-31', '2026-12-01', 'period.from:'],
    ['2026-11-02T24:00', '2026-11-03', 'period.from:'],
    ['2026-11-02', '2026-11-02T10:00T', 'period.until:'],
    ['2026-11-02', '2026-11-01', 'period.until:'],
    ['2026-11-02T10:00', '2026-11-02T10:00', 'period.until:'],
  ])('%s … %s is a RangeError', (from, until, path) => {
    expect(() => closedPeriod('Asia/Dhaka', { from, until })).toThrow(path);
  });
});

describe('closures', () => {
  const offered = (closures: Closure[], rule: Partial<WeeklyRule> = {}, given: Partial<typeof CALM> = {}) => {
    const sitting = sittingOf({ to: '11:00', ...rule });
    return spellPlaces(freePlaces(sitting, { ...CALM, closures, ...given }), sitting);
  };

  it('remove what overlaps them, and nothing that touches', () => {
    expect(offered([timeOff('10:15-10:30')])).toBe('10:00 10:30 10:45');
    expect(offered([timeOff('10:14-10:31')])).toBe('10:45');
    expect(offered([timeOff('09:00-12:00')])).toBe('');
    expect(offered([timeOff('09:00-10:00'), timeOff('11:00-12:00')])).toBe('10:00 10:15 10:30 10:45');
  });

  it('may come in any order and overlap each other', () => {
    expect(offered([timeOff('10:30-10:45'), timeOff('10:00-10:05'), timeOff('09:00-10:15')])).toBe(
      '10:15 10:45',
    );
  });

  it('let buffers reach into them', () => {
    const buffered = { bufferBeforeMinutes: 15, bufferAfterMinutes: 15 };
    expect(offered([timeOff('10:15-10:30')], buffered)).toBe('10:00 10:30 10:45');
    expect(offered([timeOff('10:15-10:30')], buffered, { taken: [range('10:44-10:45')] })).toBe('10:00');
  });

  it('hold in their chamber, or in all', () => {
    expect(offered([timeOff('09:00-12:00', { chamberId: 2 })])).toBe('10:00 10:15 10:30 10:45');
    expect(offered([timeOff('09:00-12:00', { chamberId: 1 })])).toBe('');
  });

  it('tentative ones close the online channel only', () => {
    const eid = [timeOff('09:00-12:00', { kind: 'holiday', tentative: true })];
    expect(offered(eid)).toBe('');
    expect(offered(eid, {}, { channel: 'phone' })).toBe('10:00 10:15 10:30 10:45');
    expect(offered(eid, {}, { channel: 'walk_in' })).toBe('10:00 10:15 10:30 10:45');
    expect(offered([timeOff('09:00-12:00', { kind: 'holiday' })], {}, { channel: 'phone' })).toBe('');
  });

  it('remove serials by their expected time, the others keep their numbers', () => {
    const serial = { mode: 'serial', capacity: 6, slotMinutes: 10 } as const;
    expect(offered([timeOff('10:15-10:25')], serial)).toBe('#1 #4 #5 #6');
    expect(offered([timeOff('10:40-12:00')], { ...serial, to: '10:20' })).toBe('#1 #2 #3 #4');
  });

  it('go on over many sittings as over one', () => {
    const all = ['2026-11-02', '2026-11-09', '2026-11-16'].map((date) => sittingOf({}, date));
    const closures = [
      timeOff('11:00-11:30'),
      { ...timeOff('10:00-10:30'), period: { start: at('11:30'), end: at('10:30') + 7 * 86_400_000 } },
    ];
    const query = { ...CALM, closures };
    const together = freePlacesOfAll(all, query);
    expect(together).toEqual(all.map((sitting) => freePlaces(sitting, query)));
    expect(together.map((places) => places.length)).toEqual([4, 6, 8]);
  });

  it('leave what comes before them in the same sitting, in a sweep over many too', () => {
    const sitting = sittingOf({ to: '11:00', slotMinutes: 5 });
    const query = { ...CALM, visitMinutes: 5, closures: [timeOff('10:05-10:50')] };
    const [places = []] = freePlacesOfAll([sitting], query);
    expect(spellPlaces(places, sitting)).toBe('10:00 10:50 10:55');
  });

  it('without an end after the start are a RangeError', () => {
    expect(() => offered([timeOff('09:00-10:00'), timeOff('10:00-10:00')])).toThrow(
      'query.closures[1].period:',
    );
  });

  it('are the reason: each kind for what it closes', () => {
    const closures = [
      timeOff('10:00-10:20'),
      timeOff('10:15-11:00', { kind: 'holiday', tentative: true }),
      timeOff('10:45-11:00', { chamberId: 2 }),
    ];
    const why = (time: string, given: Partial<typeof CALM> = {}) => {
      const verdict = judgeStart([sittingOf({})], { ...CALM, closures, startsAt: at(time), ...given });
      return verdict.free ? 'free' : verdict.reasons.join(' ');
    };
    expect(why('10:00')).toBe('time_off');
    expect(why('10:15')).toBe('time_off holiday');
    expect(why('10:30')).toBe('holiday');
    expect(why('10:30', { channel: 'walk_in' })).toBe('free');
    expect(why('11:00')).toBe('free');
    expect(why('10:10')).toBe('outside_hours time_off holiday');
    expect(why('09:50')).toBe('outside_hours time_off');
  });

  it('are the reason for a serial sitting when they leave none', () => {
    const serial = sittingOf({ mode: 'serial', capacity: 3, slotMinutes: 10 });
    const why = (closures: Closure[], given: Partial<typeof CALM> = {}) => {
      const verdict = judgeSerial(serial, { ...CALM, closures, ...given });
      return verdict.free ? `#${verdict.place.serial}` : verdict.reasons.join(' ');
    };
    expect(why([timeOff('10:00-10:10')])).toBe('#2');
    expect(why([timeOff('09:00-11:00')])).toBe('time_off');
    expect(why([timeOff('09:00-11:00', { kind: 'holiday' })])).toBe('holiday');
    expect(why([timeOff('10:00-10:15')], { taken: [range('10:20-10:30')] })).toBe('time_off session_full');
    expect(why([timeOff('09:00-11:00')], { taken: [range('10:00-10:10')] })).toBe('time_off');
    expect(why([timeOff('09:00-11:00')], { taken: [range('10:00-10:30')] })).toBe('time_off session_full');
    expect(why([timeOff('10:00-10:10')], { taken: [range('10:10-10:30')], now: at('10:05') })).toBe(
      'session_full',
    );
  });
});
