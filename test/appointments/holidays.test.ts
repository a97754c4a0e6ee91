import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, getAppointment } from '../../src/contract/appointments.ts';
import { previewChange } from '../../src/contract/client.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import {
  adoptHolidays,
  createHoliday,
  endHoliday,
  listHolidays,
  listPublicHolidays,
  patchHoliday,
} from '../../src/contract/exceptions.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, anAdmin, signedIn, type Doctor } from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

// The harness's present is Monday 2 November 2026, 10:00 in Dhaka; aDoctor sits on Mondays 17:00 to 18:00.
let t: TestApp;
let admin: { accessToken: string };

beforeAll(async () => {
  t = await startApp({ SERVICES: 'gateway,users,appointments' });
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

async function placesOn({ doctorId }: Doctor, date: string): Promise<number> {
  const query = { from: date, to: date };
  const { days } = await t.call(getAvailability, { params: { id: doctorId }, query });
  return days.flatMap(({ sessions }) => sessions).reduce((sum, { remaining }) => sum + remaining, 0);
}

const book = ({ doctorId, chamberId, visitTypeId }: Doctor, by: { accessToken: string }, date: string) =>
  t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, startsAt: `${date}T17:00:00+06:00` } },
    by,
  );

const eid = { name: 'Eid', nameBn: 'ঈদ' };
const on = (date: string) => ({ from: date, until: date });

test('a tentative holiday closes online booking and strands nobody; confirmed, it needs decisions', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const [patient, second] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const booked = await book(doctor, patient, '2026-11-09');
  const elsewhere = await book(other, second, '2026-11-09');
  const body = { ...eid, ...on('2026-11-09'), tentative: true };
  expect((await previewChange(t.call, createHoliday, { body }, admin)).stranded).toEqual([]);
  const { holiday } = await t.call(createHoliday, { body }, admin);
  expect(holiday).toEqual({ id: holiday.id, ...body, chamberId: null });
  expect(await placesOn(doctor, '2026-11-09')).toBe(0);
  await refused(book(doctor, await aSignedInPatient(t), '2026-11-09'), 'holiday');

  const params = { id: holiday.id };
  const confirm = { params, body: { tentative: false } };
  const refusal = await refused(t.call(patchHoliday, confirm, admin), 'appointments_stranded');
  expect(refusal.appointments?.toSorted()).toEqual([booked.id, elsewhere.id]);
  await t.call(patchHoliday, { ...confirm, query: { move: String(booked.id), stranded: 'cancel' } }, admin);
  expect(await t.call(getAppointment, { params: { id: booked.id } }, patient)).toMatchObject({
    period: { start: '2026-11-16T17:00:00+06:00' },
  });
  expect(await t.call(getAppointment, { params: { id: elsewhere.id } }, second)).toMatchObject({
    status: 'cancelled',
  });
  // Dropped, the day is as before.
  await t.call(endHoliday, { params }, admin);
  expect(await placesOn(doctor, '2026-11-09')).toBe(4);
  await refused(t.call(endHoliday, { params }, admin), 'not_found');
});

test('a tentative holiday is moved when the moon is seen a day later', async () => {
  const doctor = await aDoctor(t);
  const { holiday } = await t.call(
    createHoliday,
    { body: { ...eid, ...on('2026-11-22'), tentative: true } },
    admin,
  );
  expect(await placesOn(doctor, '2026-11-23')).toBe(4);
  const preview = await previewChange(
    t.call,
    patchHoliday,
    { params: { id: holiday.id }, body: { ...on('2026-11-23'), tentative: false } },
    admin,
  );
  expect(preview.days.map(({ date, doctorId }) => [date, doctorId])).toContainEqual([
    '2026-11-23',
    doctor.doctorId,
  ]);
  await t.call(
    patchHoliday,
    { params: { id: holiday.id }, body: { ...on('2026-11-23'), tentative: false } },
    admin,
  );
  expect(await placesOn(doctor, '2026-11-23')).toBe(0);
  expect(await placesOn(doctor, '2026-11-30')).toBe(4);
  await t.call(endHoliday, { params: { id: holiday.id } }, admin);
});

test('a holiday of one chamber leaves the others open', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const body = { ...eid, ...on('2026-11-09'), chamberId: doctor.chamberId };
  await t.call(createHoliday, { body }, admin);
  expect(await placesOn(doctor, '2026-11-09')).toBe(0);
  expect(await placesOn(other, '2026-11-09')).toBe(4);
});

test('public holidays of a year are adopted once, those to come, moon-sighted ones as tentative', async () => {
  const { items: known } = await t.call(listPublicHolidays, { query: { year: 2026 } }, admin);
  expect(known.find(({ name }) => name === 'Victory Day')).toEqual({
    name: 'Victory Day',
    nameBn: 'বিজয় দিবস'.normalize('NFC'),
    from: '2026-12-16',
    until: '2026-12-16',
    moonSighted: false,
    holidayId: null,
  });
  const one = { year: 2026, only: [{ from: '2026-12-16', name: 'Victory Day' }] };
  const { items: adopted } = await t.call(adoptHolidays, { body: one }, admin);
  expect(adopted).toMatchObject([{ name: 'Victory Day', tentative: false, chamberId: null }]);
  expect(await refusedFields(t.call(adoptHolidays, { body: one }, admin))).toEqual(['year']);

  await t.call(adoptHolidays, { body: { year: 2027 } }, admin);
  const { items } = await t.call(listPublicHolidays, { query: { year: 2027 } }, admin);
  expect(items.length).toBeGreaterThan(10);
  expect(items.every(({ holidayId }) => holidayId !== null)).toBe(true);
  const { items: set } = await t.call(listHolidays, { query: { from: '2027-01-01', until: '2027-12-31' } });
  const tentative = (list: { name: string }[]) => list.map(({ name }) => name).toSorted();
  expect(tentative(set.filter((each) => each.tentative))).toEqual(
    tentative(items.filter((each) => each.moonSighted)),
  );
  // A holiday that the moon moved is still the same one.
  const eidDay = items.find(({ moonSighted }) => moonSighted);
  if (!eidDay?.holidayId) throw new Error('no holiday of 2027 waits for the moon');
  await t.call(
    patchHoliday,
    { params: { id: eidDay.holidayId }, body: { tentative: false, ...later(eidDay) } },
    admin,
  );
  const again = await t.call(listPublicHolidays, { query: { year: 2027 } }, admin);
  expect(again.items.find(({ name }) => name === eidDay.name)?.holidayId).toBe(eidDay.holidayId);
});

const later = ({ from, until }: { from: string; until: string }) => ({
  from: Temporal.PlainDate.from(from).add({ days: 1 }).toString(),
  until: Temporal.PlainDate.from(until).add({ days: 1 }).toString(),
});

test('holidays are set by admins alone and read by everybody; bad dates are named', async () => {
  const doctor = await aDoctor(t);
  const asDoctor = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const body = { ...eid, ...on('2026-12-01') };
  await refused(t.call(createHoliday, { body }, asDoctor), 'not_allowed');
  await refused(t.call(adoptHolidays, { body: { year: 2027 } }, asDoctor), 'not_allowed');
  const wrong = { ...eid, from: '2026-12-02', until: '2026-12-01' };
  expect(await refusedFields(t.call(createHoliday, { body: wrong }, admin))).toEqual(['until']);
  const { holiday } = await t.call(createHoliday, { body }, admin);
  expect(
    await refusedFields(
      t.call(patchHoliday, { params: { id: holiday.id }, body: { until: '2026-11-01' } }, admin),
    ),
  ).toEqual(['until']);
  const { items } = await t.call(listHolidays, { query: on('2026-12-01') });
  expect(items).toEqual([holiday]);
});
