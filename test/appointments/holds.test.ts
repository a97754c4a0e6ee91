import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookAppointment, getAppointment, rescheduleAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { createHold, endHold, renewHold } from '../../src/contract/holds.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aFamilyMember, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

// Monday 2 November 2026, 10:00; the doctor sits from 17:00 to 18:00, a start every 15 minutes.
let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
beforeEach(() => t.clock.set(aMonday));
afterAll(() => t.close());

type Caller = { accessToken: string } | undefined;

const at = (time: string) => `2026-11-02T${time}:00+06:00`;
const placeOf = ({ doctorId, chamberId, visitTypeId }: Doctor, time = '17:00') => ({
  doctorId,
  chamberId,
  visitTypeId,
  startsAt: at(time),
});
const hold = (doctor: Doctor, by?: Caller, time?: string) =>
  t.call(createHold, { body: placeOf(doctor, time) }, by);
const book = (doctor: Doctor, by: Caller, more: object = {}, time?: string) =>
  t.call(bookAppointment, { body: { ...placeOf(doctor, time), ...more } }, by);
const later = (minutes: number) => t.clock.set(t.clock.now().add({ minutes }).toString());

async function freeTimes({ doctorId }: Doctor): Promise<string[]> {
  const { days } = await t.call(getAvailability, {
    params: { id: doctorId },
    query: { from: '2026-11-02', to: '2026-11-02' },
  });
  return days.flatMap(({ sessions }) =>
    sessions.flatMap(({ places }) => places.map(({ startsAt }) => startsAt.slice(11, 16))),
  );
}

test('a held place is shown to nobody and refused to everybody else for ten minutes', async () => {
  const doctor = await aDoctor(t);
  const [holder, rival] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const held = await hold(doctor, holder);
  expect(held).toMatchObject({
    period: { start: at('17:00'), end: at('17:15') },
    expiresAt: at('10:10'),
    fee: { amount: '800.00', currency: 'BDT' },
  });
  expect(await freeTimes(doctor)).toEqual(['17:15', '17:30', '17:45']);
  const { alternatives } = await refused(book(doctor, rival), 'slot_taken');
  expect(alternatives?.map(({ startsAt }) => startsAt)).toEqual([at('17:15'), at('17:30'), at('17:45')]);
  await refused(hold(doctor, rival), 'slot_taken');
});

test('whoever holds a place books it, for themself or their family', async () => {
  const doctor = await aDoctor(t);
  const holder = await aSignedInPatient(t);
  const child = await aFamilyMember(t, holder);
  const held = await hold(doctor, holder);
  const booked = await book(doctor, holder, { holdId: held.id, patientId: child, notes: 'fever' });
  expect(booked).toMatchObject({
    id: held.id,
    status: 'confirmed',
    version: 2,
    notes: 'fever',
    expiresAt: null,
  });
  expect(booked.patient.id).toBe(child);
  expect(await t.call(getAppointment, { params: { id: booked.id } }, holder)).toEqual(booked);
  later(60);
  await refused(book(doctor, await aSignedInPatient(t)), 'slot_taken');
});

test('nobody takes up what somebody else holds', async () => {
  const doctor = await aDoctor(t);
  const [holder, thief] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const held = await hold(doctor, holder);
  await refused(book(doctor, thief, { holdId: held.id }), 'slot_taken');
  await refused(t.call(endHold, { params: { id: held.id } }, thief), 'not_found');
  await refused(t.call(renewHold, { params: { id: held.id }, body: {} }, thief), 'not_found');
  await refused(t.call(endHold, { params: { id: held.id } }), 'not_found');
  const forged = (await hold(doctor, undefined, '17:30')).token;
  await refused(t.call(endHold, { params: { id: held.id }, query: { token: forged } }), 'not_found');
});

test('a hold that has run out is in nobody’s way, with no sweeper running', async () => {
  const doctor = await aDoctor(t);
  const [holder, rival] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const held = await hold(doctor, holder);
  later(10);
  expect(await freeTimes(doctor)).toContain('17:00');
  const booked = await book(doctor, rival);
  expect(booked.period.start).toBe(at('17:00'));
  await refused(book(doctor, holder, { holdId: held.id }), 'slot_taken');
  await refused(t.call(renewHold, { params: { id: held.id }, body: {} }, holder), 'hold_ended');
  const { status } = await t.db
    .selectFrom('appointments')
    .select('status')
    .where('id', '=', held.id)
    .executeTakeFirstOrThrow();
  expect(status).toBe('expired');
});

test('an ended hold whose place is still free is booked all the same', async () => {
  const doctor = await aDoctor(t);
  const holder = await aSignedInPatient(t);
  const held = await hold(doctor, holder);
  later(11);
  const booked = await book(doctor, holder, { holdId: held.id });
  expect(booked).toMatchObject({ status: 'confirmed', period: { start: at('17:00') } });
  expect(booked.id).not.toBe(held.id);
});

test('a hold is renewed a few times, and given back at once', async () => {
  const doctor = await aDoctor(t);
  const holder = await aSignedInPatient(t);
  const held = await hold(doctor, holder);
  // By its token: the sign-in ends before the hold does.
  const renew = () => t.call(renewHold, { params: { id: held.id }, body: { token: held.token } });
  for (const until of ['10:19', '10:28', '10:37']) {
    later(9);
    expect((await renew()).expiresAt).toBe(at(until));
  }
  await refused(renew(), 'too_many_renewals');
  const giveBack = () => t.call(endHold, { params: { id: held.id }, query: { token: held.token } });
  await giveBack();
  expect(await freeTimes(doctor)).toContain('17:00');
  await refused(giveBack(), 'not_found');
});

test('a person holds three places at most, however many they ask for at once', async () => {
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '21:00' }] });
  const hoarder = await aSignedInPatient(t);
  const times = ['17:00', '17:15', '17:30', '17:45', '18:00', '18:15', '18:30', '18:45'];
  const answers = await Promise.allSettled(times.map((time) => hold(doctor, hoarder, time)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  await refused(hold(doctor, hoarder, '19:00'), 'too_many_holds');
  later(10);
  expect((await hold(doctor, hoarder, '19:00')).period.start).toBe(at('19:00'));
});

test('an address without an account holds twenty places at most', async () => {
  t.clock.set(at('10:30'));
  const doctor = await aDoctor(t, { hours: [{ from: '10:00', to: '20:00', noticeMinutes: 0 }] });
  const times = Array.from({ length: 21 }, (_, index) => 44 + index).map(
    (quarter) => `${Math.floor(quarter / 4)}:${String((quarter % 4) * 15).padStart(2, '0')}`,
  );
  const answers = await Promise.allSettled(times.map((time) => hold(doctor, undefined, time)));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
});

test('in a serial session a hold keeps its number', async () => {
  const doctor = await aDoctor(t, { hours: [{ capacity: 3 }] });
  const sessionKey = `${doctor.scheduleIds[0]}.2026-11-02`;
  const [first, second, third] = [
    await aSignedInPatient(t),
    await aSignedInPatient(t),
    await aSignedInPatient(t),
  ];
  const { doctorId, chamberId, visitTypeId } = doctor;
  const wish = { doctorId, chamberId, visitTypeId, sessionKey };
  const held = await t.call(createHold, { body: wish }, first);
  expect(held.serial).toBe(1);
  expect((await t.call(bookAppointment, { body: wish }, second)).serial).toBe(2);
  const taken = await t.call(bookAppointment, { body: { ...wish, holdId: held.id } }, first);
  expect(taken.serial).toBe(1);
  expect((await t.call(bookAppointment, { body: wish }, third)).serial).toBe(3);
});

test('a hold takes no place of a patient who is elsewhere at that time', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const patient = await aSignedInPatient(t);
  const held = await hold(doctor, patient);
  await book(other, patient);
  await refused(book(doctor, patient, { holdId: held.id }), 'patient_busy');
});

test('a deposit nobody paid keeps its patient from no other visit, with no sweeper running, while a message about it is written', async () => {
  const [doctor, other, third] = [await aDoctor(t), await aDoctor(t), await aDoctor(t)];
  await t.db
    .updateTable('chambers')
    .set({ deposit_percent: 50, deposit_minutes: 30 })
    .where('id', '=', doctor.chamberId)
    .execute();
  for (const elsewhere of ['booked', 'held before', 'moved']) {
    t.clock.set(aMonday);
    const patient = await aSignedInPatient(t);
    const time = { booked: '17:00', 'held before': '17:15', moved: '17:30' }[elsewhere] ?? '';
    const unpaid = await book(doctor, patient, {}, time);
    expect(unpaid.status).toBe('held');
    const moving = elsewhere === 'moved' ? await book(third, patient, {}, '17:45') : null;
    later(31);
    const again = { accessToken: await signedIn(t, patient) };
    await t.db.transaction().execute(async (tx) => {
      // As whatever is written about an appointment does, by its foreign key: the row must not go, but may change.
      await sql`select from appointments where id = ${unpaid.id} for key share`.execute(tx);
      if (moving)
        await t.call(
          rescheduleAppointment,
          { params: { id: moving.id }, body: { startsAt: at(time) } },
          again,
        );
      else {
        const held = elsewhere === 'booked' ? {} : { holdId: (await hold(other, again, time)).id };
        expect((await book(other, again, held, time)).status).toBe('confirmed');
      }
    });
  }
});

test('a hold that has ended is not renewed past the limit of holds', async () => {
  const doctor = await aDoctor(t);
  const holder = await aSignedInPatient(t);
  const held = await hold(doctor, holder);
  later(10);
  await refused(t.call(renewHold, { params: { id: held.id }, body: { token: held.token } }), 'hold_ended');
});
