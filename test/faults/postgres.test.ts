import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import { someRushers, type Rusher } from '../races/rush.ts';
import { figure } from './figures.ts';
import { ownPostgres, type OwnPostgres } from './own-postgres.ts';

let postgres: OwnPostgres;
let t: TestApp | undefined;

beforeAll(async () => {
  postgres = await ownPostgres();
});
afterEach(async () => {
  await t?.close();
  t = undefined;
});
afterAll(() => postgres.remove());

const perDay = 168;

const aBusyDoctor = (on: TestApp) =>
  aDoctor(on, {
    minutes: 5,
    hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '08:00', to: '22:00', slotMinutes: 5 })),
  });

const placeOf = (index: number): string =>
  Temporal.Instant.from('2026-11-03T02:00:00Z')
    .add({ hours: 24 * Math.floor(index / perDay), minutes: 5 * (index % perDay) })
    .toString();

/** People who book one after the other and ask again under their key until they have a final answer. */
function bookUntilStopped(on: TestApp, { doctor, people }: { doctor: Doctor; people: readonly Rusher[] }) {
  const { doctorId, chamberId, visitTypeId } = doctor;
  const acknowledged: number[] = [];
  const strange: string[] = [];
  let refused = 0;
  let next = 0;
  let stopped = false;
  const bookNext = async () => {
    const index = next++;
    const person = people[index];
    if (!person) throw new Error('nobody is left');
    for (;;) {
      const answer = await on.inject({
        method: 'POST',
        url: '/api/v1/appointments',
        headers: {
          authorization: `Bearer ${person.accessToken}`,
          'idempotency-key': `place-${index}-of-all`,
        },
        payload: { doctorId, chamberId, visitTypeId, startsAt: placeOf(index) },
      });
      if (answer.statusCode === 201) return void acknowledged.push(answer.json<{ id: number }>().id);
      const { code } = answer.json<{ code: string }>();
      if (answer.statusCode === 503 && code === 'unavailable' && Number(answer.headers['retry-after']) > 0)
        refused += 1;
      else strange.push(`${answer.statusCode} ${code}`);
      await sleep(100);
    }
  };
  const work = Promise.all(
    Array.from({ length: 12 }, async () => {
      while (!stopped) await bookNext();
    }),
  );
  return {
    acknowledged,
    strange,
    refused: () => refused,
    /** The last ones get their answers, too. */
    async stop() {
      stopped = true;
      await work;
      return next;
    },
  };
}

const rounds = figure({ usual: 8, full: 50 });

test(`PostgreSQL is killed or restarted ${rounds} times while patients book: clean 503s, nothing lost, nothing twice, back within 5 seconds`, async () => {
  t = await startApp({ DATABASE_URL: postgres.url, LOG_LEVEL: 'warn' });
  const doctor = await aBusyDoctor(t);
  const people = await someRushers(t, 4_000);
  const load = bookUntilStopped(t, { doctor, people });
  const { acknowledged } = load;
  const moreThan = (before: number) =>
    vi.waitUntil(() => acknowledged.length > before, { timeout: 60_000, interval: 10 });
  const backAfter: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await moreThan(acknowledged.length + 20);
    const refused = load.refused();
    if (round % 2 === 0) await postgres.kill();
    else await postgres.stop();
    // It was noticed.
    await vi.waitUntil(() => load.refused() > refused, { timeout: 60_000, interval: 10 });
    await postgres.start();
    const began = performance.now();
    await moreThan(acknowledged.length);
    backAfter.push(performance.now() - began);
  }
  const asked = await load.stop();
  console.log(
    `${asked} bookings, ${load.refused()} refused meanwhile; back after ${backAfter.map(Math.round).join(' ')} ms`,
  );
  expect(load.strange).toEqual([]);
  // The median: a busy machine may hold up any single one.
  expect(backAfter.toSorted((a, b) => a - b)[rounds / 2]).toBeLessThan(5_000);
  expect(acknowledged).toHaveLength(asked);
  const { rows } = await t.deps.pool.query<{ id: number }>(
    `select id from appointments where status = 'confirmed' and doctor_id = $1`,
    [doctor.doctorId],
  );
  expect(rows.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(acknowledged.toSorted((a, b) => a - b));
});
