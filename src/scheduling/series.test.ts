import { describe, expect, it } from 'vitest';
import { planSeries, seriesDates } from './series.ts';
import type { Series, SeriesQuery } from './series.ts';
import { exampleRule } from './testing/example-rule.ts';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { at, range } from './testing/monday.ts';

describe('the dates of a series', () => {
  it('are every so many days or weeks from the first, by count', () => {
    expect(seriesDates({ from: '2026-12-30', every: { days: 3 }, count: 3 })).toEqual([
      '2026-12-30',
      '2027-01-02',
      '2027-01-05',
    ]);
    expect(seriesDates({ from: '2028-02-22', every: { weeks: 1 }, count: 3 })).toEqual([
      '2028-02-22',
      '2028-02-29',
      '2028-03-07',
    ]);
  });

  it('end with until, which is included, or with the count, whichever is first', () => {
    const weekly = { from: '2026-11-02', every: { weeks: 2 } } as const;
    expect(seriesDates({ ...weekly, until: '2026-11-30' })).toHaveLength(3);
    expect(seriesDates({ ...weekly, until: '2026-11-29' })).toHaveLength(2);
    expect(seriesDates({ ...weekly, until: '2026-11-30', count: 2 })).toHaveLength(2);
    expect(seriesDates({ ...weekly, until: '2026-11-16', count: 9 })).toHaveLength(2);
    expect(seriesDates({ ...weekly, until: '2026-11-01' })).toEqual([]);
  });

  it('by months keep the day of the first, or the last of a shorter month, and come back to it', () => {
    expect(seriesDates({ from: '2027-12-31', every: { months: 1 }, count: 6 })).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
      '2028-05-31',
    ]);
    expect(seriesDates({ from: '2028-02-29', every: { months: 12 }, count: 5 })).toEqual([
      '2028-02-29',
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
  });

  it.each([
    [{ from: '2026-02-29' }, 'series.from:'],
    [{ until: '2026-13-01' }, 'series.until:'],
    [{ count: 0 }, 'series.count:'],
    [{ count: 501 }, 'series:'],
    [{ every: { days: 0 } }, 'series.every.days:'],
    [{ every: { weeks: 1.5 } }, 'series.every.weeks:'],
    [{ every: { months: 1_001 } }, 'series.every.months:'],
  ] satisfies [Partial<Series>, string][])('%j is a RangeError that names %s', (given, path) => {
    const series = { from: '2026-11-02', every: { days: 1 }, count: 2, ...given };
    expect(() => seriesDates(series)).toThrow(RangeError);
    expect(() => seriesDates(series)).toThrow(path);
  });

  it('without an end are a RangeError', () => {
    expect(() => seriesDates({ from: '2026-11-02', every: { days: 1 } })).toThrow(
      'series: expected until or',
    );
    expect(() => seriesDates({ from: '2026-11-02', every: { days: 1 }, until: '2096-11-02' })).toThrow('500');
  });
});

describe('a planned series', () => {
  const WEEK = 7 * 86_400_000;
  const plan = (given: Partial<SeriesQuery> = {}) =>
    planSeries({
      ...freeOfConditions,
      rules: [exampleRule({ to: '11:00' })],
      dates: ['2026-11-02', '2026-11-09', '2026-11-16'],
      at: '10:30',
      chamberId: null,
      visitMinutes: 15,
      patientTaken: [],
      patientLimitReached: false,
      now: at('00:00'),
      doctorActive: true,
      ...given,
    });
  const spell = (given: Partial<SeriesQuery> = {}) =>
    plan(given).map((visit) => {
      if (!visit.free) return `${visit.date} ${visit.reasons.join(' ')}`;
      const { sitting, place } = visit;
      const clock = Temporal.Instant.fromEpochMilliseconds(place.start).toZonedDateTimeISO(sitting.rule.zone);
      const time = clock.toPlainDateTime().toString().slice(0, 16);
      return place.serial === undefined ? time : `${time} #${place.serial}`;
    });

  it('has the wanted time on each date', () => {
    expect(spell()).toEqual(['2026-11-02T10:30', '2026-11-09T10:30', '2026-11-16T10:30']);
    expect(plan()[1]).toMatchObject({
      date: '2026-11-09',
      free: true,
      sitting: { sessionKey: '1.2026-11-09' },
    });
  });

  it('takes the first place after it where that is taken or the patient is busy', () => {
    const next = (times: string) => ({ start: range(times).start + WEEK, end: range(times).end + WEEK });
    expect(spell({ taken: [range('10:30-10:45')], patientTaken: [next('10:20-10:31')] })).toEqual([
      '2026-11-02T10:45',
      '2026-11-09T10:45',
      '2026-11-16T10:30',
    ]);
    expect(spell({ at: '10:31' })[0]).toBe('2026-11-02T10:45');
  });

  it('never goes back before it, and lists the conflict with every reason against what is left', () => {
    const closures = [
      {
        kind: 'holiday',
        chamberId: null,
        tentative: false,
        period: { start: at('00:00') + WEEK, end: at('23:00') + WEEK },
      },
    ] as const;
    expect(spell({ taken: [range('10:40-11:00')], patientTaken: [range('10:30-10:35')], closures })).toEqual([
      '2026-11-02 taken patient_busy',
      '2026-11-09 holiday',
      '2026-11-16T10:30',
    ]);
  });

  it('outside hours: no sitting on the date, over by then, too short, or in another chamber', () => {
    expect(spell({ dates: ['2026-11-03'] })).toEqual(['2026-11-03 outside_hours']);
    expect(spell({ at: '11:00', dates: ['2026-11-02'] })).toEqual(['2026-11-02 outside_hours']);
    expect(spell({ at: '10:59', dates: ['2026-11-02'] })).toEqual(['2026-11-02 outside_hours']);
    expect(spell({ chamberId: 2, dates: ['2026-11-02'] })).toEqual(['2026-11-02 outside_hours']);
  });

  it('says too far where the horizon ends, and what concerns the patient and the doctor', () => {
    expect(spell({ rules: [exampleRule({ horizonDays: 7 })] })).toEqual([
      '2026-11-02T10:30',
      '2026-11-09T10:30',
      '2026-11-16 too_far',
    ]);
    expect(spell({ patientLimitReached: true, doctorActive: false })[0]).toBe(
      '2026-11-02 patient_limit doctor_inactive',
    );
  });

  it('goes on to the next sitting of the day', () => {
    const rules = [exampleRule({ to: '11:00' }), exampleRule({ scheduleId: 2, from: '17:00', to: '18:00' })];
    expect(spell({ rules, taken: [range('10:00-11:00')] })[0]).toBe('2026-11-02T17:00');
  });

  it('gives the next serial of a sitting that is not over by then', () => {
    const rules = [
      exampleRule({ mode: 'serial', capacity: 3, slotMinutes: 10 }),
      exampleRule({
        scheduleId: 2,
        mode: 'serial',
        capacity: 3,
        slotMinutes: 10,
        from: '17:00',
        to: '18:00',
      }),
    ];
    expect(spell({ rules, at: '11:00', taken: [range('10:00-10:10')] })[0]).toBe('2026-11-02T10:10 #2');
    expect(spell({ rules, at: '12:00' })[0]).toBe('2026-11-02T17:00 #1');
    expect(spell({ rules, at: '11:00', taken: [range('10:00-10:30')] })[0]).toBe('2026-11-02T17:00 #1');
  });

  it('keeps its own visits apart, also where one night runs into the next day', () => {
    const rules = [1, 2].map((weekday) =>
      exampleRule({ scheduleId: weekday, weekday, from: '10:00', to: '10:00', bufferAfterMinutes: 600 }),
    );
    const dates = ['2026-11-02', '2026-11-03'];
    expect(spell({ rules, dates, at: '10:00', visitMinutes: 18 * 60 })).toEqual([
      '2026-11-02T10:00',
      '2026-11-03T14:00',
    ]);
  });

  it('keeps the wall time over a clock change', () => {
    const rules = [exampleRule({ zone: 'Europe/London', weekday: 7 })];
    const dates = ['2026-03-22', '2026-03-29', '2026-04-05'];
    expect(spell({ rules, dates, at: '10:00', now: 0 })).toEqual(dates.map((date) => `${date}T10:00`));
  });

  it('names a date or a time that is none', () => {
    expect(() => plan({ dates: ['2026-11-02', '2026-11-31'] })).toThrow('query.dates[1]:');
    expect(() => plan({ at: '25:00' })).toThrow('query.at:');
  });
});
