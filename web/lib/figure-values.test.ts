import { expect, test } from 'vitest';
import {
  currenciesIn,
  differenceOf,
  durationText,
  figureText,
  isEmpty,
  sizeOf,
  sizeText,
} from './figure-values.ts';

const taka = (amount: string) => [{ amount, currency: 'BDT' }];

test('each kind of figure is told in its own way, and what cannot be told is a dash', () => {
  expect(figureText('en', 'count', 123_456)).toBe('1,23,456');
  expect(figureText('bn', 'share', '12.5')).toBe('১২.৫%');
  expect(figureText('en', 'money', [...taka('800.50'), { amount: '20.00', currency: 'GBP' }])).toBe(
    '৳800.50 + GBP 20',
  );
  expect(figureText('en', 'minutes', null)).toBe('–');
  expect(figureText('en', 'money', [])).toBe('–');
});

test('minutes are told exactly, in the words of a clock', () => {
  expect(durationText('en', 45)).toBe('45 min');
  expect(durationText('en', 60)).toBe('1 h');
  expect(durationText('bn', 1440 * 2 + 61)).toBe('২ দিন ১ ঘণ্টা ১ মিনিট');
  expect(durationText('en', -5)).toBe('−5 min');
  expect(durationText('en', 0)).toBe('0 min');
});

test('lengths are drawn in one currency, taka before others', () => {
  const value = [{ amount: '20.00', currency: 'GBP' }, ...taka('800.50')];
  expect(currenciesIn({ earned: value, kept: [] })).toEqual(['BDT', 'GBP']);
  expect(sizeOf(value, 'BDT')).toBe(800.5);
  expect(sizeOf(value, 'USD')).toBe(0);
  expect(sizeOf(null, 'BDT')).toBeNull();
  expect(sizeText('en', 'money', 50_000, 'BDT')).toBe('৳50,000');
});

test('a report of nothing is empty, whatever its figures are', () => {
  expect(isEmpty({ booked: 0, share: null, earned: [] })).toBe(true);
  expect(isEmpty({ booked: 0, share: null, earned: taka('1.00') })).toBe(false);
  expect(isEmpty({ booked: 1, share: '0.0' })).toBe(false);
});

test('a difference has its sign, and its share of what was before where that makes sense', () => {
  const of = (kind: Parameters<typeof differenceOf>[1], now: Now, before: Now) =>
    differenceOf('en', kind, { now, before });
  type Now = Parameters<typeof differenceOf>[2]['now'];
  expect(of('count', 27, 25)).toEqual({ way: 'more', text: '+2 (+8%)' });
  expect(of('count', 2, 0)).toEqual({ way: 'more', text: '+2' });
  expect(of('count', 200, 10)).toEqual({ way: 'more', text: '+190' });
  expect(of('count', 5, 5)).toEqual({ way: 'same', text: '' });
  expect(of('share', '12.1', '14.6')).toEqual({ way: 'less', text: '−2.5' });
  expect(of('minutes', 30, 95)).toEqual({ way: 'less', text: '−1 h 5 min' });
  expect(of('money', taka('800.00'), taka('1000.50'))).toEqual({ way: 'less', text: '−৳200.50 (−20%)' });
  expect(of('money', taka('800.00'), [])).toEqual({ way: 'more', text: '+৳800' });
  expect(of('money', taka('800.00'), [{ amount: '1.00', currency: 'GBP' }])).toBeNull();
  expect(of('minutes', 30, null)).toBeNull();
});
