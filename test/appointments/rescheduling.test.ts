import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  bookAppointment,
  cancelAppointment,
  cancelLive,
  getAppointment,
  getHistory,
  rescheduleAppointment,
  rescheduleLive,
} from '../../src/contract/appointments.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { setStatus } from '../harness/appointments.ts';
import { aDoctor, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

// Monday 2 November 2026, 10:00; doctors sit from 17:00 to 18:00, a start every 15 minutes.
let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
beforeEach(() => t.clock.set(aMonday));
afterAll(() => t.close());

type Caller = { accessToken: string };

const at = (time: string, date = '2026-11-02') => `${date}T${time}:00+06:00`;
const visitOf = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({ doctorId, chamberId, visitTypeId });
const book = (doctor: Doctor, by: Caller, startsAt = at('17:00')) =>
  t.call(bookAppointment, { body: { ...visitOf(doctor), startsAt } }, by);
const move = (id: number, by: Caller, to: object) =>
  t.call(rescheduleAppointment, { params: { id }, body: to }, by);
const linkOf = ({ liveUrl }: { liveUrl: string }) => liveUrl.slice('/a/'.length);
const setPolicy = ({ chamberId }: Doctor, policy: object) =>
  t.db.updateTable('chambers').set(policy).where('id', '=', chamberId).execute();

test('a visit moves as the same appointment; the old place is free and the new one taken', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  const moved = await move(booked.id, patient, { startsAt: at('17:30') });
  expect(moved).toEqual({
    ...booked,
    period: { start: at('17:30'), end: at('17:45') },
    version: 2,
    reschedulesLeft: 2,
    cancelUntil: at('17:30'),
    rescheduleUntil: at('17:30'),
  });
  await refused(book(doctor, await aSignedInPatient(t), at('17:30')), 'slot_taken');
  expect((await book(doctor, await aSignedInPatient(t), at('17:00'))).status).toBe('confirmed');
  const desk = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const { items } = await t.call(getHistory, { params: { id: booked.id } }, desk);
  expect(items.map(({ step, period }) => [step, period?.start])).toEqual([
    ['booked', at('17:00')],
    ['rescheduled', at('17:30')],
  ]);
});

test('a visit moves to a time that meets its own', async () => {
  const doctor = await aDoctor(t, { hours: [{ slotMinutes: 5 }], minutes: 15 });
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  expect((await move(booked.id, patient, { startsAt: at('17:05') })).period.start).toBe(at('17:05'));
});

test('a place that is taken leaves everything as it was, with the next free ones', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  await book(doctor, await aSignedInPatient(t), at('17:15'));
  const { alternatives } = await refused(move(booked.id, patient, { startsAt: at('17:15') }), 'slot_taken');
  expect(alternatives?.map(({ startsAt }) => startsAt)).toEqual([
    at('17:30'),
    at('17:45'),
    at('17:00', '2026-11-09'),
  ]);
  await refused(move(booked.id, patient, { startsAt: at('20:00') }), 'outside_hours');
});

test('between sessions by number', async () => {
  const doctor = await aDoctor(t, { hours: [{ capacity: 3 }] });
  const [patient, other] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const key = (date: string) => ({ sessionKey: `${doctor.scheduleIds[0]}.${date}` });
  const wish = (date: string) => ({ body: { ...visitOf(doctor), ...key(date) } });
  await t.call(bookAppointment, wish('2026-11-09'), other);
  const booked = await t.call(bookAppointment, wish('2026-11-02'), patient);
  expect(booked.serial).toBe(1);
  const moved = await move(booked.id, patient, key('2026-11-09'));
  expect(moved).toMatchObject({ serial: 2, period: { start: at('17:15', '2026-11-09') } });
});

test('the place it has already is no move, and uses none up', async () => {
  const timed = await aDoctor(t);
  const serial = await aDoctor(t, { hours: [{ capacity: 10 }] });
  const patient = await aSignedInPatient(t);
  const sessionKey = `${serial.scheduleIds[0]}.2026-11-02`;
  const first = await t.call(bookAppointment, { body: { ...visitOf(serial), sessionKey } }, patient);
  expect(await refusedFields(move(first.id, patient, { sessionKey }))).toEqual(['sessionKey']);
  const second = await book(timed, patient, at('17:45'));
  const same = move(second.id, patient, { startsAt: at('17:45') });
  expect(await refusedFields(same)).toEqual(['startsAt']);
  const seen = await t.call(getAppointment, { params: { id: second.id } }, patient);
  expect(seen).toMatchObject({ version: 1, reschedulesLeft: 3 });
});

test('the chamber says how late and how often', async () => {
  const doctor = await aDoctor(t);
  await setPolicy(doctor, { reschedule_notice_minutes: 120, cancel_notice_minutes: 60, most_reschedules: 1 });
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  expect(booked).toMatchObject({
    rescheduleUntil: at('15:00'),
    cancelUntil: at('16:00'),
    reschedulesLeft: 1,
  });
  await move(booked.id, patient, { startsAt: at('17:15') });
  await refused(move(booked.id, patient, { startsAt: at('17:30') }), 'too_many_reschedules');
  t.clock.set(at('15:16'));
  await refused(
    t.call(rescheduleLive, { params: { token: linkOf(booked) }, body: { startsAt: at('17:30') } }),
    'too_late',
  );
  t.clock.set(at('16:16'));
  await refused(t.call(cancelLive, { params: { token: linkOf(booked) }, body: {} }), 'too_late');
  // The desk may, and it does not count for the patient.
  const desk = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const moved = await move(booked.id, desk, { startsAt: at('17:45') });
  expect(moved).toMatchObject({ reschedulesLeft: 0, version: 3 });
  expect((await t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, desk)).status).toBe(
    'cancelled',
  );
});

test('the private link moves a visit', async () => {
  const doctor = await aDoctor(t);
  const booked = await book(doctor, await aSignedInPatient(t));
  const moved = await t.call(rescheduleLive, {
    params: { token: linkOf(booked) },
    body: { startsAt: at('17:15') },
  });
  expect(moved).toMatchObject({ id: booked.id, period: { start: at('17:15') }, version: 2 });
});

test('somebody else’s visit does not exist; what was seen must still be so', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  await refused(move(booked.id, await aSignedInPatient(t), { startsAt: at('17:15') }), 'not_found');
  await move(booked.id, patient, { startsAt: at('17:15'), version: 1 });
  await refused(move(booked.id, patient, { startsAt: at('17:30'), version: 1 }), 'changed_meanwhile');
  await t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, patient);
  await refused(move(booked.id, patient, { startsAt: at('17:30') }), 'wrong_state');
});

test('a patient has so many bookings with one doctor and in all, however many they ask for at once', async () => {
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '21:00' }] });
  await setPolicy(doctor, { most_per_doctor: 2 });
  const patient = await aSignedInPatient(t);
  const times = ['17:00', '17:15', '17:30', '17:45', '18:00', '18:15'];
  const answers = await Promise.allSettled(times.map((time) => book(doctor, patient, at(time))));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  await refused(book(doctor, patient, at('20:00')), 'patient_limit');
  const other = await aDoctor(t, { hours: [{ from: '17:00', to: '21:00' }] });
  await setPolicy(other, { most_in_all: 3 });
  await book(other, patient, at('19:00'));
  await refused(book(other, patient, at('19:30')), 'patient_limit');
  const desk = { accessToken: await signedIn(t, { userId: other.doctorId }) };
  const wish = { ...visitOf(other), startsAt: at('19:30'), patientId: patient.patientId };
  expect((await t.call(bookAppointment, { body: wish }, desk)).status).toBe('confirmed');
});

test('who has stayed away too often books at the desk', async () => {
  const doctor = await aDoctor(t);
  await setPolicy(doctor, { no_show_limit: 1, no_show_days: 30 });
  const patient = await aSignedInPatient(t);
  const { id } = await book(doctor, patient);
  await setStatus(t, id, 'no_show');
  const { detail } = await refused(book(doctor, patient, at('17:15')), 'patient_limit');
  expect(detail).toMatch(/phone or at the chamber/);
  t.clock.set('2026-12-03T10:00:00+06:00');
  const again = { accessToken: await signedIn(t, patient) };
  expect((await book(doctor, again, at('17:00', '2026-12-07'))).status).toBe('confirmed');
});

test('a follow-up is for those the doctor has seen within the window', async () => {
  const doctor = await aDoctor(t);
  const { id: followUp } = await t.db
    .insertInto('visit_types')
    .values({
      doctor_id: doctor.doctorId,
      chamber_id: doctor.chamberId,
      kind: 'follow_up',
      minutes: 15,
      fee: '300',
      window_days: 10,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const patient = await aSignedInPatient(t);
  const ask = (date: string, by: Caller) =>
    t.call(
      bookAppointment,
      { body: { ...visitOf(doctor), visitTypeId: followUp, startsAt: at('17:30', date) } },
      by,
    );
  await refused(ask('2026-11-09', patient), 'no_recent_visit');
  const { id } = await book(doctor, patient);
  await setStatus(t, id, 'completed');
  expect((await ask('2026-11-09', patient)).fee.amount).toBe('300.00');
  await refused(ask('2026-11-16', patient), 'no_recent_visit');
});
