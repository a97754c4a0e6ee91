import { expect, it } from 'vitest';
import type { Taken } from './obstacles.ts';
import { freePlaces, freePlacesOfAll } from './places.ts';
import { sittings } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { at, range, sittingOf, spellPlaces } from './testing/monday.ts';
import { judgeSerial, judgeStart } from './verdict.ts';
import type { WeeklyRule } from './weekly-rules.ts';

const CALM = {
  ...freeOfConditions,
  visitMinutes: 15,
  patientTaken: [],
  patientLimitReached: false,
  now: at('00:00'),
  doctorActive: true,
};
const visit = (times: string, chamberId?: number | null): Taken =>
  chamberId === undefined ? range(times) : { ...range(times), chamberId };
const offered = (taken: Taken[], travelMinutes: number, rule: Partial<WeeklyRule> = {}) => {
  const sitting = sittingOf({ to: '11:30', ...rule });
  return spellPlaces(freePlaces(sitting, { ...CALM, taken, travelMinutes }), sitting);
};

it('keeps its minutes free after and before a visit in another chamber, to the minute', () => {
  expect(offered([visit('09:30-10:00', 2)], 30)).toBe('10:30 10:45 11:00 11:15');
  expect(offered([visit('09:30-10:01', 2)], 30)).toBe('10:45 11:00 11:15');
  expect(offered([visit('11:15-11:30', 2)], 30)).toBe('10:00 10:15 10:30');
  expect(offered([visit('11:14-11:30', 2)], 30)).toBe('10:00 10:15');
});

it('asks for none in the same chamber, in an unknown one, or when there is none to travel', () => {
  expect(offered([visit('10:15-10:30', 1)], 30)).toBe('10:00 10:30 10:45 11:00 11:15');
  expect(offered([visit('10:15-10:30', null)], 30)).toBe('10:00 10:30 10:45 11:00 11:15');
  expect(offered([visit('10:15-10:30')], 30)).toBe('10:00 10:30 10:45 11:00 11:15');
  expect(offered([visit('10:15-10:30', 2)], 0)).toBe('10:00 10:30 10:45 11:00 11:15');
});

it('comes on top of the buffers of the visit', () => {
  expect(offered([visit('09:30-10:00', 2)], 30, { bufferBeforeMinutes: 15 })).toBe('10:45 11:00 11:15');
});

it('is not confused by a visit here between two elsewhere', () => {
  const taken = [visit('09:00-09:50', 2), visit('10:45-11:00', 1), visit('11:40-12:00', 2)];
  expect(offered(taken, 20)).toBe('10:15 10:30 11:00');
});

it('is judged as taken, also for serials', () => {
  const query = { ...CALM, taken: [visit('09:30-10:00', 2)], travelMinutes: 30 };
  expect(judgeStart([sittingOf({})], { ...query, startsAt: at('10:15') })).toEqual({
    free: false,
    reasons: ['taken'],
  });
  const serial = sittingOf({ mode: 'serial', capacity: 9, slotMinutes: 10 });
  expect(judgeSerial(serial, query)).toMatchObject({ free: true, place: { serial: 4 } });
});

it('is kept both ways when sittings in two chambers follow each other', () => {
  const all = sittings(
    [
      exampleRule({ scheduleId: 1 }),
      exampleRule({ scheduleId: 2, chamberId: 2, from: '12:00', to: '13:00' }),
    ],
    { from: '2026-11-02', to: '2026-11-02' },
  );
  const taken = [visit('11:30-11:45', 1), visit('12:45-13:00', 2)];
  const query = { ...CALM, taken, travelMinutes: 60 };
  const together = freePlacesOfAll(all, query);
  expect(together).toEqual(all.map((sitting) => freePlaces(sitting, query)));
  expect(all.map((sitting, index) => spellPlaces(together[index] ?? [], sitting))).toEqual([
    '10:00 10:15 10:30 10:45 11:00 11:15',
    '',
  ]);
});

it('of a part of a minute is a RangeError', () => {
  expect(() => offered([], 0.5)).toThrow('query.travelMinutes:');
  expect(() => offered([], -1)).toThrow('query.travelMinutes:');
});
