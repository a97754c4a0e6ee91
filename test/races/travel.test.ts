import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import { inAnotherChamber, someTravel } from '../harness/calendar.ts';
import {
  deadlocks,
  doubleBookings,
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
  await dropQueue(faulty.t);
});
afterAll(async () => {
  await rush.close();
  await faulty.close();
});

const travelMinutes = 30;

type Race = { here: Doctor; there: Doctor; serials: Doctor };

/** Half an hour here, then half an hour there, then serials in a third chamber: all of it within reach of each other. */
async function prepare(t: Rush['t']): Promise<Race> {
  const here = await aDoctor(t, { hours: [{ from: '17:00', to: '17:30' }] });
  const there = await inAnotherChamber(t, here, { hours: [{ from: '17:30', to: '18:00' }] });
  const serials = await inAnotherChamber(t, here, {
    hours: [{ from: '18:00', to: '18:30', slotMinutes: 10, capacity: 3 }],
  });
  await someTravel(t, here, travelMinutes);
  return { here, there, serials };
}

/** Six patients at once: two for each chamber. */
function runRace(on: Rush, { here, there, serials }: Race, people: readonly Rusher[]): Promise<Answer[]> {
  const start = (time: string) => ({ startsAt: `2026-11-02T${time}:00+06:00` });
  const serial = { sessionKey: `${serials.scheduleIds[0]}.2026-11-02` };
  const wishes = [
    { at: here, when: start('17:15') },
    { at: there, when: start('17:30') },
    { at: serials, when: serial },
    { at: here, when: start('17:00') },
    { at: there, when: start('17:45') },
    { at: serials, when: serial },
  ];
  return on.send(
    people.flatMap((by, index) => {
      const wish = wishes[index % wishes.length];
      if (!wish) return [];
      const { doctorId, chamberId, visitTypeId } = wish.at;
      return [{ by, body: { doctorId, chamberId, visitTypeId, ...wish.when } }];
    }),
  );
}

/** Pairs of live appointments of one doctor in two chambers that leave less than the way between them. */
async function outOfReach({ t }: Rush): Promise<number> {
  const { rows } = await t.deps.pool.query<{ count: number }>(
    `select count(*) from appointments a
       join appointments b on b.doctor_id = a.doctor_id and b.chamber_id > a.chamber_id
     where a.status = 'confirmed' and b.status = 'confirmed'
       and lower(b.occupied) < upper(a.occupied) + $1 * interval '1 minute'
       and lower(a.occupied) < upper(b.occupied) + $1 * interval '1 minute'`,
    [travelMinutes],
  );
  return rows[0]?.count ?? 0;
}

test('control: without the doctor’s queue visits are booked out of reach of each other, and this race sees it', async () => {
  const people = await someRushers(faulty.t, 180);
  for (let round = 0; round < 30; round++)
    await runRace(faulty, await prepare(faulty.t), people.slice(round * 6, round * 6 + 6));
  const count = await outOfReach(faulty);
  console.log(`control: ${count} pairs out of reach`);
  expect(count).toBeGreaterThan(0);
});

test('in 200 rushes on three chambers at once the doctor can always get from one visit to the next', async () => {
  const people = await someRushers(rush.t, 1_200);
  const all: Answer[] = [];
  for (let round = 0; round < 200; round++) {
    const answers = await runRace(rush, await prepare(rush.t), people.slice(round * 6, round * 6 + 6));
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    all.push(...answers);
  }
  console.log(JSON.stringify(outcomes(all)));
  expect(all.filter(({ status }) => status >= 500)).toEqual([]);
  expect(await outOfReach(rush)).toBe(0);
  expect(await doubleBookings(rush.t)).toBe(0);
  expect(await deadlocks(rush.t)).toBe(0);
});
