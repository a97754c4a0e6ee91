import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  dropDeadLetter,
  getDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from '../../src/contract/dead-letters.ts';
import { bury, buryLostJobs } from '../../src/platform/dead-letters.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { anAdmin, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;
let admin: { accessToken: string };

beforeAll(async () => {
  t = await startApp({ SERVICES: 'users' });
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

const list = (query: { limit?: number; cursor?: string } = {}) => t.call(listDeadLetters, { query }, admin);

async function aDeadEvent(doctorId: number): Promise<void> {
  const event = { name: 'doctor.changed', data: { doctorId }, requestId: `request-${doctorId}` };
  const payload = { requestId: event.requestId, consumer: 'appointments', event };
  await bury(t.deps.pool, { task: 'deliver-event', payload, reason: 'TypeError · at home', tries: 8 });
}

test('an administrator sees what was given up, has it tried again or forgets it', async () => {
  await aDeadEvent(1);
  await aDeadEvent(2);
  const { items } = await list();
  expect(items).toEqual(
    [2, 1].map((doctorId) => ({
      id: expect.any(Number),
      task: 'deliver-event',
      consumer: 'appointments',
      event: 'doctor.changed',
      requestId: `request-${doctorId}`,
      reason: 'TypeError · at home',
      tries: 8,
      diedAt: expect.any(String),
    })),
  );
  const [second, first] = items.map(({ id }) => ({ params: { id } }));
  if (!first || !second) throw new Error('no letters');
  const page = await list({ limit: 1 });
  expect((await list({ limit: 1, cursor: page.nextCursor ?? '' })).items).toEqual([items[1]]);

  const { deadLetter } = await t.call(getDeadLetter, first, admin);
  expect(deadLetter).toMatchObject(items[1] ?? {});
  expect(JSON.parse(deadLetter.body)).toMatchObject({ event: { data: { doctorId: 1 } } });

  await t.call(replayDeadLetter, first, admin);
  await t.call(dropDeadLetter, second, admin);
  expect((await list()).items).toEqual([]);
  const { rows } = await sql<{ payload: unknown }>`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id
    where k.identifier = 'deliver-event'`.execute(t.db);
  expect(rows).toMatchObject([{ payload: { consumer: 'appointments', event: { data: { doctorId: 1 } } } }]);
  await refused(t.call(replayDeadLetter, first, admin), 'not_found');
  await refused(t.call(dropDeadLetter, second, admin), 'not_found');
  await refused(t.call(getDeadLetter, second, admin), 'not_found');
});

test('a job whose worker was killed at its last try is found', async () => {
  await sql`select graphile_worker.add_job('remind', '{"messageId":7}', max_attempts => 3)`.execute(t.db);
  await sql`select graphile_worker.add_job('remind', '{"messageId":8}', max_attempts => 3)`.execute(t.db);
  await sql`update graphile_worker._private_jobs set attempts = 3 where payload->>'messageId' = '7'`.execute(
    t.db,
  );
  expect(await buryLostJobs(t.deps.pool)).toBe(1);
  expect(await buryLostJobs(t.deps.pool)).toBe(0);
  expect((await list()).items).toMatchObject([
    { task: 'remind', consumer: null, event: null, tries: 3, reason: expect.stringContaining('worker') },
  ]);
});

test('only administrators see them', async () => {
  const { accessToken } = await aSignedInPatient(t);
  await refused(t.call(listDeadLetters, { query: {} }, { accessToken }), 'not_allowed');
  await refused(t.call(getDeadLetter, { params: { id: 1 } }, { accessToken }), 'not_allowed');
  await refused(t.call(replayDeadLetter, { params: { id: 1 } }, { accessToken }), 'not_allowed');
  await refused(t.call(dropDeadLetter, { params: { id: 1 } }), 'not_signed_in');
});
