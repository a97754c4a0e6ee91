import { expect, test } from 'vitest';
import { queryOfMonth, readReportAddress } from './report-address.ts';

test('an address without anything means the last full month, the latest version and the appointments', () => {
  const usual = { doctorId: null, version: null, figure: 'appointments' };
  expect(readReportAddress({}, '2026-11-28')).toEqual({ month: '2026-10', ...usual });
  expect(readReportAddress({}, '2026-01-01')).toEqual({ month: '2025-12', ...usual });
  expect(readReportAddress({}, '2028-03-31')).toEqual({ month: '2028-02', ...usual });
});

test('what an address names is read, and what cannot be read is as if it were not there', () => {
  const query = { month: '2026-02', doctor: '12', version: '3', figure: 'no_show' };
  expect(readReportAddress(query, '2026-11-28')).toEqual({
    month: '2026-02',
    doctorId: 12,
    version: 3,
    figure: 'no_show',
  });
  const wrong = { month: '2026-13', doctor: 'me', version: '0', figure: 'held' };
  expect(readReportAddress(wrong, '2026-11-28')).toEqual(readReportAddress({}, '2026-11-28'));
});

test('another month keeps the doctor and not the version', () => {
  const query = { month: '2026-02', doctor: '12', version: '3', q: undefined };
  expect(queryOfMonth(query, '2026-03')).toEqual({ doctor: '12', month: '2026-03' });
  expect(queryOfMonth(query, null)).toEqual({ doctor: '12' });
});
