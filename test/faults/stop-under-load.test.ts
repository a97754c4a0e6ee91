import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestApp } from '../harness/app.ts';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import { end } from '../embedded-postgres/hosts.ts';
import { startNow } from '../notifications/visits.ts';
import { someRushers, type Rusher } from '../races/rush.ts';
import { startApplication, type Application } from './application.ts';

let t: TestApp;
let doctor: Doctor;
let people: Rusher[];
let next = 0;

beforeAll(async () => {
  t = await startNow({ SERVICES: 'gateway,users,appointments' });
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    from: '00:00',
    to: '23:00',
    slotMinutes: 5,
  }));
  doctor = await aDoctor(t, { minutes: 5, hours });
  people = await someRushers(t, 4_000);
});
afterAll(() => t.close());

const start = (): Promise<Application> => {
  const { databaseUrl = '', jwtSecret = '', dataDir } = t.deps.config;
  return startApplication({ DATABASE_URL: databaseUrl, JWT_SECRET: jwtSecret, DATA_DIR: dataDir });
};

/** The status, or why there is none. */
type Outcome = number | 'refused' | 'cut';

/** Places of different people, one after the other, each under a key of its own. */
function nextBooking() {
  const index = next++;
  const person = people[index];
  if (!person) throw new Error('nobody is left');
  const perDay = 276;
  // Not tomorrow, which shortly before midnight is too soon to be booked.
  const day = t.clock
    .now()
    .toZonedDateTimeISO('Asia/Dhaka')
    .toPlainDate()
    .add({ days: 2 + Math.floor(index / perDay) });
  const startsAt = day
    .toZonedDateTime({ timeZone: 'Asia/Dhaka' })
    .add({ minutes: 5 * (index % perDay) })
    .toString({ timeZoneName: 'never' });
  const { doctorId, chamberId, visitTypeId } = doctor;
  return { person, key: `booking-${index}-of-all`, body: { doctorId, chamberId, visitTypeId, startsAt } };
}

function book(
  url: string,
  agent: Agent,
  { person, key, body }: ReturnType<typeof nextBooking>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const sent = request(
      `${url}/api/v1/appointments`,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${person.accessToken}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 'cut'));
        answer.once('error', () => resolve('cut'));
      },
    );
    sent.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'cut'),
    );
    sent.end(JSON.stringify(body));
  });
}

const bookedOf = async (): Promise<number> => {
  const { rows } = await t.deps.pool.query(
    `select id from appointments where doctor_id = $1 and status = 'confirmed'`,
    [doctor.doctorId],
  );
  return rows.length;
};

test('SIGTERM under load: what is under way is answered, the rest is refused cleanly, and no job stays behind', async () => {
  const app = await start();
  // A connection for each request: one that is kept open may be closed while the client begins to use it.
  const agent = new Agent({ keepAlive: false });
  const asked: { at: number; outcome: Outcome }[] = [];
  const load = Array.from({ length: 12 }, async () => {
    // As a load balancer does: whoever says 503 is asked no more.
    for (let outcome: Outcome = 201; outcome === 201;) {
      const at = performance.now();
      outcome = await book(app.url, agent, nextBooking());
      asked.push({ at, outcome });
    }
  });
  await vi.waitUntil(() => asked.length > 100, { timeout: 60_000 });
  const began = performance.now();
  await end(app.child, 'SIGTERM');
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(app.child.exitCode).toBe(0);
  await Promise.all(load);
  const counts = Object.groupBy(asked, ({ outcome }) => String(outcome));
  console.log(
    Object.entries(counts)
      .map(([outcome, all]) => `${outcome}: ${all?.length}`)
      .join(', '),
  );
  // The door is open for a second: long enough for everybody to be told, but for who was held up and came later.
  const inTime = asked.filter(({ at }) => at < began + 500);
  expect(inTime.filter(({ outcome }) => outcome !== 201 && outcome !== 503)).toEqual([]);
  expect(await bookedOf()).toBe(counts['201']?.length);
  const { rows } = await t.deps.pool.query(
    'select locked_by from graphile_worker._private_jobs where locked_by is not null union all select worker_id from live_workers',
  );
  expect(rows).toEqual([]);
});

test('two copies are restarted in turn under load: whoever asks the other one when refused has every booking', async () => {
  const before = await bookedOf();
  const apps = [await start(), await start()];
  const agent = new Agent({ keepAlive: false });
  let stopped = false;
  let done = 0;
  const failed: Outcome[] = [];
  const load = Array.from({ length: 6 }, async (_, client) => {
    for (let turn = client; !stopped; turn++) {
      const booking = nextBooking();
      let outcome: Outcome = 'refused';
      for (let attempt = 0; attempt < 4 && outcome !== 201; attempt++)
        outcome = await book(apps[(turn + attempt) % 2]?.url ?? '', agent, booking);
      if (outcome === 201) done += 1;
      else failed.push(outcome);
    }
  });
  for (const index of [0, 1, 0, 1]) {
    const goal = done + 50;
    await vi.waitUntil(() => done > goal, { timeout: 60_000 });
    const old = apps[index];
    if (old) await end(old.child, 'SIGTERM');
    apps[index] = await start();
  }
  await sleep(100);
  stopped = true;
  await Promise.all(load);
  expect(failed).toEqual([]);
  expect(await bookedOf()).toBe(before + done);
  for (const { child } of apps) await end(child, 'SIGTERM');
});
