import { expect, test } from 'vitest';
import { viewOf } from './report-views.ts';

const figure = (name: string, kind: 'count' | 'share') => {
  const title = { en: name, bn: name };
  return { name, kind, title, means: title };
};

test('a report that nobody has arranged shows its first figures, and a trend of those like the first', () => {
  const figures = [figure('usedShare', 'share'), figure('places', 'count'), figure('freeShare', 'share')];
  expect(viewOf('one-to-come', figures)).toEqual({
    headline: ['usedShare', 'places', 'freeShare'],
    trend: ['usedShare', 'freeShare'],
    parts: [],
    compared: 'usedShare',
    funnel: [],
  });
});

test('what is not arranged of a report is as of any other', () => {
  const figures = [figure('patients', 'count'), figure('appointments', 'count')];
  expect(viewOf('patients', figures)).toMatchObject({
    headline: ['patients', 'appointments'],
    compared: 'patients',
  });
});
