import { sql } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import type { Happened } from '../../src/contract/events.ts';
import { busTasks, openBus, publish, publishAll, relayHere, type Consumers } from '../../src/platform/bus.ts';
import { listDeadLetters } from '../../src/platform/dead-letters.ts';
import { startJobs } from '../../src/platform/jobs.ts';
import { inRequest } from '../../src/platform/request-scope.ts';
import { startApp, type TestApp } from '../harness/app.ts';

const ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

/** A database, and a worker of it that serves the given consumers. */
async function aWorker(consumers: Consumers): Promise<TestApp> {
  const t = await startApp({ SERVICES: 'gateway,users,appointments' });
  ending.push(() => t.close());
  const bus = openBus({ ...t.deps, consumers });
  const tasks = { ...relayHere(bus, t.deps), ...busTasks(bus, t.deps) };
  const jobs = await startJobs({ ...t.deps, tasks, recurring: [] });
  ending.push(() => jobs.stop());
  return t;
}

const happens = (t: TestApp, doctorId: number, requestId = 'a-request-1') =>
  inRequest(requestId, () =>
    t.db.transaction().execute((tx) => publish(tx, { name: 'doctor.changed', data: { doctorId } })),
  );

/** Lets pauses between tries pass. */
const hurry = async (t: TestApp) => {
  await sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null`.execute(t.db);
  await sql`select pg_notify('jobs:insert', '{"count":1}')`.execute(t.db);
};

const letters = (t: TestApp) => listDeadLetters(t.deps.pool, { limit: 10 });

test('an event has an id, a version, its time and the request it came from', async () => {
  const seen: Happened[] = [];
  const t = await aWorker({ some: { 'doctor.changed': [async (happened) => void seen.push(happened)] } });
  await happens(t, 7);
  await expect
    .poll(() => seen)
    .toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: 'doctor.changed',
        version: 1,
        occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/),
        requestId: 'a-request-1',
        data: { doctorId: 7 },
      },
    ]);
});

test('what is rolled back was never published', async () => {
  const seen: Happened[] = [];
  const t = await aWorker({ some: { 'doctor.changed': [async (happened) => void seen.push(happened)] } });
  await expect(
    t.db.transaction().execute(async (tx) => {
      await publish(tx, { name: 'doctor.changed', data: { doctorId: 1 } });
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  await happens(t, 2);
  await expect.poll(() => seen.map(({ data }) => data)).toEqual([{ doctorId: 2 }]);
});

test('what is published by the hundred is relayed each once, and keeps no other event waiting', async () => {
  const seen: Happened[] = [];
  const t = await startApp({ SERVICES: 'gateway,users,appointments' });
  ending.push(() => t.close());
  const many = Array.from({ length: 200 }, (_, index) => ({ doctorId: index + 1 }));
  await inRequest('a-request-2', () =>
    t.db.transaction().execute((tx) => publishAll(tx, 'schedule.changed', many)),
  );
  await happens(t, 999);
  const note = [async (happened: Happened) => void seen.push(happened)];
  const bus = openBus({
    ...t.deps,
    consumers: { some: { 'schedule.changed': note, 'doctor.changed': note } },
  });
  const jobs = await startJobs({ ...t.deps, tasks: relayHere(bus, t.deps), recurring: [], atOnce: 1 });
  ending.push(() => jobs.stop());
  await expect.poll(() => seen).toHaveLength(201);
  expect(seen[0]).toMatchObject({ name: 'doctor.changed', data: { doctorId: 999 } });
  expect(new Set(seen.map(({ id }) => id)).size).toBe(201);
  const others = seen.slice(1);
  expect(others[0]).toMatchObject({ name: 'schedule.changed', version: 1, requestId: 'a-request-2' });
  expect(new Set(others.map(({ data }) => ('doctorId' in data ? data.doctorId : 0)))).toEqual(
    new Set(many.map(({ doctorId }) => doctorId)),
  );
});

test('an event that is delivered again has its effect once, and a failed effect leaves no trace', async () => {
  const seen: Happened[] = [];
  const t = await aWorker({
    some: {
      'doctor.changed': [
        async (happened, tx) => {
          const time = seen.push(happened);
          await sql`insert into search_words values (${`effect${time}`})`.execute(tx);
          if (time === 1) throw new Error('not now');
        },
      ],
    },
  });
  const effects = async () =>
    (await t.db.selectFrom('search_words').select('word').execute()).map(({ word }) => word);
  await happens(t, 1);
  await expect.poll(() => seen).toHaveLength(1);
  await expect.poll(async () => (await hurry(t), effects())).toEqual(['effect2']);

  const again = openBus({
    ...t.deps,
    consumers: { some: { 'doctor.changed': [async () => expect.fail()] } },
  });
  await again.deliver({ consumer: 'some', event: seen[0] });
  // Two deliveries at once: one waits for the other's outcome.
  let effect = 0;
  const told: string[] = [];
  const slow = openBus({
    ...t.deps,
    consumers: { other: { 'doctor.changed': [async () => void (effect += 1)] } },
    taken: (consumer) => told.push(`${consumer}: ${effect}`),
  });
  await Promise.all([1, 2, 3, 4].map(() => slow.deliver({ consumer: 'other', event: seen[0] })));
  expect(effect).toBe(1);
  expect(told).toEqual(['other: 1']);
});

test('a poison event goes to the dead letters of its consumer; the others and later events are served', async () => {
  const seen: string[] = [];
  let poison = true;
  const t = await aWorker({
    sick: {
      'doctor.changed': [
        async ({ data }) => {
          if (data.doctorId === 13 && poison) throw new TypeError('cannot stand this one');
          seen.push(`sick ${data.doctorId}`);
        },
      ],
    },
    well: { 'doctor.changed': [async ({ data }) => void seen.push(`well ${data.doctorId}`)] },
  });
  await happens(t, 13, 'the-poisoned-one');
  await happens(t, 14);
  await expect.poll(() => new Set(seen)).toEqual(new Set(['sick 14', 'well 13', 'well 14']));
  await vi.waitFor(
    async () => {
      await hurry(t);
      expect(await letters(t)).toHaveLength(1);
    },
    { timeout: 30_000, interval: 100 },
  );
  const [letter] = await letters(t);
  expect(letter).toMatchObject({
    task: 'deliver-event',
    tries: 8,
    reason: expect.stringContaining('TypeError · cannot stand this one'),
    payload: { consumer: 'sick', event: { data: { doctorId: 13 }, requestId: 'the-poisoned-one' } },
  });
  const failures = t.logs.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'job failed');
  expect(failures).toHaveLength(8);
  expect(new Set(failures.map(({ requestId }) => requestId))).toEqual(new Set(['the-poisoned-one']));
});
