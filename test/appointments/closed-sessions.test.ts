import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, type Doctor } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

/** Books on Monday the 2nd, cancels it again so that the session has its row, and closes the session. */
async function closeFirstMonday(
  doctor: Doctor,
  when: { startsAt: string } | { sessionKey: string },
): Promise<{ accessToken: string }> {
  const patient = await aSignedInPatient(t);
  const { id } = await book(doctor, patient, when);
  await t.call(cancelAppointment, { params: { id }, body: {} }, patient);
  const closed = await t.deps.pool.query(
    `update sessions set status = 'cancelled' where doctor_id = $1 and date = '2026-11-02'`,
    [doctor.doctorId],
  );
  expect(closed.rowCount).toBe(1);
  return patient;
}

const book = (
  { doctorId, chamberId, visitTypeId }: Doctor,
  by: { accessToken: string },
  when: { startsAt: string } | { sessionKey: string },
) => t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, ...when } }, by);

/** Number of places on each of two Mondays. */
async function placesOffered({ doctorId }: Doctor): Promise<number[]> {
  const query = { from: '2026-11-02', to: '2026-11-09' };
  const { days } = await t.call(getAvailability, { params: { id: doctorId }, query });
  return days.flatMap(({ sessions }) => sessions.map(({ places }) => places.length));
}

test('a closed session offers no clock time and refuses every one, other dates stay', async () => {
  const doctor = await aDoctor(t);
  const startsAt = '2026-11-02T17:00:00+06:00';
  expect(await placesOffered(doctor)).toEqual([4, 4]);
  const patient = await closeFirstMonday(doctor, { startsAt });
  expect(await placesOffered(doctor)).toEqual([0, 4]);
  await refused(book(doctor, patient, { startsAt }), 'session_closed');
  await book(doctor, patient, { startsAt: '2026-11-09T17:00:00+06:00' });
});

test('a closed session offers no serial and gives out none, other dates stay', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 1, from: '17:00', to: '18:00', slotMinutes: 10, capacity: 3 }],
  });
  const keyOn = (date: string) => ({ sessionKey: `${doctor.scheduleIds[0]}.${date}` });
  const patient = await closeFirstMonday(doctor, keyOn('2026-11-02'));
  expect(await placesOffered(doctor)).toEqual([0, 3]);
  await refused(book(doctor, patient, keyOn('2026-11-02')), 'session_closed');
  expect(await book(doctor, patient, keyOn('2026-11-09'))).toMatchObject({ serial: 1 });
});

test('the places offered instead of a taken one are not in a closed session', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { weekday: 1, from: '10:45', to: '11:00' },
      { weekday: 1, from: '17:00', to: '17:15' },
    ],
  });
  const startsAt = '2026-11-02T10:45:00+06:00';
  const patient = await closeFirstMonday(doctor, { startsAt: '2026-11-02T17:00:00+06:00' });
  await book(doctor, await aSignedInPatient(t), { startsAt });
  const { alternatives } = await refused(book(doctor, patient, { startsAt }), 'slot_taken');
  expect(alternatives?.map((each) => each.startsAt)).toEqual([
    '2026-11-09T10:45:00+06:00',
    '2026-11-09T17:00:00+06:00',
  ]);
});
