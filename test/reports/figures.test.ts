import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  appointmentReport,
  figureReports,
  getFigureReport,
  listFigureAppointments,
  type AppointmentReport,
} from '../../src/contract/figures.ts';
import { getAdminSettings, patchSettings } from '../../src/contract/settings.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, anAssistant, aPatient, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { refused, refusedFields } from '../harness/refusals.ts';
import { expectRowsToCome, rowsOf, writeVisits, type By, type ToldVisit } from './figure-visits.ts';
import { anotherDesk, type Desk } from './visits.ts';

let t: TestApp;
let admin: { accessToken: string };
let patients: number[];
let users: Record<Exclude<By, null>, number>;
const names = appointmentReport.options;

beforeAll(async () => {
  t = await startApp();
  const { userId } = await anAdmin(t);
  admin = { accessToken: await signedIn(t, { userId }) };
  const people = await Promise.all(Array.from({ length: 4 }, () => aPatient(t)));
  patients = people.map(({ patientId }) => patientId);
  users = {
    patient: people[0]?.userId ?? 0,
    doctor: (await aDoctor(t)).doctorId,
    assistant: (await anAssistant(t)).userId,
    admin: userId,
  };
});
afterAll(() => t.close());
// Each test has the patients to itself: they cannot be in two places.
beforeEach(async () => void (await t.deps.pool.query('truncate appointments, payments cascade')));

const dhaka = (local: string) => `${local}:00+06:00`;
const taka = (amount: string) => [{ amount, currency: 'BDT' }];

/** A visit at 17:00 in Dhaka, as it was written down and then came about. */
function visit(desk: Desk, date: string, given: Partial<ToldVisit> & { patient?: number }): ToldVisit {
  const at = dhaka(`${date}T17:00`);
  return {
    at,
    desk,
    patientId: patients[given.patient ?? 0] ?? 0,
    channel: 'online',
    fee: '800.00',
    currency: 'BDT',
    created: dhaka(`${date}T09:00`),
    steps: [booked(at)],
    payments: [],
    ...given,
  };
}

const booked = (at: string) => ({ step: 'booked', from: null, to: 'confirmed', at, by: null }) as const;
const cancelled = (at: string, by: By) =>
  ({ step: 'cancelled', from: 'confirmed', to: 'cancelled', at, by }) as const;
const arrived = (at: string) =>
  ({ step: 'arrived', from: 'confirmed', to: 'arrived', at, by: 'assistant' }) as const;
const started = (at: string) =>
  ({ step: 'started', from: 'arrived', to: 'in_consultation', at, by: 'assistant' }) as const;
const completed = (at: string) =>
  ({ step: 'completed', from: 'in_consultation', to: 'completed', at, by: 'assistant' }) as const;
const missed = (at: string) =>
  ({ step: 'missed', from: 'confirmed', to: 'no_show', at, by: 'assistant' }) as const;

/** A doctor's week, from Saturday 5 September 2026. */
async function aWeek() {
  const doctor = await aDoctor(t, { fullName: 'Salma Akter', nameBn: 'সালমা আক্তার', fee: '800' });
  const seen = (date: string, came: string, began: string, more: Partial<ToldVisit> = {}) =>
    visit(doctor, date, {
      steps: [
        booked(dhaka(`${date}T09:00`)),
        arrived(dhaka(`${date}T${came}`)),
        started(dhaka(`${date}T${began}`)),
        completed(dhaka(`${date}T19:00`)),
      ],
      ...more,
    });
  await writeVisits(
    t,
    [
      // Waited 20 minutes, begun 10 minutes late, booked 8 hours before.
      seen('2026-09-05', '16:50', '17:10', { payments: [{ kind: 'payment', amount: '800.00' }] }),
      // Waited 90 minutes, begun 45 minutes late, booked 2 days and 8 hours before.
      seen('2026-09-06', '16:15', '17:45', {
        created: dhaka('2026-09-04T09:00'),
        channel: 'phone',
        fee: '500.10',
        payments: [{ kind: 'payment', amount: '300.05' }],
      }),
      // Waited 5 minutes, begun 5 minutes early; written down when it had begun.
      seen('2026-09-07', '16:50', '16:55', {
        created: dhaka('2026-09-07T17:05'),
        channel: 'walk_in',
        fee: '0.20',
      }),
      visit(doctor, '2026-09-08', { steps: [booked(dhaka('2026-09-08T09:00'))], fee: '100.00' }),
      visit(doctor, '2026-09-09', {
        steps: [booked(dhaka('2026-09-09T09:00')), missed(dhaka('2026-09-09T18:00'))],
      }),
      ...(['patient', null, 'doctor', 'assistant', 'admin'] as const).map((by, hour) =>
        visit(doctor, '2026-09-10', {
          at: dhaka(`2026-09-10T1${hour}:00`),
          steps: [booked(dhaka('2026-09-09T09:00')), cancelled(dhaka('2026-09-09T10:00'), by)],
          ...(by === 'patient'
            ? {
                payments: [
                  { kind: 'payment' as const, amount: '800.00' },
                  { kind: 'refund' as const, amount: '400.50' },
                ],
              }
            : {}),
        }),
      ),
      visit(doctor, '2026-09-11', {
        steps: [
          { step: 'booked', from: null, to: 'pending', at: dhaka('2026-09-01T09:00'), by: 'patient' },
          { step: 'declined', from: 'pending', to: 'cancelled', at: dhaka('2026-09-01T10:00'), by: 'doctor' },
        ],
      }),
      // Held, and never booked.
      visit(doctor, '2026-09-11', {
        at: dhaka('2026-09-11T18:00'),
        steps: [
          { step: 'held', from: null, to: 'held', at: dhaka('2026-09-01T09:00'), by: null },
          { step: 'expired', from: 'held', to: 'expired', at: dhaka('2026-09-01T10:00'), by: null },
        ],
      }),
      // The week before.
      visit(doctor, '2026-09-04', { fee: '7.00' }),
    ],
    users,
  );
  return { ...doctor, by: { accessToken: await signedIn(t, { userId: doctor.doctorId }) } };
}

const week = { from: '2026-09-05', to: '2026-09-11' };

test('a week, computed by hand, in every report', async () => {
  const { by, doctorId } = await aWeek();
  const totals: Record<AppointmentReport, object> = {
    patients: { patients: 1, patientVisits: 1, appointments: 4 },
    outcomes: {
      booked: 11,
      came: 3,
      completed: 3,
      pending: 0,
      confirmed: 1,
      arrived: 0,
      in_consultation: 0,
      no_show: 1,
      expired: 0,
      cancelled: 6,
      cancelledByPatient: 2,
      cancelledByDoctor: 1,
      cancelledByAssistant: 1,
      cancelledByAdmin: 1,
      declined: 1,
      // 6 of 11 and 1 of 4
      cancelledShare: '54.5',
      missedShare: '25.0',
    },
    channels: {
      booked: 11,
      online: 9,
      phone: 1,
      walk_in: 1,
      onlineShare: '81.8',
      phoneShare: '9.1',
      walkInShare: '9.1',
    },
    'busiest-hours': { booked: 11, appointments: 4, came: 3 },
    'lead-time': {
      // 0, 480, 480, 480 and 3,360 minutes
      measured: 5,
      median: 480,
      ninth: 3360,
      underHour: 1,
      underDay: 3,
      under3Days: 1,
      under7Days: 0,
      under14Days: 0,
      longer: 0,
    },
    'waiting-time': {
      measured: 3,
      median: 20,
      ninth: 90,
      under15: 1,
      under30: 1,
      under60: 0,
      under120: 1,
      longer: 0,
    },
    punctuality: {
      measured: 3,
      median: 10,
      ninth: 45,
      early: 1,
      under15: 1,
      under30: 0,
      under60: 1,
      longer: 0,
      onTimeShare: '66.7',
    },
    revenue: {
      // 800.00 + 500.10 + 0.20 + 100.00
      earned: taka('1400.30'),
      // 800.00 + 300.05 + 800.00
      taken: taka('1900.05'),
      refunded: taka('400.50'),
      kept: taka('1499.55'),
      // 0 + 200.05 + 0.20 + 100.00
      due: taka('300.25'),
    },
  };
  for (const name of names) {
    const report = await t.call(getFigureReport, { params: { name }, query: { ...week, compare: true } }, by);
    expect(report.totals, name).toEqual(totals[name]);
    expect(report.doctor).toEqual({ id: doctorId, label: { en: 'Dr. Salma Akter', bn: 'ডা. সালমা আক্তার' } });
    expect(report.before, name).toMatchObject({ from: '2026-08-29', to: '2026-09-04' });
    expect(report.definitions.period.en).toContain('by the clock of their chamber');
    expect(Object.keys(report.totals)).toEqual(report.figures.map((figure) => figure.name));
    await expectRowsToCome(t, report, { ...week, name }, by);
  }
  const { before } = await t.call(
    getFigureReport,
    { params: { name: 'revenue' }, query: { ...week, compare: true } },
    by,
  );
  expect(before?.totals).toMatchObject({ earned: taka('7.00'), due: taka('7.00'), taken: taka('0.00') });
});

test('weeks begin with the weekday of the settings, in groups and in the rows behind them', async () => {
  const { by, doctorId } = await aWeek();
  const begin = async (firstWeekday: 1 | 6) => {
    const { settings } = await t.call(getAdminSettings, {}, admin);
    const body = { firstWeekday, expectedVersion: settings.version };
    await t.call(patchSettings, { body }, admin);
  };
  await begin(1);
  try {
    const query = { from: '2026-09-01', to: '2026-09-11', groupBy: 'week', doctorId } as const;
    const { groups } = await t.call(getFigureReport, { params: { name: 'outcomes' }, query }, by);
    expect(groups.map(({ key, label, values }) => [key, label.en, values['booked']])).toEqual([
      ['2026-08-31', 'Week from Monday 31 August 2026', 3],
      ['2026-09-07', 'Week from Monday 7 September 2026', 9],
    ]);
    const rows = await t.call(
      listFigureAppointments,
      { params: { name: 'outcomes' }, query: { ...query, figure: 'booked', group: '2026-08-31' } },
      by,
    );
    expect(rows.items).toHaveLength(3);
  } finally {
    await begin(6);
  }
});

test('groups have names in both languages, and stand in the order of time or by size', async () => {
  const { by, doctorId } = await aWeek();
  const groups = async (groupBy: 'day' | 'week' | 'month' | 'weekday_hour' | 'channel' | 'doctor') =>
    (
      await t.call(
        getFigureReport,
        { params: { name: 'outcomes' }, query: { from: '2026-09-01', to: '2026-09-11', groupBy } },
        by,
      )
    ).groups.map(({ key, label, values }) => [key, label.en, label.bn, values['booked']]);
  expect(await groups('week')).toEqual([
    ['2026-08-29', 'Week from Saturday 29 August 2026', 'শনিবার ২৯ আগস্ট ২০২৬ থেকে সপ্তাহ', 1],
    ['2026-09-05', 'Week from Saturday 5 September 2026', 'শনিবার ৫ সেপ্টেম্বর ২০২৬ থেকে সপ্তাহ', 11],
  ]);
  expect(await groups('month')).toEqual([['2026-09', 'September 2026', 'সেপ্টেম্বর ২০২৬', 12]]);
  expect((await groups('day'))[0]).toEqual([
    '2026-09-04',
    'Friday 4 September 2026',
    'শুক্রবার ৪ সেপ্টেম্বর ২০২৬',
    1,
  ]);
  expect((await groups('weekday_hour'))[0]).toEqual(['1-17', 'Monday 5:00pm', 'সোমবার বিকাল ৫:০০', 1]);
  expect(await groups('channel')).toEqual([
    ['online', 'Online', 'অনলাইনে', 10],
    ['phone', 'By phone', 'ফোনে', 1],
    ['walk_in', 'Walk-ins', 'সরাসরি এসে', 1],
  ]);
  expect(await groups('doctor')).toEqual([[String(doctorId), 'Dr. Salma Akter', 'ডা. সালমা আক্তার', 12]]);
});

test('days and months end when they end by each chamber’s own clock', async () => {
  const doctor = await aDoctor(t);
  const by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  // London leaves summer time on 26 October 2025, New York on 2 November.
  const edges = ['2025-10-25T23:59', '2025-10-26T00:00', '2025-10-31T23:59', '2025-11-01T00:00'];
  for (const [index, timeZone] of ['America/New_York', 'Asia/Kathmandu', 'Europe/London'].entries()) {
    const desk = await anotherDesk(t, doctor, { timeZone });
    const visits = edges.map((local) => {
      const at = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant().toString();
      return visit(desk, '2025-10-01', { at, created: at, patient: index, steps: [booked(at)] });
    });
    await writeVisits(t, visits, users);
  }
  const dates = { from: '2025-10-26', to: '2025-10-31' };
  const told = async (groupBy: 'day' | 'month' | 'weekday_hour') => {
    const report = await t.call(
      getFigureReport,
      { params: { name: 'busiest-hours' }, query: { ...dates, groupBy: 'weekday_hour' } },
      by,
    );
    expect(report.totals['booked']).toBe(6);
    const outcomes = await t.call(
      getFigureReport,
      { params: { name: 'outcomes' }, query: { ...dates, groupBy } },
      by,
    );
    return outcomes.groups.map(({ key, values }) => [key, values['booked']]);
  };
  expect(await told('day')).toEqual([
    ['2025-10-26', 3],
    ['2025-10-31', 3],
  ]);
  expect(await told('month')).toEqual([['2025-10', 6]]);
  expect(await told('weekday_hour')).toEqual([
    ['5-23', 3],
    ['7-00', 3],
  ]);
  const rows = await rowsOf(t, { name: 'outcomes', figure: 'booked', ...dates }, by);
  expect(rows.map(({ startsAt }) => startsAt.slice(0, 16)).toSorted()).toEqual([
    ...Array.from({ length: 3 }, () => '2025-10-26T00:00'),
    ...Array.from({ length: 3 }, () => '2025-10-31T23:59'),
  ]);
});

test('a step that was taken back was not taken', async () => {
  const doctor = await aDoctor(t);
  const by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const at = (time: string) => dhaka(`2026-09-05T${time}`);
  const back = (from: 'in_consultation' | 'arrived', to: 'arrived' | 'confirmed', time: string) =>
    ({ step: 'undone', from, to, at: at(time), by: 'assistant' }) as const;
  await writeVisits(
    t,
    [
      // Called too early, put back, and called again: waited from 16:50 to 17:20.
      visit(doctor, '2026-09-05', {
        steps: [
          booked(at('09:00')),
          arrived(at('16:50')),
          started(at('17:00')),
          back('in_consultation', 'arrived', '17:01'),
          started(at('17:20')),
          completed(at('17:30')),
        ],
      }),
      // The start was taken back, and the visit completed without another.
      visit(doctor, '2026-09-06', {
        steps: [
          booked(at('09:00')),
          arrived(at('16:50')),
          started(at('17:00')),
          back('in_consultation', 'arrived', '17:01'),
          { step: 'completed', from: 'arrived', to: 'completed', at: at('17:30'), by: 'assistant' },
        ],
      }),
      // The arrival was taken back: begun, but nobody knows since when they waited.
      visit(doctor, '2026-09-07', {
        steps: [
          booked(at('09:00')),
          arrived(dhaka('2026-09-07T16:50')),
          back('arrived', 'confirmed', '16:51'),
          {
            step: 'started',
            from: 'confirmed',
            to: 'in_consultation',
            at: dhaka('2026-09-07T17:01'),
            by: 'assistant',
          },
        ],
      }),
    ],
    users,
  );
  const told = async (name: 'waiting-time' | 'punctuality') =>
    (await rowsOf(t, { name, figure: 'median', ...week }, by)).map(({ minutes }) => minutes);
  expect(await told('waiting-time')).toEqual([30]);
  expect(await told('punctuality')).toEqual([20, 1]);
});

test('money of two currencies is never one sum', async () => {
  const doctor = await aDoctor(t);
  const by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  await writeVisits(
    t,
    [
      visit(doctor, '2026-09-05', { fee: '99999999.99' }),
      visit(doctor, '2026-09-06', { fee: '0.02' }),
      visit(doctor, '2026-09-07', { fee: '5.00', currency: 'USD' }),
    ],
    users,
  );
  const { totals, groups } = await t.call(
    getFigureReport,
    { params: { name: 'revenue' }, query: { ...week, groupBy: 'day' } },
    by,
  );
  expect(totals['earned']).toEqual([
    { amount: '100000000.01', currency: 'BDT' },
    { amount: '5.00', currency: 'USD' },
  ]);
  expect(groups.map(({ values }) => values['earned'])).toEqual([
    taka('99999999.99'),
    taka('0.02'),
    [{ amount: '5.00', currency: 'USD' }],
  ]);
});

test('a period without appointments has reports of noughts', async () => {
  for (const name of names) {
    const { totals, groups } = await t.call(
      getFigureReport,
      { params: { name }, query: { from: '2001-01-01', to: '2001-01-31' } },
      admin,
    );
    expect(groups).toEqual([]);
    expect(new Set(Object.values(totals).map((value) => JSON.stringify(value)))).not.toContain('NaN');
    expect(Object.values(totals)[0]).toEqual(name === 'revenue' ? [] : 0);
  }
});

test('doctors have their own reports, administrators all, and nobody else any', async () => {
  const { by, doctorId, chamberId } = await aWeek();
  const another = { accessToken: await signedIn(t, { userId: (await aDoctor(t)).doctorId }) };
  const assistant = {
    accessToken: await signedIn(t, await anAssistant(t, { attachedTo: [{ chamberId, doctorId }] })),
  };
  const patient = await aSignedInPatient(t);
  for (const name of names) {
    const params = { name };
    const figure = Object.keys(figureReports[name].figures)[0] ?? '';
    const rows = { params, query: { ...week, figure } };
    await refused(t.call(getFigureReport, { params, query: { ...week, doctorId } }, another), 'not_found');
    await refused(
      t.call(listFigureAppointments, { params, query: { ...week, figure, doctorId } }, another),
      'not_found',
    );
    // In the same chamber another doctor has nothing.
    expect(
      (await t.call(listFigureAppointments, { params, query: { ...week, figure, chamberId } }, another))
        .items,
    ).toEqual([]);
    for (const who of [assistant, patient]) {
      await refused(t.call(getFigureReport, { params, query: week }, who), 'not_allowed');
      await refused(t.call(listFigureAppointments, rows, who), 'not_allowed');
    }
    const own = await t.call(getFigureReport, { params, query: week }, by);
    expect(await t.call(getFigureReport, { params, query: { ...week, doctorId } }, admin)).toEqual(own);
  }
});

test('what does not fit is refused in words', async () => {
  const params = { name: 'channels' } as const;
  const ask = (query: object) => t.call(getFigureReport, { params, query: { ...week, ...query } }, admin);
  const words = async (answer: Promise<unknown>) =>
    ((await refused(answer, 'invalid_input')).errors ?? []).map(({ path, message }) => `${path}: ${message}`);
  expect(await words(ask({ from: '2026-09-12' }))).toEqual(['to: The last day comes before the first']);
  expect(await words(ask({ from: '2023-09-11' }))).toEqual(['to: Use at most 3 years']);
  expect((await ask({ from: '2023-09-12' })).from).toBe('2023-09-12');
  expect(await words(ask({ from: '2026-02-30' }))).toEqual(['from: Use a date such as 2026-11-25']);
  expect(await words(ask({ groupBy: 'channel' }))).toEqual([
    'groupBy: This report is told by doctor, chamber, specialization, day, week, month, weekday_hour',
  ]);
  expect(await refusedFields(ask({ groupBy: 'moon', doctorId: 0 }))).toEqual(['doctorId', 'groupBy']);
  await refused(ask({ chamberId: 2_000_000_000 }), 'not_found');
  await refused(ask({ specialization: 'astrology' }), 'not_found');
  await refused(ask({ doctorId: users.patient }), 'not_found');

  const rows = (query: object) =>
    t.call(listFigureAppointments, { params, query: { ...week, figure: 'booked', ...query } }, admin);
  expect(await refusedFields(rows({ figure: 'earned' }))).toEqual(['figure']);
  expect(await words(rows({ group: 'online' }))).toEqual(['groupBy: Say what the group is one of']);
  for (const group of ['', '0', 'x', "1' or true", '99999999999'])
    expect(await refusedFields(rows({ groupBy: 'doctor', group }))).toEqual(['group']);
  expect(await refusedFields(rows({ cursor: 'x' }))).toEqual(['cursor']);

  const made = await t.inject({
    method: 'GET',
    url: `/api/v1/reports/astrology?from=${week.from}&to=${week.to}`,
    headers: { authorization: `Bearer ${admin.accessToken}` },
  });
  expect(made.json()).toMatchObject({
    code: 'invalid_input',
    errors: [
      { path: 'name', message: `There is no such report. Use ${Object.keys(figureReports).join(', ')}` },
    ],
  });
});

test('the logs carry ids only', async () => {
  await expectNoPersonalData(t);
});
