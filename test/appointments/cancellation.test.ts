import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bookAppointment,
  cancelAppointment,
  cancelLive,
  getAppointment,
  getLive,
  type AppointmentStatus,
} from '../../src/contract/appointments.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import {
  aDoctor,
  aFamilyMember,
  anAdmin,
  aSignedInPatient,
  signedIn,
  type Doctor,
} from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;
const secrets: string[] = [];

beforeAll(async () => {
  t = await startApp();
});
afterAll(async () => {
  await expectNoPersonalData(t, secrets);
  await t.close();
});

type Caller = { accessToken: string };

async function book(doctor: Doctor, by: Caller, more: { patientId?: number; startsAt?: string } = {}) {
  const { doctorId, chamberId, visitTypeId } = doctor;
  const body = {
    doctorId,
    chamberId,
    visitTypeId,
    startsAt: '2026-11-02T17:00:00+06:00',
    notes: 'knee pain',
    ...more,
  };
  const booked = await t.call(bookAppointment, { body }, by);
  secrets.push(by.accessToken, linkOf(booked));
  return booked;
}
const linkOf = ({ liveUrl }: { liveUrl: string }) => liveUrl.slice('/a/'.length);
const read = (id: number, by: Caller) => t.call(getAppointment, { params: { id } }, by);
const cancel = (id: number, by: Caller, reason?: string) =>
  t.call(cancelAppointment, { params: { id }, body: reason === undefined ? {} : { reason } }, by);
const live = (token: string) => t.call(getLive, { params: { token } });
const cancelByLink = (token: string) => t.call(cancelLive, { params: { token }, body: {} });

const afterCancelling = { status: 'cancelled', version: 2, cancelUntil: null, rescheduleUntil: null };

test('a cancellation is the second version, with who, when and why', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  const cancelled = await cancel(booked.id, patient, 'fever is gone');
  expect(cancelled).toEqual({ ...booked, ...afterCancelling });
  expect(await read(booked.id, patient)).toEqual(cancelled);
  const history = await t.db
    .selectFrom('appointment_history')
    .select(['version', 'from_status', 'to_status', 'by_user', 'at', 'reason'])
    .where('appointment_id', '=', booked.id)
    .orderBy('version')
    .execute();
  expect(history[1]).toEqual({
    version: 2,
    from_status: 'confirmed',
    to_status: 'cancelled',
    by_user: patient.userId,
    at: t.clock.now(),
    reason: 'fever is gone',
  });
  await refused(cancel(booked.id, patient), 'wrong_state');
});

test('an appointment of somebody else does not exist, in the same words as one that never was', async () => {
  const [doctor, otherDoctor] = [await aDoctor(t), await aDoctor(t)];
  const patient = await aSignedInPatient(t);
  const { id } = await book(doctor, patient);
  const never = {
    ...(await refused(read(2_000_000_000, patient), 'not_found')),
    requestId: expect.any(String),
  };
  const stranger = await aSignedInPatient(t);
  const strangeDoctor = { accessToken: await signedIn(t, { userId: otherDoctor.doctorId }) };
  for (const by of [stranger, strangeDoctor]) {
    expect(await refused(read(id, by), 'not_found')).toEqual(never);
    expect(await refused(cancel(id, by), 'not_found')).toEqual(never);
  }
  expect((await read(id, patient)).status).toBe('confirmed');
});

test('booker, doctor and admin read it and may cancel it', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const child = await aFamilyMember(t, patient);
  const asDoctor = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const asAdmin = { accessToken: await signedIn(t, await anAdmin(t)) };
  for (const by of [patient, asDoctor, asAdmin]) {
    const { id } = await book(doctor, patient, { patientId: child });
    expect((await read(id, by)).patient.id).toBe(child);
    expect((await cancel(id, by)).status).toBe('cancelled');
  }
});

test('after its start a patient no longer cancels, the doctor still does', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  t.clock.set('2026-11-02T17:00:00+06:00');
  const later = { accessToken: await signedIn(t, patient) };
  await refused(cancel(booked.id, later), 'wrong_state');
  await refused(cancelByLink(linkOf(booked)), 'wrong_state');
  const asDoctor = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  expect((await cancel(booked.id, asDoctor)).status).toBe('cancelled');
  t.clock.set(aMonday);
});

test('a visit that has gone further is not cancelled', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const { id } = await book(doctor, patient);
  const asDoctor = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  for (const status of ['in_consultation', 'completed', 'no_show', 'expired'] as const) {
    await putInto(id, status);
    await refused(cancel(id, asDoctor), 'wrong_state');
  }
  // Who has come can be sent home by the chamber, and no longer stays away by a press of their own.
  await putInto(id, 'arrived');
  await refused(cancel(id, patient), 'wrong_state');
  for (const status of ['held', 'pending'] as const) {
    await putInto(id, status);
    expect((await cancel(id, patient)).status).toBe('cancelled');
  }
});

/** Past the guard of moves, into a state that no route leads to yet. */
const putInto = (id: number, status: AppointmentStatus) =>
  t.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    const expires_at = status === 'held' ? t.clock.now().add({ minutes: 10 }).toString() : null;
    await tx.updateTable('appointments').set({ status, expires_at }).where('id', '=', id).execute();
  });

test('the private link shows the booking without its notes and cancels it', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  const { notes, ...shown } = booked;
  expect(notes).toBe('knee pain');
  expect(await live(linkOf(booked))).toEqual(shown);
  expect(await cancelByLink(linkOf(booked))).toEqual({ ...shown, ...afterCancelling });
  expect((await live(linkOf(booked))).status).toBe('cancelled');
  await refused(cancelByLink(linkOf(booked)), 'wrong_state');
  const last = await t.db
    .selectFrom('appointment_history')
    .select(['by_user', 'to_status'])
    .where('appointment_id', '=', booked.id)
    .where('version', '=', 2)
    .executeTakeFirst();
  expect(last).toEqual({ by_user: null, to_status: 'cancelled' });
  expect((await book(doctor, patient)).status).toBe('confirmed');
});

test('no change to a link opens anything', async () => {
  const doctor = await aDoctor(t);
  const [one, other] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const mine = linkOf(await book(doctor, one));
  const theirs = linkOf(await book(doctor, other, { startsAt: '2026-11-02T17:15:00+06:00' }));
  const idPart = 8;
  expect(mine).toHaveLength(30);
  const changed = [
    theirs.slice(0, idPart) + mine.slice(idPart),
    'A'.repeat(30),
    mine.slice(0, -2),
    `${mine}AA`,
    ...Array.from(
      mine,
      (sign, index) => mine.slice(0, index) + (sign === 'A' ? 'B' : 'A') + mine.slice(index + 1),
    ),
  ];
  for (const token of changed) {
    await refused(live(token), 'not_found');
    await refused(cancelByLink(token), 'not_found');
  }
  for (const token of ['short', 'a.b'.repeat(9), 'x'.repeat(65)]) await refused(live(token), 'invalid_input');
  expect((await live(mine)).status).toBe('confirmed');
});

test('forty cancellations at once, by owner and by link, are one', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient);
  const answers = await Promise.allSettled(
    Array.from({ length: 40 }, (_, index) =>
      index % 2 ? cancel(booked.id, patient) : cancelByLink(linkOf(booked)),
    ),
  );
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  expect((await read(booked.id, patient)).version).toBe(2);
});
