import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment, getAppointment } from '../../src/contract/appointments.ts';
import { ApiProblem } from '../../src/contract/client.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, next, signedIn, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const aKey = () => `idempotency-${next()}`;
const at = (doctor: Doctor, time: string) => {
  const { doctorId, chamberId, visitTypeId } = doctor;
  return { body: { doctorId, chamberId, visitTypeId, startsAt: `2026-11-02T${time}:00+06:00` } };
};
const countOf = async (doctor: Doctor) => {
  const { count } = await t.db
    .selectFrom('appointments')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('doctor_id', '=', doctor.doctorId)
    .executeTakeFirstOrThrow();
  return count;
};

test('the same key gives the same answer, even after a cancellation', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const key = { ...patient, idempotencyKey: aKey() };
  const first = await t.call(bookAppointment, at(doctor, '17:00'), key);
  expect(await t.call(bookAppointment, at(doctor, '17:00'), key)).toEqual(first);
  await t.call(cancelAppointment, { params: { id: first.id }, body: {} }, patient);
  expect(await t.call(bookAppointment, at(doctor, '17:00'), key)).toEqual(first);
  expect(await countOf(doctor)).toBe(1);
  expect((await t.call(getAppointment, { params: { id: first.id } }, patient)).status).toBe('cancelled');
});

test('the same key for something else is refused', async () => {
  const doctor = await aDoctor(t);
  const key = { ...(await aSignedInPatient(t)), idempotencyKey: aKey() };
  const booked = await t.call(bookAppointment, at(doctor, '17:00'), key);
  await refused(t.call(bookAppointment, at(doctor, '17:15'), key), 'key_reused');
  await refused(t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, key), 'key_reused');
  expect(await countOf(doctor)).toBe(1);
});

test('a key belongs to its user', async () => {
  const doctor = await aDoctor(t);
  const idempotencyKey = aKey();
  const one = await t.call(bookAppointment, at(doctor, '17:00'), {
    ...(await aSignedInPatient(t)),
    idempotencyKey,
  });
  const other = await t.call(bookAppointment, at(doctor, '17:15'), {
    ...(await aSignedInPatient(t)),
    idempotencyKey,
  });
  expect(other.id).not.toBe(one.id);
});

test('a refusal is not kept: the key can be tried again', async () => {
  const doctor = await aDoctor(t);
  const rival = await aSignedInPatient(t);
  const theirs = await t.call(bookAppointment, at(doctor, '17:00'), rival);
  const key = { ...(await aSignedInPatient(t)), idempotencyKey: aKey() };
  await refused(t.call(bookAppointment, at(doctor, '17:00'), key), 'slot_taken');
  await t.call(cancelAppointment, { params: { id: theirs.id }, body: {} }, rival);
  expect((await t.call(bookAppointment, at(doctor, '17:00'), key)).status).toBe('confirmed');
});

test('twenty at once are one timed booking with equal answers', async () => {
  const doctor = await aDoctor(t);
  const key = { ...(await aSignedInPatient(t)), idempotencyKey: aKey() };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => t.call(bookAppointment, at(doctor, '17:00'), key)),
  );
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await countOf(doctor)).toBe(1);
});

test('twenty at once are one serial with equal answers', async () => {
  const doctor = await aDoctor(t, { hours: [{ weekday: 2, capacity: 30, slotMinutes: 2 }] });
  const key = { ...(await aSignedInPatient(t)), idempotencyKey: aKey() };
  const { doctorId, chamberId, visitTypeId } = doctor;
  const body = { doctorId, chamberId, visitTypeId, sessionKey: `${doctor.scheduleIds[0]}.2026-11-03` };
  const answers = await Promise.all(Array.from({ length: 20 }, () => t.call(bookAppointment, { body }, key)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await countOf(doctor)).toBe(1);
});

test('one key on twenty different sessions at once is one booking, and the rest are told', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { weekday: 2, capacity: 30, horizonDays: 366 },
      { weekday: 3, capacity: 30, horizonDays: 366 },
    ],
  });
  const key = { ...(await aSignedInPatient(t)), idempotencyKey: aKey() };
  const { doctorId, chamberId, visitTypeId } = doctor;
  const tuesday = Temporal.PlainDate.from('2026-11-03');
  const bodies = Array.from({ length: 20 }, (_, index) => ({
    doctorId,
    chamberId,
    visitTypeId,
    sessionKey: `${doctor.scheduleIds[index % 2]}.${tuesday.add({ days: (index % 2) + 7 * index }).toString()}`,
  }));
  const answers = await Promise.allSettled(bodies.map((body) => t.call(bookAppointment, { body }, key)));
  const codes = answers.map((answer) =>
    answer.status === 'fulfilled'
      ? 'booked'
      : answer.reason instanceof ApiProblem
        ? answer.reason.body.code
        : 'failed',
  );
  expect(codes.toSorted()).toEqual(['booked', ...Array.from({ length: 19 }, () => 'key_reused')]);
  expect(await countOf(doctor)).toBe(1);
});

test('twenty cancellations with one key are one, and without a key the second is refused', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const { id } = await t.call(bookAppointment, at(doctor, '17:00'), patient);
  const key = { ...patient, idempotencyKey: aKey() };
  const cancel = (by: typeof patient) =>
    t.call(cancelAppointment, { params: { id }, body: { reason: 'better now' } }, by);
  const answers = await Promise.all(Array.from({ length: 20 }, () => cancel(key)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ id, status: 'cancelled', version: 2 });
  await refused(cancel(patient), 'wrong_state');
  const history = await t.db
    .selectFrom('appointment_history')
    .select('to_status')
    .where('appointment_id', '=', id)
    .execute();
  expect(history.map((row) => row.to_status)).toEqual(['confirmed', 'cancelled']);
});

test('keys are kept for a day, then forgotten', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const idempotencyKey = aKey();
  const first = await t.call(bookAppointment, at(doctor, '17:00'), { ...patient, idempotencyKey });
  const forget = async () => {
    await t.deps.pool.query(`select graphile_worker.add_job('forget-idempotency-keys')`);
    await jobsDone(t);
  };
  t.clock.set('2026-11-03T09:59:00+06:00');
  await forget();
  const again = { accessToken: await signedIn(t, patient), idempotencyKey };
  expect(await t.call(bookAppointment, at(doctor, '17:00'), again)).toEqual(first);
  t.clock.set('2026-11-03T10:01:00+06:00');
  await forget();
  await refused(t.call(bookAppointment, at(doctor, '17:00'), again), 'too_soon');
  t.clock.set(aMonday);
});
