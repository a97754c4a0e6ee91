import { afterAll, beforeAll, expect, test } from 'vitest';
import { rescheduleAppointment } from '../../src/contract/appointments.ts';
import type pg from 'pg';
import { inTransaction } from '../../src/platform/database.ts';
import { createRandom } from '../../src/services/demo/random.ts';
import { aDoctor } from '../harness/builders.ts';
import { overlaps, unreplayable } from './life-checks.ts';
import { deadlocks, outcomes, someRushers, startRush, type Answer, type Rush, type Rusher } from './rush.ts';

let rush: Rush;
let faulty: Rush;

beforeAll(async () => {
  rush = await startRush({ connections: 60 });
  faulty = await startRush({ connections: 60 });
});
afterAll(async () => {
  await rush.close();
  await faulty.close();
});

/** Visits of 20 minutes that start every 10, so that each place meets its neighbours. */
const placeCount = 7;
const placeAt = (index: number): string =>
  Temporal.Instant.from('2026-11-02T11:00:00Z')
    .add({ minutes: 10 * index })
    .toString();

/** Two or three people whose visits with one doctor follow each other; one more place is free. */
type Ring = { doctorId: number; members: { by: Rusher; id: number }[] };

async function aRing(on: Rush, people: readonly Rusher[]): Promise<Ring> {
  const { doctorId, chamberId, visitTypeId } = await aDoctor(on.t, {
    minutes: 20,
    hours: [{ from: '17:00', to: '18:20', slotMinutes: 10 }],
  });
  await on.t.db.updateTable('chambers').set({ most_reschedules: 100 }).where('id', '=', chamberId).execute();
  const answers = await on.send(
    people.map((by, index) => ({
      by,
      body: { doctorId, chamberId, visitTypeId, startsAt: placeAt(2 * index) },
    })),
  );
  return { doctorId, members: people.map((by, index) => ({ by, id: answers[index]?.body.id ?? 0 })) };
}

async function someRings(on: Rush): Promise<Ring[]> {
  const sizes = Array.from({ length: 20 }, (_, index) => 2 + (index % 2));
  const people = await someRushers(on.t, 50);
  const rings: Ring[] = [];
  for (const size of sizes) rings.push(await aRing(on, people.splice(0, size)));
  return rings;
}

/** Everybody of every ring at once to where one of the others is, or close by. */
async function crossMoves(on: Rush, rings: readonly Ring[], rounds: number): Promise<Answer[]> {
  const random = createRandom(rounds);
  const all: Answer[] = [];
  for (let round = 0; round < rounds; round++)
    all.push(
      ...(await on.send(
        rings.flatMap(({ members }) =>
          members.map(({ by, id }) => ({
            by,
            path: rescheduleAppointment.path.replace('{id}', String(id)),
            body: { startsAt: placeAt(random.whole(0, placeCount - 1)) },
          })),
        ),
      )),
    );
  return all;
}

/** People without exactly one live appointment with their ring's doctor. */
async function withoutOnePlace(on: Rush, rings: readonly Ring[]): Promise<number> {
  const { rows } = await on.t.deps.pool.query<{ patient_id: number; doctor_id: number; count: number }>(
    `select patient_id, doctor_id, count(*)::int as count from appointments where status = 'confirmed'
     group by patient_id, doctor_id`,
  );
  const one = new Set(
    rows.flatMap(({ patient_id, doctor_id, count }) => (count === 1 ? `${doctor_id} ${patient_id}` : [])),
  );
  return rings
    .flatMap(({ doctorId, members }) => members.map(({ by }) => `${doctorId} ${by.patientId}`))
    .filter((each) => !one.has(each)).length;
}

/** The planted fault: gives the old place up, then looks whether the new one can be had. */
async function moveNaively(
  on: pg.Pool | pg.PoolClient,
  { id, startsAt }: { id: number; startsAt: string },
): Promise<void> {
  await on.query(
    `with moved as (
       update appointments set status = 'cancelled', version = version + 1 where id = $1 returning id, version
     ) insert into appointment_history (appointment_id, version, step, to_status, at)
       select id, version, 'cancelled', 'cancelled', now() from moved`,
    [id],
  );
  await on.query(
    `insert into appointments (session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel, status,
       period, occupied, promised_local, time_zone, fee, created_at)
     select session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel, 'confirmed',
       tstzrange($2, $2::timestamptz + interval '20 minutes'), tstzrange($2, $2::timestamptz + interval '20 minutes'),
       promised_local, time_zone, fee, created_at
     from appointments where id = $1 on conflict do nothing`,
    [id, startsAt],
  );
}

const naiveMoves = (rings: readonly Ring[]) =>
  rings.flatMap(({ members }) =>
    members.map(({ id }, index) => ({ id, startsAt: placeAt(2 * ((index + 1) % members.length) + 1) })),
  );

test('control: whoever gives up the old place before having the new one is left without, and this race sees it', async () => {
  const rings = await someRings(faulty);
  // One after the other in each ring: who is first gives up a place for one that the next still has.
  await Promise.all(
    rings.map(async (ring) => {
      for (const move of naiveMoves([ring])) await moveNaively(faulty.t.deps.pool, move);
    }),
  );
  const lost = await withoutOnePlace(faulty, rings);
  console.log(`control: ${lost} of 50 people without a place`);
  expect(lost).toBeGreaterThan(0);
});

test('control: moves in transactions without queues wait for each other in circles, and this race sees it', async () => {
  const moves = naiveMoves(await someRings(faulty)).map((move) =>
    inTransaction(faulty.t.deps.pool, (client) => moveNaively(client, move)),
  );
  const failed = (await Promise.allSettled(moves)).filter(({ status }) => status === 'rejected').length;
  const circles = await deadlocks(faulty.t);
  console.log(`control: ${circles} deadlocks, ${failed} of 50 moves failed`);
  expect(circles).toBeGreaterThan(0);
});

test('3,000 crossing moves in 1,200 rings of two and three: everybody keeps exactly one place', async () => {
  const rings = await someRings(rush);
  const answers = await crossMoves(rush, rings, 60);
  console.log(JSON.stringify(outcomes(answers)));
  expect(answers).toHaveLength(3_000);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(outcomes(answers)['201']).toBeGreaterThan(300);
  expect(await withoutOnePlace(rush, rings)).toBe(0);
  expect(await overlaps(rush.t)).toEqual({ doctor: 0, patient: 0, serial: 0 });
  expect(await unreplayable(rush.t)).toEqual([]);
  expect(await deadlocks(rush.t)).toBe(0);
});
