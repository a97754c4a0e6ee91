import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenConstraint } from '../../src/platform/database.ts';
import { moves } from '../../src/appointments/booking/policy.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aPatient, someHours, type Doctor } from '../harness/builders.ts';

// What the database refuses whatever the code does: every insert here goes past the application.
let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

type Appointment = {
  session: number;
  doctor: number;
  chamber: number;
  patient: number;
  visitType: number;
  period: string;
  occupied: string;
  status: string;
  serial: number | null;
  overbook: string | null;
};

async function insertAppointment(row: Appointment): Promise<number> {
  const { rows } = await t.deps.pool.query<{ id: number }>(
    `insert into appointments (session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel, status,
       period, occupied, serial, promised_local, time_zone, fee, overbook_reason, created_at, expires_at)
     select $1, $2, $3, $4, $5, $2, 'online', $6, $7::tstzrange, $8::tstzrange, $9, 'x', 'Asia/Dhaka', 1, $10, now(),
       case when $6 = 'held' then now() + interval '10 minutes' end
     returning id`,
    [
      row.session,
      row.doctor,
      row.chamber,
      row.patient,
      row.visitType,
      row.status,
      row.period,
      row.occupied,
      row.serial,
      row.overbook,
    ],
  );
  return rows[0]?.id ?? 0;
}

async function insertSession(
  doctor: Doctor,
  given: {
    period: string;
    schedule?: number | undefined;
    date?: string;
    status?: string;
    chamber?: number;
    /** Makes it a serial session of so many. */
    capacity?: number | undefined;
  },
): Promise<number> {
  const { rows } = await t.deps.pool.query<{ id: number }>(
    `insert into sessions (schedule_id, doctor_id, chamber_id, date, period, mode, status, capacity)
     values ($1, $2, $3, $4, $5, $7, $6, $8) returning id`,
    [
      given.schedule ?? doctor.scheduleIds[0],
      doctor.doctorId,
      given.chamber ?? doctor.chamberId,
      given.date ?? '2026-11-02',
      given.period,
      given.status ?? 'open',
      given.capacity === undefined ? 'timed' : 'serial',
      given.capacity ?? null,
    ],
  );
  return rows[0]?.id ?? 0;
}

const range = (from: string, to: string, date = '2026-11-02') => `[${date} ${from}+06,${date} ${to}+06)`;

/** An appointment of a new doctor at 17:00 that has been inserted, to be repeated with a change. */
async function aRow({ capacity, ...given }: Partial<Appointment> & { capacity?: number } = {}): Promise<
  Appointment & { id: number }
> {
  const doctor = await aDoctor(t);
  const row: Appointment = {
    session: await insertSession(doctor, { period: range('17:00', '18:00'), capacity }),
    doctor: doctor.doctorId,
    chamber: doctor.chamberId,
    patient: (await aPatient(t)).patientId,
    visitType: doctor.visitTypeId,
    period: range('17:00', '17:15'),
    occupied: range('17:00', '17:15'),
    status: 'confirmed',
    serial: null,
    overbook: null,
    ...given,
  };
  return { ...row, id: await insertAppointment(row) };
}

const otherPatient = async () => (await aPatient(t)).patientId;

const breaks = (done: Promise<unknown>) =>
  done.then(
    () => 'nothing',
    (error: unknown) => brokenConstraint(error) ?? error,
  );

/** A move with its row in the history. */
const moveTo = (id: number, status: string) =>
  t.deps.pool.query(
    `with moved as (
       update appointments set status = $2, version = version + 1, expires_at = null where id = $1
       returning id, version
     )
     insert into appointment_history (appointment_id, version, to_status, at) select id, version, $2, now() from moved`,
    [id, status],
  );

const live = ['held', 'pending', 'confirmed', 'arrived', 'in_consultation', 'completed'];
const free = ['cancelled', 'no_show', 'expired'];

test.each(live)('two appointments of a doctor never overlap while one is %s', async (status) => {
  const row = await aRow({ status });
  const overlapping = {
    ...row,
    patient: await otherPatient(),
    period: range('17:10', '17:25'),
    occupied: range('17:10', '17:25'),
  };
  expect(await breaks(insertAppointment(overlapping))).toBe('appointments_doctor_free');
});

test.each(free)('one that is %s gives its time back, and cannot take it back', async (status) => {
  const row = await aRow({ status });
  const second = { ...row, patient: await otherPatient(), status: 'confirmed' };
  expect(await breaks(insertAppointment(second))).toBe('nothing');
  // The one way back: a patient who was called absent comes after all, if the time is still theirs.
  const expected = status === 'no_show' ? 'appointments_doctor_free' : 'appointments_move';
  expect(await breaks(moveTo(row.id, 'confirmed'))).toBe(expected);
});

test('an appointment goes only where its life leads', async () => {
  const follow = async (...path: string[]) => {
    const [first = '', ...rest] = path;
    const { id } = await aRow({ status: first });
    for (const next of rest) {
      const moved = await breaks(moveTo(id, next));
      if (moved !== 'nothing') return `${next}: ${String(moved)}`;
    }
    return 'all';
  };
  expect(await follow('held', 'pending', 'confirmed', 'arrived', 'in_consultation', 'completed')).toBe('all');
  expect(await follow('confirmed', 'no_show', 'arrived')).toBe('all');
  expect(await follow('completed', 'cancelled')).toBe('cancelled: appointments_move');
  expect(await follow('cancelled', 'completed')).toBe('completed: appointments_move');
  expect(await follow('expired', 'confirmed')).toBe('confirmed: appointments_move');
  expect(await follow('confirmed', 'pending')).toBe('pending: appointments_move');
});

test('the code and the database know the same moves', async () => {
  const { rows } = await t.deps.pool.query<{ move: string }>(
    `select from_status || ' ' || to_status as move from appointment_moves order by move`,
  );
  expect(rows.map(({ move }) => move)).toEqual(
    [...new Set(moves.map(({ from, to }) => `${from} ${to}`))].toSorted(),
  );
});

test('no appointment moves without a row in its history, and no row there changes', async () => {
  const { id } = await aRow();
  const silently = t.deps.pool.query(`update appointments set status = 'arrived' where id = $1`, [id]);
  expect(await breaks(silently)).toBe('appointments_in_history');
  await moveTo(id, 'arrived');
  expect(
    await breaks(
      t.deps.pool.query(`update appointment_history set reason = 'so' where appointment_id = $1`, [id]),
    ),
  ).toBe('append_only');
  expect(
    await breaks(t.deps.pool.query(`delete from appointment_history where appointment_id = $1`, [id])),
  ).toBe('append_only');
});

test('whom a visit is with and for and its fee stay', async () => {
  const { id } = await aRow();
  const change = (what: string) =>
    breaks(t.deps.pool.query(`update appointments set ${what} where id = ${id}`));
  expect(await change(`patient_id = ${await otherPatient()}`)).toBe('appointments_stay');
  expect(await change('fee = fee + 1')).toBe('appointments_stay');
});

test('a place lies in its session', async () => {
  const timed = await aRow();
  const later = { period: range('17:50', '18:05'), occupied: range('17:50', '18:05') };
  const patient = await otherPatient();
  expect(await breaks(insertAppointment({ ...timed, ...later, patient }))).toBe('appointments_in_session');
  expect(await breaks(insertAppointment({ ...timed, patient, serial: 1 }))).toBe('appointments_in_session');
  const serial = await aRow({ capacity: 2, serial: 1 });
  const next = { ...serial, patient, period: range('17:30', '17:45'), occupied: range('17:30', '17:45') };
  expect(await breaks(insertAppointment({ ...next, serial: 3 }))).toBe('appointments_in_session');
  expect(await breaks(insertAppointment({ ...next, serial: null }))).toBe('appointments_in_session');
  expect(await breaks(insertAppointment({ ...next, serial: 3, overbook: 'emergency' }))).toBe('nothing');
});

test('buffers count for the doctor, touching times do not overlap', async () => {
  const row = await aRow({ occupied: range('16:50', '17:25') });
  const near = {
    ...row,
    patient: await otherPatient(),
    period: range('17:15', '17:30'),
    occupied: range('17:15', '17:30'),
  };
  expect(await breaks(insertAppointment(near))).toBe('appointments_doctor_free');
  expect(
    await breaks(
      insertAppointment({ ...near, period: range('17:25', '17:40'), occupied: range('17:25', '17:40') }),
    ),
  ).toBe('nothing');
});

test('an overbooked appointment stands beside the other, but not for the same patient', async () => {
  const row = await aRow();
  expect(await breaks(insertAppointment({ ...row, overbook: 'emergency' }))).toBe(
    'appointments_patient_free',
  );
  expect(
    await breaks(insertAppointment({ ...row, patient: await otherPatient(), overbook: 'emergency' })),
  ).toBe('nothing');
});

test.each(live)('two appointments of a patient never overlap while one is %s', async (status) => {
  const row = await aRow({ status });
  const elsewhere = await aDoctor(t);
  const session = await insertSession(elsewhere, { period: range('17:00', '18:00') });
  const second = {
    ...row,
    session,
    doctor: elsewhere.doctorId,
    chamber: elsewhere.chamberId,
    visitType: elsewhere.visitTypeId,
  };
  expect(
    await breaks(
      insertAppointment({ ...second, period: range('17:14', '17:29'), occupied: range('17:14', '17:29') }),
    ),
  ).toBe('appointments_patient_free');
});

test('one live appointment per serial of a session', async () => {
  const row = await aRow({ serial: 7, capacity: 10 });
  const later = {
    ...row,
    patient: await otherPatient(),
    period: range('17:30', '17:45'),
    occupied: range('17:30', '17:45'),
  };
  expect(await breaks(insertAppointment(later))).toBe('appointments_one_per_serial');
  await moveTo(row.id, 'cancelled');
  expect(await breaks(insertAppointment(later))).toBe('nothing');
});

test('sessions of a doctor never overlap, in whichever chamber', async () => {
  const doctor = await aDoctor(t);
  const chamber = (await aDoctor(t)).chamberId;
  const schedule = await someHours(t, { doctorId: doctor.doctorId, chamberId: chamber, weekday: 2 });
  await insertSession(doctor, { period: range('17:00', '18:00') });
  const second = { schedule, chamber, period: range('17:59', '19:00') };
  expect(await breaks(insertSession(doctor, second))).toBe('sessions_do_not_overlap');
  expect(await breaks(insertSession(doctor, { ...second, status: 'cancelled' }))).toBe('nothing');
  expect(
    await breaks(insertSession(doctor, { ...second, date: '2026-11-04', period: range('18:00', '19:00') })),
  ).toBe('nothing');
  expect(await breaks(insertSession(doctor, { period: range('20:00', '21:00') }))).toBe(
    'sessions_schedule_id_date_key',
  );
});

test('an appointment has the doctor and the chamber of its session', async () => {
  const row = await aRow({ status: 'cancelled' });
  const other = await aDoctor(t);
  const foreign = 'appointments_session_id_doctor_id_chamber_id_fkey';
  expect(await breaks(insertAppointment({ ...row, doctor: other.doctorId }))).toBe(foreign);
  expect(await breaks(insertAppointment({ ...row, chamber: other.chamberId }))).toBe(foreign);
});

test('values out of their lists and ranges', async () => {
  const row = await aRow({ status: 'cancelled' });
  for (const [change, constraint] of [
    [{ status: 'lost' }, 'appointments_status_check'],
    [{ period: 'empty', occupied: range('17:00', '17:15') }, 'appointments_period_check'],
    [
      { period: '(2026-11-02 17:00+06,2026-11-02 17:15+06]', occupied: range('16:00', '18:00') },
      'appointments_period_check',
    ],
    [{ occupied: range('17:05', '17:15') }, 'appointments_check'],
  ] as const)
    expect(await breaks(insertAppointment({ ...row, ...change }))).toBe(constraint);
  const serial = await aRow({ capacity: 5, serial: 1, status: 'cancelled' });
  expect(await breaks(insertAppointment({ ...serial, serial: 0 }))).toBe('appointments_serial_check');
  const history = (version: number) =>
    t.deps.pool.query(
      `insert into appointment_history (appointment_id, version, to_status, at) values ($1, $2, 'confirmed', now())`,
      [row.id, version],
    );
  await history(1);
  expect(await breaks(history(1))).toBe('appointment_history_appointment_id_version_key');
});
