import { expect, test } from 'vitest';
import { formatSpan } from './date-spans.ts';

const today = '2026-11-22';
const en = (from: string, until: string) => formatSpan('en', { from, until }, today);
const bn = (from: string, until: string) => formatSpan('bn', { from, until }, today);

test('one day is said in full, several by their ends, another year by its number', () => {
  expect(en('2026-11-25', '2026-11-25')).toBe('Wednesday 25 November');
  expect(bn('2026-11-25', '2026-11-25')).toBe('বুধবার ২৫ নভেম্বর');
  expect(en('2026-12-30', '2027-01-02')).toBe('Wed 30 Dec to Sat 2 Jan 2027');
  expect(bn('2026-12-30', '2027-01-02')).toBe('বুধ ৩০ ডিসে থেকে শনি ২ জানু ২০২৭');
  expect(en('2027-01-02', '2027-01-02')).toBe('Saturday 2 January 2027');
});

test('times are said with their day', () => {
  expect(en('2026-11-25T14:00', '2026-11-25T17:30')).toBe('Wednesday 25 November, 2:00pm to 5:30pm');
  expect(bn('2026-11-25T14:00', '2026-11-25T17:30')).toBe('বুধবার ২৫ নভেম্বর, দুপুর ২:০০ থেকে বিকাল ৫:৩০');
  expect(en('2026-11-25T14:00', '2026-11-27')).toBe('Wed 25 Nov, 2:00pm to Fri 27 Nov');
});
