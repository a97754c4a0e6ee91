import { afterAll, beforeAll, expect, test } from 'vitest';
import { figure } from '../faults/figures.ts';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import {
  deadlocks,
  doubleBookings,
  dropPromises,
  dropQueue,
  outcomes,
  someRushers,
  startRush,
  type Answer,
  type Attempt,
  type Rush,
} from './rush.ts';

let rush: Rush;
let faulty: Rush;

beforeAll(async () => {
  rush = await startRush({ connections: 60 });
  faulty = await startRush({ connections: 60 });
  await dropPromises(faulty.t);
  await dropQueue(faulty.t);
});
afterAll(async () => {
  await rush.close();
  await faulty.close();
});

const aDoctorOfBothModes = (t: Rush['t']) =>
  aDoctor(t, {
    hours: [
      { weekday: 1, from: '17:00', to: '20:00' },
      { weekday: 2, from: '17:00', to: '22:00', capacity: 60, slotMinutes: 5 },
    ],
  });

/** One patient, one key, fifty times at once. */
async function pressFifty(on: Rush, doctor: Doctor, when: { startsAt: string } | { sessionKey: string }) {
  const [by] = await someRushers(on.t, 1);
  if (!by) throw new Error('nobody came');
  const { doctorId, chamberId, visitTypeId } = doctor;
  const attempt = {
    by,
    key: `key-of-${by.userId}-once`,
    body: { doctorId, chamberId, visitTypeId, ...when },
  };
  const answers = await on.send(Array.from({ length: 50 }, () => attempt));
  await askAgain(on, answers, () => attempt);
  const { rowCount } = await on.t.deps.pool.query('select from appointments where booked_by = $1', [
    by.userId,
  ]);
  return { answers, bookings: rowCount ?? 0 };
}

/** What was still being worked on is asked for again, until it is answered. */
async function askAgain(on: Rush, answers: Answer[], attemptOf: (index: number) => Attempt): Promise<void> {
  for (let round = 0; round < 20; round++) {
    const open = answers.flatMap(({ code }, index) => (code === 'request_in_progress' ? [index] : []));
    if (open.length === 0) return;
    for (const index of open) expect(answers[index]?.retryAfter).toBe('1');
    const again = await on.send(open.map(attemptOf));
    for (const [at, index] of open.entries()) answers[index] = again[at] ?? fail();
  }
  throw new Error('requests are in progress for ever');
}

const fail = (): never => {
  throw new Error('nothing was answered');
};

const timed = () => ({ startsAt: '2026-11-02T17:00:00+06:00' });
const serial = (doctor: Doctor) => ({ sessionKey: `${doctor.scheduleIds[1]}.2026-11-03` });

test.each([
  ['timed', timed],
  ['serial', serial],
] as const)('control: a key without its primary key books a %s place more than once', async (_, when) => {
  let bookings = 0;
  for (let round = 0; round < 10; round++) {
    const doctor = await aDoctorOfBothModes(faulty.t);
    bookings += (await pressFifty(faulty, doctor, when(doctor))).bookings;
  }
  console.log(`control: ${bookings} bookings with 10 keys`);
  expect(bookings).toBeGreaterThan(10);
});

test.each([
  ['timed', timed],
  ['serial', serial],
] as const)(
  'fifty requests with one key are one %s booking with equal answers once asked again, 20 times',
  async (_, when) => {
    for (let round = 0; round < 20; round++) {
      const doctor = await aDoctorOfBothModes(rush.t);
      const { answers, bookings } = await pressFifty(rush, doctor, when(doctor));
      expect(outcomes(answers)).toEqual({ '201': 50 });
      expect(bookings).toBe(1);
      for (const answer of answers) expect(answer.body).toEqual(answers[0]?.body);
    }
  },
);

/** So many people, each with a key and a place of their own: times on even, serials on odd ones. */
async function peopleWithKeys(on: Rush, count: number): Promise<Attempt[]> {
  const people = await someRushers(on.t, count);
  const attempts: Attempt[] = [];
  const placesOfBoth = 24;
  let doctor: Doctor | undefined;
  for (const [index, by] of people.entries()) {
    const place = index % placesOfBoth;
    doctor = place === 0 || !doctor ? await aDoctorOfBothModes(on.t) : doctor;
    const { doctorId, chamberId, visitTypeId } = doctor;
    const time = Temporal.Instant.from('2026-11-02T11:00:00Z').add({ minutes: 15 * Math.floor(place / 2) });
    const when = place % 2 === 0 ? { startsAt: time.toString() } : serial(doctor);
    attempts.push({
      by,
      key: `one-key-of-${by.userId}`,
      body: { doctorId, chamberId, visitTypeId, ...when },
    });
  }
  return attempts;
}

const keys = figure({ usual: 600, full: 2_000 });

test(`${keys} keys, each 10 times at once, are ${keys} bookings with equal answers; another body is refused`, async () => {
  const attempts = await peopleWithKeys(rush, keys);
  const before = await bookingsIn(rush);
  const first: Answer[] = [];
  for (let from = 0; from < attempts.length; from += 20) {
    const all = attempts
      .slice(from, from + 20)
      .flatMap((attempt) => Array.from({ length: 10 }, () => attempt));
    const answers = await rush.send(all);
    await askAgain(rush, answers, (index) => all[index] ?? fail());
    expect(outcomes(answers)).toEqual({ '201': all.length });
    for (const [index, { body }] of answers.entries())
      expect(body).toEqual(answers[index - (index % 10)]?.body);
    first.push(...answers.filter((_, index) => index % 10 === 0));
  }
  expect(new Set(first.map(({ body }) => body.id)).size).toBe(keys);
  expect((await bookingsIn(rush)) - before).toBe(keys);

  const reused = attempts.slice(0, 500).map((attempt) => ({
    ...attempt,
    body: { ...attempt.body, notes: 'something else' },
  }));
  expect(outcomes(await rush.send(reused))).toEqual({ key_reused: 500 });
  expect((await bookingsIn(rush)) - before).toBe(keys);
  expect(await doubleBookings(rush.t)).toBe(0);
  expect(await deadlocks(rush.t)).toBe(0);
});

async function bookingsIn({ t }: Rush): Promise<number> {
  const { rowCount } = await t.deps.pool.query('select from appointments');
  return rowCount ?? 0;
}
