import { expect, test } from 'vitest';
import { dateOfDay, dayNumber, weekdayOfDay } from './day-numbers.ts';

test('every day from 1899 to 2200 is the day that Temporal counts', () => {
  const epoch = Temporal.PlainDate.from('1970-01-01');
  const last = Temporal.PlainDate.from('2200-12-31');
  let plain = Temporal.PlainDate.from('1899-12-31');
  for (; Temporal.PlainDate.compare(plain, last) <= 0; plain = plain.add({ days: 1 })) {
    const day = epoch.until(plain).days;
    if (dayNumber(plain.toString()) !== day || dateOfDay(day) !== plain.toString())
      expect([dayNumber(plain.toString()), dateOfDay(day)]).toEqual([day, plain.toString()]);
    if (weekdayOfDay(day) !== plain.dayOfWeek) expect(weekdayOfDay(day)).toBe(plain.dayOfWeek);
  }
});

test('a date that the calendar does not have is none', () => {
  for (const text of ['2026-02-29', '2026-06-31', '2026-00-10', '2026-13-01', '2026-01-00', '2026-1-1', ''])
    expect(dayNumber(text), text).toBeNull();
});
