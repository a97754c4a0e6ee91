import { expect, test } from 'vitest';
import { dayPart, formatMoment, formatTime, formatTimeRange, wallDate, wallTime } from './times.ts';

test.each([
  ['00:00', 'রাত ১২:০০', '12:00am'],
  ['03:59', 'রাত ৩:৫৯', '3:59am'],
  ['04:00', 'ভোর ৪:০০', '4:00am'],
  ['06:00', 'সকাল ৬:০০', '6:00am'],
  ['11:59', 'সকাল ১১:৫৯', '11:59am'],
  ['12:00', 'দুপুর ১২:০০', '12:00pm'],
  ['15:00', 'বিকাল ৩:০০', '3:00pm'],
  ['18:00', 'সন্ধ্যা ৬:০০', '6:00pm'],
  ['19:30', 'সন্ধ্যা ৭:৩০', '7:30pm'],
  ['20:00', 'রাত ৮:০০', '8:00pm'],
  ['23:59', 'রাত ১১:৫৯', '11:59pm'],
])('%s is %s and %s', (time, bangla, english) => {
  expect(formatTime('bn', time)).toBe(bangla);
  expect(formatTime('en', time)).toBe(english);
});

test('a range says both ends in full', () => {
  expect(formatTimeRange('bn', '17:00', '21:00')).toBe('বিকাল ৫:০০ থেকে রাত ৯:০০');
  expect(formatTimeRange('en', '17:00', '21:00')).toBe('5:00pm to 9:00pm');
});

test('English has one afternoon where Bangla has two parts of the day', () => {
  expect([dayPart('en', '12:30'), dayPart('en', '16:30')]).toEqual(['Afternoon', 'Afternoon']);
  expect([dayPart('bn', '12:30'), dayPart('bn', '16:30')]).toEqual(['দুপুর', 'বিকাল']);
});

test('date and time are read off the instant in its own offset', () => {
  expect(wallDate('2026-11-26T00:15:00+06:00')).toBe('2026-11-26');
  expect(wallTime('2026-11-26T00:15:00+06:00')).toBe('00:15');
});

test('a moment of another year says so, by the clocks of Bangladesh', () => {
  const moment = (instant: string) => [
    formatMoment('en', instant, '2026-11-29'),
    formatMoment('bn', instant, '2026-11-29'),
  ];
  expect(moment('2026-11-25T11:30:00Z')).toEqual(['Wed 25 Nov, 5:30pm', 'বুধ ২৫ নভে, বিকাল ৫:৩০']);
  expect(moment('2025-12-31T17:59:00Z')).toEqual(['Wed 31 Dec 2025, 11:59pm', 'বুধ ৩১ ডিসে ২০২৫, রাত ১১:৫৯']);
  expect(moment('2025-12-31T18:00:00Z')).toEqual(['Thu 1 Jan, 12:00am', 'বৃহস্পতি ১ জানু, রাত ১২:০০']);
});
