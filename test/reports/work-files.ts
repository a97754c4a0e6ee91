import { expect } from 'vitest';
import { apiPrefix } from '../../src/contract/route.ts';
import { getWork, type Work } from '../../src/contract/works.ts';
import type { TestApp } from '../harness/app.ts';

type By = { accessToken: string };

/** A work once it has ended, however it did. Its process takes a second to begin, and many where the machine is busy. */
export async function ended(t: TestApp, id: number, by: By, timeout = 120_000): Promise<Work> {
  const read = async () => (await t.call(getWork, { params: { id } }, by)).work;
  await expect.poll(async () => (await read()).endedAt, { timeout }).not.toBe(null);
  return read();
}

export const fetchFile = (t: TestApp, id: number, { accessToken }: By) =>
  t.inject({ url: `${apiPrefix}/works/${id}/file`, headers: { authorization: `Bearer ${accessToken}` } });

/** The file of a work that was begun, once it is done. */
export async function fileOf(t: TestApp, begun: { work: Work }, by: By, timeout?: number) {
  const work = await ended(t, begun.work.id, by, timeout);
  expect(work, JSON.stringify(work.failure)).toMatchObject({ state: 'done' });
  const answer = await fetchFile(t, work.id, by);
  expect(answer.statusCode).toBe(200);
  return { work, answer };
}
