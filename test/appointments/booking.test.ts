import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment, getAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import {
  aDoctor,
  aFamilyMember,
  anAdmin,
  aPatient,
  aSignedInPatient,
  signedIn,
  someHours,
  type Doctor,
} from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
const links: string[] = [];

beforeAll(async () => {
  t = await startApp();
});
afterAll(async () => {
  await expectNoPersonalData(t, links);
  await t.close();
});

type Wish = Partial<RouteInput<typeof bookAppointment>['body']>;

/** Five o'clock on the test's Monday, unless the wish says otherwise. */
async function book(doctor: Doctor, by: { accessToken: string }, wish: Wish = {}) {
  const { doctorId, chamberId, visitTypeId } = doctor;
  const when = wish.sessionKey === undefined ? { startsAt: '2026-11-02T17:00:00+06:00' } : {};
  const booked = await t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, ...when, ...wish } },
    by,
  );
  links.push(booked.liveUrl);
  return booked;
}

const cancel = (id: number, by: { accessToken: string }) =>
  t.call(cancelAppointment, { params: { id }, body: {} }, by);

test('a booking says what, where, when, for whom and for how much', async () => {
  const doctor = await aDoctor(t, { fullName: 'Farhana Yasmin', nameBn: 'ফারহানা ইয়াসমিন', fee: '850.50' });
  const patient = await aPatient(t, { fullName: 'Karim Sheikh' });
  const accessToken = await signedIn(t, patient);
  const booked = await book(doctor, { accessToken }, { notes: '  jaw pain since Friday ' });
  expect(booked).toEqual({
    id: expect.any(Number),
    reference: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/),
    status: 'confirmed',
    mode: 'timed',
    period: { start: '2026-11-02T17:00:00+06:00', end: '2026-11-02T17:15:00+06:00' },
    timeZone: 'Asia/Dhaka',
    fee: { amount: '850.50', currency: 'BDT' },
    visitTypeId: doctor.visitTypeId,
    visitKind: 'new',
    doctor: {
      id: doctor.doctorId,
      fullName: 'Farhana Yasmin',
      nameBn: 'ফারহানা ইয়াসমিন',
      slug: 'farhana-yasmin',
    },
    chamber: {
      id: doctor.chamberId,
      fullName: expect.stringMatching(/^Popular Chamber/),
      nameBn: null,
      address: 'House 16, Road 2',
      addressBn: null,
      phone: null,
    },
    channel: 'online',
    overbooked: false,
    patient: { id: patient.patientId, fullName: 'Karim Sheikh' },
    notes: 'jaw pain since Friday',
    expiresAt: null,
    deposit: null,
    cancelUntil: '2026-11-02T17:00:00+06:00',
    rescheduleUntil: '2026-11-02T17:00:00+06:00',
    reschedulesLeft: 3,
    liveUrl: expect.stringMatching(/^\/a\/[\w-]{30}$/),
    version: 1,
    createdAt: aMonday,
  });
  expect(await t.call(getAppointment, { params: { id: booked.id } }, { accessToken })).toEqual(booked);
});

test('the database keeps who, when, the promised wall time, and a first history row', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const { id } = await book(doctor, patient);
  const row = await t.db
    .selectFrom('appointments as a')
    .innerJoin('sessions as s', 's.id', 'a.session_id')
    .select([
      'a.status',
      'a.version',
      'a.booked_by',
      'a.patient_id',
      'a.channel',
      'a.promised_local',
      'a.time_zone',
    ])
    .select(['s.schedule_id', 's.date', 's.status as session_status'])
    .where('a.id', '=', id)
    .executeTakeFirstOrThrow();
  expect(row).toEqual({
    status: 'confirmed',
    version: 1,
    booked_by: patient.userId,
    patient_id: patient.patientId,
    channel: 'online',
    promised_local: '2026-11-02T17:00:00',
    time_zone: 'Asia/Dhaka',
    schedule_id: doctor.scheduleIds[0],
    date: '2026-11-02',
    session_status: 'open',
  });
  const history = await t.db
    .selectFrom('appointment_history')
    .select(['version', 'from_status', 'to_status', 'by_user', 'at', 'reason'])
    .where('appointment_id', '=', id)
    .execute();
  expect(history).toEqual([
    {
      version: 1,
      from_status: null,
      to_status: 'confirmed',
      by_user: patient.userId,
      at: t.clock.now(),
      reason: null,
    },
  ]);
});

test('a taken time is refused with the next free ones', async () => {
  const doctor = await aDoctor(t);
  await book(doctor, await aSignedInPatient(t));
  await book(doctor, await aSignedInPatient(t), { startsAt: '2026-11-02T17:30:00+06:00' });
  const problem = await refused(book(doctor, await aSignedInPatient(t)), 'slot_taken');
  expect(problem.alternatives).toEqual([
    { startsAt: '2026-11-02T17:15:00+06:00' },
    { startsAt: '2026-11-02T17:45:00+06:00' },
    { startsAt: '2026-11-09T17:00:00+06:00' },
  ]);
  const again = await book(doctor, await aSignedInPatient(t), {
    startsAt: problem.alternatives?.[0]?.startsAt ?? '',
  });
  expect(again.status).toBe('confirmed');
});

test('one instant has many spellings', async () => {
  const doctor = await aDoctor(t);
  const booked = await book(doctor, await aSignedInPatient(t), { startsAt: '2026-11-02T11:00:00.000Z' });
  expect(booked.period.start).toBe('2026-11-02T17:00:00+06:00');
  await refused(
    book(doctor, await aSignedInPatient(t), { startsAt: '2026-11-02T10:00:00-01:00' }),
    'slot_taken',
  );
});

test('times that cannot be had, each with its reason', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 1, from: '10:00', to: '18:00', noticeMinutes: 30, horizonDays: 7 }],
  });
  const patient = await aSignedInPatient(t);
  for (const [startsAt, code] of [
    ['2026-11-02T17:05:00+06:00', 'outside_hours'],
    ['2026-11-02T18:00:00+06:00', 'outside_hours'],
    ['2026-11-03T17:00:00+06:00', 'outside_hours'],
    ['2026-11-02T10:15:00+06:00', 'too_soon'],
    ['2026-10-26T17:00:00+06:00', 'too_soon'],
    ['2026-11-16T17:00:00+06:00', 'too_far'],
    ['1900-01-01T00:00:00Z', 'too_soon'],
    ['2199-12-30T23:59:59Z', 'outside_hours'],
  ] as const)
    await refused(book(doctor, patient, { startsAt }), code);
  expect((await book(doctor, patient, { startsAt: '2026-11-02T10:30:00+06:00' })).status).toBe('confirmed');
  expect((await book(doctor, patient, { startsAt: '2026-11-09T17:45:00+06:00' })).status).toBe('confirmed');
});

test('a visit longer than the step takes the places it needs', async () => {
  const doctor = await aDoctor(t, { minutes: 30 });
  await book(doctor, await aSignedInPatient(t), { startsAt: '2026-11-02T17:15:00+06:00' });
  await refused(book(doctor, await aSignedInPatient(t)), 'slot_taken');
  await refused(
    book(doctor, await aSignedInPatient(t), { startsAt: '2026-11-02T17:30:00+06:00' }),
    'slot_taken',
  );
  await refused(
    book(doctor, await aSignedInPatient(t), { startsAt: '2026-11-02T17:45:00+06:00' }),
    'outside_hours',
  );
});

test('a session in the wrong mode gives nothing', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { weekday: 1, from: '17:00', to: '18:00' },
      { weekday: 2, from: '17:00', to: '18:00', capacity: 4 },
    ],
  });
  const patient = await aSignedInPatient(t);
  await refused(book(doctor, patient, { startsAt: '2026-11-03T17:00:00+06:00' }), 'outside_hours');
  await refused(
    book(doctor, patient, { sessionKey: `${doctor.scheduleIds[0]}.2026-11-02` }),
    'outside_hours',
  );
  await refused(
    book(doctor, patient, { sessionKey: `${doctor.scheduleIds[1]}.2026-11-04` }),
    'outside_hours',
  );
  await refused(book(doctor, patient, { sessionKey: '2000000000.2026-11-03' }), 'outside_hours');
});

test('serials go out lowest first, a cancelled one is given again, the last fills the session', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { weekday: 2, from: '17:00', to: '18:00', slotMinutes: 10, capacity: 3 },
      { weekday: 4, from: '17:00', to: '18:00', slotMinutes: 10, capacity: 3 },
    ],
  });
  const sessionKey = `${doctor.scheduleIds[0]}.2026-11-03`;
  const next = async () => {
    const patient = await aSignedInPatient(t);
    return { patient, booked: await book(doctor, patient, { sessionKey }) };
  };
  const first = await next();
  const second = await next();
  expect([first.booked.serial, second.booked.serial]).toEqual([1, 2]);
  expect(second.booked.period).toEqual({
    start: '2026-11-03T17:10:00+06:00',
    end: '2026-11-03T17:20:00+06:00',
  });
  await cancel(first.booked.id, first.patient);
  expect((await next()).booked.serial).toBe(1);
  expect((await next()).booked.serial).toBe(3);
  const full = await refused(book(doctor, await aSignedInPatient(t), { sessionKey }), 'session_full');
  expect(full.alternatives?.[0]).toEqual({
    startsAt: '2026-11-05T17:00:00+06:00',
    serial: 1,
    sessionKey: expect.stringMatching(/^\d+\.2026-11-05$/),
  });
  await cancel(second.booked.id, second.patient);
  expect((await next()).booked.serial).toBe(2);
});

test('serials whose expected time has come too near are passed over', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 1, from: '10:00', to: '12:00', slotMinutes: 20, capacity: 6, noticeMinutes: 30 }],
  });
  // It is 10:00: serial 1 at 10:00 and serial 2 at 10:20 are too near.
  const sessionKey = `${doctor.scheduleIds[0]}.2026-11-02`;
  expect((await book(doctor, await aSignedInPatient(t), { sessionKey })).serial).toBe(3);
  t.clock.set('2026-11-02T11:30:00+06:00');
  const late = await aSignedInPatient(t);
  await refused(book(doctor, late, { sessionKey }), 'too_soon');
  t.clock.set(aMonday);
});

test('a cancelled place can be booked again, by another and by the same patient', async () => {
  const doctor = await aDoctor(t);
  const [one, other] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const first = await book(doctor, one);
  await cancel(first.id, one);
  const second = await book(doctor, other);
  await refused(book(doctor, one), 'slot_taken');
  await cancel(second.id, other);
  const third = await book(doctor, one);
  expect(third.status).toBe('confirmed');
  expect(new Set([first.reference, second.reference, third.reference]).size).toBe(3);
});

test('a patient is in one place at a time, at whichever doctor', async () => {
  const [one, other] = [
    await aDoctor(t),
    await aDoctor(t, { minutes: 20, hours: [{ from: '16:45', to: '18:00', slotMinutes: 5 }] }),
  ];
  const patient = await aSignedInPatient(t);
  await book(one, patient);
  await refused(book(other, patient, { startsAt: '2026-11-02T17:00:00+06:00' }), 'patient_busy');
  await refused(book(other, patient, { startsAt: '2026-11-02T16:45:00+06:00' }), 'patient_busy');
  await refused(book(other, patient, { startsAt: '2026-11-02T17:10:00+06:00' }), 'patient_busy');
  expect((await book(other, patient, { startsAt: '2026-11-02T17:15:00+06:00' })).status).toBe('confirmed');
  const child = await aFamilyMember(t, patient);
  expect(
    (await book(other, patient, { patientId: child, startsAt: '2026-11-02T16:50:00+06:00' })).patient.id,
  ).toBe(child);
});

test('one books for oneself and one’s own family, nobody else', async () => {
  const doctor = await aDoctor(t);
  const [patient, stranger] = [await aSignedInPatient(t), await aPatient(t)];
  const child = await aFamilyMember(t, patient);
  const booked = await book(doctor, patient, { patientId: child });
  expect(booked.patient.id).toBe(child);
  const strangersChild = await aFamilyMember(t, stranger);
  for (const patientId of [stranger.patientId, strangersChild, 2_000_000_000])
    expect(await refusedFields(book(doctor, patient, { patientId }))).toEqual(['patientId']);
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  expect(await refusedFields(book(doctor, admin))).toEqual(['patientId']);
});

test('doctor, chamber and visit type must belong together', async () => {
  const [one, other] = [await aDoctor(t), await aDoctor(t)];
  const patient = await aSignedInPatient(t);
  expect(await refusedFields(book(one, patient, { doctorId: 2_000_000_000 }))).toEqual(['doctorId']);
  expect(await refusedFields(book(one, patient, { doctorId: patient.userId }))).toEqual(['doctorId']);
  expect(await refusedFields(book(one, patient, { visitTypeId: other.visitTypeId }))).toEqual([
    'visitTypeId',
  ]);
  expect(await refusedFields(book(one, patient, { chamberId: other.chamberId }))).toEqual(['visitTypeId']);
});

test('a doctor who is not approved, or not active, takes no bookings', async () => {
  const patient = await aSignedInPatient(t);
  for (const approval of ['pending', 'refused'] as const)
    await refused(book(await aDoctor(t, { approval }), patient), 'doctor_inactive');
  const doctor = await aDoctor(t);
  for (const status of ['inactive', 'suspended'] as const) {
    await t.db.updateTable('users').set({ status }).where('id', '=', doctor.doctorId).execute();
    await refused(book(doctor, patient), 'doctor_inactive');
  }
});

test('the fee is the one of the moment of booking', async () => {
  const doctor = await aDoctor(t, { fee: '800' });
  const patient = await aSignedInPatient(t);
  const { id } = await book(doctor, patient);
  await t.db.updateTable('visit_types').set({ fee: '1200' }).where('id', '=', doctor.visitTypeId).execute();
  const later = await t.call(getAppointment, { params: { id } }, patient);
  expect(later.fee).toEqual({ amount: '800.00', currency: 'BDT' });
  const fresh = await book(doctor, await aSignedInPatient(t), { startsAt: '2026-11-02T17:30:00+06:00' });
  expect(fresh.fee.amount).toBe('1200.00');
});

test('buffers keep two visits apart across the doctor’s chambers', async () => {
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '18:00', bufferAfterMinutes: 30 }] });
  const elsewhere = await aDoctor(t, { hours: [] });
  await t.db
    .insertInto('visit_types')
    .values({
      doctor_id: doctor.doctorId,
      chamber_id: elsewhere.chamberId,
      kind: 'new',
      minutes: 15,
      fee: '900',
    })
    .execute();
  await someHours(t, {
    doctorId: doctor.doctorId,
    chamberId: elsewhere.chamberId,
    from: '18:00',
    to: '19:00',
  });
  const there = await t.db
    .selectFrom('visit_types')
    .select('id')
    .where('doctor_id', '=', doctor.doctorId)
    .where('chamber_id', '=', elsewhere.chamberId)
    .executeTakeFirstOrThrow();
  await book(doctor, await aSignedInPatient(t), { startsAt: '2026-11-02T17:45:00+06:00' });
  const inOther = { chamberId: elsewhere.chamberId, visitTypeId: there.id };
  await refused(
    book(doctor, await aSignedInPatient(t), { ...inOther, startsAt: '2026-11-02T18:15:00+06:00' }),
    'slot_taken',
  );
  const { days } = await t.call(getAvailability, {
    params: { id: doctor.doctorId },
    query: { from: '2026-11-02', to: '2026-11-02', chamberId: elsewhere.chamberId },
  });
  const [free] = days[0]?.sessions[0]?.places ?? [];
  expect(free?.startsAt).toBe('2026-11-02T18:30:00+06:00');
  await book(doctor, await aSignedInPatient(t), { ...inOther, startsAt: free?.startsAt ?? '' });
});
