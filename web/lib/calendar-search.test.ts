import { expect, test } from 'vitest';
import { monthIn, yearIn } from './calendar-search.ts';

const today = '2026-11-22';

test('an address names a month or a year, and anything else means the present one', () => {
  expect(monthIn({ month: '2028-02' }, today)).toBe('2028-02');
  for (const month of ['2026-13', '2026-2', 'soon', 202612, '9999-01', '2026-12-01', null])
    expect(monthIn({ month }, today)).toBe('2026-11');
  expect(monthIn({}, today)).toBe('2026-11');
  expect(yearIn({ year: 2028 }, today)).toBe(2028);
  expect(yearIn({ year: '2028' }, today)).toBe(2028);
  for (const year of [1999, 2200, 2027.5, 'next', {}]) expect(yearIn({ year }, today)).toBe(2026);
  expect(yearIn({}, today)).toBe(2026);
});
