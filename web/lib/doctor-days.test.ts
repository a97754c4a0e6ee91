import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Exception, Holiday } from '../../src/contract/exceptions.ts';
import type { Schedule } from '../../src/contract/hours.ts';
import { sittings } from '../../src/scheduling/sittings.ts';
import { addDays } from './dates.ts';
import { datesToRead, type DoctorCalendar, hoursInsteadOf, readDay } from './doctor-days.ts';

const settings = {
  from: '17:00',
  to: '21:00',
  mode: 'timed' as const,
  slotMinutes: 15,
  capacity: null,
  quotas: null,
  quotaReleaseMinutes: null,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 30,
  horizonDays: 30,
};

let ids = 0;
const usual = (given: Partial<Schedule>): Schedule => ({
  id: ++ids,
  chamberId: 1,
  weekday: 3,
  version: 1,
  validFrom: null,
  validUntil: null,
  ...settings,
  ...given,
});
const off = (given: { from: string; until: string; chamberId?: number | null }): Exception => ({
  id: ++ids,
  kind: 'time_off',
  chamberId: null,
  note: null,
  ...given,
});
const other = (given: { from: string; until: string; hours: { from: string; to: string }[] }): Exception => ({
  id: ++ids,
  kind: 'other_hours',
  chamberId: 1,
  note: null,
  ...given,
  hours: given.hours.map((times) => ({ ...settings, ...times })),
});
const holiday = (given: Partial<Holiday> & { from: string; until: string }): Holiday => ({
  id: ++ids,
  name: 'Victory Day',
  nameBn: 'বিজয় দিবস',
  chamberId: null,
  tentative: false,
  ...given,
});
const calendar = (given: Partial<DoctorCalendar>): DoctorCalendar => ({
  schedules: [],
  exceptions: [],
  holidays: [],
  ...given,
});
const told = (given: DoctorCalendar, date: string) =>
  readDay(given, date).sittings.map(({ chamberId, from, by, left }) => `${chamberId} ${from} ${by} ${left}`);

// 2026-11-25 is a Wednesday.
const wednesday = '2026-11-25';

test('a dated week replaces the usual one on its dates, also where it has no hours, and in its chamber alone', () => {
  const given = calendar({
    schedules: [
      usual({}),
      usual({ chamberId: 2, from: '09:00', to: '11:00' }),
      usual({ weekday: 3, from: '10:00', to: '13:00', validFrom: '2026-12-01', validUntil: '2026-12-31' }),
      usual({ weekday: 4 }),
    ],
  });
  expect(told(given, wednesday)).toEqual(['2 09:00 usual all', '1 17:00 usual all']);
  expect(told(given, '2026-12-02')).toEqual(['2 09:00 usual all', '1 10:00 dated all']);
  expect(told(given, '2026-11-26')).toEqual(['1 17:00 usual all']);
  expect(told(given, '2026-12-03')).toEqual([]);
  expect(told(given, '2026-12-30')).toEqual(['2 09:00 usual all', '1 10:00 dated all']);
  expect(told(given, '2027-01-06')).toEqual(['2 09:00 usual all', '1 17:00 usual all']);
});

test('other hours replace both the usual and the dated, on each of their dates', () => {
  const given = calendar({
    schedules: [usual({}), usual({ from: '10:00', validFrom: '2026-11-01', validUntil: null })],
    exceptions: [other({ from: '2026-11-25', until: '2026-11-27', hours: [{ from: '08:00', to: '09:00' }] })],
  });
  expect(told(given, '2026-11-24')).toEqual([]);
  for (const date of ['2026-11-25', '2026-11-26', '2026-11-27'])
    expect(told(given, date)).toEqual(['1 08:00 other all']);
  expect(told(given, '2026-12-02')).toEqual(['1 10:00 dated all']);
});

test('hours are as the engine has them, whatever replaces whatever', () => {
  const dates = fc.integer({ min: 0, max: 40 }).map((days) => addDays('2028-02-10', days));
  const times = fc.constantFrom(['09:00', '11:00'], ['12:00', '15:00'], ['22:00', '01:00'] as const);
  const limit = fc.option(dates);
  const schedules = fc.array(
    fc.record({
      chamberId: fc.integer({ min: 1, max: 2 }),
      weekday: fc.integer({ min: 1, max: 7 }),
      validFrom: limit,
      validUntil: limit,
      times,
    }),
    { maxLength: 8 },
  );
  const exceptions = fc.array(fc.record({ from: dates, days: fc.integer({ min: 0, max: 8 }), times }), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(schedules, exceptions, (weekly, others) => {
      const given = calendar({
        schedules: weekly.map(({ times: [from = '', to = ''], ...rest }) => usual({ ...rest, from, to })),
        exceptions: others.map(({ from: first, days, times: [from = '', to = ''] }) =>
          other({ from: first, until: addDays(first, days), hours: [{ from, to }] }),
        ),
      });
      for (let date = '2028-02-08'; date < '2028-04-04'; date = addDays(date, 1))
        expect(
          readDay(given, date)
            .sittings.map(({ chamberId, from, to }) => `${from} ${to} ${chamberId}`)
            .toSorted(),
        ).toEqual(
          sittings(rulesOf(given), { from: date, to: date })
            .map(({ rule }) => `${rule.from} ${rule.to} ${rule.chamberId}`)
            .toSorted(),
        );
    }),
    { numRuns: 60 },
  );
});

/** As the server stores them: one rule for each weekday of the dates of other hours. */
function rulesOf({ schedules, exceptions }: DoctorCalendar) {
  const weekly = schedules.map((schedule) => ({ ...schedule, exception: false }));
  const others = exceptions.flatMap((exception) => {
    if (exception.kind === 'time_off') return [];
    const { from, until, chamberId, hours } = exception;
    const weekdays = new Set<number>();
    for (let date = from; date <= until; date = addDays(date, 1))
      weekdays.add(Temporal.PlainDate.from(date).dayOfWeek);
    return [...weekdays].flatMap((weekday) =>
      hours.map((times) => ({
        ...times,
        id: ++ids,
        chamberId,
        weekday,
        validFrom: from,
        validUntil: until,
        exception: true,
      })),
    );
  });
  return [...weekly, ...others].map((rule) => ({ ...rule, scheduleId: rule.id, zone: 'Asia/Dhaka' }));
}

test('time off takes all or a part of a sitting, in its chamber, and past midnight too', () => {
  const schedules = [usual({}), usual({ chamberId: 2, from: '22:00', to: '01:00' })];
  const left = (exception: Exception) => told(calendar({ schedules, exceptions: [exception] }), wednesday);
  expect(left(off({ from: wednesday, until: wednesday }))).toEqual([
    '1 17:00 usual none',
    '2 22:00 usual some',
  ]);
  expect(left(off({ from: wednesday, until: '2026-11-26' }))).toEqual([
    '1 17:00 usual none',
    '2 22:00 usual none',
  ]);
  expect(left(off({ from: '2026-11-26T00:30', until: '2026-11-26T02:00' }))).toEqual([
    '1 17:00 usual all',
    '2 22:00 usual some',
  ]);
  expect(left(off({ from: wednesday, until: wednesday, chamberId: 1 }))).toEqual([
    '1 17:00 usual none',
    '2 22:00 usual all',
  ]);
  expect(left(off({ from: `${wednesday}T21:00`, until: `${wednesday}T22:00` }))).toEqual([
    '1 17:00 usual all',
    '2 22:00 usual all',
  ]);
});

test('what is read for a month takes the end of its last sitting too', () => {
  const schedules = [usual({ weekday: 1, from: '22:00', to: '01:00' })];
  const toldOfMonth = (exception: Exception) => {
    const { from, until } = datesToRead('2026-11');
    const read = exception.from <= until && exception.until >= from;
    return told(calendar({ schedules, exceptions: read ? [exception] : [] }), '2026-11-30');
  };
  expect(toldOfMonth(off({ from: '2026-12-01', until: '2026-12-03' }))).toEqual(['1 22:00 usual some']);
  expect(toldOfMonth(off({ from: '2026-12-02', until: '2026-12-03' }))).toEqual(['1 22:00 usual all']);
  expect(datesToRead('2028-12')).toEqual({ from: '2028-12-01', until: '2029-01-01' });
});

test('a firm holiday takes sittings, a tentative one leaves them to those who phone', () => {
  const schedules = [usual({})];
  const on = { from: '2026-11-24', until: '2026-11-26' };
  expect(told(calendar({ schedules, holidays: [holiday(on)] }), wednesday)).toEqual(['1 17:00 usual none']);
  const waiting = calendar({ schedules, holidays: [holiday({ ...on, tentative: true })] });
  expect(told(waiting, wednesday)).toEqual(['1 17:00 usual all']);
  expect(readDay(waiting, wednesday).holidays).toHaveLength(1);
  expect(readDay(waiting, '2026-11-27').holidays).toEqual([]);
});

test('time off says between which times it holds on each of its dates, over the end of a year too', () => {
  const given = calendar({ exceptions: [off({ from: '2026-12-31T14:00', until: '2027-01-02T10:00' })] });
  const on = (date: string) => readDay(given, date).timeOff.map(({ from, until }) => [from, until]);
  expect(on('2026-12-30')).toEqual([]);
  expect(on('2026-12-31')).toEqual([['14:00', null]]);
  expect(on('2027-01-01')).toEqual([[null, null]]);
  expect(on('2027-01-02')).toEqual([[null, '10:00']]);
  expect(on('2027-01-03')).toEqual([]);
  // Half-open: an end at midnight leaves the next date alone.
  const evening = calendar({ exceptions: [off({ from: '2028-02-29T18:00', until: '2028-03-01T00:00' })] });
  expect(readDay(evening, '2028-02-29').timeOff).toHaveLength(1);
  expect(readDay(evening, '2028-03-01').timeOff).toEqual([]);
});

test('other hours begin as a copy of what they replace, else of any hours of the chamber', () => {
  const given = calendar({
    schedules: [
      usual({ weekday: 1, from: '07:00' }),
      usual({}),
      usual({ from: '08:00', to: '10:00' }),
      usual({ chamberId: 2, weekday: 1 }),
    ],
  });
  expect(hoursInsteadOf(given, { chamberId: 1, date: wednesday }).map(({ from }) => from)).toEqual([
    '17:00',
    '08:00',
  ]);
  expect(hoursInsteadOf(given, { chamberId: 2, date: wednesday })).toEqual([settings]);
  expect(hoursInsteadOf(given, { chamberId: 3, date: wednesday })).toEqual([]);
});
