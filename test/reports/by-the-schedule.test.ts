import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { getNotificationSettings } from '../../src/contract/notifications.ts';
import { getMonthlyReport, makeMonthlyReport } from '../../src/contract/reports.ts';
import { publishDue } from '../../src/reports/monthly/publish-due.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { setStatus } from '../harness/appointments.ts';
import { aDoctor, aPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { anotherDesk, expectRowsToSum, scheduleRuns, setCurrency, someVisits } from './visits.ts';

let t: TestApp;
let patientId: number;
beforeAll(async () => {
  t = await startApp();
  ({ patientId } = await aPatient(t));
});
afterAll(() => t.close());

// Every test has years of its own, in which the schedule has run before.
let year = 2019;
beforeEach(async () => {
  year += 2;
  t.clock.set(`${year}-01-01T02:00:00+06:00`);
  await aDoctor(t);
  await scheduleRuns(t);
});

const dhaka = (local: string) => `${year}-${local}:00+06:00`;

async function aDoctorSeeing(...days: string[]): Promise<Doctor & { ids: number[] }> {
  const doctor = await aDoctor(t);
  const ids = await someVisits(
    t,
    doctor,
    days.map((day) => ({ at: dhaka(`${day}T17:00`), patientId, status: 'completed', fee: '500.50' })),
  );
  await t.db
    .updateTable('users')
    .set({ email: `doctor${doctor.doctorId}@example.com`, language: 'en' })
    .where('id', '=', doctor.doctorId)
    .execute();
  return { ...doctor, ids };
}

type Kept = { month: number; version: number; made_by: number | null; appointments: number };

async function reportsOf({ doctorId }: { doctorId: number }): Promise<Kept[]> {
  const { rows } = await t.deps.pool.query<Kept>(
    `select month, version, made_by, appointments from monthly_reports where doctor_id = $1 order by year, month, version`,
    [doctorId],
  );
  return rows;
}

/** Months and versions that the ledger has for a doctor, by channel. */
async function toldOf({ doctorId }: { doctorId: number }): Promise<string[]> {
  await jobsDone(t);
  const { rows } = await t.deps.pool.query<{ told: string }>(
    `select r.month || ' v' || r.version || ' ' || m.channel as told
     from messages m join monthly_reports r on r.id = m.report_id
     where m.user_id = $1 and m.kind = 'monthly_report' order by r.month, r.version, m.channel`,
    [doctorId],
  );
  return rows.map(({ told }) => told);
}

const byAllWays = (which: string) => ['email', 'in_app', 'sms'].map((channel) => `${which} ${channel}`);

test('on the 1st at 02:00, not a minute before, and only for doctors with appointments', async () => {
  const doctor = await aDoctorSeeing('03-02', '03-31');
  const idle = await aDoctorSeeing('04-01');
  t.clock.set(dhaka('04-01T01:59'));
  await scheduleRuns(t);
  expect(await reportsOf(doctor)).toEqual([]);
  t.clock.set(dhaka('04-01T02:00'));
  await scheduleRuns(t);
  expect(await reportsOf(doctor)).toEqual([{ month: 3, version: 1, made_by: null, appointments: 2 }]);
  expect(await reportsOf(idle)).toEqual([]);
  expect(await toldOf(doctor)).toEqual(byAllWays('3 v1'));
  await scheduleRuns(t);
  expect(await reportsOf(doctor)).toHaveLength(1);
  const by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const { report } = await t.call(getMonthlyReport, { query: { year, month: 3 } }, by);
  expect(report).toMatchObject({ closed: true, madeBy: null, earnings: { amount: '1001.00' } });
  await expectRowsToSum(t, report, by);
});

test('after downtime every month that was missed is made up for, and the latest one is news', async () => {
  const doctor = await aDoctorSeeing('03-02', '04-02', '06-02');
  t.clock.set(dhaka('07-19T11:23'));
  await scheduleRuns(t);
  expect((await reportsOf(doctor)).map(({ month }) => month)).toEqual([3, 4, 6]);
  expect(await toldOf(doctor)).toEqual(byAllWays('6 v1'));
});

test('a doctor of two zones gets the report when the month is due in both', async () => {
  const doctor = await aDoctorSeeing('03-02');
  const desk = await anotherDesk(t, doctor, { timeZone: 'Europe/London' });
  const there = { at: `${year}-03-31T23:30:00+01:00`, patientId, status: 'completed', fee: '1' } as const;
  await someVisits(t, desk, [there]);
  t.clock.set(dhaka('04-01T02:00'));
  await scheduleRuns(t);
  expect(await reportsOf(doctor)).toEqual([]);
  t.clock.set(`${year}-04-01T02:00:00+01:00`);
  await scheduleRuns(t);
  expect(await reportsOf(doctor)).toMatchObject([{ month: 3, version: 1, appointments: 2 }]);
});

test('a zone that is a quarter of an hour off is due by its own clock', async () => {
  const desk = await anotherDesk(t, await aDoctorSeeing(), { timeZone: 'Asia/Kathmandu' });
  await someVisits(t, desk, [{ at: dhaka('03-09T17:00'), patientId, status: 'completed', fee: '1' }]);
  t.clock.set(`${year}-04-01T01:45:00+05:45`);
  await scheduleRuns(t);
  expect(await reportsOf(desk)).toEqual([]);
  t.clock.set(`${year}-04-01T02:00:00+05:45`);
  await scheduleRuns(t);
  expect(await reportsOf(desk)).toHaveLength(1);
});

test('two workers at once make one report and send one message', async () => {
  const doctors = await Promise.all(Array.from({ length: 5 }, () => aDoctorSeeing()));
  for (const [index, doctor] of doctors.entries())
    await someVisits(t, doctor, [
      { at: dhaka(`05-02T1${index}:00`), patientId, status: 'completed', fee: '1' },
    ]);
  t.clock.set(dhaka('06-01T02:00'));
  await Promise.all([...Array.from({ length: 4 }, () => publishDue(t.deps, t.clock.now())), scheduleRuns(t)]);
  for (const doctor of doctors) {
    expect(await reportsOf(doctor)).toMatchObject([{ month: 5, version: 1 }]);
    expect(await toldOf(doctor)).toEqual(byAllWays('5 v1'));
  }
});

test('one that the doctor has made before is news all the same, and one that comes to other figures is again', async () => {
  const doctor = await aDoctorSeeing('03-02', '03-03');
  t.clock.set(dhaka('04-01T00:30'));
  const make = async () => {
    const by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
    return t.call(makeMonthlyReport, { body: { year, month: 3 } }, by);
  };
  await make();
  expect(await toldOf(doctor)).toEqual([]);
  t.clock.set(dhaka('04-01T02:00'));
  await scheduleRuns(t);
  expect(await reportsOf(doctor)).toMatchObject([{ version: 1, made_by: doctor.doctorId }]);
  expect(await toldOf(doctor)).toEqual(byAllWays('3 v1'));
  await make();
  expect(await toldOf(doctor)).toEqual(byAllWays('3 v1'));
  await setStatus(t, doctor.ids[0] ?? 0, 'confirmed');
  await make();
  expect(await reportsOf(doctor)).toHaveLength(2);
  // Completed or confirmed: another row, and other counts.
  expect(await toldOf(doctor)).toEqual([...byAllWays('3 v1'), ...byAllWays('3 v2')]);
});

test('a doctor whose month has fees of several currencies holds up nobody else', async () => {
  const mixed = await aDoctorSeeing('03-02', '03-03');
  const doctor = await aDoctorSeeing('03-04');
  await setCurrency(t, mixed.ids[0] ?? 0, 'USD');
  t.clock.set(dhaka('04-01T02:00'));
  await scheduleRuns(t);
  expect(await reportsOf(doctor)).toHaveLength(1);
  expect(await reportsOf(mixed)).toEqual([]);
  expect(await toldOf(mixed)).toEqual([]);
  const lines = t.logs.filter((line) => line.includes('several currencies'));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'warn', doctorId: mixed.doctorId, year, month: 3 },
  ]);
});

test('a new installation makes reports of the months before, and bothers nobody with them', async () => {
  await t.deps.pool.query('delete from monthly_report_runs');
  const doctor = await aDoctorSeeing('03-02');
  t.clock.set(dhaka('04-05T02:00'));
  await scheduleRuns(t);
  expect(await reportsOf(doctor)).toHaveLength(1);
  expect(await toldOf(doctor)).toEqual([]);
});

test('the message names the month and no figure, and leads to its screen', async () => {
  const doctor = await aDoctorSeeing('03-02');
  t.clock.set(dhaka('04-01T02:00'));
  await scheduleRuns(t);
  await jobsDone(t);
  await expect
    .poll(async () => {
      const { rows } = await t.deps.pool.query<{ title: string; text: string; path: string }>(
        'select title, text, path from notifications where user_id = $1',
        [doctor.doctorId],
      );
      return rows;
    })
    .toEqual([
      {
        title: `Your report for March ${year}`,
        text: `Your report for March ${year} is ready.`,
        path: `/en/staff/reports?month=${year}-03`,
      },
    ]);
});

test('only doctors choose how they are told of it', async () => {
  const kinds = async (userId: number) => {
    const by = { accessToken: await signedIn(t, { userId }) };
    return (await t.call(getNotificationSettings, {}, by)).choices.map(({ kind }) => kind);
  };
  expect(await kinds((await aDoctor(t)).doctorId)).toContain('monthly_report');
  expect(await kinds((await aPatient(t)).userId)).not.toContain('monthly_report');
});
