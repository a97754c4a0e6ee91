import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import {
  deadlocks,
  doubleBookings,
  dropPromises,
  dropQueue,
  outcomes,
  percentile,
  someRushers,
  startRush,
  type Rush,
} from './rush.ts';

let rush: Rush;
let faulty: Rush;

beforeAll(async () => {
  rush = await startRush({ connections: 150 });
  faulty = await startRush({ connections: 150 });
  await dropPromises(faulty.t);
  await dropQueue(faulty.t);
});
afterAll(async () => {
  await rush.close();
  await faulty.close();
});

const capacity = 30;
const aSerialDoctor = (t: Rush['t']) =>
  aDoctor(t, { hours: [{ weekday: 2, from: '17:00', to: '20:00', capacity, slotMinutes: 5 }] });

const wishOf = ({ doctorId, chamberId, visitTypeId, scheduleIds }: Doctor) => ({
  doctorId,
  chamberId,
  visitTypeId,
  sessionKey: `${scheduleIds[0]}.2026-11-03`,
});

async function storm(on: Rush, doctor: Doctor) {
  const people = await someRushers(on.t, 120);
  return on.send(people.map((by) => ({ by, body: wishOf(doctor) })));
}

const everySerial = Array.from({ length: capacity }, (_, index) => index + 1);

test('control: without queue and constraint serials are given out twice, and this race sees it', async () => {
  const answers = await storm(faulty, await aSerialDoctor(faulty.t));
  console.log(`control: ${outcomes(answers)['201']} serials of ${capacity}`);
  expect(await doubleBookings(faulty.t)).toBeGreaterThan(0);
});

test('120 patients on a session of 30 get the serials 1 to 30, each once', async () => {
  for (let round = 0; round < 5; round++) {
    const answers = await storm(rush, await aSerialDoctor(rush.t));
    const serials = answers.flatMap(({ body }) => body.serial ?? []).toSorted((a, b) => a - b);
    console.log(`${JSON.stringify(outcomes(answers))} p99 ${percentile(answers, 0.99)} ms`);
    expect(serials).toEqual(everySerial);
    expect(outcomes(answers)).toEqual({ '201': capacity, session_full: 90 });
  }
  expect(await doubleBookings(rush.t)).toBe(0);
  expect(await deadlocks(rush.t)).toBe(0);
});

test('without the queue the constraint alone still gives every serial once', async () => {
  const bare = await startRush({ connections: 150 });
  try {
    await dropQueue(bare.t);
    const answers = await storm(bare, await aSerialDoctor(bare.t));
    const serials = answers.flatMap(({ body }) => body.serial ?? []);
    console.log(`constraint alone: ${JSON.stringify(outcomes(answers))}`);
    expect(new Set(serials).size).toBe(serials.length);
    expect(serials.length).toBeGreaterThan(0);
    expect(await doubleBookings(bare.t)).toBe(0);
    expect(await deadlocks(bare.t)).toBe(0);
  } finally {
    await bare.close();
  }
});
