import { performance } from 'node:perf_hooks';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { openCache } from '../../src/platform/cache.ts';
import { openRedis, type SharedRedis } from '../../src/platform/redis.ts';
import { aNote, listen } from '../gateway/stream-client.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, type Doctor } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';
import { someRushers } from '../races/rush.ts';
import { within } from '../harness/lived-time.ts';
import { ownRedis, type OwnRedis } from './redis.ts';

let redis: OwnRedis;
const ends: (() => Promise<unknown> | void)[] = [];

beforeAll(async () => {
  redis = await ownRedis();
  await redis.start();
});
afterEach(async () => {
  // A test that failed may have left it frozen or dead: the next has a fault of its own to look for.
  await redis.revive();
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(() => redis.stop());

async function anApp(env: Record<string, string> = {}): Promise<TestApp> {
  const t = await startApp({ REDIS_URL: redis.url, ...env });
  ends.push(() => t.close());
  return t;
}

const allDay = { from: '08:00', to: '22:00', slotMinutes: 5 };
const openDoctor = (t: TestApp) =>
  aDoctor(t, { minutes: 5, hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...allDay })) });

/** Whether the start is among those that are shown. */
async function isShown(t: TestApp, { doctorId }: Doctor, startsAt: string): Promise<boolean> {
  const date = startsAt.slice(0, 10);
  const { days } = await t.call(getAvailability, {
    params: { id: doctorId },
    query: { from: date, to: date },
  });
  const places = days.flatMap(({ sessions }) => sessions.flatMap((session) => session.places));
  return places.some((place) => place.startsAt === startsAt);
}

const health = async (t: TestApp) => (await t.inject('/health')).json<{ status: string; checks: object }>();
const degraded = (t: TestApp) =>
  vi.waitFor(
    async () =>
      expect(await health(t)).toMatchObject({ status: 'degraded', checks: { redis: 'unavailable' } }),
    { timeout: 30_000 },
  );
/** Whatever else is said: after many bookings jobs may be behind. */
const reached = (t: TestApp) =>
  vi.waitFor(async () => expect(await health(t)).toMatchObject({ checks: { redis: 'ok' } }), {
    timeout: 30_000,
  });
const well = (t: TestApp) =>
  vi.waitFor(async () => expect(await health(t)).toMatchObject({ status: 'ok', checks: { redis: 'ok' } }), {
    timeout: 30_000,
  });

/** As one would write it: no time-outs, and commands wait in line for a connection. */
function naive(): SharedRedis {
  const commands = new Redis(redis.url);
  commands.on('error', () => undefined);
  ends.push(() => commands.disconnect());
  return { commands, state: () => 'ok', hear: () => undefined, close: () => undefined };
}

test('a frozen Redis keeps nobody waiting, is said in health, and is used again when it answers', async () => {
  const t = await anApp();
  const doctor = await openDoctor(t);
  const startsAt = '2026-11-03T10:00:00+06:00';
  await well(t);

  // Control: over a client that waits, the same look gets no answer while Redis is frozen.
  const careful = t.app.cache;
  const client = naive();
  t.app.cache = openCache(client, { ...t.deps.config, log: t.deps.log });
  expect(await within(t, isShown(t, doctor, startsAt), 20_000)).toBe(true);
  redis.freeze();
  try {
    expect(await within(t, isShown(t, doctor, startsAt), 3_000)).toBe('still waiting');
    t.app.cache = careful;
    for (let i = 0; i < 20; i++) expect(await within(t, isShown(t, doctor, startsAt), 3_000)).toBe(true);
    await degraded(t);
    // A process that starts now starts.
    const late = await within(t, openRedis(redis.url, t.deps.log), 20_000);
    if (late === 'still waiting') throw new Error('a frozen Redis kept a process from starting');
    late.close();
  } finally {
    redis.thaw();
  }
  await well(t);
});

test('a note that is added while Redis is away comes to who watches, and so do those after it', async () => {
  const t = await anApp();
  const by = await aSignedInPatient(t);
  const client = await listen(t, by);
  const notes = () => client.heard.filter(({ type }) => type === 'notification').length;
  const comes = async (count: number) => {
    await aNote(t, by.userId);
    await expect.poll(() => notes()).toBe(count);
  };
  await comes(1);

  redis.freeze();
  await comes(2);
  redis.thaw();
  await redis.stop();
  await comes(3);
  await redis.start();
  await well(t);
  await comes(4);
  await client.leave();
});

const bookings = 1_000;

test('Redis freezes and dies four times during 1,000 bookings: all are kept, none is refused, none comes late', async () => {
  const t = await anApp({ DATABASE_CONNECTIONS: '16' });
  const doctor = await openDoctor(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const people = await someRushers(t, bookings);
  const startOf = (index: number) =>
    Temporal.Instant.from('2026-11-03T02:00:00Z')
      .add({ hours: 24 * Math.floor(index / 168), minutes: 5 * (index % 168) })
      .toZonedDateTimeISO('Asia/Dhaka')
      .toString({ timeZoneName: 'never' });
  const statuses: (number | 'still waiting')[] = [];
  const shown: (boolean | 'still waiting')[] = [];
  const book = async (index: number) => {
    const answer = await within(
      t,
      t.inject({
        method: 'POST',
        url: '/api/v1/appointments',
        headers: { authorization: `Bearer ${people[index]?.accessToken}` },
        payload: { doctorId, chamberId, visitTypeId, startsAt: startOf(index) },
      }),
      10_000,
    );
    statuses.push(answer === 'still waiting' ? answer : answer.statusCode);
  };
  for (let index = 0; index < bookings; index += 10) {
    const share = index % 250;
    if (share === 80) redis.freeze();
    if (share === 160) await redis.stop();
    await Promise.all(Array.from({ length: 10 }, (_, each) => book(index + each)));
    // Whoever has just booked looks again, and does not find the place that they took.
    shown.push(await within(t, isShown(t, doctor, startOf(index)), 10_000));
    if (share === 230) {
      await redis.start();
      await reached(t);
    }
  }
  expect(statuses.filter((status) => status !== 201)).toEqual([]);
  expect(shown.filter((seen) => seen !== false)).toEqual([]);
  const { rows } = await t.deps.pool.query(`select from appointments where status = 'confirmed'`);
  expect(rows).toHaveLength(bookings);
  const lines = t.logs.map((line) => String(JSON.parse(line).msg));
  expect(lines.filter((line) => line.includes('redis is out of reach')).length).toBeGreaterThanOrEqual(4);
});

test('what is remembered is never older than a second, even when nobody says that it has changed', async () => {
  const t = await anApp();
  const doctor = await openDoctor(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  // The same database, in Redis an installation of its own: what is changed there is not forgotten here.
  const elsewhere = openCache(await forgetful(t), { installation: 'elsewhere', log: t.deps.log });
  const here = t.app.cache;
  const bookUnheard = async (by: { accessToken: string }, startsAt: string): Promise<number> => {
    t.app.cache = elsewhere;
    await t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, startsAt } }, by);
    t.app.cache = here;
    return performance.now();
  };
  /** Milliseconds after the booking at which the last look began that still showed the place; -1: none did. */
  const lastShown = async (startsAt: string): Promise<number> => {
    const { accessToken } = await aSignedInPatient(t);
    expect(await isShown(t, doctor, startsAt)).toBe(true);
    const booked = await bookUnheard({ accessToken }, startsAt);
    let last = -1;
    for (let began = 0; began < 2_000; began = performance.now() - booked)
      if (await isShown(t, doctor, startsAt)) last = began;
    return last;
  };
  const ages: number[] = [];
  // It is a cache that is looked at: a booking that took longer than anything is remembered shows nothing.
  for (let i = 0; i < 5 || (i < 60 && Math.max(...ages) < 0); i++) {
    const hour = String(10 + Math.floor(i / 12)).padStart(2, '0');
    ages.push(await lastShown(`2026-11-03T${hour}:${String((i % 12) * 5).padStart(2, '0')}:00+06:00`));
  }
  expect(Math.max(...ages)).toBeLessThan(1_000);
  expect(Math.max(...ages)).toBeGreaterThanOrEqual(0);

  // Control: one that never ends is seen to be too old; and what it offers is refused cleanly.
  const startsAt = '2026-11-03T16:00:00+06:00';
  const commands = t.app.redis?.commands;
  expect(await isShown(t, doctor, startsAt)).toBe(true);
  await vi.waitFor(
    async () => {
      await isShown(t, doctor, startsAt);
      const key = `${t.deps.config.installation}:shown:doctor:${doctorId}`;
      await commands?.persist(key);
      // There, and without an end.
      expect(await commands?.ttl(key)).toBe(-1);
    },
    { timeout: 30_000 },
  );
  await bookUnheard(await aSignedInPatient(t), startsAt);
  await new Promise((passed) => setTimeout(passed, 1_100));
  // A look for which Redis took too long reads for itself, and sees what is true.
  await expect.poll(() => isShown(t, doctor, startsAt)).toBe(true);
  const other = { accessToken: (await aSignedInPatient(t)).accessToken };
  const lost = await refused(
    t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, startsAt } }, other),
    'slot_taken',
  );
  expect(lost.alternatives).not.toHaveLength(0);
});

async function forgetful(t: TestApp): Promise<SharedRedis> {
  const shared = await openRedis(redis.url, t.deps.log);
  ends.push(() => shared.close());
  return shared;
}
