import { expect, test } from 'vitest';
import { barOf, everyNth, minuteSteps, shadeOf, stretchesOf, ticksOf } from './chart-scale.ts';

test('ticks are round, few, and enclose every value and nothing', () => {
  expect(ticksOf([3, 17])).toEqual([0, 5, 10, 15, 20]);
  expect(ticksOf([1])).toEqual([0, 1]);
  expect(ticksOf([0, 0])).toEqual([0, 1]);
  expect(ticksOf([])).toEqual([0, 1]);
  expect(ticksOf([-12, 25])).toEqual([-20, -10, 0, 10, 20, 30]);
  expect(ticksOf([123_456])).toEqual([0, 50_000, 100_000, 150_000]);
  for (const greatest of [1, 7, 99, 100, 101, 4_567, 10 ** 9]) {
    const ticks = ticksOf([greatest]);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(greatest);
  }
});

test('minutes have the marks of a clock', () => {
  expect(ticksOf([50], minuteSteps)).toEqual([0, 15, 30, 45, 60]);
  expect(ticksOf([2_000], minuteSteps)).toEqual([0, 720, 1440, 2160]);
});

test('bars begin at nothing, to the left of it for what is less', () => {
  expect(barOf(5, [5, 10])).toEqual({ start: 0, length: 50 });
  expect(barOf(-5, [-5, 15])).toEqual({ start: 0, length: 25 });
  expect(barOf(15, [-5, 15])).toEqual({ start: 25, length: 75 });
  expect(barOf(0, [0])).toEqual({ start: 0, length: 0 });
});

test('shades rise to the greatest, and only nothing has none', () => {
  expect([0, 1, 20, 21, 99, 100].map((value) => shadeOf(value, 100))).toEqual([0, 1, 1, 2, 5, 5]);
  expect(shadeOf(0, 0)).toBe(0);
});

test('as many marks are written as there is room for', () => {
  expect(everyNth(30, 10)).toBe(3);
  expect(everyNth(31, 10)).toBe(4);
  expect(everyNth(5, 10)).toBe(1);
  expect(everyNth(5, 0.3)).toBe(5);
});

test('a line breaks where nothing was measured', () => {
  expect(stretchesOf([1, 2, null, 3, null])).toEqual([
    [
      { index: 0, value: 1 },
      { index: 1, value: 2 },
    ],
    [{ index: 3, value: 3 }],
  ]);
  expect(stretchesOf([null])).toEqual([]);
});
