import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSchedule, listSchedules, putWeek } from '../../src/contract/schedules.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, signedIn, type Doctor } from '../harness/builders.ts';
import { refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let doctor: Doctor;
let by: { accessToken: string };

beforeAll(async () => {
  t = await startApp();
  doctor = await aDoctor(t);
  by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
});
afterAll(() => t.close());

const timed = { weekday: 3, from: '10:00', to: '12:00', mode: 'timed' as const, slotMinutes: 15 };
const serial = { ...timed, mode: 'serial' as const, capacity: 35 };
const quotas = { online: 20, phone: 10, walkIn: 5 };

test.each([
  ['an end at the start', { ...timed, to: '10:00' }, ['to']],
  ['a time that is none', { ...timed, from: '24:00' }, ['from']],
  ['a weekday that is none', { ...timed, weekday: 0 }, ['weekday']],
  ['serials without a number', { ...timed, mode: 'serial' as const }, ['capacity']],
  ['clock times with a number', { ...timed, capacity: 5 }, ['capacity']],
  ['clock times with quotas', { ...timed, quotas }, ['quotas']],
  ['quotas over the capacity', { ...serial, capacity: 34, quotas }, ['quotas']],
  ['a quota below nothing', { ...serial, quotas: { ...quotas, phone: -1 } }, ['quotas.phone']],
  ['a release of no quotas', { ...serial, quotaReleaseMinutes: 60 }, ['quotaReleaseMinutes']],
  ['dates backwards', { ...timed, validFrom: '2026-12-02', validUntil: '2026-12-01' }, ['validUntil']],
  ['a date that is none', { ...timed, validFrom: '2026-02-29' }, ['validFrom']],
  ['a notice of years', { ...timed, noticeMinutes: 43_201 }, ['noticeMinutes']],
  ['no horizon', { ...timed, horizonDays: 0 }, ['horizonDays']],
  ['a chamber that is none', { ...timed, chamberId: 999_999 }, ['chamberId']],
])('hours with %s are refused, alone and in a week', async (_, hours, fields) => {
  const params = { id: doctor.doctorId };
  const { validFrom, validUntil, chamberId, ...settings } = {
    validFrom: null,
    validUntil: null,
    chamberId: doctor.chamberId,
    ...hours,
  };
  const alone = { ...settings, chamberId, validFrom, validUntil };
  expect(await refusedFields(t.call(createSchedule, { params, body: alone }, by))).toEqual(fields);
  const week = { chamberId, validFrom, validUntil, hours: [settings] };
  const inWeek = await refusedFields(t.call(putWeek, { params, body: week }, by));
  const ofWeek = ['validFrom', 'validUntil', 'chamberId'];
  expect(inWeek).toEqual(fields.map((field) => (ofWeek.includes(field) ? field : `hours.0.${field}`)));
  expect((await t.call(listSchedules, { params }, by)).items).toHaveLength(1);
});

test.each([
  'stranded=maybe',
  'move=abc',
  'keep=1,,2',
  'cancel=-1',
  'preview=yes',
  `move=${'1,'.repeat(5_000)}1`,
])('a change with ?%s is refused', async (query) => {
  const answer = await t.inject({
    method: 'POST',
    url: `/api/v1/doctors/${doctor.doctorId}/schedules?${query}`,
    headers: { authorization: `Bearer ${by.accessToken}` },
    payload: { ...timed, chamberId: doctor.chamberId },
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual([query.split('=')[0]]);
});
