import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment, listAppointments } from '../../src/contract/appointments.ts';
import type { RouteAnswer, RouteInput } from '../../src/contract/route.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import {
  aDoctor,
  aFamilyMember,
  anAdmin,
  aSignedInPatient,
  signedIn,
  type Doctor,
} from '../harness/builders.ts';

let t: TestApp;
let doctors: [Doctor, Doctor];
let patient: Awaited<ReturnType<typeof aSignedInPatient>>;
let child: number;
let other: typeof patient;
let booked: { mine: number[]; childs: number[]; others: number[] };

type Caller = { accessToken: string };

beforeAll(async () => {
  t = await startApp();
  const hours = [
    { weekday: 1, from: '17:00', to: '18:00', slotMinutes: 5 },
    { weekday: 2, from: '17:00', to: '20:00', capacity: 40, slotMinutes: 5 },
  ];
  doctors = [await aDoctor(t, { minutes: 5, hours }), await aDoctor(t, { minutes: 5, hours })];
  patient = await aSignedInPatient(t);
  other = await aSignedInPatient(t);
  child = await aFamilyMember(t, patient);
  const many = async (by: Caller, doctor: Doctor, minutes: number[], patientId?: number) => {
    const ids: number[] = [];
    for (const minute of minutes) {
      const { doctorId, chamberId, visitTypeId } = doctor;
      const startsAt = `2026-11-02T17:${String(minute).padStart(2, '0')}:00+06:00`;
      const body = { doctorId, chamberId, visitTypeId, startsAt, ...(patientId ? { patientId } : {}) };
      ids.push((await t.call(bookAppointment, { body }, by)).id);
    }
    return ids;
  };
  booked = {
    mine: await many(patient, doctors[0], [0, 5, 10, 15, 20]),
    // At the same instants as mine, at the other doctor: ties in the list's order.
    childs: await many(patient, doctors[1], [0, 5, 10, 15, 20], child),
    others: await many(other, doctors[0], [25, 30]),
  };
});
afterAll(() => t.close());

type Query = RouteInput<typeof listAppointments>['query'];

const list = async (by: Caller, query: Query = {}) =>
  (await t.call(listAppointments, { query }, by)).items.map((item) => item.id);
const sorted = (ids: number[]) => ids.toSorted((a, b) => a - b);

test('a patient sees what they booked and what is booked for them', async () => {
  expect(sorted(await list(patient))).toEqual(sorted([...booked.mine, ...booked.childs]));
  expect(sorted(await list(other))).toEqual(sorted(booked.others));
  expect(await list(await aSignedInPatient(t))).toEqual([]);
});

test('a doctor sees their own patients, an admin everybody', async () => {
  const asDoctor = { accessToken: await signedIn(t, { userId: doctors[0].doctorId }) };
  expect(sorted(await list(asDoctor))).toEqual(sorted([...booked.mine, ...booked.others]));
  expect(await list(asDoctor, { doctorId: doctors[1].doctorId })).toEqual([]);
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  expect(sorted(await list(admin))).toEqual(sorted(Object.values(booked).flat()));
});

test('newest visit first, later booking first among equals', async () => {
  const { items } = await t.call(listAppointments, { query: {} }, patient);
  const order = items.map((item) => [item.period.start, item.id]);
  const expected = order.toSorted(
    (a, b) => String(b[0]).localeCompare(String(a[0])) || Number(b[1]) - Number(a[1]),
  );
  expect(order).toEqual(expected);
  expect(new Set(order.map(([start]) => start)).size).toBe(5);
});

test.each([1, 2, 3, 4, 9, 10, 100])('pages of %i have no gap and no repeat', async (limit) => {
  const seen: number[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: RouteAnswer<typeof listAppointments> = await t.call(
      listAppointments,
      { query: { limit, ...(cursor ? { cursor } : {}) } },
      patient,
    );
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
    pages += 1;
  } while (cursor);
  expect(seen).toEqual(await list(patient, { limit: 100 }));
  expect(pages).toBe(Math.ceil(10 / limit));
});

test('filters', async () => {
  expect(sorted(await list(patient, { patientId: child }))).toEqual(sorted(booked.childs));
  expect(sorted(await list(patient, { doctorId: doctors[0].doctorId }))).toEqual(sorted(booked.mine));
  expect(await list(patient, { patientId: other.patientId })).toEqual([]);
  expect(await list(patient, { doctorId: doctors[0].doctorId, patientId: child })).toEqual([]);
  const { doctorId } = doctors[0];
  const at = (time: string) => `2026-11-02T${time}:00+06:00`;
  expect(await list(patient, { doctorId, from: at('17:10') })).toEqual(booked.mine.slice(2).toReversed());
  expect(await list(patient, { doctorId, to: at('17:10') })).toEqual(booked.mine.slice(0, 2).toReversed());
  expect(await list(patient, { doctorId, from: at('17:05'), to: at('17:10') })).toEqual([booked.mine[1]]);
  expect(await list(patient, { doctorId, from: '2026-11-02T11:05:00Z', to: at('17:10') })).toEqual([
    booked.mine[1],
  ]);
  expect(await list(patient, { from: '2026-11-03T00:00:00+06:00' })).toEqual([]);
});

test('status, and a page that goes on where a cancelled one stood', async () => {
  const [id = 0] = booked.mine;
  await t.call(cancelAppointment, { params: { id }, body: {} }, patient);
  expect(await list(patient, { status: 'cancelled' })).toEqual([id]);
  expect(await list(patient, { status: 'confirmed' })).toHaveLength(9);
  expect(await list(patient, { status: 'held' })).toEqual([]);
});

test('a cursor shows nobody what is not theirs', async () => {
  const { nextCursor } = await t.call(listAppointments, { query: { limit: 1 } }, patient);
  expect(await list(other, { cursor: nextCursor ?? '' })).not.toContain(booked.mine[0]);
  expect((await list(other, { cursor: nextCursor ?? '' })).every((id) => booked.others.includes(id))).toBe(
    true,
  );
});
