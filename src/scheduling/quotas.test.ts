import { describe, expect, it } from 'vitest';
import { freePlaces } from './places.ts';
import { sittings } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { at, range, sittingOf, spellPlaces } from './testing/monday.ts';
import { judgeSerial } from './verdict.ts';
import type { Channel, WeeklyRule } from './weekly-rules.ts';

/** Online 1 and 2, phone 3 and 4, walk-in 5, everybody 6 and 7, each of ten minutes from 10:00. */
const rule = {
  mode: 'serial',
  capacity: 7,
  slotMinutes: 10,
  quotas: { online: 2, phone: 2, walkIn: 1 },
  quotaReleaseMinutes: 60,
} as const;

const CALM = {
  ...freeOfConditions,
  visitMinutes: 15,
  patientTaken: [],
  patientLimitReached: false,
  now: at('00:00'),
  doctorActive: true,
};
const open = (channel: Channel, given: Partial<typeof CALM> = {}, rules: Partial<WeeklyRule> = rule) => {
  const sitting = sittingOf(rules);
  return spellPlaces(freePlaces(sitting, { ...CALM, channel, ...given }), sitting);
};
const next = (channel: Channel, given: Partial<typeof CALM> = {}, rules: Partial<WeeklyRule> = rule) => {
  const verdict = judgeSerial(sittingOf(rules), { ...CALM, channel, ...given });
  return verdict.free ? `#${verdict.place.serial}` : verdict.reasons.join(' ');
};

describe('before the release', () => {
  it('each channel has its own numbers and those of everybody', () => {
    expect(open('online')).toBe('#1 #2 #6 #7');
    expect(open('phone')).toBe('#3 #4 #6 #7');
    expect(open('walk_in')).toBe('#5 #6 #7');
  });

  it('the next serial is the lowest of its own, then of everybody’s', () => {
    expect([next('online'), next('phone'), next('walk_in')]).toEqual(['#1', '#3', '#5']);
    expect(next('phone', { taken: [range('10:20-10:40')] })).toBe('#6');
  });

  it('quota used: something is free, but not for this channel', () => {
    const taken = [range('10:00-10:20'), range('10:50-11:10')];
    expect(next('online', { taken })).toBe('quota_used');
    expect(next('phone', { taken })).toBe('#3');
    expect(open('online', { taken })).toBe('');
  });

  it('session full: nothing is free for anybody', () => {
    expect(next('online', { taken: [range('10:00-11:10')] })).toBe('session_full');
  });

  it('quota used beside what else stands in the way', () => {
    const taken = [range('10:00-10:20'), range('10:50-11:10')];
    expect(next('online', { taken, patientLimitReached: true, doctorActive: false })).toBe(
      'quota_used patient_limit doctor_inactive',
    );
    const closures = [
      { kind: 'time_off', chamberId: null, tentative: false, period: range('10:00-10:20') } as const,
    ];
    expect(next('online', { taken: [range('10:50-11:10')], closures })).toBe('time_off quota_used');
  });
});

describe('the release', () => {
  it('is at its minute before the start', () => {
    expect(open('online', { now: at('09:00') - 1 })).toBe('#1 #2 #6 #7');
    expect(open('online', { now: at('09:00') })).toBe('#1 #2 #3 #4 #5 #6 #7');
  });

  it('lets every channel have its own numbers first, then the lowest of all', () => {
    const now = at('09:30');
    expect(next('phone', { now })).toBe('#3');
    expect(next('phone', { now, taken: [range('10:20-10:40')] })).toBe('#1');
    expect(next('online', { now, taken: [range('10:00-10:20'), range('10:50-11:10')] })).toBe('#3');
    expect(next('walk_in', { now, taken: [range('10:00-10:20'), range('10:40-11:10')] })).toBe('#3');
  });

  it('never comes without its minutes', () => {
    const never = { ...rule, quotaReleaseMinutes: null };
    expect(open('walk_in', { now: at('10:00') }, never)).toBe('#5 #6 #7');
  });

  it('at the start itself with no minutes', () => {
    const atStart = { ...rule, quotaReleaseMinutes: 0 };
    expect(open('walk_in', { now: at('10:00') - 1 }, atStart)).toBe('#5 #6 #7');
    expect(open('walk_in', { now: at('10:00') }, atStart)).toBe('#1 #2 #3 #4 #5 #6 #7');
  });
});

describe('mistakes', () => {
  const read = (given: Partial<WeeklyRule>) => () =>
    sittings([exampleRule({ ...rule, ...given })], { from: '2026-11-02', to: '2026-11-02' });

  it.each([
    [{ quotas: { online: 4, phone: 3, walkIn: 1 } }, 'rules[0].quotas:'],
    [{ quotas: { online: -1, phone: 0, walkIn: 0 } }, 'rules[0].quotas.online:'],
    [{ quotas: { online: 0, phone: 0.5, walkIn: 0 } }, 'rules[0].quotas.phone:'],
    [{ quotas: { online: 0, phone: 0, walkIn: Number.NaN } }, 'rules[0].quotas.walkIn:'],
    [{ quotaReleaseMinutes: -1 }, 'rules[0].quotaReleaseMinutes:'],
    [{ quotas: null }, 'rules[0].quotaReleaseMinutes:'],
    [{ mode: 'timed', capacity: null }, 'rules[0].quotas:'],
  ] satisfies [Partial<WeeklyRule>, string][])('%j is a RangeError that names %s', (given, path) => {
    expect(read(given)).toThrow(RangeError);
    expect(read(given)).toThrow(path);
  });

  it('quotas of the whole capacity are none', () => {
    expect(read({ quotas: { online: 4, phone: 2, walkIn: 1 } })).not.toThrow();
  });
});
