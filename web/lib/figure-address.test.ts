import { expect, test } from 'vitest';
import {
  filtersOf,
  groupingsFor,
  queryOfReport,
  queryOfRows,
  queryWithoutRows,
  readFigureAddress,
} from './figure-address.ts';

const today = '2026-11-28';
const query = {
  from: '2026-10-01',
  to: '2026-10-31',
  doctor: '7',
  chamber: '3',
  specialization: 'cardiology',
  compare: 'yes',
  by: 'channel',
  show: 'came',
  month: '2026-09',
};

test('an address narrows a report; a doctor is never shown another one', () => {
  const address = readFigureAddress(query, today);
  expect(address).toMatchObject({ compare: true, by: 'channel', show: 'came', figure: null });
  const dates = { from: '2026-10-01', to: '2026-10-31' };
  expect(filtersOf(address, 'admin')).toEqual({
    ...dates,
    doctorId: 7,
    chamberId: 3,
    specialization: 'cardiology',
  });
  expect(filtersOf(address, 'doctor')).toEqual({ ...dates, chamberId: 3 });
  const wrong = readFigureAddress({ doctor: 'me', chamber: '0', specialization: 'a b' }, today);
  expect(filtersOf(wrong, 'admin')).toEqual({ from: '2026-10-30', to: today });
});

test('another report keeps the filters, the dates and the month, not what only this one has', () => {
  const { by: _, show: __, ...kept } = query;
  expect(queryOfReport({ ...query, figure: 'came', version: '2', q: 'x' })).toEqual(kept);
});

test('the rows behind a figure are found from the report, and the report from them', () => {
  const rows = queryOfRows(query, 'came', { groupBy: 'week', group: '2026-10-03' });
  expect(rows).toEqual({ ...query, figure: 'came', groupBy: 'week', group: '2026-10-03' });
  expect(queryWithoutRows(rows)).toEqual(query);
  expect(queryOfRows(rows, 'booked')).toEqual({ ...query, figure: 'booked' });
});

test('what has one value only is nothing to gather by', () => {
  const all = ['doctor', 'chamber', 'specialization', 'channel', 'day', 'month', 'weekday_hour'] as const;
  expect(groupingsFor(all, { doctor: false, chamber: false })).toEqual([
    'doctor',
    'chamber',
    'specialization',
    'channel',
    'weekday_hour',
  ]);
  expect(groupingsFor(all, { doctor: true, chamber: true })).toEqual(['channel', 'weekday_hour']);
});
