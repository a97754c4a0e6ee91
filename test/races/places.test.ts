import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import {
  deadlocks,
  doubleBookings,
  dropPromises,
  outcomes,
  percentile,
  someRushers,
  startRush,
  type Answer,
  type Attempt,
  type Rush,
  type Rusher,
} from './rush.ts';

let rush: Rush;
let faulty: Rush;

beforeAll(async () => {
  rush = await startRush({ connections: 100 });
  faulty = await startRush({ connections: 100 });
  await dropPromises(faulty.t);
});
afterAll(async () => {
  await rush.close();
  await faulty.close();
});

/** 25 places on each of the next four weekdays, ten minutes apart. */
const aBusyDoctor = (t: Rush['t']) =>
  aDoctor(t, {
    minutes: 10,
    hours: [1, 2, 3, 4].map((weekday) => ({ weekday, from: '17:00', to: '21:10', slotMinutes: 10 })),
  });

const places = (count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    Temporal.Instant.from('2026-11-02T11:00:00Z')
      .add({ hours: 24 * Math.floor(index / 25), minutes: 10 * (index % 25) })
      .toString(),
  );

const wishFor = ({ doctorId, chamberId, visitTypeId }: Doctor, startsAt: string) => ({
  doctorId,
  chamberId,
  visitTypeId,
  startsAt,
});

/** Everybody at once for each place, one place after the other: spread out, even a naive server would pass. */
async function storm(
  on: Rush,
  doctor: Doctor,
  people: readonly Rusher[],
  wanted: readonly string[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const startsAt of wanted) {
    const attempts: Attempt[] = people.map((by) => ({ by, body: wishFor(doctor, startsAt) }));
    answers.push(...(await on.send(attempts)));
  }
  return answers;
}

test('control: a server that checks and then inserts books one place many times, and this race sees it', async () => {
  const doctor = await aBusyDoctor(faulty.t);
  const answers = await storm(faulty, doctor, await someRushers(faulty.t, 100), places(5));
  const booked = outcomes(answers)['201'] ?? 0;
  console.log(`control: ${booked} bookings on 5 places`);
  expect(booked).toBeGreaterThan(5);
  expect(await doubleBookings(faulty.t)).toBeGreaterThan(0);
});

test('10,000 attempts in bursts on 100 places and 10,000 on one make exactly 101 bookings', async () => {
  const [doctor, other] = [await aBusyDoctor(rush.t), await aBusyDoctor(rush.t)];
  const people = await someRushers(rush.t, 1_100);
  // A fresh hundred for each tenth place, so that most have no other visit.
  const wanted = places(100);
  const spread: Answer[] = [];
  for (let group = 0; group < 10; group++)
    spread.push(
      ...(await storm(
        rush,
        doctor,
        people.slice(group * 100, group * 100 + 100),
        wanted.slice(group * 10, group * 10 + 10),
      )),
    );
  const onOne: Answer[] = [];
  for (let round = 0; round < 10; round++)
    onOne.push(...(await storm(rush, other, people.slice(0, 1_000), wanted.slice(-1))));

  const all = [...spread, ...onOne];
  console.log(
    `100 places: ${JSON.stringify(outcomes(spread))} p50 ${percentile(spread, 0.5)} ms p99 ${percentile(spread, 0.99)} ms; ` +
      `one place: ${JSON.stringify(outcomes(onOne))} p50 ${percentile(onOne, 0.5)} ms p99 ${percentile(onOne, 0.99)} ms`,
  );
  expect(all).toHaveLength(20_000);
  expect(outcomes(spread)['201']).toBe(100);
  expect(outcomes(onOne)['201']).toBe(1);
  expect(outcomes(all.filter(({ status }) => status !== 201 && status !== 409))).toEqual({});
  expect(await doubleBookings(rush.t)).toBe(0);
  expect(await deadlocks(rush.t)).toBe(0);
});

test('100 patients who want two doctors at the same instant each get at most one', async () => {
  const doctors = await Promise.all(Array.from({ length: 8 }, () => aBusyDoctor(rush.t)));
  const people = await someRushers(rush.t, 25);
  const wanted = places(25);
  const answers = await rush.send(
    people.flatMap((by, index) =>
      doctors.map((doctor) => ({ by, body: wishFor(doctor, wanted[index] ?? '') })),
    ),
  );
  expect(outcomes(answers)).toEqual({ '201': 25, patient_busy: 175 });
  const { rows } = await rush.t.deps.pool.query<{ patient_id: number }>(
    `select patient_id from appointments where patient_id = any ($1) group by patient_id having count(*) > 1`,
    [people.map(({ patientId }) => patientId)],
  );
  expect(rows).toEqual([]);
});
