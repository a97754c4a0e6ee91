import { expect, test } from 'vitest';
import { monthPage, moveByKey, stepMonth } from './calendar-month.ts';
import { addDays, isFriday, weekFrom } from './dates.ts';

test.each([6, 7, 1] as const)(
  'a month’s weeks begin on weekday %i and hold each of its days once',
  (first) => {
    const fridays = [weekFrom(first).indexOf(5), -1];
    for (let month = '2026-01-15'; month < '2029-01-01'; month = stepMonth(month, 1)) {
      const weeks = monthPage(month, first);
      const days = weeks.flat().filter((date) => date !== null);
      expect(days[0]).toBe(`${month.slice(0, 8)}01`);
      expect(days.map((_, index) => addDays(days[0] ?? '', index))).toEqual(days);
      expect(addDays(days.at(-1) ?? '', 1).slice(8)).toBe('01');
      for (const week of weeks) {
        expect(week).toHaveLength(7);
        expect(week.findIndex((date) => date !== null && isFriday(date))).toBeOneOf(fridays);
      }
    }
  },
);

test('a step to a shorter month stays within it', () => {
  expect(stepMonth('2026-01-31', 1)).toBe('2026-02-28');
  expect(stepMonth('2028-03-31', -1)).toBe('2028-02-29');
  expect(stepMonth('2026-12-05', 1)).toBe('2027-01-05');
  expect(stepMonth('2026-01-05', -1)).toBe('2025-12-05');
});

test('keys lead over the ends of weeks and months, and other keys nowhere', () => {
  expect(moveByKey('2026-11-30', 'ArrowRight')).toBe('2026-12-01');
  expect(moveByKey('2026-11-03', 'ArrowUp')).toBe('2026-10-27');
  expect(moveByKey('2026-11-03', 'End')).toBe('2026-11-30');
  expect(moveByKey('2026-11-03', 'Enter')).toBeNull();
});
