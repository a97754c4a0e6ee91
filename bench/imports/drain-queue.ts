import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

const probeEveryMs = 500;
const lookEveryMs = 20;
const longestMs = 20_000;

export type Drained = { jobs: number; perSecond: number; slowest: number };

/**
 * Watches the jobs that an import has left, and meanwhile brings up an event again and again that somebody waits for a
 * message about: how many jobs there were, how many a second were done, and how many seconds the slowest of those events
 * waited. What is left after a while is dropped.
 */
export async function drainQueue(client: pg.Client): Promise<Drained> {
  const began = performance.now();
  const jobs = await countJobs(client);
  let left = jobs;
  let slowest = 0;
  while (left > 0 && performance.now() - began < longestMs) {
    slowest = Math.max(slowest, await probe(client));
    await sleep(probeEveryMs);
    left = await countJobs(client);
  }
  const perSecond = (jobs - left) / secondsSince(began);
  await client.query('delete from graphile_worker._private_jobs where locked_at is null');
  while ((await countJobs(client)) > 0) await sleep(lookEveryMs);
  return { jobs, perSecond, slowest };
}

async function countJobs(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from graphile_worker._private_jobs where attempts < max_attempts',
  );
  return rows[0]?.count ?? 0;
}

/** Until whoever plans messages has taken the event; it is about a sitting that does not exist, so they plan none. */
async function probe(client: pg.Client): Promise<number> {
  const began = performance.now();
  const id = randomUUID();
  await client.query(`select graphile_worker.add_job('relay-event', $1::json)`, [
    JSON.stringify({
      id,
      name: 'session.delayed',
      version: 1,
      occurredAt: new Date().toISOString(),
      requestId: null,
      data: { doctorId: 1, sessionId: 1, minutes: 10 },
    }),
  ]);
  for (;;) {
    const { rowCount } = await client.query(
      `select from inbox where event_id = $1 and consumer = 'notifications'`,
      [id],
    );
    if (rowCount) return secondsSince(began);
    await sleep(lookEveryMs);
  }
}

const secondsSince = (began: number): number => (performance.now() - began) / 1_000;
