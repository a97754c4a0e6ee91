import { describe, expect, it } from 'vitest';
import { sittings } from './sittings.ts';
import type { Sitting } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { at, range } from './testing/monday.ts';
import { judgeSerial, judgeStart } from './verdict.ts';
import type { Circumstances, Verdict } from './verdict.ts';
import type { WeeklyRule } from './weekly-rules.ts';

function dayOf(...rules: Partial<WeeklyRule>[]): Sitting[] {
  return sittings(rules.map(exampleRule), { from: '2026-11-02', to: '2026-11-02' });
}

const CALM: Circumstances = {
  ...freeOfConditions,
  patientTaken: [],
  patientLimitReached: false,
  now: at('00:00'),
  doctorActive: true,
};

function reasonsOf(verdict: Verdict): string {
  return verdict.free ? 'free' : verdict.reasons.join(' ');
}

describe('a wanted start', () => {
  const [sitting] = dayOf({});
  const judge = (time: string, given: Partial<Circumstances> = {}, of = dayOf({}), visitMinutes = 15) =>
    judgeStart(of, { ...CALM, startsAt: at(time), visitMinutes, ...given });

  it('is free with its sitting and place', () => {
    expect(judge('10:30')).toEqual({ free: true, sitting, place: range('10:30-10:45') });
    expect(reasonsOf(judge('10:00'))).toBe('free');
    expect(reasonsOf(judge('11:45'))).toBe('free');
  });

  it.each([
    ['before the sitting', '09:45'],
    ['at its end', '12:00'],
    ['between two steps', '10:07'],
    ['on a step, but the visit would run over', '11:45', 16],
  ])('outside hours: %s', (_, time, visitMinutes = 15) => {
    expect(reasonsOf(judge(time, {}, dayOf({}), visitMinutes))).toBe('outside_hours');
  });

  it('outside hours: no sitting that day, or serials only', () => {
    expect(reasonsOf(judge('10:00', {}, []))).toBe('outside_hours');
    expect(reasonsOf(judge('10:00', {}, dayOf({ mode: 'serial', capacity: 9 })))).toBe('outside_hours');
  });

  it('too soon: within notice to the minute, and in the past', () => {
    const strict = dayOf({ noticeMinutes: 60 });
    expect(reasonsOf(judge('10:30', { now: at('09:30') }, strict))).toBe('free');
    expect(reasonsOf(judge('10:30', { now: at('09:31') }, strict))).toBe('too_soon');
    expect(reasonsOf(judge('10:30', { now: at('10:31') }))).toBe('too_soon');
  });

  it('too far: until the horizon reaches the date', () => {
    const near = dayOf({ horizonDays: 0 });
    expect(reasonsOf(judge('10:00', { now: at('00:00') - 1 }, near))).toBe('too_far');
    expect(reasonsOf(judge('10:00', { now: at('00:00') }, near))).toBe('free');
  });

  it('taken: buffers of the wanted visit count, touching does not', () => {
    const buffered = dayOf({ bufferBeforeMinutes: 10, bufferAfterMinutes: 5 });
    expect(reasonsOf(judge('10:30', { taken: [range('10:15-10:20'), range('10:50-11:00')] }, buffered))).toBe(
      'free',
    );
    expect(reasonsOf(judge('10:30', { taken: [range('10:15-10:21')] }, buffered))).toBe('taken');
    expect(reasonsOf(judge('10:30', { taken: [range('10:49-11:00')] }, buffered))).toBe('taken');
  });

  it('taken: by a long range that starts before a short one', () => {
    expect(reasonsOf(judge('10:30', { taken: [range('09:00-11:00'), range('09:30-09:40')] }))).toBe('taken');
  });

  it('patient busy: the visit alone counts', () => {
    const buffered = dayOf({ bufferBeforeMinutes: 10, bufferAfterMinutes: 10 });
    expect(reasonsOf(judge('10:30', { patientTaken: [range('10:20-10:30')] }, buffered))).toBe('free');
    expect(reasonsOf(judge('10:30', { patientTaken: [range('10:20-10:31')] }, buffered))).toBe(
      'patient_busy',
    );
  });

  it('doctor inactive', () => {
    expect(reasonsOf(judge('10:30', { doctorActive: false }))).toBe('doctor_inactive');
  });

  it('session closed: that sitting and no other', () => {
    const two = dayOf({}, { scheduleId: 2, from: '17:00', to: '19:00' });
    const closedSessions = new Set(['1.2026-11-02', '2.2026-11-09']);
    expect(reasonsOf(judge('10:30', { closedSessions }, two))).toBe('session_closed');
    expect(reasonsOf(judge('17:00', { closedSessions }, two))).toBe('free');
  });

  it('patient limit', () => {
    expect(reasonsOf(judge('10:30', { patientLimitReached: true }))).toBe('patient_limit');
  });

  it('every reason that applies, in the order of the list', () => {
    const everyOne = {
      taken: [range('10:00-11:00')],
      patientTaken: [range('10:00-11:00')],
      closedSessions: new Set(['1.2026-11-02']),
      closures: (['holiday', 'time_off'] as const).map((kind) => ({
        kind,
        chamberId: null,
        tentative: false,
        period: range('09:00-12:00'),
      })),
      patientLimitReached: true,
      doctorActive: false,
      now: at('00:00') - 1,
    };
    const strict = dayOf({ noticeMinutes: 2_000, horizonDays: 0 });
    expect(reasonsOf(judge('10:37', everyOne, strict))).toBe(
      'outside_hours time_off holiday too_soon too_far taken session_closed patient_busy patient_limit doctor_inactive',
    );
    expect(reasonsOf(judge('10:37', everyOne, []))).toBe(
      'outside_hours time_off holiday taken patient_busy patient_limit doctor_inactive',
    );
    const everything = {
      taken: [range('10:00-11:00')],
      patientTaken: [range('10:00-11:00')],
      doctorActive: false,
    };
    expect(reasonsOf(judge('10:37', { ...everything, now: at('10:40') }))).toBe(
      'outside_hours too_soon taken patient_busy doctor_inactive',
    );
    expect(
      reasonsOf(judge('10:30', { ...everything, now: at('00:00') - 1 }, dayOf({ horizonDays: 0 }))),
    ).toBe('too_far taken patient_busy doctor_inactive');
    expect(
      reasonsOf(
        judge(
          '10:30',
          { ...everything, now: at('00:00') - 1 },
          dayOf({ noticeMinutes: 660, horizonDays: 0 }),
        ),
      ),
    ).toBe('too_soon too_far taken patient_busy doctor_inactive');
    expect(reasonsOf(judge('10:30', { ...everything, now: at('10:40') }, []))).toBe(
      'outside_hours too_soon taken patient_busy doctor_inactive',
    );
  });

  it('of two sittings under way, the one that offers the start decides', () => {
    const both = dayOf({ scheduleId: 1 }, { scheduleId: 2, chamberId: 2, from: '10:05', slotMinutes: 15 });
    const verdict = judge('10:20', {}, both);
    expect(verdict.free && verdict.sitting.sessionKey).toBe('2.2026-11-02');
    expect(reasonsOf(judge('10:20', { taken: [range('10:20-10:21')] }, both))).toBe('taken');
    expect(reasonsOf(judge('10:15', { taken: [range('10:20-10:21')] }, both))).toBe('taken');
    expect(reasonsOf(judge('10:10', {}, both))).toBe('outside_hours');
  });

  it('on the day of a clock change the repeated half hour has two starts', () => {
    const lordHowe = sittings(
      [exampleRule({ zone: 'Australia/Lord_Howe', weekday: 7, from: '01:30', to: '02:30', slotMinutes: 30 })],
      { from: '2026-04-05', to: '2026-04-05' },
    );
    const clock = (offset: string) => Temporal.Instant.from(`2026-04-05T01:30${offset}`).epochMilliseconds;
    for (const startsAt of [clock('+11:00'), clock('+10:30')]) {
      expect(reasonsOf(judgeStart(lordHowe, { ...CALM, now: 0, startsAt, visitMinutes: 30 }))).toBe('free');
    }
  });

  it('a moment that is none is a RangeError', () => {
    const query = { ...CALM, startsAt: Number.NaN, visitMinutes: 15 };
    expect(() => judgeStart(dayOf({}), query)).toThrow('query.startsAt:');
    expect(() => judgeStart(dayOf({}), { ...query, startsAt: 0, visitMinutes: 0 })).toThrow(
      'query.visitMinutes:',
    );
  });
});

describe('the next serial', () => {
  const serial = { mode: 'serial', capacity: 3, slotMinutes: 10 } as const;
  const judge = (given: Partial<Circumstances> = {}, rule: Partial<WeeklyRule> = {}) => {
    const [sitting] = dayOf({ ...serial, ...rule });
    if (sitting === undefined) throw new Error('no sitting');
    return judgeSerial(sitting, { ...CALM, ...given });
  };
  const serialOf = (verdict: Verdict) => (verdict.free ? verdict.place.serial : reasonsOf(verdict));

  it('is the lowest free one', () => {
    expect(serialOf(judge())).toBe(1);
    expect(serialOf(judge({ taken: [range('10:00-10:10'), range('10:20-10:30')] }))).toBe(2);
    expect(judge({ taken: [range('10:00-10:10')] })).toMatchObject({
      free: true,
      place: range('10:10-10:20'),
    });
  });

  it('skips those whose time is past or within notice', () => {
    expect(serialOf(judge({ now: at('10:05') }))).toBe(2);
    expect(serialOf(judge({ now: at('10:05') }, { noticeMinutes: 15 }))).toBe(3);
  });

  it('too soon: for the last of them', () => {
    expect(serialOf(judge({ now: at('10:20') }))).toBe(3);
    expect(serialOf(judge({ now: at('10:21') }))).toBe('too_soon');
  });

  it('session full: all are taken, or all that are still to come', () => {
    expect(serialOf(judge({ taken: [range('10:00-10:30')] }))).toBe('session_full');
    expect(serialOf(judge({ taken: [range('10:10-10:30')], now: at('10:05') }))).toBe('session_full');
    expect(serialOf(judge({ taken: [range('10:00-10:30')], now: at('10:21') }))).toBe(
      'too_soon session_full',
    );
    expect(serialOf(judge({ taken: [range('10:10-10:30')], now: at('10:21') }))).toBe('too_soon');
  });

  it('patient busy at the time of that serial', () => {
    expect(serialOf(judge({ patientTaken: [range('10:05-10:06')] }))).toBe('patient_busy');
    expect(serialOf(judge({ patientTaken: [range('10:10-10:20')] }))).toBe(1);
  });

  it('every reason that applies, in the order of the list', () => {
    const apart = { horizonDays: 0, noticeMinutes: 5_000 };
    const now = at('00:00') - 1;
    expect(serialOf(judge({ now, taken: [range('10:00-10:30')], doctorActive: false }, apart))).toBe(
      'too_soon too_far session_full doctor_inactive',
    );
    expect(serialOf(judge({ now, patientTaken: [range('10:00-10:30')], doctorActive: false }, apart))).toBe(
      'too_soon too_far patient_busy doctor_inactive',
    );
  });

  it('session closed and patient limit, whatever serial is next', () => {
    const closedSessions = new Set(['1.2026-11-02']);
    expect(serialOf(judge({ closedSessions }))).toBe('session_closed');
    expect(
      serialOf(judge({ closedSessions, patientLimitReached: true, taken: [range('10:00-10:30')] })),
    ).toBe('session_full session_closed patient_limit');
  });

  it('a timed sitting has none', () => {
    expect(serialOf(judge({}, { mode: 'timed' }))).toBe('outside_hours');
  });
});
