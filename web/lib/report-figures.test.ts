import { expect, test } from 'vitest';
import { reportStatuses } from '../../src/contract/reports.ts';
import { changedFigures, changeText, figureName, valueOf, valueText } from './report-figures.ts';

const taka = (amount: string) => ({ amount, currency: 'BDT' });
const statuses = Object.fromEntries(reportStatuses.map((status) => [status, 0])) as Record<
  (typeof reportStatuses)[number],
  number
>;
const nothing = { patientVisits: 0, appointments: 0, earnings: taka('0.00'), statuses };

test('only what has changed is told, sums first', () => {
  expect(changedFigures(nothing)).toEqual([]);
  const change = {
    ...nothing,
    appointments: -1,
    earnings: taka('-0.01'),
    statuses: { ...statuses, confirmed: -1, no_show: 1 },
  };
  expect(changedFigures(change)).toEqual(['appointments', 'earnings', 'confirmed', 'no_show']);
  expect(valueOf(change, 'no_show')).toBe(1);
  expect(valueOf(change, 'earnings')).toEqual(taka('-0.01'));
});

test('changes carry their sign before that of the money, in the digits of the language', () => {
  expect(changeText('en', 3)).toBe('+3');
  expect(changeText('bn', -12)).toBe('−১২');
  expect(changeText('en', taka('-800.00'))).toBe('−৳800');
  expect(changeText('bn', taka('1234.50'))).toBe('+৳১,২৩৪.৫০');
  expect(changeText('en', 0)).toBe('0');
  expect(changeText('en', taka('0.00'))).toBe('৳0');
});

test('counts are grouped as money is, and statuses have the names of the files', () => {
  expect(valueText('en', 140000)).toBe('1,40,000');
  expect(valueText('bn', 7)).toBe('৭');
  const sums = { patientVisits: 'Patient visits', appointments: 'Appointments', earnings: 'Earnings' };
  expect(figureName('en', sums, 'earnings')).toBe('Earnings');
  expect(figureName('bn', sums, 'no_show')).toBe('অনুপস্থিত');
});
