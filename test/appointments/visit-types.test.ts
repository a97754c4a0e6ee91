import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment, getAppointment } from '../../src/contract/appointments.ts';
import { getAvailability, getDoctor, searchDoctors } from '../../src/contract/doctors.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import {
  createVisitType,
  endVisitType,
  listVisitTypes,
  patchVisitType,
} from '../../src/contract/schedules.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let admin: { accessToken: string };

beforeAll(async () => {
  t = await startApp();
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

const as = async ({ doctorId }: Doctor) => ({ accessToken: await signedIn(t, { userId: doctorId }) });
type By = { accessToken: string };

const create = (
  { doctorId, chamberId }: Doctor,
  by: By,
  more: Partial<RouteInput<typeof createVisitType>['body']> = {},
) =>
  t.call(
    createVisitType,
    { params: { id: doctorId }, body: { chamberId, kind: 'follow_up', minutes: 10, fee: '300.5', ...more } },
    by,
  );
const patch = ({ doctorId, visitTypeId }: Doctor, by: By, body: RouteInput<typeof patchVisitType>['body']) =>
  t.call(patchVisitType, { params: { id: doctorId, visitTypeId }, body }, by);
const end = ({ doctorId, visitTypeId }: Doctor, by: By) =>
  t.call(endVisitType, { params: { id: doctorId, visitTypeId } }, by);

const list = async ({ doctorId }: Doctor) =>
  (await t.call(listVisitTypes, { params: { id: doctorId } })).items;
const fiveOClock = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({
  body: { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' },
});

/** The doctor as the search shows them once everything that has happened has reached it. */
async function found({ doctorId }: Doctor, q: string, more: { district?: string } = {}) {
  await jobsDone(t);
  const { items } = await t.call(searchDoctors, { query: { q, ...more } });
  return items.find((item) => item.id === doctorId);
}

test('minutes and fees, one of each kind per chamber', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  const { visitType } = await create(doctor, by);
  expect(visitType).toEqual({
    id: expect.any(Number),
    chamberId: doctor.chamberId,
    kind: 'follow_up',
    minutes: 10,
    fee: { amount: '300.50', currency: 'BDT' },
    windowDays: 30,
  });
  await refused(create(doctor, by), 'visit_type_exists');
  expect((await list(doctor)).map((item) => item.kind)).toEqual(['new', 'follow_up']);
});

const nonsense = [
  { minutes: 0 },
  { minutes: 481 },
  { minutes: 1.5 },
  { fee: '-1' },
  { fee: '1e3' },
  { fee: '1.234' },
];

test('what makes no sense is refused', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  for (const change of nonsense) {
    expect(await refusedFields(create(doctor, by, change))).toEqual(Object.keys(change));
    expect(await refusedFields(patch(doctor, by, change))).toEqual(Object.keys(change));
  }
  expect(await refusedFields(create(doctor, by, { chamberId: 2_000_000_000 }))).toEqual(['chamberId']);
  await refused(create({ ...doctor, doctorId: 2_000_000_000 }, admin), 'not_found');
  expect(await list(doctor)).toMatchObject([{ kind: 'new', minutes: 15, fee: { amount: '800.00' } }]);
});

test('a changed fee is for bookings to come, and is what the search shows', async () => {
  const doctor = await aDoctor(t, { fullName: 'Farzana Mahbub' });
  const [first, second] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const before = await t.call(bookAppointment, fiveOClock(doctor), first);
  expect((await found(doctor, 'farzana mahbub'))?.fee.amount).toBe('800.00');
  const { visitType } = await patch(doctor, await as(doctor), { fee: '950', minutes: 30 });
  expect(visitType).toMatchObject({ id: doctor.visitTypeId, minutes: 30, fee: { amount: '950.00' } });
  expect(await list(doctor)).toEqual([visitType]);
  expect((await found(doctor, 'farzana mahbub'))?.fee.amount).toBe('950.00');
  const booked = await t.call(getAppointment, { params: { id: before.id } }, first);
  expect(booked.fee.amount).toBe('800.00');
  expect(booked.period.end).toBe('2026-11-02T17:15:00+06:00');
  const half = { body: { ...fiveOClock(doctor).body, startsAt: '2026-11-02T17:15:00+06:00' } };
  const after = await t.call(bookAppointment, half, second);
  expect(after.fee.amount).toBe('950.00');
  expect(after.period.end).toBe('2026-11-02T17:45:00+06:00');
});

test('one of the two is changed alone, and an empty change changes nothing', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  const [before] = await list(doctor);
  expect((await patch(doctor, by, {})).visitType).toEqual(before);
  expect((await patch(doctor, by, { minutes: 20 })).visitType).toEqual({ ...before, minutes: 20 });
  expect((await patch(doctor, by, { fee: '0' })).visitType).toMatchObject({
    minutes: 20,
    fee: { amount: '0.00' },
  });
});

test('a follow-up and a report are for those seen within 30 days, unless it is said otherwise', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  const { visitType: followUp } = await create(doctor, by, { windowDays: 7 });
  expect(followUp.windowDays).toBe(7);
  const { visitType: report } = await create(doctor, by, { kind: 'report' });
  expect(report.windowDays).toBe(30);
  expect((await list(doctor)).map(({ windowDays }) => windowDays)).toEqual([null, 7, 30]);
  const change = async (body: RouteInput<typeof patchVisitType>['body']) =>
    (await patch({ ...doctor, visitTypeId: report.id }, by, body)).visitType.windowDays;
  expect(await change({ windowDays: 1_000 })).toBe(1_000);
  expect(await change({ minutes: 8 })).toBe(1_000);
  expect(await change({ windowDays: null })).toBe(null);
  await jobsDone(t);
  const { doctor: shown } = await t.call(getDoctor, { params: { id: doctor.doctorId } });
  expect(shown.chambers[0]?.visitTypes.map(({ windowDays }) => windowDays)).toEqual([null, 7, null]);
});

test('the days decide who books a follow-up', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  const { visitType } = await create(doctor, by);
  const followUp = { ...doctor, visitTypeId: visitType.id };
  const patient = await aSignedInPatient(t);
  await refused(t.call(bookAppointment, fiveOClock(followUp), patient), 'no_recent_visit');
  await patch(followUp, by, { windowDays: null });
  expect((await t.call(bookAppointment, fiveOClock(followUp), patient)).fee.amount).toBe('300.50');
});

test('the days are 1 to 1000, and a new visit has none', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  for (const windowDays of [0, 1_001, 1.5])
    expect(await refusedFields(create(doctor, by, { windowDays }))).toEqual(['windowDays']);
  expect(await refusedFields(create(doctor, by, { kind: 'new', windowDays: 30 }))).toEqual(['windowDays']);
  expect(await refusedFields(patch(doctor, by, { windowDays: 30 }))).toEqual(['windowDays']);
  expect((await patch(doctor, by, { windowDays: null })).visitType.windowDays).toBe(null);
});

test('an ended visit type is offered nowhere, and what is booked stays', async () => {
  const doctor = await aDoctor(t, { fullName: 'Munira Chowdhury', chamber: { name: 'Lake View Point' } });
  const { doctorId } = doctor;
  const patient = await aSignedInPatient(t);
  const booked = await t.call(bookAppointment, fiveOClock(doctor), patient);
  expect((await found(doctor, 'munira lake view', { district: 'Dhaka' }))?.place?.thana).toBe('Dhanmondi');
  await end(doctor, await as(doctor));
  expect(await list(doctor)).toEqual([]);
  expect(await found(doctor, 'munira')).toMatchObject({ fee: { amount: '500.00' }, place: null });
  expect(await found(doctor, 'munira lake view')).toBe(undefined);
  expect(await found(doctor, 'munira', { district: 'Dhaka' })).toBe(undefined);
  const shown = await t.call(getAppointment, { params: { id: booked.id } }, patient);
  expect(shown).toMatchObject({ visitKind: 'new', fee: { amount: '800.00' }, status: 'confirmed' });
  await t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, patient);
  expect(await refusedFields(t.call(bookAppointment, fiveOClock(doctor), patient))).toEqual(['visitTypeId']);
  const query = { from: '2026-11-02', to: '2026-11-02', visitTypeId: doctor.visitTypeId };
  expect(await refusedFields(t.call(getAvailability, { params: { id: doctorId }, query }))).toEqual([
    'visitTypeId',
  ]);
  expect((await t.call(getDoctor, { params: { id: doctorId } })).doctor.chambers).toEqual([]);
});

test('what has ended is not changed or ended again, but can be set again', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  await end(doctor, by);
  await refused(end(doctor, by), 'not_found');
  await refused(patch(doctor, by, { fee: '1' }), 'not_found');
  const { visitType } = await create(doctor, by, { kind: 'new', fee: '1000' });
  expect(visitType.id).not.toBe(doctor.visitTypeId);
  const again = await t.call(
    bookAppointment,
    fiveOClock({ ...doctor, visitTypeId: visitType.id }),
    await aSignedInPatient(t),
  );
  expect(again.fee.amount).toBe('1000.00');
});

test('of many that set the same visit type at once, one does', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => create(doctor, by)));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  expect(await list(doctor)).toHaveLength(2);
});

test('to other doctors they do not exist, an admin sets everybody’s', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const stranger = await as(other);
  await refused(create(doctor, stranger), 'not_found');
  await refused(patch(doctor, stranger, { fee: '1' }), 'not_found');
  await refused(end(doctor, stranger), 'not_found');
  // Nor by one's own address.
  const mixed = { ...doctor, doctorId: other.doctorId };
  await refused(patch(mixed, stranger, { fee: '1' }), 'not_found');
  await refused(end(mixed, stranger), 'not_found');
  await refused(patch(doctor, await aSignedInPatient(t), { fee: '1' }), 'not_allowed');
  expect(await list(doctor)).toMatchObject([{ fee: { amount: '800.00' } }]);
  await create(doctor, admin);
  await patch(doctor, admin, { fee: '700' });
  expect(await list(doctor)).toMatchObject([
    { kind: 'new', fee: { amount: '700.00' } },
    { kind: 'follow_up' },
  ]);
  await end(doctor, admin);
  expect(await list(doctor)).toMatchObject([{ kind: 'follow_up' }]);
});

test('a doctor whose licence is still being checked sets and changes no fee, and none is shown', async () => {
  const doctor = await aDoctor(t, { approval: 'pending' });
  const by = await as(doctor);
  await refused(create(doctor, by), 'not_allowed');
  await refused(patch(doctor, by, { fee: '1' }), 'not_allowed');
  await refused(t.call(listVisitTypes, { params: { id: doctor.doctorId } }), 'not_found');
});
