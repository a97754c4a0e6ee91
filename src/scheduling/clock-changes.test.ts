import { expect, it } from 'vitest';
import { closedPeriod } from './closures.ts';
import { freePlaces } from './places.ts';
import { sittings } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { spellSittings as spell } from './testing/spell-sittings.ts';
import { judgeStart } from './verdict.ts';

const on = (zone: string, from: string, to: string) => exampleRule({ zone, weekday: 7, from, to });

it('London, spring: a start in the missing hour moves forward, the sitting before it is an hour shorter', () => {
  expect(spell([on('Europe/London', '01:30', '04:00')], '2026-03-29')).toEqual([
    '1.2026-03-29 2026-03-29T01:30/2026-03-29T03:00',
  ]);
  expect(spell([on('Europe/London', '00:00', '04:00')], '2026-03-29')).toEqual([
    '1.2026-03-29 2026-03-29T00:00/2026-03-29T03:00',
  ]);
});

it('London, autumn: of the repeated hour the earlier one counts, for a start and for an end', () => {
  expect(spell([on('Europe/London', '01:30', '03:00')], '2026-10-25')).toEqual([
    '1.2026-10-25 2026-10-25T00:30/2026-10-25T03:00',
  ]);
  expect(spell([on('Europe/London', '00:00', '01:30')], '2026-10-25')).toEqual([
    '1.2026-10-25 2026-10-24T23:00/2026-10-25T00:30',
  ]);
});

it('New York: the 23-hour and the 25-hour day', () => {
  expect(spell([on('America/New_York', '00:00', '00:00')], '2026-03-08')).toEqual([
    '1.2026-03-08 2026-03-08T05:00/2026-03-09T04:00',
  ]);
  expect(spell([on('America/New_York', '00:00', '00:00')], '2026-11-01')).toEqual([
    '1.2026-11-01 2026-11-01T04:00/2026-11-02T05:00',
  ]);
});

it('a night sitting that starts the day before the change ends on the new clock', () => {
  const saturdayNight = exampleRule({ zone: 'America/New_York', weekday: 6, from: '22:00', to: '04:00' });
  expect(spell([saturdayNight], '2026-03-07')).toEqual(['1.2026-03-07 2026-03-08T03:00/2026-03-08T08:00']);
  expect(spell([saturdayNight], '2026-10-31')).toEqual(['1.2026-10-31 2026-11-01T02:00/2026-11-01T09:00']);
});

it('Lord Howe: half an hour is missing, half an hour comes twice', () => {
  expect(spell([on('Australia/Lord_Howe', '02:15', '03:00')], '2026-10-04')).toEqual([
    '1.2026-10-04 2026-10-03T15:45/2026-10-03T16:00',
  ]);
  expect(spell([on('Australia/Lord_Howe', '01:45', '03:00')], '2026-04-05')).toEqual([
    '1.2026-04-05 2026-04-04T14:45/2026-04-04T16:30',
  ]);
});

it('Dhaka: no change all year; Kathmandu: a quarter to six ahead', () => {
  const lengths = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
    sittings([exampleRule({ weekday })], { from: '2026-01-01', to: '2026-12-31' }).map((sitting) =>
      [sitting.end - sitting.start, sitting.start % 86_400_000].join(),
    ),
  );
  expect(lengths).toHaveLength(365);
  expect(new Set(lengths)).toEqual(new Set(['7200000,14400000']));
  expect(spell([exampleRule({ zone: 'Asia/Kathmandu' })], '2026-11-02')).toEqual([
    '1.2026-11-02 2026-11-02T04:15/2026-11-02T06:15',
  ]);
});

it('Cairo: the day has no midnight, so a sitting from 00:00 starts at one', () => {
  const rule = exampleRule({ zone: 'Africa/Cairo', weekday: 5, from: '00:00', to: '03:00' });
  expect(spell([rule], '2026-04-24')).toEqual(['1.2026-04-24 2026-04-23T22:00/2026-04-24T00:00']);
});

it('Ittoqqortoormiit: the last hour of Saturday is missing, what starts in it starts on Sunday', () => {
  const rule = exampleRule({ zone: 'America/Scoresbysund', weekday: 6, from: '23:30', to: '02:00' });
  expect(spell([rule], '2026-03-28')).toEqual(['1.2026-03-28 2026-03-29T01:30/2026-03-29T03:00']);
});

it('Nuuk, 2022: the hour before the last of Saturday is missing, the last one is on the new clock', () => {
  const rule = exampleRule({ zone: 'America/Nuuk', weekday: 6, from: '21:00', to: '23:30' });
  expect(spell([rule], '2022-03-26')).toEqual(['1.2022-03-26 2022-03-27T00:00/2022-03-27T01:30']);
});

it('drops a sitting that the change leaves without any time', () => {
  expect(spell([on('Europe/London', '01:30', '02:00')], '2026-03-29')).toEqual([]);
  expect(spell([on('Europe/London', '01:30', '02:30')], '2026-03-29')).toEqual([]);
  expect(spell([on('Europe/London', '01:30', '02:31')], '2026-03-29')).toHaveLength(1);
});

it('Apia, 2011: a Friday that never was has no sittings, the Thursday before and Saturday after have', () => {
  const rules = [4, 5, 6].map((weekday) => exampleRule({ zone: 'Pacific/Apia', weekday }));
  expect(spell(rules, '2011-12-29', '2011-12-31')).toEqual([
    '1.2011-12-29 2011-12-29T20:00/2011-12-29T22:00',
    '1.2011-12-31 2011-12-30T20:00/2011-12-30T22:00',
  ]);
});

it('a zone that changed its rule: Dhaka had summer time in 2009 only', () => {
  const wednesday = exampleRule({ weekday: 3 });
  expect(spell([wednesday], '2008-07-01', '2008-07-07')[0]).toContain('T04:00/');
  expect(spell([wednesday], '2009-07-01', '2009-07-07')[0]).toContain('T03:00/');
  expect(spell([wednesday], '2010-07-01', '2010-07-07')[0]).toContain('T04:00/');
});

it('a chamber abroad: hours, horizon and days off are on its own calendar, wherever the patient is', () => {
  const rule = exampleRule({
    zone: 'America/New_York',
    weekday: 1,
    from: '19:00',
    to: '20:00',
    horizonDays: 0,
  });
  const all = sittings([rule], { from: '2026-11-02', to: '2026-11-02' });
  const startsAt = Temporal.Instant.from('2026-11-02T19:00-05:00').epochMilliseconds;
  const seenFromDhaka = Temporal.Instant.fromEpochMilliseconds(startsAt).toZonedDateTimeISO('Asia/Dhaka');
  expect(seenFromDhaka.toPlainDateTime().toString()).toBe('2026-11-03T06:00:00');
  const judge = (now: string, dayOff?: string) => {
    const period = dayOff === undefined ? null : closedPeriod(rule.zone, { from: dayOff, until: dayOff });
    const closures =
      period === null ? [] : [{ kind: 'time_off' as const, chamberId: 1, tentative: false, period }];
    const verdict = judgeStart(all, {
      ...freeOfConditions,
      closures,
      patientTaken: [],
      patientLimitReached: false,
      now: Temporal.Instant.from(now).epochMilliseconds,
      doctorActive: true,
      startsAt,
      visitMinutes: 15,
    });
    return verdict.free ? 'free' : verdict.reasons.join(' ');
  };
  // It is the second of November in Dhaka already, and still the first in New York.
  expect(judge('2026-11-02T10:59:59+06:00')).toBe('too_far');
  expect(judge('2026-11-02T11:00:00+06:00')).toBe('free');
  expect(judge('2026-11-02T11:00:00+06:00', '2026-11-02')).toBe('time_off');
  expect(judge('2026-11-02T11:00:00+06:00', '2026-11-03')).toBe('free');
});

it('an exception on the day of a clock change follows the clock of that day', () => {
  const exception = (zone: string, date: string, from: string, to: string) =>
    spell(
      [exampleRule({ zone, weekday: 7, exception: true, validFrom: date, validUntil: date, from, to })],
      date,
    );
  expect(exception('Europe/London', '2026-03-29', '01:30', '04:00')).toEqual([
    '1.2026-03-29 2026-03-29T01:30/2026-03-29T03:00',
  ]);
  expect(exception('America/New_York', '2026-11-01', '00:00', '00:00')).toEqual([
    '1.2026-11-01 2026-11-01T04:00/2026-11-02T05:00',
  ]);
  expect(exception('Australia/Lord_Howe', '2026-10-04', '02:15', '03:00')).toEqual([
    '1.2026-10-04 2026-10-03T15:45/2026-10-03T16:00',
  ]);
});

it('quotas are released in real minutes before the start, also over a clock change', () => {
  const rule = on('Europe/London', '03:00', '05:00');
  const [sitting] = sittings(
    [
      {
        ...rule,
        mode: 'serial',
        capacity: 2,
        quotas: { online: 0, phone: 2, walkIn: 0 },
        quotaReleaseMinutes: 180,
      },
    ],
    { from: '2026-03-29', to: '2026-03-29' },
  );
  if (sitting === undefined) throw new Error('no sitting');
  const openAt = (now: string) =>
    freePlaces(sitting, {
      ...freeOfConditions,
      visitMinutes: 15,
      now: Temporal.Instant.from(now).epochMilliseconds,
    }).length;
  expect(openAt('2026-03-28T22:59:59Z')).toBe(0);
  expect(openAt('2026-03-28T23:00:00Z')).toBe(2);
});
