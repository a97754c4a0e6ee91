import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLive, tellSql } from '../../src/platform/live.ts';
import { startApp, type TestApp } from '../harness/app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

test('news told inside a transaction are heard when it is committed, and never when it is not', async () => {
  const live = openLive(t.deps, null);
  const heard: string[] = [];
  let begun = 0;
  live.listen({ told: (topic) => void heard.push(topic), gap: () => (begun += 1) });
  await expect.poll(() => begun).toBe(1);
  const client = await t.deps.pool.connect();
  const tell = (id: number) => client.query(tellSql(`'user:${id}'`, '(select 1) one'));
  await client.query('begin');
  await tell(1);
  await client.query('rollback');
  await client.query('begin');
  await tell(2);
  await client.query('commit');
  client.release();
  await expect.poll(() => heard).toEqual(['user:2']);

  // The connection that listens is lost, and no other test's: it comes back, and says that something may have been missed.
  await t.deps.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'shomoy live' and datname = current_database()`,
  );
  await expect.poll(() => begun).toBe(2);
  await live.tell('user:3');
  await expect.poll(() => heard).toEqual(['user:2', 'user:3']);
  await live.close();
  await expect(t.deps.pool.query('select 1')).resolves.toBeDefined();
});
