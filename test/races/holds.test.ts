import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { ApiProblem } from '../../src/contract/client.ts';
import { createHold } from '../../src/contract/holds.ts';
import { appointmentTasks } from '../../src/appointments/tasks.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import { overlaps, unreplayable } from './life-checks.ts';
import { deadlocks, dropPromises, dropQueue, someRushers, type Rusher } from './rush.ts';

let t: TestApp;
let faulty: TestApp;

const settings = { DATABASE_CONNECTIONS: '24', LOG_LEVEL: 'warn', SERVICES: 'gateway,users,appointments' };

beforeAll(async () => {
  t = await startApp(settings);
  faulty = await startApp(settings);
  await dropPromises(faulty);
  await dropQueue(faulty);
});
afterAll(async () => {
  await t.close();
  await faulty.close();
});

const doctorsAtOnce = 20;
const placesOfDay = 12;

const everyEvening = Array.from({ length: 7 }, (_, index) => ({
  weekday: index + 1,
  from: '17:00',
  to: '20:00',
}));

async function someDoctors(of: TestApp): Promise<Doctor[]> {
  const doctors: Doctor[] = [];
  for (let index = 0; index < doctorsAtOnce; index++)
    doctors.push(await aDoctor(of, { hours: everyEvening }));
  return doctors;
}

/** A place of its own for every round; from Tuesday on, so that the clock may go on to the evening. */
const placeOf = (round: number): string =>
  Temporal.Instant.from('2026-11-03T11:00:00Z')
    .add({ hours: 24 * Math.floor(round / placesOfDay), minutes: 15 * (round % placesOfDay) })
    .toString();

/**
 * With each doctor somebody holds a place. As that runs out, they book it, somebody else does, and the sweeper comes: all
 * at once, and time passes at another point of it in every round. Answers how each pair fared.
 */
async function race(of: TestApp, doctors: readonly Doctor[], round: number): Promise<string[]> {
  const startsAt = placeOf(round);
  const people = await someRushers(of, doctors.length * 2);
  const pairs = await Promise.all(
    doctors.map(async ({ doctorId, chamberId, visitTypeId }, index) => {
      const wish = { doctorId, chamberId, visitTypeId, startsAt };
      const [holder, rival] = [people[2 * index], people[2 * index + 1]];
      if (!holder || !rival) throw new Error('nobody came');
      const { id, expiresAt } = await of.call(createHold, { body: wish }, holder);
      return { wish, holder, rival, holdId: id, expiresAt };
    }),
  );
  const ends = pairs[0]?.expiresAt ?? '';
  void passAfter(of, ends, (round * 7) % 40);
  const outcomes = await Promise.all(
    pairs.map(async ({ wish, holder, rival, holdId }, index) => {
      const takeUp = () => book(of, holder, { ...wish, holdId });
      const first = round % 2 === 0 ? takeUp() : book(of, rival, wish);
      const second = round % 2 === 0 ? book(of, rival, wish) : takeUp();
      if (index % 8 === 0) void appointmentTasks(of.deps)['expire-holds']?.({});
      const [a, b] = await Promise.all([first, second]);
      return round % 2 === 0 ? `holder ${a}, rival ${b}` : `holder ${b}, rival ${a}`;
    }),
  );
  of.clock.set(ends);
  return outcomes;
}

/** So many turns of the event loop later it is that time: before, among or after the requests that are under way. */
async function passAfter(of: TestApp, time: string, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
  of.clock.set(time);
}

type Wish = { doctorId: number; chamberId: number; visitTypeId: number; startsAt: string; holdId?: number };

async function book(of: TestApp, by: Rusher, body: Wish): Promise<string> {
  try {
    await of.call(bookAppointment, { body }, by);
    return 'booked';
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return error.body.code;
  }
}

const count = (outcomes: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(outcomes, (outcome) => outcome)].map(([outcome, same]) => [outcome, same.length]),
  );

test('control: without constraints a hold is taken up while its place is booked, and this race sees it', async () => {
  const doctors = await someDoctors(faulty);
  const outcomes: string[] = [];
  for (let round = 0; round < 10; round++) outcomes.push(...(await race(faulty, doctors, round)));
  console.log(`control: ${JSON.stringify(count(outcomes))}`);
  expect((await overlaps(faulty)).doctor).toBeGreaterThan(0);
});

test('a thousand holds are taken up as they run out and somebody else books: each place is one person’s', async () => {
  const doctors = await someDoctors(t);
  const outcomes: string[] = [];
  for (let round = 0; round < 50; round++) outcomes.push(...(await race(t, doctors, round)));
  console.log(JSON.stringify(count(outcomes)));
  expect(outcomes).toHaveLength(1_000);
  // The place is never lost between them either.
  expect(new Set(outcomes)).toEqual(
    new Set(['holder booked, rival slot_taken', 'holder slot_taken, rival booked']),
  );
  expect(await overlaps(t)).toEqual({ doctor: 0, patient: 0, serial: 0 });
  expect(await unreplayable(t)).toEqual([]);
  expect(await deadlocks(t)).toBe(0);
});
