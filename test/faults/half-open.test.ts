import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchDoctors } from '../../src/contract/doctors.ts';
import { run } from '../../src/platform/database.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { jobsDone } from '../harness/jobs.ts';
import { aDoctor } from '../harness/builders.ts';
import { ownPostgres, type OwnPostgres } from './own-postgres.ts';

let postgres: OwnPostgres;
let wire: Wire;
let t: TestApp;

beforeAll(async () => {
  postgres = await ownPostgres();
  wire = await layWire(postgres.url);
  t = await startApp({ DATABASE_URL: wire.url, LOG_LEVEL: 'warn' });
});
afterAll(async () => {
  wire.mend();
  await t.close();
  wire.close();
  await postgres.remove();
});

test('a database whose line is dead is told in some 5 s, and is there again by itself', async () => {
  await aDoctor(t);
  await jobsDone(t);
  expect((await t.call(searchDoctors, { query: {} })).items).toHaveLength(1);
  // Control: with the same time-outs and nobody who watches, one waits three times as long.
  const control = new pg.Client({ connectionString: wire.url, query_timeout: 15_000 });
  control.on('error', () => undefined);
  await control.connect();

  wire.cut();
  const waiting = control.query('select 1').catch((error: Error) => error);
  const awake = watchOwnTime();
  const answers = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const { statusCode, headers } = await t.inject({ url: `/api/v1/doctors?limit=${index + 1}` });
      return { statusCode, retryAfter: headers['retry-after'], ms: awake.ms() };
    }),
  );
  console.log(`told after ${answers.map(({ ms }) => Math.round(ms)).join(', ')} ms`);
  expect(answers.map(({ statusCode, retryAfter }) => [statusCode, retryAfter])).toEqual(
    answers.map(() => [503, '2']),
  );
  for (const { ms } of answers) expect(ms).toBeLessThan(6_000);
  expect(await Promise.race([waiting, sleep(100, 'still waiting')])).toBe('still waiting');

  wire.mend();
  awake.restart();
  while ((await t.inject({ url: '/api/v1/doctors' })).statusCode !== 200) {
    expect(awake.ms()).toBeLessThan(5_000);
    await sleep(100);
  }
  awake.stop();
  await control.end().catch(() => undefined);
});

test('a statement that is only slow is left alone', async () => {
  const rows = await run<{ done: string }>(
    t.deps.pool,
    { text: `select 'slow' as done from pg_sleep(7)` },
    [],
  );
  expect(rows).toEqual([{ done: 'slow' }]);
});

/**
 * Milliseconds from now on in which this process went on. After a second in which it stood still they begin anew: what it
 * could not read meanwhile it does not hold against the database either.
 */
function watchOwnTime() {
  let lived = 0;
  let seen = performance.now();
  const look = () => {
    const passed = performance.now() - seen;
    lived = passed > 1_000 ? 0 : lived + Math.min(passed, 200);
    seen += passed;
  };
  const looking = setInterval(look, 50);
  return {
    ms() {
      look();
      return lived;
    },
    restart() {
      look();
      lived = 0;
    },
    stop: () => clearInterval(looking),
  };
}

type Wire = { url: string; cut(): void; mend(): void; close(): void };

/** The way to a server. Cut, it swallows everything on it and says nothing, as a network does that has failed. */
async function layWire(url: string): Promise<Wire> {
  const server = new URL(url);
  const ends = new Set<Socket>();
  let dead = false;
  const wire = createServer((near) => {
    const far = createConnection(Number(server.port), server.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes) => void (dead || to.write(bytes)));
      from.on('close', () => {
        ends.delete(from);
        if (!dead) to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(wire, 'listening');
  const address = new URL(url);
  address.hostname = '127.0.0.1';
  address.port = String((wire.address() as AddressInfo).port);
  const drop = () => {
    for (const end of ends) end.destroy();
  };
  return {
    url: address.href,
    cut: () => {
      dead = true;
    },
    // What was on the line is lost: a connection that has missed bytes is none.
    mend: () => {
      dead = false;
      drop();
    },
    close: () => {
      drop();
      wire.close();
    },
  };
}
