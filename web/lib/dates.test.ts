import { expect, test } from 'vitest';
import {
  addDays,
  daysBetween,
  formatDate,
  formatDateWithYear,
  formatShortDate,
  isDate,
  isFriday,
} from './dates.ts';
import { dateAt } from './when.ts';

test('a date is written with its weekday in full, the month spelt out', () => {
  expect(formatDate('en', '2026-11-25')).toBe('Wednesday 25 November');
  expect(formatDate('bn', '2026-11-25')).toBe('বুধবার ২৫ নভেম্বর');
  expect(formatDateWithYear('bn', '2026-11-26')).toBe('বৃহস্পতিবার ২৬ নভেম্বর ২০২৬');
  expect(formatShortDate('en', '2026-11-05')).toBe('Thu 5 Nov');
  expect(formatShortDate('bn', '2026-11-05')).toBe('বৃহস্পতি ৫ নভে');
});

test('every weekday and month has a name in both languages', () => {
  for (const language of ['bn', 'en'] as const) {
    const written = Array.from({ length: 366 }, (_, day) => formatDate(language, addDays('2026-01-01', day)));
    expect(new Set(written.map((text) => text.split(' ')[0])).size).toBe(7);
    expect(new Set(written.map((text) => text.split(' ')[2])).size).toBe(12);
    expect(written.join()).not.toMatch(/undefined|  /);
  }
});

test('the date of an instant is the chamber’s, not that of UTC', () => {
  const justAfterMidnight = Temporal.Instant.from('2026-11-22T18:30:00Z').epochMilliseconds;
  expect(dateAt(justAfterMidnight, 'Asia/Dhaka')).toBe('2026-11-23');
  expect(dateAt(justAfterMidnight, 'Europe/London')).toBe('2026-11-22');
});

test('days are counted over the ends of months and years', () => {
  expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
  expect(daysBetween('2026-12-31', '2027-01-01')).toBe(1);
  expect(daysBetween('2026-11-25', '2026-11-22')).toBe(-3);
});

test('what is no date is told from what is', () => {
  expect(isDate('2026-02-28')).toBe(true);
  for (const text of ['2026-02-29', '2026-1-1', '', 'today', '2026-13-01']) expect(isDate(text)).toBe(false);
  expect(isFriday('2026-11-27')).toBe(true);
  expect(isFriday('2026-11-28')).toBe(false);
});
