import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import {
  createException,
  endException,
  listExceptions,
  patchException,
} from '../../src/contract/exceptions.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aChamber, aDoctor, aSignedInPatient, anAdmin, signedIn, type Doctor } from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

// The harness's present is Monday 2 November 2026, 10:00 in Dhaka; aDoctor sits on Mondays 17:00 to 18:00.
let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const asDoctor = async (doctor: Doctor) => ({ accessToken: await signedIn(t, { userId: doctor.doctorId }) });

/** Start times of the free places on a date, `HH:MM`. */
async function placesOn({ doctorId }: Doctor, date: string): Promise<string[]> {
  const { days } = await t.call(getAvailability, {
    params: { id: doctorId },
    query: { from: date, to: date },
  });
  return days.flatMap(({ sessions }) =>
    sessions.flatMap(({ places }) => places.map(({ startsAt }) => startsAt.slice(11, 16))),
  );
}

const book = ({ doctorId, chamberId, visitTypeId }: Doctor, by: { accessToken: string }, startsAt: string) =>
  t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, startsAt } }, by);

const timed = (from: string, to: string) => ({ from, to, mode: 'timed' as const, slotMinutes: 30 });

test('time off takes its hours, whole days or part of one, and gives them back when it ends', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const params = { id: doctor.doctorId };
  const off = { kind: 'time_off' as const, from: '2026-11-09T17:20', until: '2026-11-09T17:40' };
  const { exception } = await t.call(createException, { params, body: { ...off, note: 'Meeting' } }, by);
  expect(exception).toEqual({ id: exception.id, ...off, chamberId: null, note: 'Meeting' });
  expect(await placesOn(doctor, '2026-11-09')).toEqual(['17:00', '17:45']);
  const patient = await aSignedInPatient(t);
  await refused(book(doctor, patient, '2026-11-09T17:15:00+06:00'), 'time_off');
  const which = { ...params, exceptionId: exception.id };
  await t.call(patchException, { params: which, body: { from: '2026-11-09', until: '2026-11-10' } }, by);
  expect(await placesOn(doctor, '2026-11-09')).toEqual([]);
  expect((await t.call(listExceptions, { params, query: {} }, by)).items).toEqual([
    { ...exception, from: '2026-11-09', until: '2026-11-10' },
  ]);
  await t.call(endException, { params: which }, by);
  expect(await placesOn(doctor, '2026-11-09')).toHaveLength(4);
  expect((await t.call(listExceptions, { params, query: {} }, by)).items).toEqual([]);
  await refused(t.call(endException, { params: which }, by), 'not_found');
});

test('other hours replace the day, on every date of a few, and can change', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { weekday: 1, from: '17:00', to: '18:00' },
      { weekday: 2, from: '17:00', to: '18:00' },
    ],
  });
  const by = await asDoctor(doctor);
  const params = { id: doctor.doctorId };
  const { exception } = await t.call(
    createException,
    {
      params,
      body: {
        kind: 'other_hours',
        chamberId: doctor.chamberId,
        from: '2026-11-09',
        until: '2026-11-11',
        hours: [timed('09:00', '10:00'), timed('20:00', '21:00')],
      },
    },
    by,
  );
  const expected = ['09:00', '09:30', '20:00', '20:30'];
  for (const date of ['2026-11-09', '2026-11-10', '2026-11-11'])
    expect(await placesOn(doctor, date)).toEqual(expected);
  expect(await placesOn(doctor, '2026-11-16')).toHaveLength(4);
  if (exception.kind !== 'other_hours') throw new Error('other hours were asked for');
  expect(exception.hours.map(({ from, to }) => [from, to])).toEqual([
    ['09:00', '10:00'],
    ['20:00', '21:00'],
  ]);
  const which = { ...params, exceptionId: exception.id };
  await t.call(
    patchException,
    { params: which, body: { until: '2026-11-09', hours: [timed('11:00', '12:00')] } },
    by,
  );
  expect(await placesOn(doctor, '2026-11-09')).toEqual(['11:00', '11:30']);
  expect(await placesOn(doctor, '2026-11-10')).toHaveLength(4);
  expect(await placesOn(doctor, '2026-11-11')).toEqual([]);
});

test('other hours may not meet the doctor’s hours elsewhere, nor each other', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const elsewhere = await aChamber(t);
  const add = (chamberId: number, hours: ReturnType<typeof timed>[]) =>
    t.call(
      createException,
      {
        params: { id: doctor.doctorId },
        body: { kind: 'other_hours', chamberId, from: '2026-11-09', until: '2026-11-09', hours },
      },
      by,
    );
  await refused(add(elsewhere, [timed('17:30', '19:00')]), 'schedule_overlap');
  await refused(add(elsewhere, [timed('09:00', '11:00'), timed('10:00', '12:00')]), 'schedule_overlap');
  await add(elsewhere, [timed('18:00', '19:00')]);
});

test('time off in one chamber leaves the other alone', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const elsewhere = await aChamber(t);
  await t.call(
    createException,
    {
      params: { id: doctor.doctorId },
      body: { kind: 'time_off', chamberId: elsewhere, from: '2026-11-09', until: '2026-11-09' },
    },
    by,
  );
  expect(await placesOn(doctor, '2026-11-09')).toHaveLength(4);
});

test('what is wrong is named by its path, and nothing is kept', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const params = { id: doctor.doctorId };
  const add = (body: object) =>
    t.inject({
      method: 'POST',
      url: `/api/v1/doctors/${doctor.doctorId}/exceptions`,
      headers: { authorization: `Bearer ${by.accessToken}` },
      payload: body,
    });
  const paths = async (body: object) => {
    const answer = await add(body);
    expect(answer.statusCode).toBe(422);
    return answer.json().errors.map(({ path }: { path: string }) => path);
  };
  const off = { kind: 'time_off', from: '2026-11-09', until: '2026-11-09' };
  expect(await paths({ ...off, until: '2026-11-08' })).toEqual(['until']);
  expect(await paths({ ...off, from: '2026-11-09T10:00', until: '2026-11-09T10:00' })).toEqual(['until']);
  expect(await paths({ ...off, until: '2026-11-09T00:00' })).toEqual(['until']);
  expect(await paths({ ...off, from: '2026-02-30' })).toEqual(['from']);
  expect(await paths({ ...off, from: '2026-11-09T25:00' })).toEqual(['from']);
  expect(await paths({ ...off, until: '2028-11-09' })).toEqual(['until']);
  expect(await paths({ ...off, chamberId: 999_999 })).toEqual(['chamberId']);
  const other = { kind: 'other_hours', chamberId: doctor.chamberId, from: '2026-11-09', until: '2026-11-09' };
  expect(await paths({ ...other, hours: [] })).toEqual(['hours']);
  expect(await paths({ ...other, hours: [{ ...timed('10:00', '10:00') }] })).toEqual(['hours.0.to']);
  expect(await paths({ ...other, from: '2026-11-09T10:00', hours: [timed('10:00', '11:00')] })).toEqual([
    'from',
  ]);
  expect(
    await t.db.selectFrom('exceptions').select('id').where('doctor_id', '=', doctor.doctorId).execute(),
  ).toEqual([]);

  const { exception } = await t.call(
    createException,
    { params, body: { kind: 'time_off', from: '2026-11-09', until: '2026-11-09' } },
    by,
  );
  const which = { ...params, exceptionId: exception.id };
  expect(
    await refusedFields(
      t.call(patchException, { params: which, body: { hours: [timed('10:00', '11:00')] } }, by),
    ),
  ).toEqual(['hours']);
  expect(
    await refusedFields(t.call(patchException, { params: which, body: { until: '2026-11-01' } }, by)),
  ).toEqual(['until']);
});

test('the doctor and admins set exceptions, the desk reads them, to others they do not exist', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const params = { id: doctor.doctorId };
  const body = { kind: 'time_off' as const, from: '2026-11-09', until: '2026-11-09' };
  const stranger = await asDoctor(other);
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  await refused(t.call(createException, { params, body }, stranger), 'not_found');
  await refused(t.call(listExceptions, { params, query: {} }, stranger), 'not_found');
  await refused(t.call(createException, { params, body }, await aSignedInPatient(t)), 'not_allowed');
  const { exception } = await t.call(createException, { params, body }, admin);
  const which = { id: other.doctorId, exceptionId: exception.id };
  await refused(t.call(endException, { params: which }, stranger), 'not_found');
  await refused(t.call(patchException, { params: which, body: { note: 'x' } }, stranger), 'not_found');
  await refused(t.call(createException, { params: { id: 999_999 }, body }, admin), 'not_found');
  expect((await t.call(listExceptions, { params, query: { until: '2026-11-08' } }, admin)).items).toEqual([]);
});
