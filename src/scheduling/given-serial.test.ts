import { describe, expect, it } from 'vitest';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { at, range, sittingOf } from './testing/monday.ts';
import { judgeGivenSerial, serialAt } from './verdict.ts';
import type { Circumstances } from './verdict.ts';
import type { WeeklyRule } from './weekly-rules.ts';

const CALM: Circumstances = {
  ...freeOfConditions,
  patientTaken: [],
  patientLimitReached: false,
  now: at('00:00'),
  doctorActive: true,
};

describe('a given serial', () => {
  const serial = { mode: 'serial', capacity: 6, slotMinutes: 10 } as const;
  const judge = (number: number, given: Partial<Circumstances> = {}, rule: Partial<WeeklyRule> = {}) => {
    const verdict = judgeGivenSerial(sittingOf({ ...serial, ...rule }), {
      ...CALM,
      ...given,
      serial: number,
    });
    return verdict.free ? 'free' : verdict.reasons.join(' ');
  };

  it('is the one whose minutes contain the moment', () => {
    const sitting = sittingOf(serial);
    expect(
      ['10:00', '10:09', '10:10', '10:59', '11:00', '09:59'].map((time) => serialAt(sitting, at(time))),
    ).toEqual([1, 1, 2, 6, 7, 0]);
  });

  it('is free with its place, whether or not it is the next', () => {
    const sitting = sittingOf(serial);
    expect(judgeGivenSerial(sitting, { ...CALM, serial: 3 })).toEqual({
      free: true,
      sitting,
      place: { ...range('10:20-10:30'), serial: 3 },
    });
    expect(judge(1)).toBe('free');
    expect(judge(6)).toBe('free');
  });

  it('outside hours: numbers below 1 and past the capacity, and every number of a timed sitting', () => {
    expect(judge(0)).toBe('outside_hours');
    expect(judge(7)).toBe('outside_hours');
    expect(judge(1, {}, { mode: 'timed', capacity: null })).toBe('outside_hours');
  });

  it('taken: that one and not its neighbours, in another chamber with the way there', () => {
    expect(judge(2, { taken: [range('10:10-10:20')] })).toBe('taken');
    expect(judge(1, { taken: [range('10:10-10:20')] })).toBe('free');
    expect(judge(3, { taken: [range('10:10-10:20')] })).toBe('free');
    const elsewhere = { taken: [{ ...range('11:00-11:15'), chamberId: 2 }], travelMinutes: 15 };
    expect(judge(4, elsewhere)).toBe('free');
    expect(judge(5, elsewhere)).toBe('taken');
  });

  it('too soon: within notice of its own time', () => {
    expect(judge(3, { now: at('10:05') }, { noticeMinutes: 15 })).toBe('free');
    expect(judge(3, { now: at('10:06') }, { noticeMinutes: 15 })).toBe('too_soon');
  });

  it('quota used: a number kept for another channel, until it is released', () => {
    const rule = { quotas: { online: 2, phone: 1, walkIn: 1 }, quotaReleaseMinutes: 60 };
    const kept = (channel: Circumstances['channel'], now = at('08:59')) =>
      [1, 2, 3, 4, 5, 6].map((number) => judge(number, { channel, now }, rule));
    expect(kept('online')).toEqual(['free', 'free', 'quota_used', 'quota_used', 'free', 'free']);
    expect(kept('phone')).toEqual(['quota_used', 'quota_used', 'free', 'quota_used', 'free', 'free']);
    expect(kept('walk_in')).toEqual(['quota_used', 'quota_used', 'quota_used', 'free', 'free', 'free']);
    expect(kept('online', at('09:00'))).toEqual(Array.from({ length: 6 }, () => 'free'));
    expect(judge(7, { channel: 'phone' }, rule)).toBe('outside_hours');
  });

  it('closed: its own time, a tentative holiday online only', () => {
    const closures = [
      { kind: 'holiday' as const, chamberId: null, tentative: true, period: range('10:05-10:15') },
      { kind: 'time_off' as const, chamberId: 1, tentative: false, period: range('10:30-10:40') },
    ];
    const all = (channel: Circumstances['channel']) =>
      [1, 2, 3, 4, 5].map((number) => judge(number, { channel, closures }));
    expect(all('online')).toEqual(['holiday', 'holiday', 'free', 'time_off', 'free']);
    expect(all('phone')).toEqual(['free', 'free', 'free', 'time_off', 'free']);
  });

  it('every reason that applies, in the order of the list', () => {
    const period = range('09:00-12:00');
    const given: Partial<Circumstances> = {
      taken: [period],
      patientTaken: [period],
      closedSessions: new Set(['1.2026-11-02']),
      closures: (['holiday', 'time_off'] as const).map((kind) => ({
        kind,
        chamberId: null,
        tentative: false,
        period,
      })),
      patientLimitReached: true,
      doctorActive: false,
      now: at('00:00') - 1,
    };
    const rule = { noticeMinutes: 2_000, horizonDays: 0, quotas: { online: 0, phone: 6, walkIn: 0 } };
    expect(judge(3, given, rule)).toBe(
      'time_off holiday too_soon too_far taken session_closed quota_used patient_busy patient_limit doctor_inactive',
    );
  });

  it('a number that is none is a RangeError', () => {
    expect(() => judge(1.5)).toThrow('query.serial:');
  });
});
