import { afterAll, beforeAll, expect, test } from 'vitest';
import { countReport } from '../../src/contract/counts.ts';
import { countedReports, getFigureReport } from '../../src/contract/figures.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { anAdmin, signedIn } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';
import { slowSittings } from '../reports/slow-sittings.ts';
import { fileOf } from '../reports/work-files.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

test('a report that takes longer than an answer may is counted all the same', async () => {
  const by = { accessToken: await signedIn(t, await anAdmin(t)) };
  const params = { name: 'capacity' } as const;
  const period = { from: '2026-10-05', to: '2026-11-03' };
  const query = { ...period, groupBy: 'doctor' } as const;
  const told = await t.call(getFigureReport, { params, query }, by);
  await slowSittings(t, 11);
  const begun = await t.call(countReport, { params, body: { ...period, groupBy: ['doctor'] } }, by);
  await refused(t.call(getFigureReport, { params, query }, by), 'unavailable');
  const { answer } = await fileOf(t, begun, by);
  expect(countedReports.parse(answer.json()).reports).toEqual([told]);
});
