import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor } from '../harness/builders.ts';

const apps: TestApp[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
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

  apps.push(await startApp({ SERVICES: 'users,worker', DATABASE_URL: before.deps.config.databaseUrl ?? '' }));
  await expect.poll(() => isDone(before, dead), { timeout: 5_000 }).toBe(true);
  expect(await isDone(before, living)).toBe(false);
  expect(await isDone(before, justTaken)).toBe(false);
});

test('a worker is seen from its start and signs off at its end', async () => {
  const watcher = await startApp(withoutWorker);
  apps.push(watcher);
  const seen = async () =>
    (await sql<{ worker_id: string }>`select worker_id from live_workers`.execute(watcher.db)).rows.length;
  const worker = await startApp({
    SERVICES: 'users,worker',
    DATABASE_URL: watcher.deps.config.databaseUrl ?? '',
  });
  await expect.poll(seen, { timeout: 5_000 }).toBeGreaterThan(0);
  await worker.close();
  expect(await seen()).toBe(0);
});
