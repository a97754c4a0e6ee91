import { describe, expect, it } from 'vitest';
import { parseSessionKey, sittings } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { spellSittings as spell } from './testing/spell-sittings.ts';
import type { WeeklyRule } from './weekly-rules.ts';

describe('ordinary weeks', () => {
  it('gives a sitting on each matching weekday of the dates, both ends included', () => {
    expect(spell([exampleRule()], '2026-11-02', '2026-11-16')).toEqual([
      '1.2026-11-02 2026-11-02T04:00/2026-11-02T06:00',
      '1.2026-11-09 2026-11-09T04:00/2026-11-09T06:00',
      '1.2026-11-16 2026-11-16T04:00/2026-11-16T06:00',
    ]);
  });

  it('gives nothing when the dates hold no such weekday, or run backwards', () => {
    expect(spell([exampleRule()], '2026-11-03', '2026-11-08')).toEqual([]);
    expect(spell([exampleRule()], '2026-11-16', '2026-11-02')).toEqual([]);
  });

  it('keeps several sittings a day apart and sorts by instant, not by clock face', () => {
    const rules = [
      exampleRule({ scheduleId: 3, from: '17:00', to: '21:00' }),
      exampleRule({ scheduleId: 2, chamberId: 2, zone: 'Europe/London', from: '09:00', to: '10:00' }),
      exampleRule({ scheduleId: 1 }),
    ];
    expect(spell(rules, '2026-11-02')).toEqual([
      '1.2026-11-02 2026-11-02T04:00/2026-11-02T06:00',
      '2.2026-11-02 2026-11-02T09:00/2026-11-02T10:00',
      '3.2026-11-02 2026-11-02T11:00/2026-11-02T15:00',
    ]);
  });

  it('sorts sittings that start together by their end, then by schedule, whatever the order of the rules', () => {
    const rules = [3, 1, 2].map((scheduleId) =>
      exampleRule({ scheduleId, chamberId: scheduleId, to: scheduleId === 1 ? '13:00' : '12:00' }),
    );
    const ids = sittings(rules, { from: '2026-11-02', to: '2026-11-02' }).map(({ rule }) => rule.scheduleId);
    expect(ids).toEqual([2, 3, 1]);
  });

  it('counts weekdays by ISO, Sunday being 7', () => {
    expect(spell([exampleRule({ weekday: 7 })], '2026-11-02', '2026-11-08')).toEqual([
      '1.2026-11-08 2026-11-08T04:00/2026-11-08T06:00',
    ]);
  });

  it('knows weekdays before 1970', () => {
    expect(spell([exampleRule({ weekday: 7 })], '1969-12-21', '1970-01-03')).toEqual([
      '1.1969-12-21 1969-12-21T04:00/1969-12-21T06:00',
      '1.1969-12-28 1969-12-28T04:00/1969-12-28T06:00',
    ]);
  });
});

describe('midnight', () => {
  it('ends a night sitting on the next day and keeps it on the date it starts', () => {
    const night = exampleRule({ from: '22:00', to: '02:00' });
    expect(spell([night], '2026-11-02')).toEqual(['1.2026-11-02 2026-11-02T16:00/2026-11-02T20:00']);
    expect(spell([night], '2026-11-03')).toEqual([]);
  });

  it('ends at midnight when the rule says to 00:00', () => {
    expect(spell([exampleRule({ from: '20:00', to: '00:00' })], '2026-11-02')).toEqual([
      '1.2026-11-02 2026-11-02T14:00/2026-11-02T18:00',
    ]);
  });

  it('lasts a whole day when it ends at the time it starts', () => {
    expect(spell([exampleRule({ from: '10:00', to: '10:00' })], '2026-11-02')).toEqual([
      '1.2026-11-02 2026-11-02T04:00/2026-11-03T04:00',
    ]);
  });

  it('crosses the year end', () => {
    expect(spell([exampleRule({ weekday: 4, from: '23:00', to: '01:00' })], '2026-12-31')).toEqual([
      '1.2026-12-31 2026-12-31T17:00/2026-12-31T19:00',
    ]);
  });

  it('crosses into and out of the leap day', () => {
    const everyNight = [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
      exampleRule({ weekday, from: '23:00', to: '07:00' }),
    );
    expect(spell(everyNight, '2028-02-28', '2028-03-01')).toEqual([
      '1.2028-02-28 2028-02-28T17:00/2028-02-29T01:00',
      '1.2028-02-29 2028-02-29T17:00/2028-03-01T01:00',
      '1.2028-03-01 2028-03-01T17:00/2028-03-02T01:00',
    ]);
  });
});

describe('rules with dates', () => {
  const usual = [7, 1, 2, 3, 4, 5].map((weekday) => exampleRule({ scheduleId: weekday, weekday }));
  const ramadan = { validFrom: '2026-02-18', validUntil: '2026-03-19', from: '21:00', to: '23:00' };

  it('hold on their first and last date and not beside them', () => {
    const rule = exampleRule({ validFrom: '2026-11-09', validUntil: '2026-11-16' });
    expect(sittings([rule], { from: '2026-11-01', to: '2026-11-30' }).map(({ date }) => date)).toEqual([
      '2026-11-09',
      '2026-11-16',
    ]);
  });

  it('may have one end only', () => {
    const dates = { from: '2026-11-01', to: '2026-11-30' };
    expect(sittings([exampleRule({ validFrom: '2026-11-10' })], dates)).toHaveLength(3);
    expect(sittings([exampleRule({ validUntil: '2026-11-08' })], dates)).toHaveLength(1);
  });

  it('replace the undated ones on their dates, and give way after', () => {
    const rules = [...usual, exampleRule({ ...ramadan, scheduleId: 20, weekday: 4 })];
    const keys = sittings(rules, { from: '2026-03-19', to: '2026-03-26' }).map(
      ({ sessionKey }) => sessionKey,
    );
    expect(keys).toEqual([
      '20.2026-03-19',
      '5.2026-03-20',
      '7.2026-03-22',
      '1.2026-03-23',
      '2.2026-03-24',
      '3.2026-03-25',
      '4.2026-03-26',
    ]);
  });

  it('replace the undated ones also on weekdays they do not name', () => {
    const rules = [...usual, exampleRule({ ...ramadan, scheduleId: 20, weekday: 4 })];
    const keys = sittings(rules, { from: '2026-02-13', to: '2026-02-27' }).map(
      ({ sessionKey }) => sessionKey,
    );
    expect(keys).toEqual([
      '5.2026-02-13',
      '7.2026-02-15',
      '1.2026-02-16',
      '2.2026-02-17',
      '20.2026-02-19',
      '20.2026-02-26',
    ]);
  });

  it('leave the other chambers of the doctor alone', () => {
    const rules = [
      exampleRule({ ...ramadan, scheduleId: 20, weekday: 4 }),
      exampleRule({ scheduleId: 30, chamberId: 2, weekday: 1 }),
    ];
    expect(sittings(rules, { from: '2026-02-23', to: '2026-02-23' })).toHaveLength(1);
  });

  it('do not replace each other', () => {
    const rules = [
      exampleRule({ scheduleId: 1, validFrom: '2026-11-01' }),
      exampleRule({ scheduleId: 2, validUntil: '2026-11-30', from: '17:00', to: '18:00' }),
    ];
    expect(sittings(rules, { from: '2026-11-02', to: '2026-11-02' })).toHaveLength(2);
  });

  it('decide by the date a night sitting starts on', () => {
    const night = exampleRule({ from: '22:00', to: '02:00', validUntil: '2026-11-02' });
    expect(spell([night], '2026-11-01', '2026-11-10')).toEqual([
      '1.2026-11-02 2026-11-02T16:00/2026-11-02T20:00',
    ]);
  });
});

describe('exceptions', () => {
  const usual = [1, 2, 3].map((weekday) => exampleRule({ scheduleId: weekday, weekday }));
  const onMonday = { exception: true, validFrom: '2026-11-02', validUntil: '2026-11-02' };

  it('replace the weekly hours of their date, and of no other', () => {
    const rules = [...usual, exampleRule({ ...onMonday, scheduleId: 9, from: '15:00', to: '16:00' })];
    expect(spell(rules, '2026-11-02', '2026-11-09')).toEqual([
      '9.2026-11-02 2026-11-02T09:00/2026-11-02T10:00',
      '2.2026-11-03 2026-11-03T04:00/2026-11-03T06:00',
      '3.2026-11-04 2026-11-04T04:00/2026-11-04T06:00',
      '1.2026-11-09 2026-11-09T04:00/2026-11-09T06:00',
    ]);
  });

  it('replace dated hours too, in whatever order the rules come', () => {
    const rules = [
      exampleRule({ ...onMonday, scheduleId: 9, from: '15:00', to: '16:00' }),
      exampleRule({ scheduleId: 8, validFrom: '2026-11-01', validUntil: '2026-11-30' }),
      ...usual,
    ];
    const keys = sittings(rules, { from: '2026-11-02', to: '2026-11-09' }).map((each) => each.sessionKey);
    expect(keys).toEqual(['9.2026-11-02', '8.2026-11-09']);
    const reversed = sittings(rules.toReversed(), { from: '2026-11-02', to: '2026-11-09' });
    expect(reversed.map((each) => each.sessionKey)).toEqual(keys);
  });

  it('may be several ranges on one date, and may cross midnight', () => {
    const rules = [
      ...usual,
      exampleRule({ ...onMonday, scheduleId: 8, from: '08:00', to: '09:00' }),
      exampleRule({ ...onMonday, scheduleId: 9, from: '22:00', to: '01:00' }),
    ];
    expect(spell(rules, '2026-11-02')).toEqual([
      '8.2026-11-02 2026-11-02T02:00/2026-11-02T03:00',
      '9.2026-11-02 2026-11-02T16:00/2026-11-02T19:00',
    ]);
  });

  it('over some days clear them all and sit on their weekday', () => {
    const rules = [
      ...usual,
      exampleRule({
        ...onMonday,
        scheduleId: 9,
        weekday: 3,
        validUntil: '2026-11-04',
        from: '20:00',
        to: '21:00',
      }),
    ];
    expect(spell(rules, '2026-11-02', '2026-11-04')).toEqual([
      '9.2026-11-04 2026-11-04T14:00/2026-11-04T15:00',
    ]);
  });

  it('leave the other chambers of the doctor alone', () => {
    const rules = [
      exampleRule({ ...onMonday, scheduleId: 9, from: '15:00', to: '16:00' }),
      exampleRule({ scheduleId: 2, chamberId: 2 }),
    ];
    expect(sittings(rules, { from: '2026-11-02', to: '2026-11-02' })).toHaveLength(2);
  });

  it('stand on a leap day and on the last day of a year', () => {
    const on = (date: string, weekday: number) =>
      exampleRule({
        exception: true,
        weekday,
        validFrom: date,
        validUntil: date,
        from: '23:00',
        to: '01:00',
      });
    expect(spell([on('2028-02-29', 2)], '2028-02-01', '2028-03-31')).toEqual([
      '1.2028-02-29 2028-02-29T17:00/2028-02-29T19:00',
    ]);
    expect(spell([on('2026-12-31', 4)], '2026-12-01', '2027-01-31')).toEqual([
      '1.2026-12-31 2026-12-31T17:00/2026-12-31T19:00',
    ]);
  });

  it.each([
    [{ validFrom: null }, 'rules[0].validFrom:'],
    [{ validUntil: null }, 'rules[0].validUntil:'],
    [{ validUntil: '2026-11-01' }, 'rules[0].validUntil:'],
    [{ weekday: 2 }, 'rules[0].weekday:'],
    [{ weekday: 4, validUntil: '2026-11-04' }, 'rules[0].weekday:'],
  ] satisfies [Partial<WeeklyRule>, string][])('%j is a RangeError that names %s', (given, path) => {
    const attempt = () => spell([exampleRule({ ...onMonday, ...given })], '2026-11-02');
    expect(attempt).toThrow(RangeError);
    expect(attempt).toThrow(path);
  });
});

describe('mistakes in the input', () => {
  it.each([
    [{ zone: 'Mars/Base' }, 'rules[1].zone'],
    [{ weekday: 0 }, 'rules[1].weekday'],
    [{ weekday: 8 }, 'rules[1].weekday'],
    [{ from: '24:00' }, 'rules[1].from'],
    [{ from: '9:00' }, 'rules[1].from'],
    [{ to: '12:60' }, 'rules[1].to'],
    [{ to: '12:00:00' }, 'rules[1].to'],
    [{ validFrom: '2026-02-29' }, 'rules[1].validFrom'],
    [{ validUntil: '20260201' }, 'rules[1].validUntil'],
    [{ slotMinutes: 0 }, 'rules[1].slotMinutes'],
    [{ slotMinutes: Number.NaN }, 'rules[1].slotMinutes'],
    [{ mode: 'serial', capacity: null }, 'rules[1].capacity'],
    [{ mode: 'serial', capacity: 0 }, 'rules[1].capacity'],
    [{ bufferBeforeMinutes: -1 }, 'rules[1].bufferBeforeMinutes'],
    [{ bufferAfterMinutes: 0.5 }, 'rules[1].bufferAfterMinutes'],
    [{ noticeMinutes: Number.POSITIVE_INFINITY }, 'rules[1].noticeMinutes'],
    [{ horizonDays: 40_000 }, 'rules[1].horizonDays'],
  ] satisfies [Partial<WeeklyRule>, string][])('%j is a RangeError that names %s', (wrong, path) => {
    const rules = [exampleRule(), exampleRule(wrong)];
    const attempt = () => sittings(rules, { from: '2026-11-02', to: '2026-11-02' });
    expect(attempt).toThrow(RangeError);
    expect(attempt).toThrow(`${path}:`);
  });

  it('names the date that is none', () => {
    expect(() => sittings([], { from: '2026-11-31', to: '2026-12-01' })).toThrow('dates.from:');
    expect(() => sittings([], { from: '2026-11-30', to: 'tomorrow' })).toThrow('dates.to:');
  });
});

describe('session keys', () => {
  it('come back as what they were made of', () => {
    for (const sitting of sittings([exampleRule({ scheduleId: 42 })], {
      from: '2026-11-01',
      to: '2026-11-30',
    })) {
      expect(parseSessionKey(sitting.sessionKey)).toEqual({ scheduleId: 42, date: sitting.date });
    }
  });

  it.each([
    '',
    '42',
    '42.',
    '.2026-11-02',
    '42.2026-11-31',
    '42.2026-11-2',
    '042.2026-11-02',
    '0.2026-11-02',
    '-1.2026-11-02',
    '4e2.2026-11-02',
    '42.2026-11-02 ',
    '42.2026-11-02\n',
    '9999999999999999.2026-11-02',
  ])('%j is none', (key) => {
    expect(parseSessionKey(key)).toBeNull();
  });
});
