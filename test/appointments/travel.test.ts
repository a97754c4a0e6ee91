import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, type Doctor, type Hours } from '../harness/builders.ts';
import { inAnotherChamber, someTravel } from '../harness/calendar.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

/** A doctor who sits first here and then there, half an hour away. */
async function aTravellingDoctor(
  hours: { here: Hours; there: Hours },
  minutes = 30,
): Promise<{ here: Doctor; there: Doctor }> {
  const here = await aDoctor(t, { hours: [hours.here] });
  const there = await inAnotherChamber(t, here, { hours: [hours.there] });
  await someTravel(t, here, minutes);
  return { here, there };
}

const hourByHour = { here: { from: '17:00', to: '18:00' }, there: { from: '18:00', to: '19:00' } };

async function placesOf({ doctorId, chamberId }: Doctor): Promise<string> {
  const query = { from: '2026-11-02', to: '2026-11-02', chamberId };
  const { days } = await t.call(getAvailability, { params: { id: doctorId }, query });
  const places = days.flatMap(({ sessions }) => sessions.flatMap((session) => session.places));
  return places.map(({ serial, startsAt }) => (serial ? `#${serial}` : startsAt.slice(11, 16))).join(' ');
}

async function book(
  { doctorId, chamberId, visitTypeId }: Doctor,
  when: string | { sessionKey: string },
  patient?: { accessToken: string },
) {
  const wanted = typeof when === 'string' ? { startsAt: `2026-11-02T${when}:00+06:00` } : when;
  const body = { doctorId, chamberId, visitTypeId, ...wanted };
  return t.call(bookAppointment, { body }, patient ?? (await aSignedInPatient(t)));
}

test('a visit takes the places of the other chamber that are nearer than the way', async () => {
  const { here, there } = await aTravellingDoctor(hourByHour);
  await book(here, '17:45');
  expect(await placesOf(here)).toBe('17:00 17:15 17:30');
  expect(await placesOf(there)).toBe('18:30 18:45');
  const { alternatives } = await refused(book(there, '18:15'), 'slot_taken');
  expect(alternatives?.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual(['18:30', '18:45', '18:00']);
  await book(there, '18:30');
});

test('and those before it', async () => {
  const { here, there } = await aTravellingDoctor(hourByHour);
  await book(there, '18:00');
  expect(await placesOf(here)).toBe('17:00 17:15');
  expect(await placesOf(there)).toBe('18:15 18:30 18:45');
  await refused(book(here, '17:30'), 'slot_taken');
  await book(here, '17:15');
});

test('a cancelled visit needs no way, and neither does a doctor without travel minutes', async () => {
  const { here, there } = await aTravellingDoctor(hourByHour);
  const patient = await aSignedInPatient(t);
  const { id } = await book(here, '17:45', patient);
  await t.call(cancelAppointment, { params: { id }, body: {} }, patient);
  expect(await placesOf(there)).toBe('18:00 18:15 18:30 18:45');
  const still = await aTravellingDoctor(hourByHour, 0);
  await book(still.here, '17:45');
  expect(await placesOf(still.there)).toBe('18:00 18:15 18:30 18:45');
  await book(still.there, '18:00');
});

test('serials keep the way too', async () => {
  const serial = (from: string, to: string) => ({ from, to, slotMinutes: 10, capacity: 6 });
  const { here, there } = await aTravellingDoctor({
    here: serial('17:00', '18:00'),
    there: serial('18:00', '19:00'),
  });
  const key = ({ scheduleIds }: Doctor) => ({ sessionKey: `${scheduleIds[0]}.2026-11-02` });
  for (let count = 1; count <= 5; count++)
    expect(await book(here, key(here))).toMatchObject({ serial: count });
  // The fifth ends at 17:50.
  expect(await placesOf(there)).toBe('#3 #4 #5 #6');
  expect(await book(there, key(there))).toMatchObject({ serial: 3 });
  expect(await placesOf(here)).toBe('');
  const { alternatives } = await refused(book(here, key(here)), 'session_full');
  expect(alternatives?.[0]).toMatchObject({ startsAt: '2026-11-09T17:00:00+06:00', serial: 1 });
});

test('the longest way of four hours is seen across half a day', async () => {
  const { here, there } = await aTravellingDoctor(
    { here: { from: '11:00', to: '12:00' }, there: { from: '15:00', to: '17:00' } },
    240,
  );
  await book(here, '11:45');
  expect(await placesOf(there)).toBe('16:00 16:15 16:30 16:45');
  await refused(book(there, '15:45'), 'slot_taken');
  await book(there, '16:00');
  expect(await placesOf(here)).toBe('11:00 11:15 11:30');
});

test('search leaves a first place that another chamber’s visit puts out of reach', async () => {
  const { here, there } = await aTravellingDoctor({
    here: { from: '17:00', to: '17:15' },
    there: { from: '17:15', to: '18:15' },
  });
  await jobsDone(t);
  const stored = async () =>
    (
      await t.db
        .selectFrom('doctor_search')
        .select('next_available')
        .where('doctor_id', '=', here.doctorId)
        .executeTakeFirst()
    )?.next_available?.toString();
  expect(await stored()).toBe('2026-11-02T11:00:00Z');
  await book(there, '17:45');
  await jobsDone(t);
  expect(await stored()).toBe('2026-11-02T11:00:00Z');
  await book(there, '17:15');
  await expect.poll(stored, { interval: 20 }).toBe('2026-11-02T11:30:00Z');
});

test('the same Idempotency-Key books once, whatever the way', async () => {
  const { here } = await aTravellingDoctor(hourByHour);
  const patient = await aSignedInPatient(t);
  const { doctorId, chamberId, visitTypeId } = here;
  const body = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
  const send = () => t.call(bookAppointment, { body }, { ...patient, idempotencyKey: `travel-${doctorId}` });
  const answers = await Promise.all([send(), send(), send(), send()]);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
});
