import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import { dropPromises, dropQueue, outcomes, someRushers, startRush, type Rush } from './rush.ts';

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
  const { rowCount } = await on.t.deps.pool.query('select from appointments where booked_by = $1', [
    by.userId,
  ]);
  return { answers, bookings: rowCount ?? 0 };
}

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
  'fifty requests with one key are one %s booking with equal answers, 20 times',
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
