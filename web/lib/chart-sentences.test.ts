import { expect, test } from 'vitest';
import { saysFunnel, saysGroups, saysHeat, saysParts, saysTrend } from './chart-sentences.ts';
import { figures as words } from './messages/staff/figures.en.ts';

const point = (label: string, size: number) => ({ label, size, text: String(size) });

test('a trend tells its highest, its lowest and which way it went', () => {
  const trend = { figure: 'Booked', unit: 'month' as const, uneven: null };
  expect(saysTrend(words, { ...trend, points: [point('May', 3), point('June', 9), point('July', 5)] })).toBe(
    'Booked was highest in June (9) and lowest in May (3). From the first to the last it rose from 3 to 5.',
  );
  expect(
    saysTrend(words, { ...trend, points: [point('May', 3), point('June', 9), point('July', 3)] }),
  ).toMatch(/The first and the last are alike: 3\.$/);
  expect(saysTrend(words, { ...trend, points: [point('May', 4), point('June', 4)] })).toBe(
    'Booked is 4 throughout.',
  );
  expect(saysTrend(words, { ...trend, points: [point('June', 4)] })).toBe(
    'Booked was measured for June alone: 4.',
  );
  expect(saysTrend(words, { ...trend, points: [] })).toBe(words.trend.none);
});

test('weeks that the period cuts are not compared', () => {
  const points = [point('Sat 3 Oct', 3), point('Sat 10 Oct', 9)];
  const says = saysTrend(words, { figure: 'Booked', unit: 'week', uneven: 'cut', points });
  expect(says).toContain(words.trend.ends.cut);
  expect(says).not.toContain('rose');
});

test('groups tell the ends of their order', () => {
  expect(saysGroups(words, { figure: 'Came', points: [point('Dr. A', 9), point('Dr. B', 2)] })).toBe(
    'Came is highest for Dr. A (9) and lowest for Dr. B (2).',
  );
  expect(saysGroups(words, { figure: 'Came', points: [point('Dr. A', 9)] })).toBe('Came for Dr. A: 9.');
});

test('a heat map tells its busiest hour and weekday', () => {
  const cells = [point('Saturday 5:00pm', 4), point('Sunday 6:00pm', 7)];
  expect(
    saysHeat(words, { figure: 'Booked', cells, weekdays: [point('Saturday', 20), point('Sunday', 9)] }),
  ).toBe(
    'Booked is highest on Sunday 6:00pm: 7. The darker a cell, the more. The busiest weekday is Saturday, with 20.',
  );
  expect(saysHeat(words, { figure: 'Booked', cells: [point('Sunday 6:00pm', 0)], weekdays: [] })).toBe(
    words.heat.none,
  );
});

test('parts and steps are told with their share of the whole', () => {
  expect(saysParts(words, 'en', [point('Under 15 minutes', 30), point('15 to 30 minutes', 10)])).toBe(
    'Most fall under “Under 15 minutes”: 30, 75% of all.',
  );
  const steps = [point('Booked', 200), point('Came', 108), point('Completed', 100)];
  expect(saysFunnel(words, 'en', { steps, lost: [point('Cancelled', 40), point('Missed', 52)] })).toBe(
    'Of 200 booked, 108 (54%) came and 100 (50%) completed. Most of those who fell out: missed, 52.',
  );
});
