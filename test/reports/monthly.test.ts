import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  getMonthlyReport,
  getMonthlySummary,
  listReportAppointments,
  makeMonthlyReport,
} from '../../src/contract/reports.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { setStatus } from '../harness/appointments.ts';
import { aDoctor, anAdmin, anAssistant, aPatient, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { refused, refusedFields } from '../harness/refusals.ts';
import { anotherDesk, expectRowsToSum, rowsBehind, setCurrency, someVisits, type Visit } from './visits.ts';

let t: TestApp;
let admin: { accessToken: string };
beforeAll(async () => {
  t = await startApp();
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

const dhaka = (local: string) => `${local}:00+06:00`;
const money = (amount: string) => ({ amount, currency: 'BDT' });
const none = {
  pending: 0,
  confirmed: 0,
  arrived: 0,
  in_consultation: 0,
  completed: 0,
  cancelled: 0,
  no_show: 0,
  expired: 0,
};

async function aDoctorWith(visits: readonly Visit[]) {
  const doctor = await aDoctor(t);
  const ids = await someVisits(t, doctor, visits);
  return { ...doctor, ids, by: { accessToken: await signedIn(t, { userId: doctor.doctorId }) } };
}

test('two months, computed by hand, to the last digit', async () => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = await Promise.all(
    Array.from({ length: 5 }, async () => (await aPatient(t)).patientId),
  );
  const visit = (at: string, patientId: number, status: Visit['status'], fee: string): Visit => ({
    at: dhaka(at),
    patientId,
    status,
    fee,
  });
  const doctor = await aDoctorWith([
    visit('2026-08-31T23:59', e, 'completed', '1'),
    visit('2026-09-01T00:00', a, 'completed', '800.50'),
    visit('2026-09-05T17:00', a, 'completed', '0.10'),
    visit('2026-09-06T17:00', b, 'confirmed', '0.20'),
    visit('2026-09-07T17:00', c, 'arrived', '300'),
    visit('2026-09-08T17:00', c, 'in_consultation', '19.99'),
    visit('2026-09-09T17:00', d, 'cancelled', '500'),
    visit('2026-09-10T17:00', d, 'no_show', '500'),
    visit('2026-09-11T17:00', e, 'pending', '500'),
    visit('2026-09-12T17:00', e, 'expired', '700'),
    { ...visit('2026-09-13T17:00', d, 'cancelled', '600'), held: true },
    { ...visit('2026-09-14T17:00', d, 'expired', '600'), held: true },
    visit('2026-09-15T17:00', d, 'held', '600'),
    visit('2026-09-30T23:59', b, 'completed', '1000'),
    visit('2026-10-01T00:00', a, 'completed', '99999999.99'),
    visit('2026-10-02T17:00', a, 'confirmed', '99999999.99'),
    visit('2026-10-31T23:59', b, 'completed', '0.01'),
    visit('2026-11-01T00:00', b, 'completed', '7'),
  ]);
  const september = {
    patientVisits: 3,
    appointments: 6,
    // 800.50 + 0.10 + 0.20 + 300.00 + 19.99 + 1000.00
    earnings: money('2120.79'),
    statuses: {
      pending: 1,
      confirmed: 1,
      arrived: 1,
      in_consultation: 1,
      completed: 3,
      cancelled: 1,
      no_show: 1,
      expired: 1,
    },
  };
  const october = {
    patientVisits: 2,
    appointments: 3,
    earnings: money('199999999.99'),
    statuses: { ...none, confirmed: 1, completed: 2 },
  };
  for (const [month, figures] of [
    [9, september],
    [10, october],
  ] as const) {
    const seen = await t.call(getMonthlyReport, { query: { year: 2026, month } }, doctor.by);
    expect(seen.now).toEqual(figures);
    const made = await t.call(makeMonthlyReport, { body: { year: 2026, month } }, doctor.by);
    expect(made.report).toMatchObject({ ...figures, version: 1, closed: true });
    expect(made.definitions.earnings.en).toContain('as it was when the appointment was booked');
    expect(await t.call(getMonthlyReport, { query: { year: 2026, month } }, doctor.by)).toEqual(made);
    await expectRowsToSum(t, made.report, doctor.by);
  }
});

test('a month ends when it ends by each chamber’s own clock', async () => {
  const doctor = await aDoctor(t);
  const zones = ['America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu', 'Europe/London'];
  const { patientId } = await aPatient(t);
  const by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  // The first and the last minute of a month, and those just outside; London leaves summer time within October.
  const edges = ['2025-09-30T23:59', '2025-10-01T00:00', '2025-10-31T23:59', '2025-11-01T00:00'];
  const ids = new Map<string, number[]>();
  for (const timeZone of zones) {
    const desk = await anotherDesk(t, doctor, { timeZone });
    const visits = edges.map((local) => ({
      at: Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant().toString(),
      patientId,
      status: 'completed' as const,
      fee: '100.01',
    }));
    ids.set(timeZone, await someVisits(t, desk, visits));
  }
  const { report } = await t.call(makeMonthlyReport, { body: { year: 2025, month: 10 } }, by);
  expect(report).toMatchObject({ appointments: 8, patientVisits: 1, earnings: money('800.08') });
  const rows = await rowsBehind(t, { id: report.id ?? 0, figure: 'appointments' }, by);
  expect(new Set(rows.map(({ id }) => id))).toEqual(
    new Set([...ids.values()].flatMap(([, first = 0, last = 0]) => [first, last])),
  );
  expect(new Set(rows.map(({ startsAt }) => startsAt.slice(0, 16)))).toEqual(
    new Set(['2025-10-01T00:00', '2025-10-31T23:59']),
  );
});

test('a month that is still open somewhere is not closed', async () => {
  const doctor = await aDoctor(t);
  const desk = await anotherDesk(t, doctor, { timeZone: 'America/New_York' });
  const by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const { patientId } = await aPatient(t);
  await someVisits(t, doctor, [{ at: dhaka('2027-01-10T17:00'), patientId, status: 'confirmed', fee: '1' }]);
  await someVisits(t, desk, [{ at: '2027-01-20T17:00:00-05:00', patientId, status: 'confirmed', fee: '1' }]);
  const before = t.clock.now().toString();
  try {
    t.clock.set(dhaka('2027-02-01T00:30'));
    const fresh = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
    const early = await t.call(makeMonthlyReport, { body: { year: 2027, month: 1 } }, fresh);
    expect(early.report).toMatchObject({ closed: false, version: 1 });
    t.clock.set('2027-02-01T00:00:00-05:00');
    const later = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
    const late = await t.call(makeMonthlyReport, { body: { year: 2027, month: 1 } }, later);
    expect(late.report).toMatchObject({ closed: true, version: 2, change: { appointments: 0 } });
  } finally {
    t.clock.set(before);
  }
  expect((await t.call(getMonthlyReport, { query: { year: 2027, month: 1 } }, by)).versions).toHaveLength(2);
});

test('a closed month made again is the same version; one that has changed is kept beside the new one', async () => {
  const { patientId } = await aPatient(t);
  const month = { year: 2026, month: 7 };
  const doctor = await aDoctorWith(
    ['2026-07-03T17:00', '2026-07-04T17:00', '2026-07-05T17:00'].map((at, index) => ({
      at: dhaka(at),
      patientId,
      status: 'confirmed',
      fee: ['800', '0.10', '0.20'][index] ?? '',
    })),
  );
  const make = () => t.call(makeMonthlyReport, { body: month }, doctor.by);
  const first = await make();
  expect(await Promise.all([make(), make(), make()])).toEqual([first, first, first]);

  await setStatus(t, doctor.ids[0] ?? 0, 'no_show');
  const seen = await t.call(getMonthlyReport, { query: month }, doctor.by);
  expect(seen.report).toEqual(first.report);
  const change = {
    patientVisits: 0,
    appointments: -1,
    earnings: money('-800.00'),
    statuses: { ...none, confirmed: -1, no_show: 1 },
  };
  expect(seen.changeSince).toEqual(change);

  const second = await make();
  expect(second.report).toMatchObject({ version: 2, change, earnings: money('0.30') });
  expect(second.versions.map(({ version }) => version)).toEqual([2, 1]);
  expect(second.versions[1]).toEqual(first.report);
  expect(second.changeSince).toMatchObject({ appointments: 0, earnings: money('0.00') });
  // Both versions still open the rows they were made of.
  await expectRowsToSum(t, second.report, doctor.by);
  await expectRowsToSum(t, first.report, doctor.by);
  await expect(t.deps.pool.query('update monthly_reports set earnings = 0')).rejects.toThrow('append-only');
});

test('the fee counts as it was when booked, whatever the doctor asks for now', async () => {
  const { patientId } = await aPatient(t);
  const month = { year: 2026, month: 6 };
  const doctor = await aDoctorWith([
    { at: dhaka('2026-06-03T17:00'), patientId, status: 'completed', fee: '812.34' },
  ]);
  await t.db.updateTable('visit_types').set({ fee: '9000' }).where('id', '=', doctor.visitTypeId).execute();
  const { report } = await t.call(makeMonthlyReport, { body: month }, doctor.by);
  expect(report.earnings).toEqual(money('812.34'));
});

test('doctors have their own reports, administrators all, and nobody else any', async () => {
  const { patientId } = await aPatient(t);
  const query = { year: 2026, month: 5 };
  const doctor = await aDoctorWith([
    { at: dhaka('2026-05-03T17:00'), patientId, status: 'completed', fee: '500' },
  ]);
  const { doctorId } = doctor;
  const { report } = await t.call(makeMonthlyReport, { body: { ...query, doctorId } }, doctor.by);
  const params = { id: report.id ?? 0 };
  const another = { accessToken: await signedIn(t, { userId: (await aDoctor(t)).doctorId }) };
  await refused(t.call(getMonthlyReport, { query: { ...query, doctorId } }, another), 'not_found');
  await refused(t.call(makeMonthlyReport, { body: { ...query, doctorId } }, another), 'not_found');
  await refused(t.call(listReportAppointments, { params }, another), 'not_found');
  await refused(t.call(getMonthlySummary, { query }, doctor.by), 'not_allowed');
  const attachedTo = [{ chamberId: doctor.chamberId, doctorId }];
  const assistant = { accessToken: await signedIn(t, await anAssistant(t, { attachedTo })) };
  for (const by of [assistant, await aSignedInPatient(t)]) {
    await refused(t.call(getMonthlyReport, { query: { ...query, doctorId } }, by), 'not_allowed');
    await refused(t.call(listReportAppointments, { params }, by), 'not_allowed');
  }
  expect((await t.call(getMonthlyReport, { query: { ...query, doctorId } }, admin)).report).toEqual(report);
  expect(await refusedFields(t.call(getMonthlyReport, { query }, admin))).toEqual(['doctorId']);
  await refused(
    t.call(getMonthlyReport, { query: { ...query, doctorId: 2_000_000_000 } }, admin),
    'not_found',
  );
  const bad = { query: { year: 1999, month: 13 } };
  expect(await refusedFields(t.call(getMonthlyReport, bad, doctor.by))).toEqual(['year', 'month']);
});

test('the summary counts a patient of two doctors once, and shows the sum of the doctors beside it', async () => {
  const [a = 0, b = 0] = await Promise.all(
    Array.from({ length: 2 }, async () => (await aPatient(t)).patientId),
  );
  const month = { year: 2026, month: 4 };
  const at = (day: string) => dhaka(`2026-04-${day}`);
  await aDoctorWith([
    { at: at('01T17:00'), patientId: a, status: 'completed', fee: '0.10' },
    { at: at('02T17:00'), patientId: a, status: 'completed', fee: '0.20' },
    { at: at('03T17:00'), patientId: b, status: 'cancelled', fee: '500' },
  ]);
  await aDoctorWith([
    { at: at('01T18:00'), patientId: a, status: 'confirmed', fee: '700' },
    { at: at('02T18:00'), patientId: b, status: 'completed', fee: '800' },
  ]);
  const summary = await t.call(getMonthlySummary, { query: month }, admin);
  expect(summary).toMatchObject({
    doctors: 2,
    patients: 2,
    figures: {
      patientVisits: 3,
      appointments: 4,
      earnings: money('1500.30'),
      statuses: { ...none, completed: 3, confirmed: 1, cancelled: 1 },
    },
  });
  expect(summary.definitions.patients.en).toContain('counts once');
  expect(summary.definitions.patientVisits.en).toContain('counts twice');
  const empty = await t.call(getMonthlySummary, { query: { year: 2001, month: 1 } }, admin);
  expect(empty).toMatchObject({ doctors: 0, patients: 0, figures: { earnings: money('0.00') } });
});

test('a month without appointments has a report of noughts', async () => {
  const { by } = await aDoctorWith([]);
  const { report } = await t.call(makeMonthlyReport, { body: { year: 2026, month: 3 } }, by);
  expect(report).toMatchObject({
    patientVisits: 0,
    appointments: 0,
    earnings: money('0.00'),
    statuses: none,
  });
  await expectRowsToSum(t, report, by);
});

test('fees of two currencies have no sum, and no report says one', async () => {
  const { patientId } = await aPatient(t);
  const { ids, by } = await aDoctorWith([
    { at: dhaka('2026-02-03T17:00'), patientId, status: 'completed', fee: '5' },
    { at: dhaka('2026-02-04T17:00'), patientId, status: 'completed', fee: '5' },
  ]);
  await setCurrency(t, ids[0] ?? 0, 'USD');
  const query = { year: 2026, month: 2 };
  await refused(t.call(getMonthlyReport, { query }, by), 'several_currencies');
  await refused(t.call(makeMonthlyReport, { body: query }, by), 'several_currencies');
  await refused(t.call(getMonthlySummary, { query }, admin), 'several_currencies');
  expect((await t.call(makeMonthlyReport, { body: { year: 2026, month: 1 } }, by)).report.version).toBe(1);
});

test('a version that was made before a fee of another currency is still told', async () => {
  const { patientId } = await aPatient(t);
  const { ids, by } = await aDoctorWith([
    { at: dhaka('2026-02-03T17:00'), patientId, status: 'completed', fee: '5' },
    { at: dhaka('2026-02-04T17:00'), patientId, status: 'completed', fee: '5' },
  ]);
  const query = { year: 2026, month: 2 };
  const { report } = await t.call(makeMonthlyReport, { body: query }, by);
  await setCurrency(t, ids[0] ?? 0, 'USD');
  const seen = await t.call(getMonthlyReport, { query }, by);
  expect(seen).toMatchObject({ report, versions: [report], now: null, changeSince: null });
  await refused(t.call(makeMonthlyReport, { body: query }, by), 'several_currencies');
});

test('the logs carry ids only', async () => {
  await expectNoPersonalData(t);
});
