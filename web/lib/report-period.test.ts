import { expect, test } from 'vitest';
import { keysOf, mistakeIn, readPeriod, unevenBy, unitOf } from './report-period.ts';

const today = '2026-11-28';

test('an address names a period, or dates of its own, or means the last 30 days', () => {
  expect(readPeriod({}, today)).toEqual({ name: 'last-30-days', from: '2026-10-30', to: today });
  expect(readPeriod({ period: 'this-month' }, today)).toMatchObject({ from: '2026-11-01', to: '2026-11-30' });
  expect(readPeriod({ period: 'last-month' }, '2026-01-31')).toMatchObject({
    from: '2025-12-01',
    to: '2025-12-31',
  });
  expect(readPeriod({ period: 'last-12-months' }, today)).toMatchObject({
    from: '2025-11-01',
    to: '2026-10-31',
  });
  const own = { from: '2026-02-01', to: '2026-02-28' };
  expect(readPeriod({ ...own, period: 'last-month' }, today)).toEqual({ name: 'own', ...own });
  for (const query of [{ from: '2026-02-01' }, { from: '2026-02-30', to: '2026-03-01' }, { period: 'ever' }])
    expect(readPeriod(query, today).name).toBe('last-30-days');
});

test('own dates are in order and three years at most', () => {
  expect(mistakeIn({ from: '2026-01-01', to: '2026-01-01' })).toBeNull();
  expect(mistakeIn({ from: '2023-11-29', to: '2026-11-28' })).toBeNull();
  expect(mistakeIn({ from: '2023-11-28', to: '2026-11-28' })).toBe('long');
  expect(mistakeIn({ from: '2026-01-02', to: '2026-01-01' })).toBe('order');
  expect(mistakeIn({ from: '', to: '2026-01-01' })).toBe('from');
  expect(mistakeIn({ from: '2026-01-01', to: '2026-02-29' })).toBe('to');
});

test('a trend is told by days, weeks or months, whichever fits its period', () => {
  expect(unitOf({ from: '2026-11-01', to: '2026-11-30' })).toBe('day');
  expect(unitOf({ from: '2026-09-01', to: '2026-11-30' })).toBe('week');
  expect(unitOf({ from: '2025-12-01', to: '2026-11-30' })).toBe('month');
});

test('every day, week from Saturday and month of the dates has its key', () => {
  expect(keysOf('day', { from: '2026-02-27', to: '2026-03-01' }, 6)).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
  // 28 November 2026 is a Saturday.
  expect(keysOf('week', { from: '2026-11-27', to: '2026-12-05' }, 6)).toEqual([
    '2026-11-21',
    '2026-11-28',
    '2026-12-05',
  ]);
  expect(keysOf('month', { from: '2025-12-31', to: '2026-02-01' }, 6)).toEqual([
    '2025-12',
    '2026-01',
    '2026-02',
  ]);
});

test('a week or month that the dates cut is told, and a period that is not over', () => {
  const uneven = (unit: 'day' | 'week' | 'month', dates: { from: string; to: string }, now = '2027-01-01') =>
    unevenBy(unit, dates, { weeksFrom: 6, today: now });
  expect(uneven('month', { from: '2026-01-01', to: '2026-02-28' })).toBe(null);
  expect(uneven('month', { from: '2026-01-01', to: '2026-02-27' })).toBe('cut');
  expect(uneven('week', { from: '2026-11-28', to: '2026-12-04' })).toBe(null);
  expect(uneven('week', { from: '2026-11-29', to: '2026-12-04' })).toBe('cut');
  expect(uneven('day', { from: '2026-11-29', to: '2026-12-04' })).toBe(null);
  expect(uneven('day', { from: '2026-11-29', to: '2026-12-04' }, '2026-12-04')).toBe('running');
  expect(uneven('day', { from: '2026-11-29', to: '2026-12-04' }, '2026-12-05')).toBe(null);
});
