import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment, getAppointment } from '../../src/contract/appointments.ts';
import { previewChange } from '../../src/contract/client.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { createException } from '../../src/contract/exceptions.ts';
import {
  createSchedule,
  endSchedule,
  listSchedules,
  patchSchedule,
  putWeek,
} from '../../src/contract/schedules.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { setStatus } from '../harness/appointments.ts';
import { aDoctor, aSignedInPatient, signedIn, type Doctor, type Patient } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

// The harness's present is Monday 2 November 2026, 10:00 in Dhaka; aDoctor sits on Mondays 17:00 to 18:00.
let t: TestApp;

beforeAll(async () => {
  // Without a worker the outbox keeps what is put into it.
  t = await startApp({ SERVICES: 'gateway,users,appointments' });
});
beforeEach(() => t.clock.set(aMonday));
afterAll(() => t.close());

type SignedIn = Patient & { accessToken: string };

const asDoctor = async (doctor: Doctor) => ({ accessToken: await signedIn(t, { userId: doctor.doctorId }) });

const book = ({ doctorId, chamberId, visitTypeId }: Doctor, by: SignedIn, when: object) =>
  t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, ...when } }, by);

const at = (time: string) => ({ startsAt: `2026-11-${time}:00+06:00` });

const read = (id: number, by: SignedIn) => t.call(getAppointment, { params: { id } }, by);

/** Events that stand in the outbox about an appointment, without the booking's own. */
async function eventsAbout(appointmentId: number): Promise<string[]> {
  const { rows } = await t.deps.pool.query<{ name: string }>(
    `select payload->>'name' as name from graphile_worker._private_jobs
     where payload->'data'->>'appointmentId' = $1 and payload->>'name' <> 'appointment.booked' order by id`,
    [String(appointmentId)],
  );
  return rows.map(({ name }) => name);
}

const historyOf = (appointmentId: number) =>
  t.db
    .selectFrom('appointment_history')
    .select(['version', 'from_status', 'to_status', 'by_user', 'reason'])
    .where('appointment_id', '=', appointmentId)
    .orderBy('version')
    .execute();

/** The doctor is away on Monday the 9th. */
const dayOff = (doctor: Doctor) => ({
  params: { id: doctor.doctorId },
  body: { kind: 'time_off' as const, from: '2026-11-09', until: '2026-11-09' },
});

test('a preview shows what goes and who is stranded with their next place, and changes nothing', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient, at('09T17:15'));
  const preview = await previewChange(t.call, createException, dayOff(doctor), by);
  expect(preview).toMatchObject({
    daysChanged: 1,
    placesAdded: 0,
    placesRemoved: 4,
    days: [
      {
        date: '2026-11-09',
        doctorId: doctor.doctorId,
        chamberId: doctor.chamberId,
        before: [{ startsAt: '2026-11-09T17:00:00+06:00', mode: 'timed', places: 4 }],
        after: [],
      },
    ],
    stranded: [
      {
        id: booked.id,
        reference: booked.reference,
        mobile: patient.mobile,
        visitKind: 'new',
        reasons: ['time_off'],
        period: { start: '2026-11-09T17:15:00+06:00' },
        next: { startsAt: '2026-11-16T17:00:00+06:00' },
      },
    ],
  });
  expect(await t.db.selectFrom('exceptions').selectAll().execute()).toEqual([]);
  expect(await read(booked.id, patient)).toEqual(booked);
  expect(await eventsAbout(booked.id)).toEqual([]);
});

test('without a decision nothing changes; each decision is carried out in one step, with one message queued', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const people = await Promise.all([1, 2, 3].map(() => aSignedInPatient(t)));
  const [kept, moved, gone] = await Promise.all(
    people.map((patient, index) => book(doctor, patient, at(`09T17:${['00', '15', '30'][index]}`))),
  );
  if (!kept || !moved || !gone) throw new Error('three were to be booked');
  const refusal = await refused(t.call(createException, dayOff(doctor), by), 'appointments_stranded');
  expect(refusal.appointments).toEqual([kept.id, moved.id, gone.id]);
  const partly = { ...dayOff(doctor), query: { keep: String(kept.id), move: String(moved.id) } };
  const open = await refused(t.call(createException, partly, by), 'appointments_stranded');
  expect(open.appointments).toEqual([gone.id]);
  expect(await read(moved.id, people[1] as SignedIn)).toEqual(moved);

  await t.call(createException, { ...partly, query: { ...partly.query, stranded: 'cancel' } }, by);

  expect(await read(kept.id, people[0] as SignedIn)).toMatchObject({
    status: 'confirmed',
    period: kept.period,
    version: 2,
  });
  expect(await read(moved.id, people[1] as SignedIn)).toMatchObject({
    status: 'confirmed',
    reference: moved.reference,
    fee: moved.fee,
    period: { start: '2026-11-16T17:00:00+06:00', end: '2026-11-16T17:15:00+06:00' },
    version: 2,
  });
  expect(await read(gone.id, people[2] as SignedIn)).toMatchObject({ status: 'cancelled', version: 2 });
  expect(await eventsAbout(kept.id)).toEqual([]);
  expect(await eventsAbout(moved.id)).toEqual(['appointment.rescheduled']);
  expect(await eventsAbout(gone.id)).toEqual(['appointment.cancelled']);
  expect((await historyOf(moved.id)).at(-1)).toEqual({
    version: 2,
    from_status: 'confirmed',
    to_status: 'confirmed',
    by_user: doctor.doctorId,
    reason: 'The doctor is away.',
  });
  // Who was kept is not asked about at the next change that has nothing to do with them.
  await t.call(
    patchSchedule,
    {
      params: { id: doctor.doctorId, scheduleId: doctor.scheduleIds[0] ?? 0 },
      body: { noticeMinutes: 60 },
    },
    by,
  );
});

test('those who are moved get different places, nearest on the same date first', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { weekday: 1, from: '17:00', to: '18:00' },
      { weekday: 1, from: '20:00', to: '20:30' },
    ],
  });
  const by = await asDoctor(doctor);
  const people = await Promise.all([1, 2, 3].map(() => aSignedInPatient(t)));
  const booked = await Promise.all(
    people.map((patient, index) => book(doctor, patient, at(`09T17:${['00', '15', '30'][index]}`))),
  );
  await t.call(
    createException,
    {
      params: { id: doctor.doctorId },
      query: { stranded: 'move' },
      body: { kind: 'time_off', from: '2026-11-09T16:00', until: '2026-11-09T19:00' },
    },
    by,
  );
  const after = await Promise.all(
    booked.map(async ({ id }, index) => (await read(id, people[index] as SignedIn)).period.start),
  );
  expect(after).toEqual([
    '2026-11-09T20:00:00+06:00',
    '2026-11-09T20:15:00+06:00',
    '2026-11-16T17:00:00+06:00',
  ]);
});

test('nobody is moved onto another visit of their own', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient, at('09T17:00'));
  await book(other, patient, at('16T17:00'));
  await t.call(createException, { ...dayOff(doctor), query: { stranded: 'move' } }, await asDoctor(doctor));
  expect((await read(booked.id, patient)).period.start).toBe('2026-11-16T17:15:00+06:00');
});

test('where no place is free to move to, the whole change is refused and names whom it concerns', async () => {
  const doctor = await aDoctor(t, { hours: [{ weekday: 1, from: '17:00', to: '18:00', horizonDays: 8 }] });
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient, at('09T17:00'));
  const by = await asDoctor(doctor);
  const preview = await previewChange(
    t.call,
    createException,
    {
      params: { id: doctor.doctorId },
      body: { kind: 'time_off', from: '2026-11-02', until: '2026-12-31' },
    },
    by,
  );
  expect(preview.stranded).toMatchObject([{ id: booked.id, next: null }]);
  const refusal = await refused(
    t.call(
      createException,
      {
        params: { id: doctor.doctorId },
        query: { stranded: 'move' },
        body: { kind: 'time_off', from: '2026-11-02', until: '2026-12-31' },
      },
      by,
    ),
    'no_place_left',
  );
  expect(refusal.appointments).toEqual([booked.id]);
  expect(await read(booked.id, patient)).toEqual(booked);
});

test('hours that end later take their session along; who no longer fits is stranded', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const [scheduleId = 0] = doctor.scheduleIds;
  const params = { id: doctor.doctorId, scheduleId };
  const [early, late] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const first = await book(doctor, early, at('09T17:00'));
  const second = await book(doctor, late, at('09T17:45'));
  const preview = await previewChange(
    t.call,
    patchSchedule,
    { params, body: { from: '17:30', to: '20:00' } },
    by,
  );
  expect(preview.stranded.map(({ id, reasons }) => [id, reasons])).toEqual([[first.id, ['outside_hours']]]);
  await t.call(
    patchSchedule,
    {
      params,
      query: { stranded: 'move' },
      body: { from: '17:30', to: '20:00' },
    },
    by,
  );
  expect((await read(first.id, early)).period.start).toBe('2026-11-09T17:30:00+06:00');
  expect((await read(second.id, late)).period).toEqual(second.period);
  // The session's row has moved with the hours, so that its new end can be booked.
  await book(doctor, await aSignedInPatient(t), at('09T19:45'));
});

test('fewer serials strand the highest; moved, they get the lowest free one of the next session', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 1, from: '17:00', to: '18:00', slotMinutes: 15, capacity: 4 }],
  });
  const by = await asDoctor(doctor);
  const [scheduleId = 0] = doctor.scheduleIds;
  const people = await Promise.all([1, 2, 3].map(() => aSignedInPatient(t)));
  const booked = [];
  for (const patient of people)
    booked.push(await book(doctor, patient, { sessionKey: `${scheduleId}.2026-11-09` }));
  expect(booked.map(({ serial }) => serial)).toEqual([1, 2, 3]);
  await t.call(
    patchSchedule,
    {
      params: { id: doctor.doctorId, scheduleId },
      query: { stranded: 'move' },
      body: { capacity: 2 },
    },
    by,
  );
  const after = await Promise.all(booked.map(({ id }, index) => read(id, people[index] as SignedIn)));
  expect(after.map(({ serial, period }) => [serial, period.start])).toEqual([
    [1, '2026-11-09T17:00:00+06:00'],
    [2, '2026-11-09T17:15:00+06:00'],
    [1, '2026-11-16T17:00:00+06:00'],
  ]);
});

test('a whole dated week is one change: half of it strands nobody whom the rest takes in', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { weekday: 1, from: '17:00', to: '18:00' },
      { weekday: 3, from: '17:00', to: '18:00' },
    ],
  });
  const by = await asDoctor(doctor);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient, at('11T17:00'));
  const dates = { validFrom: '2026-11-08', validUntil: '2026-11-21' };
  const hours = { from: '16:00', to: '18:00', mode: 'timed' as const, slotMinutes: 20 };
  const params = { id: doctor.doctorId };
  const onlyMonday = { chamberId: doctor.chamberId, ...dates, hours: [{ weekday: 1, ...hours }] };
  await refused(t.call(putWeek, { params, body: onlyMonday }, by), 'appointments_stranded');
  const { items } = await t.call(
    putWeek,
    { params, body: { ...onlyMonday, hours: [...onlyMonday.hours, { weekday: 3, ...hours }] } },
    by,
  );
  expect(items.map(({ weekday, validFrom }) => [weekday, validFrom])).toEqual([
    [1, '2026-11-08'],
    [3, '2026-11-08'],
  ]);
  expect((await read(booked.id, patient)).period).toEqual(booked.period);
  // The appointment goes on in the session of the dated week, which is the one that stands open.
  const { rows } = await t.deps.pool.query(
    `select s.status, s.schedule_id from appointments a join sessions s on s.id = a.session_id where a.id = $1`,
    [booked.id],
  );
  expect(rows).toEqual([{ status: 'open', schedule_id: items[1]?.id }]);
});

test('a week is rewritten by ids, and hours that are no part of it are refused', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { weekday: 1, from: '17:00', to: '18:00' },
      { weekday: 3, from: '17:00', to: '18:00' },
    ],
  });
  const by = await asDoctor(doctor);
  const [monday = 0, wednesday = 0] = doctor.scheduleIds;
  const settings = { mode: 'timed' as const, slotMinutes: 30 };
  const params = { id: doctor.doctorId };
  const week = (id: number) => ({
    chamberId: doctor.chamberId,
    hours: [
      { id, weekday: 2, from: '09:00', to: '11:00', ...settings },
      { weekday: 4, from: '09:00', to: '11:00', ...settings },
    ],
  });
  const { items } = await t.call(putWeek, { params, body: week(monday) }, by);
  expect(items.map(({ id, weekday }) => [id === monday, weekday])).toEqual([
    [true, 2],
    [false, 4],
  ]);
  const refusal = await refused(t.call(putWeek, { params, body: week(wednesday) }, by), 'invalid_input');
  expect(refusal.errors?.map(({ path }) => path)).toEqual(['hours.0.id']);
});

test('a week that somebody has changed since it was read is not overwritten', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const params = { id: doctor.doctorId };
  const { items: read } = await t.call(listSchedules, { params }, by);
  const basedOn = read.map(({ id, version }) => ({ id, version }));
  const sample = { weekday: 4, from: '09:00', to: '10:00', mode: 'timed' as const, slotMinutes: 15 };
  const week = { chamberId: doctor.chamberId, basedOn, hours: [sample] };
  await previewChange(t.call, putWeek, { params, body: week }, by);
  const added = { ...sample, weekday: 5, chamberId: doctor.chamberId };
  await t.call(createSchedule, { params, body: added }, by);
  await refused(t.call(putWeek, { params, body: week }, by), 'changed_meanwhile');
  const { items: now } = await t.call(listSchedules, { params }, by);
  const again = now.map(({ id, version }) => ({ id, version }));
  await t.call(putWeek, { params, body: { ...week, basedOn: again } }, by);
  expect((await t.call(listSchedules, { params }, by)).items.map(({ weekday }) => weekday)).toEqual([4]);
});

test('a change sent twice with one key is done once', async () => {
  const doctor = await aDoctor(t);
  const { accessToken } = await asDoctor(doctor);
  const options = { accessToken, idempotencyKey: `key-${doctor.doctorId}-abcdefgh` };
  const first = await t.call(createException, dayOff(doctor), options);
  expect(await t.call(createException, dayOff(doctor), options)).toEqual(first);
  const rows = await t.db
    .selectFrom('exceptions')
    .select('id')
    .where('doctor_id', '=', doctor.doctorId)
    .execute();
  expect(rows).toHaveLength(1);
});

test('a patched rule is judged as a whole', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const params = { id: doctor.doctorId, scheduleId: doctor.scheduleIds[0] ?? 0 };
  const refusal = await refused(
    t.call(patchSchedule, { params, body: { mode: 'serial' } }, by),
    'invalid_input',
  );
  expect(refusal.errors?.map(({ path }) => path)).toEqual(['capacity']);
  const { schedule } = await t.call(
    patchSchedule,
    { params, body: { mode: 'serial', capacity: 9, quotas: { online: 4, phone: 3, walkIn: 2 } } },
    by,
  );
  expect(schedule).toMatchObject({ mode: 'serial', capacity: 9, quotas: { online: 4, phone: 3, walkIn: 2 } });
  await refused(
    t.call(patchSchedule, { params: { ...params, scheduleId: 999_999 }, body: {} }, by),
    'not_found',
  );
});

test('an appointment that was cancelled meanwhile is no longer asked about', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient, at('09T17:00'));
  await t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, patient);
  const query = { keep: String(booked.id) };
  await t.call(createException, { ...dayOff(doctor), query }, await asDoctor(doctor));
  expect(await historyOf(booked.id)).toHaveLength(2);
});

test('ended hours take nobody along unasked, and others keep theirs', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient, at('09T17:00'));
  const params = { id: doctor.doctorId, scheduleId: doctor.scheduleIds[0] ?? 0 };
  await t.call(
    createSchedule,
    {
      params: { id: doctor.doctorId },
      body: {
        chamberId: doctor.chamberId,
        weekday: 2,
        from: '17:00',
        to: '18:00',
        mode: 'timed',
        slotMinutes: 15,
      },
    },
    by,
  );
  await t.call(endSchedule, { params, query: { stranded: 'move' } }, by);
  expect((await read(booked.id, patient)).period.start).toBe('2026-11-10T17:00:00+06:00');
  const { days } = await t.call(getAvailability, {
    params: { id: doctor.doctorId },
    query: { from: '2026-11-09', to: '2026-11-10' },
  });
  expect(days.map(({ sessions }) => sessions.map(({ remaining }) => remaining))).toEqual([[], [3]]);
});

test('who has arrived is asked about too, and is expected again where they are moved to', async () => {
  const doctor = await aDoctor(t);
  const people = [await aSignedInPatient(t), await aSignedInPatient(t)] as const;
  const booked = await Promise.all(
    people.map((patient, index) => book(doctor, patient, at(`02T17:${['15', '30'][index]}`))),
  );
  const [first, second] = booked;
  if (!first || !second) throw new Error('two were to be booked');
  for (const { id } of booked) await setStatus(t, id, 'arrived');
  await t.call(
    createException,
    {
      params: { id: doctor.doctorId },
      query: { move: String(first.id), cancel: String(second.id) },
      body: { kind: 'time_off', from: '2026-11-02', until: '2026-11-02' },
    },
    await asDoctor(doctor),
  );
  expect(await read(first.id, people[0])).toMatchObject({
    status: 'confirmed',
    period: { start: '2026-11-09T17:00:00+06:00' },
  });
  expect(await read(second.id, people[1])).toMatchObject({ status: 'cancelled' });
});

test('what staff booked over capacity is kept out of the question while its reason stays the same', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient, at('09T17:45'));
  // Half an hour past the end, as the desk may with a reason.
  await t.deps.pool.query(
    `update appointments set overbook_reason = 'urgent', period = period_after, occupied = period_after
     from (select tstzrange('2026-11-09 18:30+06', '2026-11-09 18:45+06') as period_after) moved where id = $1`,
    [booked.id],
  );
  const [scheduleId = 0] = doctor.scheduleIds;
  const params = { id: doctor.doctorId, scheduleId };
  await t.call(patchSchedule, { params, body: { slotMinutes: 30 } }, by);
  const refusal = await refused(t.call(createException, dayOff(doctor), by), 'appointments_stranded');
  expect(refusal.appointments).toEqual([booked.id]);
});

test('somebody kept after all hours have ended is asked about when the doctor goes away', async () => {
  const doctor = await aDoctor(t);
  const by = await asDoctor(doctor);
  const booked = await book(doctor, await aSignedInPatient(t), at('09T17:00'));
  const params = { id: doctor.doctorId, scheduleId: doctor.scheduleIds[0] ?? 0 };
  await t.call(endSchedule, { params, query: { stranded: 'keep' } }, by);
  const refusal = await refused(t.call(createException, dayOff(doctor), by), 'appointments_stranded');
  expect(refusal.appointments).toEqual([booked.id]);
});

test('serials that start half an hour later are moved one after the other, each to a place of its own', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 1, from: '17:00', to: '20:00', slotMinutes: 10, capacity: 18 }],
  });
  const by = await asDoctor(doctor);
  const [scheduleId = 0] = doctor.scheduleIds;
  const people = await Promise.all([1, 2, 3, 4, 5, 6].map(() => aSignedInPatient(t)));
  const booked = [];
  for (const patient of people)
    booked.push(await book(doctor, patient, { sessionKey: `${scheduleId}.2026-11-09` }));
  const params = { id: doctor.doctorId, scheduleId };
  const change = { params, query: { stranded: 'move' as const }, body: { from: '17:30', to: '20:30' } };
  const preview = await previewChange(t.call, patchSchedule, change, by);
  const { schedule } = await t.call(patchSchedule, change, by);
  const after = await Promise.all(booked.map(({ id }, index) => read(id, people[index] as SignedIn)));
  expect(after.map(({ period }) => period.start)).toEqual(preview.stranded.map(({ next }) => next?.startsAt));
  expect(new Set(after.map(({ serial }) => serial)).size).toBe(6);
  expect(after.every(({ period }) => period.start >= '2026-11-09T17:30:00+06:00')).toBe(true);
  const next = await book(doctor, await aSignedInPatient(t), { sessionKey: `${schedule.id}.2026-11-09` });
  expect(after.some(({ serial }) => serial === next.serial)).toBe(false);
});

test('who keeps a serial at its old time does not hold up the serials of the new hours', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 1, from: '17:00', to: '18:00', slotMinutes: 10, capacity: 6 }],
  });
  const by = await asDoctor(doctor);
  const [scheduleId = 0] = doctor.scheduleIds;
  const patient = await aSignedInPatient(t);
  const kept = await book(doctor, patient, { sessionKey: `${scheduleId}.2026-11-09` });
  const { schedule } = await t.call(
    patchSchedule,
    {
      params: { id: doctor.doctorId, scheduleId },
      query: { stranded: 'keep' },
      body: { from: '18:00', to: '19:00' },
    },
    by,
  );
  const sessionKey = `${schedule.id}.2026-11-09`;
  expect((await book(doctor, await aSignedInPatient(t), { sessionKey })).serial).toBe(1);
  expect(await read(kept.id, patient)).toMatchObject({ serial: 1, period: kept.period });
});

test('hours that are lengthened after today’s sitting has ended can be booked', async () => {
  const doctor = await aDoctor(t);
  await book(doctor, await aSignedInPatient(t), at('02T17:00'));
  t.clock.set('2026-11-02T18:10:00+06:00');
  const params = { id: doctor.doctorId, scheduleId: doctor.scheduleIds[0] ?? 0 };
  await t.call(patchSchedule, { params, body: { to: '21:00' } }, await asDoctor(doctor));
  await book(doctor, await aSignedInPatient(t), at('02T20:00'));
});

test('other hours set in the middle of a sitting take it over with those who are booked', async () => {
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const booked = await book(doctor, patient, at('02T17:45'));
  t.clock.set('2026-11-02T17:05:00+06:00');
  await t.call(
    createException,
    {
      params: { id: doctor.doctorId },
      body: {
        kind: 'other_hours',
        chamberId: doctor.chamberId,
        from: '2026-11-02',
        until: '2026-11-02',
        hours: [{ from: '17:00', to: '20:00', mode: 'timed', slotMinutes: 15 }],
      },
    },
    await asDoctor(doctor),
  );
  await book(doctor, await aSignedInPatient(t), at('02T19:00'));
  t.clock.set(aMonday);
  expect((await read(booked.id, await again(patient))).period).toEqual(booked.period);
});

const again = async (patient: SignedIn): Promise<SignedIn> => ({
  ...patient,
  accessToken: await signedIn(t, patient),
});

test('a booking on the last day that can be booked is asked about', async () => {
  const doctor = await aDoctor(t, { hours: [{ weekday: 3, from: '17:00', to: '18:00', horizonDays: 366 }] });
  const booked = await book(doctor, await aSignedInPatient(t), { startsAt: '2027-11-03T17:00:00+06:00' });
  const params = { id: doctor.doctorId, scheduleId: doctor.scheduleIds[0] ?? 0 };
  const body = { from: '09:00', to: '10:00' };
  const refusal = await refused(
    t.call(patchSchedule, { params, body }, await asDoctor(doctor)),
    'appointments_stranded',
  );
  expect(refusal.appointments).toEqual([booked.id]);
});

test('dated hours far ahead may not overlap either', async () => {
  const doctor = await aDoctor(t, { hours: [] });
  const by = await asDoctor(doctor);
  const elsewhere = await aDoctor(t, { hours: [] });
  const dated = (chamberId: number) => ({
    params: { id: doctor.doctorId },
    body: {
      chamberId,
      weekday: 1,
      from: '17:00',
      to: '18:00',
      mode: 'timed' as const,
      slotMinutes: 15,
      validFrom: '2028-02-01',
      validUntil: '2028-02-29',
    },
  });
  await t.call(createSchedule, dated(doctor.chamberId), by);
  await refused(t.call(createSchedule, dated(elsewhere.chamberId), by), 'schedule_overlap');
});
