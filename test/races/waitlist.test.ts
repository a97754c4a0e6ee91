import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { joinWaitlist } from '../../src/contract/waitlist.ts';
import { offerPlaces, offerToAll } from '../../src/appointments/waitlist/offer-places.ts';
import { aMonday } from '../harness/app.ts';
import { setStatus } from '../harness/appointments.ts';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import {
  deadlocks,
  dropPromises,
  dropQueue,
  outcomes,
  someRushers,
  startRush,
  type Answer,
  type Rush,
  type Rusher,
} from './rush.ts';

let rush: Rush;
let faulty: Rush;

beforeAll(async () => {
  rush = await startRush({ connections: 100 });
  faulty = await startRush({ connections: 100 });
  await dropPromises(faulty.t);
  await dropQueue(faulty.t);
  await faulty.t.deps.pool.query('drop index appointments_one_offer');
});
beforeEach(() => {
  rush.t.clock.set(aMonday);
  faulty.t.clock.set(aMonday);
});
afterAll(async () => {
  await rush.close();
  await faulty.close();
});

const visitOf = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({ doctorId, chamberId, visitTypeId });
const times = ['17:00', '17:15', '17:30', '17:45'];
const startsAt = (index: number) => `2026-11-02T${times[index] ?? ''}:00+06:00`;

type Scene = { doctor: Doctor; bookings: { id: number; by: Rusher }[]; line: number[] };

/** A doctor whose places are all taken, with ten who wait. */
async function aFullDoctor({ t }: Rush, places: number): Promise<Scene> {
  const to = `${17 + Math.floor(places / 4)}:${String((places % 4) * 15).padStart(2, '0')}`;
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to, horizonDays: 3 }] });
  const people = await someRushers(t, places + 10);
  const bookings: Scene['bookings'] = [];
  for (const [index, by] of people.slice(0, places).entries()) {
    const body = { ...visitOf(doctor), startsAt: startsAt(index) };
    bookings.push({ id: (await t.call(bookAppointment, { body }, by)).id, by });
  }
  const line: number[] = [];
  for (const by of people.slice(places))
    line.push((await t.call(joinWaitlist, { body: visitOf(doctor) }, by)).id);
  return { doctor, bookings, line };
}

/** Fifty who want the first place, twice each, in a burst. */
const rushFor = (on: Rush, doctor: Doctor, people: readonly Rusher[]): Promise<Answer[]> =>
  on.send([...people, ...people].map((by) => ({ by, body: { ...visitOf(doctor), startsAt: startsAt(0) } })));

/** Whom a doctor's live claims at that time are for: entries of the waitlist, null for a booking. */
async function holders({ t }: Rush, { doctorId }: Doctor, index = 0): Promise<(number | null)[]> {
  const { rows } = await t.deps.pool.query<{ offered_to: number | null }>(
    `select offered_to from appointments
     where doctor_id = $1 and lower(period) = $2 and status not in ('cancelled', 'no_show', 'expired') order by id`,
    [doctorId, startsAt(index)],
  );
  return rows.map((row) => row.offered_to);
}

const cancelling = ({ bookings: [booking] }: Scene) => {
  if (!booking) throw new Error('nobody has booked');
  return { by: booking.by, path: `/appointments/${booking.id}/cancellation`, body: {} };
};

test('control: where the line is only looked at after a cancellation, somebody rushes in, and this race sees it', async () => {
  const people = await someRushers(rush.t, 50);
  let snatched = 0;
  for (let round = 0; round < 50 && snatched === 0; round++) {
    const scene = await aFullDoctor(rush, 1);
    const [answers] = await Promise.all([
      rushFor(rush, scene.doctor, people),
      setStatus(rush.t, scene.bookings[0]?.id ?? 0, 'cancelled').then(() => offerToAll(rush.t.deps)),
    ]);
    snatched += outcomes(answers)['201'] ?? 0;
    const [holder] = await holders(rush, scene.doctor);
    expect(holder === null).toBe(snatched > 0);
  }
  console.log(`control: ${snatched} snatched`);
  expect(snatched).toBeGreaterThan(0);
});

test('fifty rush for a cancelled place while ten wait: the first in line gets the offer, and nobody else', async () => {
  const people = await someRushers(rush.t, 50);
  const rounds = 20;
  const answers: Answer[] = [];
  for (let round = 0; round < rounds; round++) {
    const scene = await aFullDoctor(rush, 1);
    const half = people.slice(0, 25);
    const [early, cancelled, late] = await Promise.all([
      rushFor(rush, scene.doctor, half),
      rush.send([cancelling(scene)]),
      rushFor(rush, scene.doctor, people.slice(25)),
    ]);
    expect(outcomes(cancelled)).toEqual({ '201': 1 });
    expect(await holders(rush, scene.doctor)).toEqual([scene.line[0]]);
    answers.push(...early, ...late);
  }
  console.log(`rush: ${JSON.stringify(outcomes(answers))}`);
  expect(outcomes(answers)).toEqual({ slot_taken: rounds * 100 });
  expect(await deadlocks(rush.t)).toBe(0);
});

test('an offer that runs out goes down the line while fifty rush for its place', async () => {
  const people = await someRushers(rush.t, 50);
  const scene = await aFullDoctor(rush, 1);
  await rush.send([cancelling(scene)]);
  const answers: Answer[] = [];
  for (const next of scene.line.slice(1)) {
    rush.t.clock.set(await endOfOffer(scene.doctor));
    const fresh = await Promise.all(people.map((by) => renew(by)));
    const [rushed] = await Promise.all([rushFor(rush, scene.doctor, fresh), offerToAll(rush.t.deps)]);
    expect(await holders(rush, scene.doctor)).toEqual([next]);
    answers.push(...rushed);
  }
  expect(outcomes(answers)).toEqual({ slot_taken: 900 });
});

async function endOfOffer({ doctorId }: Doctor): Promise<string> {
  const { offered_until } = await rush.t.db
    .selectFrom('appointments')
    .select('offered_until')
    .where('doctor_id', '=', doctorId)
    .where('status', '=', 'held')
    .executeTakeFirstOrThrow();
  return String(offered_until);
}

/** A token of the same sign-in that is good from now on. */
const renew = async (by: Rusher): Promise<Rusher> => {
  const signIn = await rush.t.db
    .selectFrom('sign_ins')
    .select('id')
    .where('user_id', '=', by.userId)
    .executeTakeFirstOrThrow();
  const actor = { userId: by.userId, userType: 'patient', signInId: signIn.id } as const;
  return { ...by, accessToken: await rush.t.deps.tokens.sign(actor, rush.t.clock.now()) };
};

/** Eight rounds of one doctor's line at once, as eight workers would run them. */
const rounds = ({ t }: Rush, { doctorId }: Doctor) =>
  Promise.allSettled(
    Array.from({ length: 8 }, () =>
      t.db.transaction().execute((tx) => offerPlaces(tx, { doctorId }, t.clock.now())),
    ),
  );

async function freeTwoPlaces(on: Rush): Promise<Scene> {
  const scene = await aFullDoctor(on, 4);
  for (const { id } of scene.bookings.slice(0, 2)) await setStatus(on.t, id, 'cancelled');
  return scene;
}

const offersIn = async (on: Rush, { doctor }: Scene): Promise<(number | null)[]> =>
  [...(await holders(on, doctor, 0)), ...(await holders(on, doctor, 1))].toSorted(
    (a, b) => (a ?? 0) - (b ?? 0),
  );

test('control: rounds that do not take turns, on claims that nothing checks, offer a place many times', async () => {
  let most = 0;
  for (let round = 0; round < 5 && most <= 2; round++) {
    const scene = await freeTwoPlaces(faulty);
    await rounds(faulty, scene.doctor);
    most = Math.max(most, (await offersIn(faulty, scene)).length);
  }
  console.log(`control: ${most} offers of two places`);
  expect(most).toBeGreaterThan(2);
});

test('eight rounds at once offer two places to the first two, once each', async () => {
  for (let round = 0; round < 10; round++) {
    const scene = await freeTwoPlaces(rush);
    const done = await rounds(rush, scene.doctor);
    expect(done.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'fulfilled'));
    expect(await offersIn(rush, scene)).toEqual(scene.line.slice(0, 2));
  }
  expect(await deadlocks(rush.t)).toBe(0);
});
