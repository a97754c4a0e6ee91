import { expect, test } from 'vitest';
import { formatMonth } from '../../src/contract/wording.ts';
import { addDays, formatDate, formatShortDate } from './dates.ts';
import { readDate, readMoney, readMonth, readNumber, readTime } from './read-typed.ts';
import { formatTime } from './times.ts';

test('numbers are read in either digits', () => {
  expect(readNumber('৩০')).toBe('30');
  expect(readNumber(' 1,200 ')).toBe('1200');
  for (const text of ['', '12a', '1.5', '-3']) expect(readNumber(text), text).toBeNull();
});

test('amounts are read with and without their sign', () => {
  expect(readMoney('৳১,২০০')).toBe('1200');
  expect(readMoney('800.50')).toBe('800.50');
  expect(readMoney('০৮০০ টাকা')).toBe('800');
  expect(readMoney('500/-')).toBe('500');
  for (const text of ['', 'free', '8.505', '1.2.3']) expect(readMoney(text), text).toBeNull();
});

test('times are read as people write them', () => {
  const written = {
    '17:30': ['17:30', '1730', '5:30 pm', '5.30pm', '5:30 P.M.', 'বিকাল ৫:৩০', '৫:৩০ বিকেল', '১৭.৩০'],
    '05:30': ['5:30', '530', '05:30', '5:30am', 'ভোর ৫:৩০'],
    '00:15': ['12:15am', 'রাত ১২:১৫', '0:15'],
    '12:00': ['12', '12pm', 'দুপুর ১২টা', '12:00'],
    '21:00': ['9 pm', 'রাত ৯', '21'],
    '02:00': ['রাত ২টা', '2am'],
  };
  for (const [time, texts] of Object.entries(written))
    for (const text of texts) expect(readTime(text), text).toBe(time);
  for (const text of ['', 'noon', '25:00', '5:61', '17:30 pm', '5 o clock', '12345'])
    expect(readTime(text), text).toBeNull();
});

test('a time is read back as it is shown, at every minute and in both languages', () => {
  for (let minute = 0; minute < 24 * 60; minute++) {
    const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    for (const language of ['bn', 'en'] as const)
      expect(readTime(formatTime(language, time)), `${language} ${time}`).toBe(time);
  }
});

test('য় is read as one character and as two', () => {
  const written = { '৭টায় সন্ধ্যা': '19:00', 'সন্ধ্যায় ৭:৩০': '19:30', 'সন্ধ্যায় ৭টায়': '19:00' };
  for (const [text, time] of Object.entries(written))
    for (const form of formsOf(text)) expect(readTime(form), form).toBe(time);
  for (const form of formsOf('৫ ফেব্রুয়ারি ২০২৬')) expect(readDate(form), form).toBe('2026-02-05');
});

test('a date is read back as it is shown, its month whole or short, on every day and in both languages', () => {
  for (let date = '2028-01-01'; date < '2029-01-01'; date = addDays(date, 1))
    for (const language of ['bn', 'en'] as const)
      for (const shown of [formatDate(language, date), formatShortDate(language, date)])
        for (const form of formsOf(`${shown.slice(shown.indexOf(' ') + 1)} ২০২৮`))
          expect(readDate(form), form).toBe(date);
});

test('dates are read day first, with months as numbers or names', () => {
  for (const text of [
    '25/11/2026',
    '25-11-26',
    '২৫/১১/২০২৬',
    '2026-11-25',
    '25 Nov 2026',
    '২৫ নভেম্বর ২০২৬',
    '25.11.2026',
  ])
    expect(readDate(text), text).toBe('2026-11-25');
  for (const text of ['', '31/06/2026', '25/11', '11/25/2026', 'tomorrow', '1 2 3 4'])
    expect(readDate(text), text).toBeNull();
});

test('months are read as numbers or names, and back as they are shown', () => {
  for (const text of ['10/2026', '10-26', '১০/২০২৬', '2026-10', 'Oct 2026', 'october, 2026', 'অক্টোবর ২০২৬'])
    expect(readMonth(text), text).toBe('2026-10');
  for (const text of ['', '13/2026', '10', 'soon', '1/10/2026', '2026'])
    expect(readMonth(text), text).toBeNull();
  for (let month = 1; month <= 12; month++)
    for (const language of ['bn', 'en'] as const)
      for (const form of formsOf(formatMonth(language, { year: 2027, month })))
        expect(readMonth(form), form).toBe(`2027-${String(month).padStart(2, '0')}`);
});

/** As keyboards write it: য় in two characters, and in one. */
const formsOf = (text: string): string[] => {
  const two = text.replaceAll('\u09df', '\u09af\u09bc');
  return [two, two.replaceAll('\u09af\u09bc', '\u09df')];
};
