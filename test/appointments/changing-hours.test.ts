import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { createSchedule, endSchedule } from '../../src/contract/schedules.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { setStatus } from '../harness/appointments.ts';
import { aDoctor, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

// The harness's present is Monday 2 November 2026, 10:00 in Dhaka; aDoctor sits on Mondays 17:00 to 18:00.
let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const asDoctor = async (doctor: Doctor) => ({ accessToken: await signedIn(t, { userId: doctor.doctorId }) });

async function bookMonday(doctor: Doctor, date: string) {
  const { doctorId, chamberId, visitTypeId } = doctor;
  const patient = await aSignedInPatient(t);
  const body = { doctorId, chamberId, visitTypeId, startsAt: `${date}T17:00:00+06:00` };
  return t.call(bookAppointment, { body }, patient);
}

const dated = (doctor: Doctor, weekday: number, validFrom: string, validUntil: string) => ({
  params: { id: doctor.doctorId },
  body: {
    chamberId: doctor.chamberId,
    weekday,
    from: '17:00',
    to: '18:00',
    mode: 'timed' as const,
    slotMinutes: 15,
    validFrom,
    validUntil,
  },
});

const sessionsOn = async (doctor: Doctor, date: string) =>
  (await t.call(getAvailability, { params: { id: doctor.doctorId }, query: { from: date, to: date } }))
    .days[0]?.sessions ?? [];

test('dated hours that would switch off hours with appointments in them are refused, and nothing changes', async () => {
  const doctor = await aDoctor(t);
  await bookMonday(doctor, '2026-11-09');
  const by = await asDoctor(doctor);
  const body = await refused(
    t.call(createSchedule, dated(doctor, 3, '2026-11-08', '2026-11-14'), by),
    'appointments_stranded',
  );
  expect(body.appointments).toHaveLength(1);
  expect(await sessionsOn(doctor, '2026-11-09')).toHaveLength(1);
  // Dates without appointments are free to change.
  await t.call(createSchedule, dated(doctor, 3, '2026-11-15', '2026-11-21'), by);
  expect(await sessionsOn(doctor, '2026-11-16')).toHaveLength(0);
  expect(await sessionsOn(doctor, '2026-11-18')).toHaveLength(1);
  expect(await sessionsOn(doctor, '2026-11-23')).toHaveLength(1);
});

test('a verdict from before a change of other hours does not book', async () => {
  const doctor = await aDoctor(t);
  const version = async () =>
    (
      await t.db
        .selectFrom('schedules')
        .select('version')
        .where('id', '=', doctor.scheduleIds[0] ?? 0)
        .executeTakeFirstOrThrow()
    ).version;
  const before = await version();
  await t.call(createSchedule, dated(doctor, 3, '2026-11-15', '2026-11-21'), await asDoctor(doctor));
  // A claim is made under the version of its verdict.
  expect(await version()).toBeGreaterThan(before);
});

test('an empty session makes room for dated hours and opens again after them', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const { id, liveUrl } = await bookMonday(doctor, '2026-11-09');
  expect(id).toBeGreaterThan(0);
  await t.inject({
    method: 'POST',
    url: `/api/v1/live/${liveUrl.slice('/a/'.length)}/cancellation`,
    payload: {},
  });
  const { schedule } = await t.call(createSchedule, dated(doctor, 1, '2026-11-08', '2026-11-14'), by);
  // The dated session takes the very hours that the first one's row still held.
  const second = await bookMonday(doctor, '2026-11-09');
  await setStatus(t, second.id, 'cancelled');
  await t.call(endSchedule, { params: { id: doctor.doctorId, scheduleId: schedule.id } }, by);
  expect((await bookMonday(doctor, '2026-11-09')).status).toBe('confirmed');
});
