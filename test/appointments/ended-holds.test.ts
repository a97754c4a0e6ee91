import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookAppointment, getAppointment, swapAppointments } from '../../src/contract/appointments.ts';
import { createException } from '../../src/contract/exceptions.ts';
import { createHold } from '../../src/contract/holds.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aVisitType, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';

// Monday 2 November 2026, 10:00. Nothing sweeps here, and what is published stays in the outbox.
let t: TestApp;

beforeAll(async () => {
  t = await startApp({ SERVICES: 'gateway,users,appointments' });
});
beforeEach(() => t.clock.set(aMonday));
afterAll(() => t.close());

const visitOf = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({ doctorId, chamberId, visitTypeId });
const at = (time: string) => ({ startsAt: `2026-11-${time}:00+06:00` });
const book = async (doctor: Doctor, time: string, visitTypeId = doctor.visitTypeId) => {
  const by = await aSignedInPatient(t);
  const booked = await t.call(
    bookAppointment,
    { body: { ...visitOf(doctor), visitTypeId, ...at(time) } },
    by,
  );
  return { ...booked, by };
};

/** A place that somebody held until ten minutes ago. */
async function anEndedHold(doctor: Doctor, time: string): Promise<number> {
  const { id } = await t.call(createHold, { body: { ...visitOf(doctor), ...at(time) } });
  t.clock.set(t.clock.now().add({ minutes: 20 }).toString());
  return id;
}

const asDoctor = async (doctor: Doctor) => ({ accessToken: await signedIn(t, { userId: doctor.doctorId }) });

test('an ended hold keeps two visits from changing places no longer', async () => {
  const doctor = await aDoctor(t);
  const { chamberId, doctorId } = doctor;
  const long = { doctorId, chamberId, kind: 'report', minutes: 30, fee: '300', windowDays: null } as const;
  const first = await book(doctor, '02T17:00');
  const second = await book(doctor, '02T17:30', (await aVisitType(t, long)).id);
  await anEndedHold(doctor, '02T17:15');
  const body = { first: first.id, second: second.id };
  const { items } = await t.call(swapAppointments, { body }, await asDoctor(doctor));
  expect(items.map(({ period }) => period.start.slice(11, 16))).toEqual(['17:30', '17:00']);
});

test('whom a day off moves gets the place of an ended hold', async () => {
  const hours = [1, 2].map((weekday) => ({ weekday, from: '17:00', to: '17:15' }));
  const doctor = await aDoctor(t, { hours });
  const booked = await book(doctor, '02T17:00');
  await anEndedHold(doctor, '03T17:00');
  await t.call(
    createException,
    {
      params: { id: doctor.doctorId },
      body: { kind: 'time_off', from: '2026-11-02', until: '2026-11-02' },
      query: { stranded: 'move' },
    },
    await asDoctor(doctor),
  );
  const by = { accessToken: await signedIn(t, booked.by) };
  const moved = await t.call(getAppointment, { params: { id: booked.id } }, by);
  expect(moved.period.start).toBe('2026-11-03T17:00:00+06:00');
});

test('a booking that ends a hold in its way tells of it, since others may wait for that place', async () => {
  const doctor = await aDoctor(t);
  const held = await anEndedHold(doctor, '02T17:00');
  await book(doctor, '02T17:00');
  const { rows } = await t.deps.pool.query<{ event: unknown }>(
    `select payload as event from graphile_worker._private_jobs
     where payload->'data'->>'appointmentId' = $1 order by id`,
    [String(held)],
  );
  expect(rows.map(({ event }) => event)).toMatchObject([
    { name: 'appointment.held', data: { version: 1 } },
    { name: 'appointment.expired', data: { doctorId: doctor.doctorId, version: 2 } },
  ]);
});
