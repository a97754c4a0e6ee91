import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { Connection, ConsumerStatus } from 'rabbitmq-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Happened } from '../../src/contract/events.ts';
import { openBroker, type Broker } from '../../src/platform/broker.ts';
import { busTasks, openBus, publish, publishSql, relayBy, type Consumers } from '../../src/platform/bus.ts';
import type { Tx } from '../../src/platform/database.ts';
import { listDeadLetters, replayDeadLetter } from '../../src/platform/dead-letters.ts';
import { startJobs } from '../../src/platform/jobs.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor } from '../harness/builders.ts';
import { someRushers, type Rusher } from '../races/rush.ts';
import { figure } from './figures.ts';
import { ownBroker, type OwnBroker } from './rabbitmq.ts';

let rabbit: OwnBroker;
const ending: (() => Promise<void>)[] = [];

beforeAll(async () => {
  rabbit = await ownBroker();
  await rabbit.start();
});

afterAll(() => rabbit.remove());

afterEach(async () => {
  // A test that failed may have left it frozen or dead: the next has a fault of its own to look for.
  await rabbit.revive();
  for (const end of ending.splice(0).toReversed()) await end();
});

let prefixes = 0;

const unwanted: Happened = {
  id: randomUUID(),
  name: 'code.issued',
  version: 1,
  occurredAt: '2026-11-02T10:00:00+06:00',
  requestId: null,
  data: { codeId: randomUUID() },
};

/** A database, and a worker of it that relays by the broker to the given consumers. */
async function aWorker(
  consumers: Consumers,
  otherRelay?: (prefix: string) => Broker['publish'],
): Promise<{ t: TestApp; broker: Broker; prefix: string }> {
  const prefix = `test-${++prefixes}`;
  const t = await startApp({
    SERVICES: 'gateway,users,appointments',
    RABBITMQ_URL: rabbit.url,
    INSTALLATION: prefix,
    LOG_LEVEL: 'info',
  });
  ending.push(() => t.close());
  await sql`create table effects (about text not null)`.execute(t.db);
  const bus = openBus({ ...t.deps, consumers });
  const jobs = await startJobs({ ...t.deps, tasks: busTasks(bus, t.deps), recurring: [] });
  ending.push(() => jobs.stop());
  const broker = openBroker(t.deps, bus);
  const send = otherRelay?.(prefix) ?? broker.publish;
  broker.whileConnected(() => startJobs({ ...t.deps, tasks: relayBy(send, t.deps), recurring: [] }));
  ending.push(() => broker.close());
  // Nobody here asks for these; the first publish is what makes queues and exchanges.
  await vi.waitFor(() => broker.publish(unwanted), { timeout: 60_000, interval: 200 });
  return { t, broker, prefix };
}

const happens = (t: TestApp, doctorId: number) =>
  t.db.transaction().execute((tx) => publish(tx, { name: 'doctor.changed', data: { doctorId } }));

const jobsLeft = async (t: TestApp) =>
  (await sql`select from graphile_worker._private_jobs`.execute(t.db)).rows.length;

/** Every event leaves a row, in its consumer's transaction; nothing keeps it from leaving two. */
async function countEffects(t: TestApp): Promise<Map<string, number>> {
  const { rows } = await sql<{ about: string; times: number }>`
    select about, count(*)::int as times from effects group by about`.execute(t.db);
  return new Map(rows.map(({ about, times }) => [about, times]));
}

const leavesARow = async (happened: Happened, tx: Tx) => {
  const about =
    'appointmentId' in happened.data ? happened.data.appointmentId : JSON.stringify(happened.data);
  await sql`insert into effects (about) values (${about})`.execute(tx);
};

/** Lets pauses between tries pass. */
const hurry = (t: TestApp) =>
  sql`update graphile_worker._private_jobs set run_at = now() where locked_by is null`.execute(t.db);

const relayed = async (t: TestApp): Promise<number> =>
  (await t.deps.metrics.relayed.get()).values.reduce((sum, { value }) => sum + value, 0);

/**
 * Restarts the broker in good order. A quorum queue that was made a moment before a kill -9 may come back without a leader
 * (seen with RabbitMQ 3.10): nothing is confirmed then, and events wait. These tests are about queues that are there.
 */
async function putOnDisk(broker: Broker): Promise<void> {
  await rabbit.stop('SIGTERM');
  await expect.poll(() => broker.state()).toBe('unavailable');
  await rabbit.start();
  await vi.waitFor(() => expect(broker.state()).toBe('ok'), { timeout: 60_000 });
}

/**
 * Publishes what only this test asks for, until it has arrived: what waited before it has arrived, too. Nothing that it
 * published is still to be relayed then.
 */
async function untilOneArrives(t: TestApp, from: number): Promise<void> {
  let marker = from;
  await vi.waitFor(
    async () => {
      await happens(t, ++marker);
      await hurry(t);
      expect([...(await countEffects(t)).keys()].some((about) => doctorOf(about) > from)).toBe(true);
    },
    { timeout: 180_000, interval: 500 },
  );
  await vi.waitFor(
    async () => {
      await hurry(t);
      expect(await jobsLeft(t)).toBe(0);
    },
    { timeout: 60_000, interval: 200 },
  );
}

const doctorOf = (about: string): number => Number(/\d+/.exec(about)?.[0]);

test('an event goes through the broker to each consumer that asked for its kind', async () => {
  const seen: { by: string; happened: Happened }[] = [];
  const taking = (by: string) => [async (happened: Happened) => void seen.push({ by, happened })];
  const { t } = await aWorker({
    one: { 'doctor.changed': taking('one') },
    two: { 'doctor.changed': taking('two'), 'schedule.changed': taking('two') },
    three: { 'schedule.changed': taking('three') },
  });
  await happens(t, 5);
  await expect.poll(() => seen).toHaveLength(2);
  expect(new Set(seen.map(({ by }) => by))).toEqual(new Set(['one', 'two']));
  expect(seen[0]?.happened).toMatchObject({ name: 'doctor.changed', version: 1, data: { doctorId: 5 } });
  expect(seen[0]?.happened).toEqual(seen[1]?.happened);
  await expect.poll(() => jobsLeft(t)).toBe(0);
});

/** Booking after booking while the broker freezes and dies again and again; answers who booked what. */
async function bookThroughOutages(
  { t, broker }: { t: TestApp; broker: Broker },
  outages: number,
): Promise<number[]> {
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  const doctor = await aDoctor(t, {
    minutes: 5,
    hours: weekdays.map((weekday) => ({ weekday, from: '08:00', to: '22:00', slotMinutes: 5 })),
  });
  const { doctorId, chamberId, visitTypeId } = doctor;
  const perDay = 168;
  const people = await someRushers(t, bookings);
  const booked: number[] = [];
  const bookNext = async (person: Rusher, index: number) => {
    const startsAt = Temporal.Instant.from('2026-11-03T02:00:00Z')
      .add({ hours: 24 * Math.floor(index / perDay), minutes: 5 * (index % perDay) })
      .toString();
    const answer = await t.inject({
      method: 'POST',
      url: '/api/v1/appointments',
      headers: { authorization: `Bearer ${person.accessToken}` },
      payload: { doctorId, chamberId, visitTypeId, startsAt },
    });
    expect(answer.statusCode).toBe(201);
    booked.push(answer.json<{ id: number }>().id);
  };
  const perOutage = bookings / outages;
  for (let outage = 0; outage < outages; outage++) {
    const first = outage * perOutage;
    for (let done = 0; done < perOutage; done += 10) {
      // Frozen for the middle of its share, so that there is something that it has been given and not kept.
      if (done === perOutage * 0.4) await rabbit.freeze();
      if (done === perOutage * 0.6) await rabbit.stop('SIGKILL');
      const batch = people.slice(first + done, first + done + 10);
      await Promise.all(batch.map((person, index) => bookNext(person, first + done + index)));
    }
    await rabbit.start();
    await expect.poll(() => broker.state()).toBe('ok');
  }
  return booked;
}

const bookings = 1_000;

test(
  'the broker is killed five times during 1,000 bookings: all are kept, each event has its effect once',
  { timeout: 900_000 },
  async () => {
    const { t, broker } = await aWorker({ counting: { 'appointment.booked': [leavesARow] } });
    await putOnDisk(broker);
    const booked = await bookThroughOutages({ t, broker }, 5);
    expect(new Set(booked).size).toBe(bookings);
    await vi.waitFor(async () => expect((await countEffects(t)).size).toBe(bookings), {
      timeout: 120_000,
      interval: 500,
    });
    await vi.waitFor(async () => expect(await jobsLeft(t)).toBe(0), { timeout: 120_000 });
    const effects = await countEffects(t);
    expect(booked.filter((id) => effects.get(String(id)) !== 1)).toEqual([]);
    const { rows } = await sql`select from appointments where status = 'confirmed'`.execute(t.db);
    expect(rows).toHaveLength(bookings);
    expect(await listDeadLetters(t.deps.pool, { limit: 10 })).toEqual([]);
    // It was the outage that was survived: the broker was seen to go and to come back.
    const lines = t.logs.map((line) => String(JSON.parse(line).msg));
    expect(lines.filter((line) => line.includes('out of reach')).length).toBeGreaterThanOrEqual(6);
  },
);

/** The next is given to a broker that takes it and does nothing with it; then it is killed and started again. */
async function loseWhatItHas(t: TestApp, count: number): Promise<void> {
  await rabbit.freeze();
  const before = await relayed(t);
  for (let id = 1; id <= count; id++) await happens(t, id);
  await vi.waitFor(async () => expect((await relayed(t)) - before).toBe(count), { timeout: 60_000 });
  await rabbit.stop('SIGKILL');
  await rabbit.start();
}

test('planted fault: a relay that does not wait for the broker’s word loses all that a frozen broker was given', async () => {
  let confirmed: Broker['publish'] | undefined;
  const { t, broker } = await aWorker({ counting: { 'doctor.changed': [leavesARow] } }, (prefix) => {
    const connection = new Connection({ url: rabbit.url, noDelay: true });
    connection.on('error', () => undefined);
    const hasty = connection.createPublisher();
    ending.push(async () => connection.unsafeDestroy());
    return (happened) =>
      confirmed?.(happened) ??
      hasty.send({ exchange: `${prefix}.events`, routingKey: happened.name, durable: true }, happened);
  });
  await putOnDisk(broker);
  await untilOneArrives(t, 1_000);
  await loseWhatItHas(t, 20);
  // What comes after the outage is relayed as it should be, so that it arrives, and shows that nothing waits before it.
  confirmed = broker.publish;
  await untilOneArrives(t, 2_000);
  const arrived = [...(await countEffects(t)).keys()].map(doctorOf).filter((id) => id <= 20);
  expect(arrived).toEqual([]);
});

test('a broker that says nothing keeps neither a job nor the end of the process waiting', async () => {
  const { t, broker } = await aWorker({ counting: { 'doctor.changed': [leavesARow] } });
  await happens(t, 1);
  await vi.waitFor(async () => expect((await countEffects(t)).size).toBe(1), { timeout: 60_000 });
  await rabbit.freeze();
  const other = { ...unwanted, id: randomUUID() };
  await expect(broker.publish(other)).rejects.toThrow('did not confirm');
  await happens(t, 2);
  const began = performance.now();
  await broker.close();
  expect(performance.now() - began).toBeLessThan(10_000);
});

const events = figure({ usual: 1_000, full: 5_000 });
const poisonous = events / 50;

test(`${poisonous} poison events among ${events}: the others have their effect, the poison lies among the dead letters`, async () => {
  const { t } = await aWorker({
    picky: {
      'doctor.changed': [
        async (happened, tx) => {
          await leavesARow(happened, tx);
          if (happened.data.doctorId % 50 === 0) throw new TypeError('cannot stand round numbers');
        },
      ],
    },
  });
  const data = `jsonb_build_object('doctorId', n)`;
  await t.deps.pool.query(
    publishSql({
      name: 'doctor.changed',
      data,
      requestId: '$1',
      source: `generate_series(1, ${events}) n`,
    }),
    ['many-events'],
  );
  await vi.waitFor(
    async () => {
      await hurry(t);
      // Of a poison event that is still with the broker there is neither a job nor an effect.
      expect(await listDeadLetters(t.deps.pool, { limit: 1_000 })).toHaveLength(poisonous);
      expect((await countEffects(t)).size).toBe(events - poisonous);
      expect(await jobsLeft(t)).toBe(0);
    },
    { timeout: 500_000, interval: 500 },
  );
  const letters = await listDeadLetters(t.deps.pool, { limit: 1_000 });
  expect(letters).toHaveLength(poisonous);
  expect(letters.every(({ reason }) => reason.includes('cannot stand round numbers'))).toBe(true);
  expect(Math.max(...(await countEffects(t)).values())).toBe(1);

  // What made it poison is mended, and somebody presses replay.
  const [letter] = letters;
  if (!letter) throw new Error('no letter');
  await replayDeadLetter(t.deps.pool, letter.id);
  await expect.poll(() => jobsLeft(t)).toBe(1);
});

test('what kills whoever takes it, and what is no event, end among the dead letters', async () => {
  const { t, prefix } = await aWorker({
    well: { 'schedule.changed': [leavesARow] },
    fragile: {},
  });
  const raw = new Connection({ url: rabbit.url });
  // One that connects late says so, and connects again.
  raw.on('error', () => undefined);
  ending.push(() => raw.close());
  const sender = raw.createPublisher({ confirm: true });
  ending.push(() => sender.close());
  await sender.send(
    { exchange: `${prefix}.events`, routingKey: 'schedule.changed', durable: true },
    'no event',
  );

  // Given back again and again, as by a process that dies.
  const queue = `${prefix}.doomed`;
  const args = {
    'x-queue-type': 'quorum',
    'x-delivery-limit': 2,
    'x-dead-letter-exchange': `${prefix}.dead`,
  } as const;
  await raw.queueDeclare({ queue, durable: true, arguments: args });
  ending.push(async () => void (await raw.queueDelete(queue)));
  await sender.send({ routingKey: queue, durable: true }, { name: 'doctor.changed', data: { doctorId: 1 } });
  const dying = raw.createConsumer({ queue, queueOptions: { passive: true } }, () => ConsumerStatus.REQUEUE);
  ending.push(() => dying.close());

  await vi.waitFor(
    async () => {
      await hurry(t);
      expect(await listDeadLetters(t.deps.pool, { limit: 10 })).toHaveLength(2);
    },
    { timeout: 60_000, interval: 200 },
  );
  const letters = await listDeadLetters(t.deps.pool, { limit: 10 });
  expect(letters).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ payload: { consumer: 'well', event: 'no event' }, tries: 8 }),
      expect.objectContaining({
        payload: { consumer: 'doomed', event: { name: 'doctor.changed', data: { doctorId: 1 } } },
        reason: expect.stringContaining('before it could answer'),
      }),
    ]),
  );
});
