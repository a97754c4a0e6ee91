import { expect } from 'vitest';
import { getImport, listFindings, type Finding, type Import } from '../../src/contract/imports.ts';
import { confirmImport, takeBackImport } from '../../src/contract/imports.ts';
import type { ProblemBody } from '../../src/contract/problems.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { roleOf } from '../../src/platform/roles.ts';
import { doWork, startWorks } from '../../src/platform/works/run-work.ts';
import { worksOf } from '../../src/services/works.ts';
import { startApp, type TestApp } from './app.ts';
import { anAdmin, signedIn } from './builders.ts';
import { rolePassword } from './databases.ts';

/** An app that does its long works, and the administrator who imports. */
export async function startImports(): Promise<{ t: TestApp; admin: By & { userId: number } }> {
  const t = await startAppWithWorks();
  const { userId } = await anAdmin(t);
  return { t, admin: { userId, accessToken: await signedIn(t, { userId }) } };
}

/**
 * An app whose long works are done in this process, signed in to the database as the worker is: one of its own for each
 * would take most of the tests' time.
 */
async function startAppWithWorks(): Promise<TestApp> {
  const t = await startApp({ SERVICES: 'gateway,users,appointments' });
  const url = new URL(t.deps.config.databaseUrl ?? '');
  url.username = roleOf('worker');
  url.password = rolePassword;
  const connections = openDatabase({ url: url.href, connections: 5, onError: () => undefined });
  const deps = { ...t.deps, ...connections };
  const works = worksOf(deps);
  const worker = await startWorks(deps, ({ id }, stopping) => doWork(deps, { works, id, stopping }));
  return {
    ...t,
    async close() {
      await worker.stop();
      await connections.close();
      await t.close();
    },
  };
}

export type By = { accessToken: string };

export type Handed = {
  kind?: string;
  content: string | Uint8Array;
  name?: string;
  field?: string;
  same?: string;
  approval?: string;
};

/** Hands a file over, as a browser does. */
export async function handOver(t: TestApp, by: By, given: Handed) {
  const { content, name = 'list.csv', field = 'file', kind = 'patients', same, approval } = given;
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(Buffer.from(content))]), name);
  const body = new Response(form);
  const query = new URLSearchParams({ kind, ...(same ? { same } : {}), ...(approval ? { approval } : {}) });
  return t.inject({
    method: 'POST',
    url: `/api/v1/admin/imports?${query}`,
    headers: {
      authorization: `Bearer ${by.accessToken}`,
      'content-type': body.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await body.arrayBuffer()),
  });
}

/** Resolves once the last work about the import is over. */
export async function settled(t: TestApp, by: By, id: number): Promise<Import> {
  const read = async () => (await t.call(getImport, { params: { id } }, by)).import;
  await expect.poll(async () => (await read()).work?.state, { interval: 30 }).not.toMatch(/queued|running/);
  return read();
}

/** Hands a file over and waits for the check. */
export async function checked(t: TestApp, by: By, given: Handed): Promise<Import> {
  const answer = await handOver(t, by, given);
  expect(answer.statusCode, answer.body).toBe(202);
  return settled(t, by, answer.json<{ import: Import }>().import.id);
}

/** The same, and has the rows written. */
export async function imported(t: TestApp, by: By, given: Handed): Promise<Import> {
  const { id, counts } = await checked(t, by, given);
  expect(counts).toMatchObject({ refused: 0 });
  return confirmed(t, by, id);
}

export async function confirmed(t: TestApp, by: By, id: number): Promise<Import> {
  await t.call(confirmImport, { params: { id } }, by);
  return settled(t, by, id);
}

export async function takenBack(t: TestApp, by: By, id: number): Promise<Import> {
  await t.call(takeBackImport, { params: { id } }, by);
  return settled(t, by, id);
}

export async function findings(t: TestApp, by: By, id: number): Promise<Finding[]> {
  const { items } = await t.call(listFindings, { params: { id }, query: { limit: 100 } }, by);
  return items;
}

/** `3 mobile bad_mobile`, for what was found. */
export const inShort = (found: readonly Finding[]): string[] =>
  found.map(({ line, column, code }) => [line, column, code].filter((part) => part !== null).join(' '));

/** What the check of a file finds. */
export async function found(t: TestApp, by: By, given: Handed): Promise<string[]> {
  return inShort(await findings(t, by, (await checked(t, by, given)).id));
}

export function expectCode(answer: { statusCode: number; body: string }, status: number, code: string): void {
  const problem: ProblemBody = JSON.parse(answer.body);
  expect({ status: answer.statusCode, code: problem.code }).toEqual({ status, code });
}
