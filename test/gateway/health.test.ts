import { performance } from 'node:perf_hooks';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composeServices } from '../../src/services/index.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { startApp, type TestApp } from '../harness/app.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

test('live, ready and the whole', async () => {
  const live = await t.inject({ url: '/health/live' });
  expect([live.statusCode, live.json()]).toEqual([200, { status: 'ok' }]);
  const ready = await t.inject({ url: '/health/ready' });
  // Services alone share what is fleeting by Redis.
  const shared = t.app.redis ? { redis: 'ok' } : {};
  expect([ready.statusCode, ready.json()]).toEqual([
    200,
    { status: 'ok', checks: { database: 'ok', jobs: 'ok', ...shared } },
  ]);
  const whole = await t.inject({ url: '/health' });
  expect(whole.statusCode).toBe(200);
  expect(whole.headers['cache-control']).toBe('no-store');
  expect(whole.json()).toMatchObject({
    status: 'ok',
    services: { gateway: 'ok', users: 'ok', appointments: 'ok' },
    checks: { database: 'ok' },
    parts: { users: { database: 'ok', jobs: 'ok' }, appointments: { database: 'ok' } },
  });
});

test('jobs that nobody does are said, and stop nobody', async () => {
  const { pool } = t.deps;
  await pool.query(`select graphile_worker.add_job('no-such-task', run_at => now() - interval '2 minutes')`);
  const ready = await t.inject({ url: '/health/ready' });
  expect([ready.statusCode, ready.json().checks.jobs]).toEqual([200, 'behind']);
  await pool.query(`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`);
});

test('jobs of the kind that waits for all others may wait an hour', async () => {
  const { pool } = t.deps;
  const checks = async (minutes: number) => {
    await pool.query(
      `select graphile_worker.add_job('no-such-task', run_at => now() - $1 * interval '1 minute', priority => 1)`,
      [minutes],
    );
    return (await t.inject({ url: '/health/ready' })).json().checks.jobs;
  };
  expect(await checks(50)).toBe('ok');
  expect(await checks(70)).toBe('behind');
  await pool.query(`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`);
});

test('with the database gone the process lives, is not ready, and says so quickly', async () => {
  const port = await closedPort();
  const gone = openDatabase({
    url: `postgres://nobody@127.0.0.1:${port}/none`,
    connections: 2,
    onError: () => undefined,
  });
  const app = await composeServices({
    ...t.deps,
    pool: gone.pool,
    db: gone.db,
    config: { ...t.deps.config, services: new Set(['gateway', 'users', 'appointments'] as const) },
  });
  await app.ready();
  const began = performance.now();
  expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200);
  for (const url of ['/health/ready', '/health']) {
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.json().status, answer.json().checks.database]).toEqual([
      503,
      'unavailable',
      'unavailable',
    ]);
  }
  const refused = await app.inject({ url: '/api/v1/doctors' });
  expect([refused.statusCode, refused.json().code, refused.headers['retry-after']]).toEqual([
    503,
    'unavailable',
    '2',
  ]);
  expect(performance.now() - began).toBeLessThan(4_000);
  await app.close();
  await gone.close();
});

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
