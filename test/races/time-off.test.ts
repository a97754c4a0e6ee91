import { afterAll, beforeAll, expect, test } from 'vitest';
import { figure } from '../faults/figures.ts';
import { aDoctor, anAdmin, signedIn, type Doctor } from '../harness/builders.ts';
import { deadlocks, outcomes, someRushers, startRush, type Answer, type Rush, type Rusher } from './rush.ts';

const rushes = figure({ usual: 120, full: 400 });

let rush: Rush;
let admin: Rusher;

beforeAll(async () => {
  rush = await startRush({ connections: 100 });
  const { userId } = await anAdmin(rush.t);
  admin = { userId, patientId: 0, accessToken: await signedIn(rush.t, { userId }) };
});
afterAll(() => rush.close());

const aBusyDoctor = () => aDoctor(rush.t, { hours: [{ weekday: 1, from: '17:00', to: '20:00' }] });

const bookings = ({ doctorId, chamberId, visitTypeId }: Doctor, people: readonly Rusher[]) =>
  people.map((by, index) => ({
    by,
    body: {
      doctorId,
      chamberId,
      visitTypeId,
      startsAt: `2026-11-02T1${7 + Math.floor(index / 4)}:${['00', '15', '30', '45'][index % 4]}:00+06:00`,
    },
  }));

/** Live appointments on a day their doctor is away, or that is a holiday. */
async function broken(): Promise<number> {
  const { rows } = await rush.t.deps.pool.query<{ count: number }>(
    `select count(*) from appointments a
     where a.status = 'confirmed' and exists (
       select from exceptions e
       where e.ended_at is null and (e.doctor_id = a.doctor_id or e.doctor_id is null)
         and left(a.promised_local, 10) between e.from_local and e.until_local)`,
  );
  return rows[0]?.count ?? 0;
}

/** The planted fault: looks whether the doctor is away, then books; looks who is booked, then goes away. */
async function runNaiveRace(doctor: Doctor, people: readonly Rusher[]): Promise<void> {
  const { pool } = rush.t.deps;
  const { doctorId, chamberId, visitTypeId } = doctor;
  const { rows } = await pool.query<{ id: number }>(
    `insert into sessions (schedule_id, doctor_id, chamber_id, date, period, mode)
     values ($1, $2, $3, '2026-11-02', '[2026-11-02 17:00+06,2026-11-02 20:00+06)', 'timed') returning id`,
    [doctor.scheduleIds[0], doctorId, chamberId],
  );
  const book = async ({ patientId }: Rusher, index: number) => {
    const away = await pool.query('select from exceptions where doctor_id = $1', [doctorId]);
    if (away.rowCount !== 0) return;
    await pool.query(
      `insert into appointments (session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel, status,
         period, occupied, promised_local, time_zone, fee, created_at)
       select $1, $2, $3, $4, $5, $2, 'online', 'confirmed', place, place, '2026-11-02T17:00:00', 'Asia/Dhaka', 1, now()
       from (select tstzrange(start, start + interval '15 minutes') as place
             from (select timestamptz '2026-11-02 17:00+06' + $6::int * interval '15 minutes' as start) first) chosen`,
      [rows[0]?.id, doctorId, chamberId, patientId, visitTypeId, index],
    );
  };
  const leave = async () => {
    const standing = await pool.query('select from appointments where doctor_id = $1', [doctorId]);
    if (standing.rowCount === 0)
      await pool.query(
        `insert into exceptions (kind, doctor_id, from_local, until_local, created_at)
         values ('time_off', $1, '2026-11-02', '2026-11-02', now())`,
        [doctorId],
      );
  };
  await Promise.all([
    ...people.slice(0, 3).map(book),
    leave(),
    ...people.slice(3).map((by, index) => book(by, index + 3)),
  ]);
}

test('control: a server that looks and then acts breaks promises, and this race sees it', async () => {
  const people = await someRushers(rush.t, 180);
  for (let round = 0; round < 30; round++)
    await runNaiveRace(await aBusyDoctor(), people.slice(round * 6, round * 6 + 6));
  const count = await broken();
  console.log(`control: ${count} appointments on days off`);
  expect(count).toBeGreaterThan(0);
  await rush.t.deps.pool.query('delete from appointments; delete from sessions; delete from exceptions');
});

test(
  `time off set during ${rushes} rushes: refused, or everybody moved or cancelled`,
  { timeout: 900_000 },
  async () => {
    const people = await someRushers(rush.t, rushes * 6);
    const all: Answer[] = [];
    let done = 0;
    for (let round = 0; round < rushes; round++) {
      const doctor = await aBusyDoctor();
      const wishes = bookings(doctor, people.slice(round * 6, round * 6 + 6));
      const decision = ['', '?stranded=move', '?stranded=cancel'][round % 3];
      const leave = {
        by: {
          userId: doctor.doctorId,
          patientId: 0,
          accessToken: await signedIn(rush.t, { userId: doctor.doctorId }),
        },
        path: `/doctors/${doctor.doctorId}/exceptions${decision}`,
        body: { kind: 'time_off', from: '2026-11-02', until: '2026-11-02' },
      };
      const middle = round % 7;
      const answers = await rush.send([...wishes.slice(0, middle), leave, ...wishes.slice(middle)]);
      all.push(...answers);
      if (answers[middle]?.status === 201) done += 1;
    }
    console.log(`${done} of ${rushes} went away; ${JSON.stringify(outcomes(all))}`);
    expect(done).toBeGreaterThan(rushes / 2);
    expect(all.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await broken()).toBe(0);
    expect(await deadlocks(rush.t)).toBe(0);
  },
);

test('a holiday set while eight doctors are booked breaks no promise', async () => {
  const people = await someRushers(rush.t, 480);
  const all: Answer[] = [];
  for (let round = 0; round < 20; round++) {
    const doctors = await Promise.all(Array.from({ length: 8 }, aBusyDoctor));
    const wishes = doctors.flatMap((doctor, index) =>
      bookings(doctor, people.slice(round * 24 + index * 3, round * 24 + index * 3 + 3)),
    );
    const holiday = {
      by: admin,
      path: '/holidays?stranded=move',
      body: { name: 'Eid', nameBn: 'ঈদ', from: '2026-11-02', until: '2026-11-02' },
    };
    const attempts = [...wishes.slice(0, 12), holiday, ...wishes.slice(12)];
    const answers = await rush.send(attempts);
    expect(answers[12]?.status).toBe(201);
    // A holiday of eight doctors takes seconds on a busy machine. Whoever waited too long is told when to ask again, and does.
    const isLate = (answer?: Answer) => answer?.status === 503 && Number(answer.retryAfter) > 0;
    const again = await rush.send(attempts.filter((_, index) => isLate(answers[index])));
    all.push(...answers.filter((answer) => !isLate(answer)), ...again);
    expect(await broken()).toBe(0);
    await rush.t.deps.pool.query(`update exceptions set ended_at = now() where kind = 'holiday'`);
  }
  console.log(JSON.stringify(outcomes(all)));
  expect(all.filter(({ status }) => status >= 500)).toEqual([]);
  expect(await deadlocks(rush.t)).toBe(0);
});
