import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { createSchedule, createVisitType, endSchedule, listSchedules } from '../../src/contract/schedules.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { aChamber, aDoctor, anAdmin, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { lockWaits } from '../harness/lock-waits.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let admin: { accessToken: string };

beforeAll(async () => {
  t = await startApp();
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

const as = async ({ doctorId }: Doctor) => ({ accessToken: await signedIn(t, { userId: doctorId }) });

type ScheduleBody = RouteInput<typeof createSchedule>['body'];

const add = (doctor: Doctor, by: { accessToken: string }, more: Partial<ScheduleBody> = {}) =>
  t.call(
    createSchedule,
    {
      params: { id: doctor.doctorId },
      body: {
        chamberId: doctor.chamberId,
        weekday: 5,
        from: '17:00',
        to: '18:00',
        mode: 'timed',
        slotMinutes: 15,
        ...more,
      },
    },
    by,
  );
const end = (doctor: Doctor, scheduleId: number, by: { accessToken: string }) =>
  t.call(endSchedule, { params: { id: doctor.doctorId, scheduleId } }, by);

test('hours are added, listed and ended', async () => {
  const doctor = await aDoctor(t, { hours: [] });
  const by = await as(doctor);
  const { schedule } = await add(doctor, by, { mode: 'serial', capacity: 20, validFrom: '2026-11-06' });
  expect(schedule).toEqual({
    id: expect.any(Number),
    chamberId: doctor.chamberId,
    weekday: 5,
    from: '17:00',
    to: '18:00',
    validFrom: '2026-11-06',
    validUntil: null,
    mode: 'serial',
    slotMinutes: 15,
    capacity: 20,
    quotas: null,
    quotaReleaseMinutes: null,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 30,
    horizonDays: 30,
    version: expect.any(Number),
  });
  expect((await t.call(listSchedules, { params: { id: doctor.doctorId } }, by)).items).toEqual([schedule]);
  await end(doctor, schedule.id, by);
  expect((await t.call(listSchedules, { params: { id: doctor.doctorId } }, by)).items).toEqual([]);
  await refused(end(doctor, schedule.id, by), 'not_found');
});

test('hours that make no sense are refused', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  for (const [change, field] of [
    [{ weekday: 0 }, 'weekday'],
    [{ weekday: 8 }, 'weekday'],
    [{ from: '24:00' }, 'from'],
    [{ to: '17:60' }, 'to'],
    [{ to: '17:00' }, 'to'],
    [{ mode: 'serial' }, 'capacity'],
    [{ capacity: 5 }, 'capacity'],
    [{ mode: 'serial', capacity: 501 }, 'capacity'],
    [{ slotMinutes: 0 }, 'slotMinutes'],
    [{ validFrom: '2026-12-01', validUntil: '2026-11-30' }, 'validUntil'],
    [{ validFrom: '9999-12-31' }, 'validFrom'],
    [{ validFrom: '0000-01-01' }, 'validFrom'],
    [{ bufferBeforeMinutes: -1 }, 'bufferBeforeMinutes'],
    [{ noticeMinutes: 43_201 }, 'noticeMinutes'],
    [{ horizonDays: 0 }, 'horizonDays'],
    [{ chamberId: 2_000_000_000 }, 'chamberId'],
  ] as const)
    expect(await refusedFields(add(doctor, by, change)), JSON.stringify(change)).toEqual([field]);
  await refused(add({ ...doctor, doctorId: 2_000_000_000 }, admin), 'not_found');
  expect((await add(doctor, by, { validFrom: '2199-12-30' })).schedule.validFrom).toBe('2199-12-30');
});

test('a doctor cannot be in two chambers at once', async () => {
  const doctor = await aDoctor(t, { hours: [{ weekday: 5, from: '17:00', to: '18:00' }] });
  const by = await as(doctor);
  const elsewhere = await aChamber(t);
  for (const times of [
    { from: '17:00', to: '18:00' },
    { from: '16:00', to: '17:01' },
    { from: '17:59', to: '19:00' },
    { weekday: 4, from: '22:00', to: '17:30' },
  ])
    for (const chamberId of [elsewhere, doctor.chamberId])
      await refused(add(doctor, by, { ...times, chamberId }), 'schedule_overlap');
  await add(doctor, by, { chamberId: elsewhere, from: '18:00', to: '19:00' });
  await add(doctor, by, { chamberId: elsewhere, from: '16:00', to: '17:00' });
  await add(doctor, by, { chamberId: elsewhere, weekday: 6 });
});

test('hours in another zone are compared as instants', async () => {
  const doctor = await aDoctor(t, { hours: [{ weekday: 5, from: '17:00', to: '18:00' }] });
  const by = await as(doctor);
  const london = await aChamber(t, { timeZone: 'Europe/London' });
  await refused(add(doctor, by, { chamberId: london, from: '11:00', to: '12:00' }), 'schedule_overlap');
  // An hour apart in winter, but not once London has moved its clocks.
  await refused(add(doctor, by, { chamberId: london, from: '12:00', to: '13:00' }), 'schedule_overlap');
  await add(doctor, by, { chamberId: london, from: '13:00', to: '14:00' });
});

test('dated hours overlap only on their dates', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 5, from: '17:00', to: '18:00', validFrom: '2026-11-01', validUntil: '2026-12-31' }],
  });
  const by = await as(doctor);
  const elsewhere = await aChamber(t);
  await add(doctor, by, { chamberId: elsewhere, validFrom: '2027-01-01' });
  await refused(add(doctor, by, { chamberId: elsewhere, validFrom: '2026-12-01' }), 'schedule_overlap');
  // Begun long ago, and still in the way today.
  await refused(
    add(doctor, by, { chamberId: elsewhere, validFrom: '2020-01-01', validUntil: '2026-12-31' }),
    'schedule_overlap',
  );
});

test('two hours added at once do not overlap', async () => {
  const doctor = await aDoctor(t, { hours: [] });
  const by = await as(doctor);
  const chambers = await Promise.all(Array.from({ length: 8 }, () => aChamber(t)));
  const answers = await Promise.allSettled(chambers.map((chamberId) => add(doctor, by, { chamberId })));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
});

test('hours are not ended while appointments stand in them; afterwards new hours take their room', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  const [scheduleId = 0] = doctor.scheduleIds;
  const patient = await aSignedInPatient(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const body = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
  const booked = await t.call(bookAppointment, { body }, patient);
  const problem = await refused(end(doctor, scheduleId, by), 'appointments_stranded');
  expect(problem.appointments).toEqual([booked.id]);
  await t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, patient);
  await end(doctor, scheduleId, by);
  await refused(t.call(bookAppointment, { body }, patient), 'outside_hours');
  const elsewhere = await aChamber(t);
  const there = await t.call(
    createVisitType,
    { params: { id: doctorId }, body: { chamberId: elsewhere, kind: 'new', minutes: 15, fee: '900' } },
    by,
  );
  await add(doctor, by, { chamberId: elsewhere, weekday: 1, from: '17:00', to: '18:00' });
  const again = await t.call(
    bookAppointment,
    { body: { ...body, chamberId: elsewhere, visitTypeId: there.visitType.id } },
    patient,
  );
  expect(again.chamber.id).toBe(elsewhere);
});

test('appointments that are over do not hold hours back', async () => {
  const doctor = await aDoctor(t);
  const [scheduleId = 0] = doctor.scheduleIds;
  const { doctorId, chamberId, visitTypeId } = doctor;
  const body = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
  await t.call(bookAppointment, { body }, await aSignedInPatient(t));
  t.clock.set('2026-11-02T17:14:00+06:00');
  await refused(end(doctor, scheduleId, await as(doctor)), 'appointments_stranded');
  t.clock.set('2026-11-02T17:15:00+06:00');
  await end(doctor, scheduleId, await as(doctor));
  t.clock.set(aMonday);
});

test('to other doctors a doctor’s set-up does not exist, an admin arranges everybody’s', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const [scheduleId = 0] = doctor.scheduleIds;
  const params = { id: doctor.doctorId };
  const stranger = await as(other);
  await refused(add(doctor, stranger), 'not_found');
  await refused(end(doctor, scheduleId, stranger), 'not_found');
  await refused(t.call(listSchedules, { params }, stranger), 'not_found');
  await refused(end(other, scheduleId, stranger), 'not_found');
  await add(doctor, admin);
  expect((await t.call(listSchedules, { params }, admin)).items).toHaveLength(2);
  await end(doctor, scheduleId, admin);
});

test('hours that end under a booking refuse it and leave no session in the way of new hours', async () => {
  const doctor = await aDoctor(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const patient = await aSignedInPatient(t);
  const body = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
  // Jobs wait for each other, and would be taken for the booking.
  await jobsDone(t);
  const ending = await t.deps.pool.connect();
  try {
    await ending.query('begin');
    await ending.query('update schedules set ended_at = now(), version = version + 1 where doctor_id = $1', [
      doctorId,
    ]);
    // The booking has read the hours as they were and now waits for the one who ends them.
    const booking = refused(t.call(bookAppointment, { body }, patient), 'outside_hours');
    await expect.poll(() => lockWaits(t)).toBe(1);
    await ending.query('commit');
    await booking;
  } finally {
    ending.release();
  }
  const sessions = await t.db.selectFrom('sessions').select('id').where('doctor_id', '=', doctorId).execute();
  expect(sessions).toEqual([]);
  await add(doctor, await as(doctor), { weekday: 1 });
  expect((await t.call(bookAppointment, { body }, patient)).status).toBe('confirmed');
});
