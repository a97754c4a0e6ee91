import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideDoctor } from '../../src/contract/admin.ts';
import {
  bookAppointment,
  cancelAppointment,
  getLive,
  listAppointments,
} from '../../src/contract/appointments.ts';
import { login, register } from '../../src/contract/auth.ts';
import { createChamber } from '../../src/contract/chambers.ts';
import { getAvailability, getDoctor, searchDoctors } from '../../src/contract/doctors.ts';
import { createSchedule, createVisitType } from '../../src/contract/schedules.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { anAdmin, signedIn } from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;
const secrets = ['Doctor@1x9!', 'Patient@1x9!'];

beforeAll(async () => {
  t = await startApp();
});
afterAll(async () => {
  await expectNoPersonalData(t, secrets);
  await t.close();
});

// By the public routes alone: what the other tests' builders do behind the API's back is proved to be possible by it.
test('from registering to booking, seeing and cancelling', async () => {
  const { user } = await t.call(register, {
    body: {
      userType: 'doctor',
      fullName: 'Nusrat Jahan',
      mobile: '01711111111',
      password: 'Doctor@1x9!',
      licenseNumber: 'BMDC-1',
      experienceYears: 5,
      consultationFee: '500',
      specializations: [3],
    },
  });
  const person = { fullName: 'Rahim Uddin', mobile: '০১৭১১-১১১১১২', password: 'Patient@1x9!' };
  await t.call(register, { body: { userType: 'patient', ...person } });
  const doctor = await t.call(login, { body: { login: '01711111111', password: 'Doctor@1x9!' } });
  const patient = await t.call(login, { body: { login: '+8801711111112', password: 'Patient@1x9!' } });
  secrets.push(doctor.accessToken, doctor.refreshToken, patient.accessToken, patient.refreshToken);

  const waiting = { name: 'Green Chamber', address: 'House 1', division: 'Dhaka', district: 'Dhaka' };
  await refused(t.call(createChamber, { body: waiting }, doctor), 'not_allowed');
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  await t.call(decideDoctor, { params: { id: user.id }, body: { decision: 'approved' } }, admin);

  const place = { division: 'Dhaka', district: 'Dhaka', thana: 'Mirpur' };
  const { chamber } = await t.call(
    createChamber,
    { body: { name: 'Green Chamber', address: 'House 1', ...place } },
    doctor,
  );
  const params = { id: user.id };
  const { visitType } = await t.call(
    createVisitType,
    { params, body: { chamberId: chamber.id, kind: 'new', minutes: 15, fee: '800' } },
    doctor,
  );
  const hours = { chamberId: chamber.id, weekday: 1, from: '17:00', to: '18:00', slotMinutes: 15 };
  await t.call(createSchedule, { params, body: { ...hours, mode: 'timed' } }, doctor);
  await t.call(
    createSchedule,
    { params, body: { ...hours, weekday: 2, mode: 'serial', capacity: 3 } },
    doctor,
  );

  const days = { params, query: { from: '2026-11-02', to: '2026-11-03' } };
  await expect
    .poll(async () => (await t.call(searchDoctors, { query: { q: 'nusrat' } })).items)
    .toEqual([expect.objectContaining({ id: user.id, nextAvailable: '2026-11-02T17:00:00+06:00', place })]);

  const [monday, tuesday] = (await t.call(getAvailability, days)).days;
  const wish = { doctorId: user.id, chamberId: chamber.id, visitTypeId: visitType.id };
  const startsAt = monday?.sessions[0]?.places[0]?.startsAt ?? '';
  const booked = await t.call(
    bookAppointment,
    { body: { ...wish, startsAt } },
    { ...patient, idempotencyKey: 'first-press-of-the-button' },
  );
  const again = await t.call(
    bookAppointment,
    { body: { ...wish, startsAt } },
    { ...patient, idempotencyKey: 'first-press-of-the-button' },
  );
  expect(again).toEqual(booked);
  await refused(t.call(bookAppointment, { body: { ...wish, startsAt } }, patient), 'patient_busy');
  const sessionKey = tuesday?.sessions[0]?.sessionKey ?? '';
  const serial = await t.call(bookAppointment, { body: { ...wish, sessionKey } }, patient);
  expect(serial.serial).toBe(1);

  secrets.push(booked.liveUrl.slice(3), serial.liveUrl.slice(3));
  expect((await t.call(getLive, { params: { token: booked.liveUrl.slice(3) } })).id).toBe(booked.id);
  const cancelled = await t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, patient);
  expect(cancelled).toMatchObject({ status: 'cancelled', version: 2 });
  const { items } = await t.call(listAppointments, { query: {} }, patient);
  expect(items.map(({ id, status }) => [id, status])).toEqual([
    [serial.id, 'confirmed'],
    [booked.id, 'cancelled'],
  ]);
  expect(
    (await t.call(getDoctor, { params: { id: 'nusrat-jahan' } })).doctor.chambers[0]?.visitTypes,
  ).toHaveLength(1);
});
