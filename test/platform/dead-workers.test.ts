import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { addJob, startJobs } from '../../src/platform/jobs.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor } from '../harness/builders.ts';

const apps: TestApp[] = [];

afterEach(async () => {
  for (const app of apps.splice(0).toReversed()) await app.close();
});

const withoutWorker = { SERVICES: 'gateway,users,appointments' };

/** A job that `worker` took `ago` and has not finished. */
async function aHeldJob(t: TestApp, worker: string, ago: string): Promise<number> {
  const { doctorId } = await aDoctor(t);
  const { rows } = await sql<{ id: number }>`
    update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now() - ${ago}::interval
    where payload -> 'data' ->> 'doctorId' = ${String(doctorId)} returning id`.execute(t.db);
  return rows.at(-1)?.id ?? 0;
}

const isDone = async (t: TestApp, id: number) => {
  const { rows } = await sql`select from graphile_worker._private_jobs where id = ${id}`.execute(t.db);
  return rows.length === 0;
};

test('the jobs of a worker that is no longer seen are done by another, those of a living one are left to it', async () => {
  const before = await startApp(withoutWorker);
  apps.push(before);
  const dead = await aHeldJob(before, 'worker-dead', '2 minutes');
  const living = await aHeldJob(before, 'worker-living', '2 minutes');
  const justTaken = await aHeldJob(before, 'worker-new', '5 seconds');
  await sql`insert into live_workers (worker_id, seen_at)
            values ('worker-dead', now() - interval '90 seconds'), ('worker-living', now())`.execute(
    before.db,
  );

  apps.push(await startApp({ DATABASE_URL: before.deps.config.databaseUrl ?? '' }));
  await expect.poll(() => isDone(before, dead)).toBe(true);
  expect(await isDone(before, living)).toBe(false);
  expect(await isDone(before, justTaken)).toBe(false);
});

/** Does `work` for every job of the task `slow`, until the test ends. */
async function aWorkerFor(t: TestApp, work: () => Promise<void>): Promise<void> {
  const jobs = await startJobs({ ...t.deps, tasks: { slow: work }, recurring: [] });
  apps.push({ ...t, close: () => jobs.stop() });
}

const addSlowJob = (t: TestApp) => t.db.transaction().execute((tx) => addJob(tx, 'slow', {}));

test('a job that takes longer than a minute is not begun a second time beside it', async () => {
  const t = await startApp(withoutWorker);
  apps.push(t);
  let begun = 0;
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => (release = resolve));
  const work = async () => {
    begun += 1;
    await held;
  };
  await aWorkerFor(t, work);
  await addSlowJob(t);
  await expect.poll(() => begun).toBe(1);
  await sql`update graphile_worker._private_jobs set locked_at = now() - interval '2 minutes'`.execute(t.db);
  // Whoever comes looks for the jobs of the dead before anything else, and for jobs to do at once.
  await aWorkerFor(t, work);
  await addSlowJob(t);
  await expect.poll(() => begun).toBe(2);
  const { rows } = await sql`select from graphile_worker._private_jobs where locked_by is not null`.execute(
    t.db,
  );
  expect(rows).toHaveLength(2);
  release();
  await expect
    .poll(async () => (await sql`select from graphile_worker._private_jobs`.execute(t.db)).rows.length)
    .toBe(0);
  expect(begun).toBe(2);
});

test('a worker is seen from its start and signs off at its end', async () => {
  const watcher = await startApp(withoutWorker);
  apps.push(watcher);
  const seen = async () =>
    (await sql<{ worker_id: string }>`select worker_id from live_workers`.execute(watcher.db)).rows.length;
  const worker = await startApp({ DATABASE_URL: watcher.deps.config.databaseUrl ?? '' });
  await expect.poll(seen).toBeGreaterThan(0);
  await worker.close();
  expect(await seen()).toBe(0);
});

test('a job that fails when the connections of its worker have ended leaves nothing unhandled', async () => {
  const t = await startApp(withoutWorker);
  apps.push(t);
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const pool = new pg.Pool({ connectionString: t.deps.config.databaseUrl });
  const { promise: ends, reject: fail } = Promise.withResolvers<void>();
  let begun = false;
  const slow = () => {
    begun = true;
    return ends;
  };
  await startJobs({ ...t.deps, pool, tasks: { slow }, recurring: [] });
  await addSlowJob(t);
  await expect.poll(() => begun).toBe(true);
  void pool.end();
  fail(new Error('too late'));
  await sleep(500);
  expect(unhandled).toEqual([]);
  process.off('unhandledRejection', note);
});
