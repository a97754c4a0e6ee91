import { expect, test } from 'vitest';
import { onScale, scaleOf, stack, visitHeight } from './week-visits.ts';

const evening = { from: '17:00', to: '21:00' };

test('the scale shows whole hours around what is there, at least six', () => {
  expect(scaleOf([evening], [])).toMatchObject({ from: 15, to: 21 });
  expect(scaleOf([{ from: '09:30', to: '13:00' }, evening], [])).toMatchObject({ from: 9, to: 21 });
  expect(scaleOf([], [])).toMatchObject({ from: 9, to: 21 });
});

test('hours past midnight go on below', () => {
  expect(scaleOf([{ from: '20:00', to: '01:00' }], [])).toMatchObject({ from: 19, to: 25 });
  const scale = scaleOf([{ from: '20:00', to: '01:00' }], []);
  expect(onScale(scale, { from: '20:00', to: '01:00' })).toEqual({
    top: scale.hourHeight,
    height: 5 * scale.hourHeight,
  });
});

test('visits of a quarter of an hour stand at their times', () => {
  const visits = [
    { from: '17:00', to: '17:15', visit: 'a' },
    { from: '17:30', to: '17:45', visit: 'b' },
  ];
  const scale = scaleOf([evening], visits);
  const [a, b] = stack(scale, visits);
  expect(a?.top).toBe(2 * scale.hourHeight);
  expect(b?.top).toBe(2.5 * scale.hourHeight);
  expect(a?.height).toBeGreaterThanOrEqual(visitHeight);
});

test('two at one time do not cover each other, and serials of three minutes stay readable', () => {
  const visits = [
    { from: '17:00', to: '17:03', visit: 'a' },
    { from: '17:00', to: '17:03', visit: 'b' },
    { from: '17:06', to: '17:09', visit: 'c' },
  ];
  const scale = scaleOf([evening], visits);
  const placed = stack(scale, visits);
  for (const [index, { top }] of placed.entries()) {
    const before = placed[index - 1];
    if (before) expect(top).toBeGreaterThanOrEqual(before.top + before.height);
  }
});
