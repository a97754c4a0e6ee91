import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { addJob, startJobs } from '../../src/platform/jobs.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { lockWaits } from '../harness/lock-waits.ts';
import { ownPostgres } from './own-postgres.ts';

const takenLongAgo = (t: TestApp, by: ReturnType<typeof sql>) =>
  sql`update graphile_worker._private_jobs set locked_at = now() - interval '2 minutes', locked_by = ${by}`.execute(
    t.db,
  );

test('a job of a living worker that nobody is at any more is done after all', async () => {
  const t = await startApp({ SERVICES: 'gateway,users,appointments' });
  await t.db.transaction().execute((tx) => addJob(tx, 'slow', {}));
  await takenLongAgo(t, sql`'somebody'`);
  await sql`insert into live_workers (worker_id, seen_at) values ('somebody', now())`.execute(t.db);
  let done = 0;
  const jobs = await startJobs({ ...t.deps, tasks: { slow: async () => void (done += 1) }, recurring: [] });
  // As if the worker that is alive had done it and could not say so.
  await takenLongAgo(t, sql`(select worker_id from live_workers where worker_id <> 'somebody')`);
  await expect.poll(() => done, { timeout: 120_000 }).toBe(1);
  await jobs.stop();
  await t.close();
});

test('a worker whose database is away while it has a job ends all the same', async () => {
  const postgres = await ownPostgres();
  const t = await startApp({ SERVICES: 'gateway,users,appointments', DATABASE_URL: postgres.url });
  await t.db.transaction().execute((tx) => addJob(tx, 'slow', {}));
  const [begun, away] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = () => (begun.resolve(), away.promise);
  const jobs = await startJobs({ ...t.deps, tasks: { slow }, recurring: [] });
  await begun.promise;
  await postgres.kill();
  // Done, and how it ended cannot be written.
  away.resolve();
  const ended = jobs.stop().then(() => true);
  expect(await Promise.race([ended, sleep(20_000, false)])).toBe(true);
  await t.close();
  await postgres.remove();
});

test('a worker whose database goes while it signs off ends all the same', async () => {
  const postgres = await ownPostgres();
  const t = await startApp({ SERVICES: 'gateway,users,appointments', DATABASE_URL: postgres.url });
  const jobs = await startJobs({ ...t.deps, tasks: { slow: async () => undefined }, recurring: [] });
  const other = new pg.Client({ connectionString: postgres.url });
  other.on('error', () => undefined);
  await other.connect();
  await other.query('begin; lock table live_workers');
  const ended = jobs.stop();
  await expect.poll(() => lockWaits(t)).toBe(1);
  await postgres.kill();
  await ended;
  await t.close();
  await postgres.remove();
});
