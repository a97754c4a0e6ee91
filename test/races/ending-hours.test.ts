import { afterAll, beforeAll, expect, test } from 'vitest';
import { figure } from '../faults/figures.ts';
import { aDoctor, someHours, signedIn, type Doctor } from '../harness/builders.ts';
import { deadlocks, outcomes, someRushers, startRush, type Answer, type Rush, type Rusher } from './rush.ts';

const rushes = figure({ usual: 200, full: 600 });

let rush: Rush;

beforeAll(async () => {
  rush = await startRush({ connections: 100 });
});
afterAll(() => rush.close());

type Race = { doctor: Doctor; scheduleId: number; asDoctor: Rusher };

async function prepare(on: Rush): Promise<Race> {
  const doctor = await aDoctor(on.t, { hours: [{ weekday: 1, from: '17:00', to: '20:00' }] });
  const accessToken = await signedIn(on.t, { userId: doctor.doctorId });
  const [scheduleId = 0] = doctor.scheduleIds;
  return { doctor, scheduleId, asDoctor: { userId: doctor.doctorId, patientId: 0, accessToken } };
}

/** Six patients book while the doctor ends the hours, which is sent in the middle of them. */
async function runRace(
  on: Rush,
  { doctor, scheduleId, asDoctor }: Race,
  people: readonly Rusher[],
): Promise<Answer[]> {
  const { doctorId, chamberId, visitTypeId } = doctor;
  const bookings = people.map((by, index) => ({
    by,
    body: {
      doctorId,
      chamberId,
      visitTypeId,
      startsAt: `2026-11-02T1${7 + Math.floor(index / 4)}:${['00', '15', '30', '45'][index % 4]}:00+06:00`,
    },
  }));
  const end = {
    by: asDoctor,
    method: 'DELETE' as const,
    path: `/doctors/${doctorId}/schedules/${scheduleId}`,
  };
  const middle = scheduleId % (people.length + 1);
  return on.send([...bookings.slice(0, middle), end, ...bookings.slice(middle)]);
}

/** Live appointments in hours that have ended. */
async function stranded(): Promise<number> {
  const { rows } = await rush.t.deps.pool.query<{ count: number }>(
    `select count(*) from appointments a join sessions s on s.id = a.session_id
     join schedules r on r.id = s.schedule_id
     where a.status = 'confirmed' and r.ended_at is not null`,
  );
  return rows[0]?.count ?? 0;
}

/** Sessions that were left open by hours that have ended: they would stand in the way of new hours. */
async function orphans(): Promise<number> {
  const { rows } = await rush.t.deps.pool.query<{ count: number }>(
    `select count(*) from sessions s join schedules r on r.id = s.schedule_id
     where s.status = 'open' and r.ended_at is not null`,
  );
  return rows[0]?.count ?? 0;
}

/** The planted fault: looks, then books; looks, then ends; no lock and no second look. */
async function runNaiveRace({ doctor, scheduleId }: Race, people: readonly Rusher[]): Promise<void> {
  const { pool } = rush.t.deps;
  const { doctorId, chamberId, visitTypeId } = doctor;
  const { rows } = await pool.query<{ id: number }>(
    `insert into sessions (schedule_id, doctor_id, chamber_id, date, period, mode)
     values ($1, $2, $3, '2026-11-02', '[2026-11-02 17:00+06,2026-11-02 20:00+06)', 'timed') returning id`,
    [scheduleId, doctorId, chamberId],
  );
  const book = async ({ patientId }: Rusher, index: number) => {
    const open = await pool.query('select from schedules where id = $1 and ended_at is null', [scheduleId]);
    if (open.rowCount === 0) return;
    await pool.query(
      `insert into appointments (session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel, status,
         period, occupied, promised_local, time_zone, fee, created_at)
       select $1, $2, $3, $4, $5, $2, 'online', 'confirmed', place, place, 'x', 'Asia/Dhaka', 1, now()
       from (select tstzrange(start, start + interval '15 minutes') as place
             from (select timestamptz '2026-11-02 17:00+06' + $6::int * interval '15 minutes' as start) first) chosen`,
      [rows[0]?.id, doctorId, chamberId, patientId, visitTypeId, index],
    );
  };
  const end = async () => {
    const standing = await pool.query('select from appointments where session_id = $1', [rows[0]?.id]);
    if (standing.rowCount === 0)
      await pool.query('update schedules set ended_at = now() where id = $1', [scheduleId]);
  };
  await Promise.all([
    ...people.slice(0, 3).map(book),
    end(),
    ...people.slice(3).map((by, index) => book(by, index + 3)),
  ]);
}

test('control: a server that looks and then books strands appointments, and this race sees it', async () => {
  const people = await someRushers(rush.t, 180);
  for (let round = 0; round < 30; round++)
    await runNaiveRace(await prepare(rush), people.slice(round * 6, round * 6 + 6));
  const count = await stranded();
  console.log(`control: ${count} appointments stranded`);
  expect(count).toBeGreaterThan(0);
  await rush.t.deps.pool.query('delete from appointments; delete from sessions');
});

test(
  `hours ended during ${rushes} rushes strand nobody, and make room for new hours`,
  { timeout: 900_000 },
  async () => {
    const people = await someRushers(rush.t, rushes * 6);
    const all: Answer[] = [];
    let ended = 0;
    for (let round = 0; round < rushes; round++) {
      const race = await prepare(rush);
      const answers = await runRace(rush, race, people.slice(round * 6, round * 6 + 6));
      all.push(...answers);
      if (!answers.some(({ status }) => status === 204)) continue;
      ended += 1;
      if (round % 4 > 0) continue;
      const { doctorId, chamberId, visitTypeId } = race.doctor;
      await someHours(rush.t, { doctorId, chamberId, weekday: 1, from: '17:00', to: '18:00' });
      const [by] = people.slice(round * 6);
      if (!by) throw new Error('nobody is left');
      const body = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
      expect(outcomes(await rush.send([{ by, body }]))).toEqual({ '201': 1 });
    }
    console.log(`${ended} of ${rushes} hours ended; ${JSON.stringify(outcomes(all))}`);
    expect(ended).toBeGreaterThan(0);
    expect(all.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await stranded()).toBe(0);
    expect(await orphans()).toBe(0);
    expect(await deadlocks(rush.t)).toBe(0);
  },
);
