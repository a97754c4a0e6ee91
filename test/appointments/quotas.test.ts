import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getAvailability, getDoctor } from '../../src/contract/doctors.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, type Doctor, type Hours } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());
afterEach(() => t.clock.set(aMonday));

/** Numbers 1 and 2 are for online, 3 and 4 for the phone, 5 for those who walk in, 6 for everybody. */
const quotas = { online: 2, phone: 2, walkIn: 1 };

const aDoctorWithQuotas = (given: Hours = {}): Promise<Doctor> =>
  aDoctor(t, {
    hours: [{ from: '17:00', to: '18:00', slotMinutes: 10, capacity: 6, quotas, ...given }],
  });

const keyOf = ({ scheduleIds }: Doctor, date = '2026-11-02') => `${scheduleIds[0]}.${date}`;

async function book({ doctorId, chamberId, visitTypeId }: Doctor, sessionKey: string) {
  const patient = await aSignedInPatient(t);
  return t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, sessionKey } }, patient);
}

async function serialsOffered({ doctorId }: Doctor): Promise<(number | undefined)[]> {
  const query = { from: '2026-11-02', to: '2026-11-02' };
  const { days } = await t.call(getAvailability, { params: { id: doctorId }, query });
  return days.flatMap(({ sessions }) =>
    sessions.flatMap(({ places, remaining }) => {
      expect(remaining).toBe(places.length);
      return places.map(({ serial }) => serial);
    }),
  );
}

async function useUp(doctor: Doctor): Promise<void> {
  for (const serial of [1, 2, 6]) expect(await book(doctor, keyOf(doctor))).toMatchObject({ serial });
}

test('online has its own numbers and the common ones, and then the quota is used', async () => {
  const doctor = await aDoctorWithQuotas();
  expect(await serialsOffered(doctor)).toEqual([1, 2, 6]);
  await useUp(doctor);
  expect(await serialsOffered(doctor)).toEqual([]);
  const { alternatives = [] } = await refused(book(doctor, keyOf(doctor)), 'quota_used');
  expect(alternatives).toEqual([
    { startsAt: '2026-11-09T17:00:00+06:00', serial: 1, sessionKey: keyOf(doctor, '2026-11-09') },
  ]);
  expect(await book(doctor, alternatives[0]?.sessionKey ?? '')).toMatchObject({ serial: 1 });
});

test('what is left of the quotas goes to everybody from the release on, to the minute', async () => {
  const doctor = await aDoctorWithQuotas({ quotaReleaseMinutes: 120 });
  await useUp(doctor);
  t.clock.set('2026-11-02T14:59:59+06:00');
  expect(await serialsOffered(doctor)).toEqual([]);
  await refused(book(doctor, keyOf(doctor)), 'quota_used');
  t.clock.set('2026-11-02T15:00:00+06:00');
  expect(await serialsOffered(doctor)).toEqual([3, 4, 5]);
  for (const serial of [3, 4, 5]) expect(await book(doctor, keyOf(doctor))).toMatchObject({ serial });
  await refused(book(doctor, keyOf(doctor)), 'session_full');
});

test('search follows the quota, and its release at the minute it comes', async () => {
  const doctor = await aDoctorWithQuotas({ quotaReleaseMinutes: 120 });
  const next = async () =>
    (await t.call(getDoctor, { params: { id: doctor.doctorId } })).doctor.nextAvailable;
  await jobsDone(t);
  expect(await next()).toBe('2026-11-02T17:00:00+06:00');
  await useUp(doctor);
  await jobsDone(t);
  expect(await next()).toBe('2026-11-09T17:00:00+06:00');
  t.clock.set('2026-11-02T14:59:59+06:00');
  expect(await next()).toBe('2026-11-09T17:00:00+06:00');
  t.clock.set('2026-11-02T15:00:00+06:00');
  expect(await next()).toBe('2026-11-02T17:20:00+06:00');
});

test('a doctor whose quota is used as far as one can book shows up again at the release', async () => {
  const doctor = await aDoctorWithQuotas({ quotaReleaseMinutes: 120, horizonDays: 1 });
  const row = async () =>
    t.db
      .selectFrom('doctor_search')
      .select(['next_available', 'fresh_until'])
      .where('doctor_id', '=', doctor.doctorId)
      .executeTakeFirstOrThrow();
  await useUp(doctor);
  await jobsDone(t);
  expect(await row()).toEqual({
    next_available: null,
    // Rows are refreshed every minute once this has passed.
    fresh_until: Temporal.Instant.from('2026-11-02T15:00:00+06:00'),
  });
});
