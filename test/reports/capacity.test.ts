import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { createException } from '../../src/contract/exceptions.ts';
import {
  getFigureReport,
  listOfferedSittings,
  type FigureReport,
  type OfferedSitting,
} from '../../src/contract/figures.ts';
import { exportRows } from '../../src/contract/exports.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { addJob } from '../../src/platform/jobs.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { setStatus } from '../harness/appointments.ts';
import {
  aChamber,
  aDoctor,
  anAdmin,
  aSignedInPatient,
  aVisitType,
  signedIn,
  someHours,
  type Doctor,
} from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refused, refusedFields } from '../harness/refusals.ts';
import { percent } from './figure-visits.ts';
import { readCsv } from './read-csv.ts';
import { fileOf } from './work-files.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
// Every test has a Monday and doctors of its own, and what began before it is written down.
let monday = Temporal.PlainDate.from('2026-11-02');
beforeEach(async () => {
  monday = monday.add({ weeks: 1 });
  t.clock.set(dhaka('10:00'));
  await written();
  await t.deps.pool.query('update schedules set ended_at = now() where ended_at is null');
});
afterAll(() => t.close());

const dhaka = (time: string, days = 0) => `${monday.add({ days }).toString()}T${time}:00+06:00`;
const name = 'capacity';

/** What has begun by now is written down. */
async function written(): Promise<void> {
  await t.db.transaction().execute((tx) => addJob(tx, 'record-offers', {}));
  await jobsDone(t);
}

const signIn = async (userId: number) => ({ accessToken: await signedIn(t, { userId }) });

async function book({ doctorId, chamberId, visitTypeId }: Doctor, time: string) {
  const { accessToken, patientId } = await aSignedInPatient(t);
  const by = { accessToken };
  const body = { doctorId, chamberId, visitTypeId, patientId, startsAt: dhaka(time) };
  const appointment = await t.call(bookAppointment, { body }, by);
  return { ...appointment, by };
}

type Query = Partial<RouteInput<typeof listOfferedSittings>['query']>;
const thatDay = () => ({ from: monday.toString(), to: monday.toString() });

/** The report of a doctor's day, whose every figure comes from the sittings behind it. */
async function told(query: Query, by: { accessToken: string }): Promise<FigureReport> {
  const asked = { ...thatDay(), ...query };
  const report = await t.call(getFigureReport, { params: { name }, query: asked }, by);
  const parts = [
    { values: report.totals },
    ...report.groups.map(({ key, values }) => ({ group: key, values })),
  ];
  for (const { values, ...group } of parts) {
    for (const figure of ['places', 'filled', 'came', 'missed', 'free'] as const) {
      const sittings = await sittingsOf({ ...asked, ...group, figure }, by);
      expect(sum(sittings, figure), figure).toBe(values[figure]);
      expect(sittings.every((each) => each[figure] > 0)).toBe(true);
    }
    const all = await sittingsOf({ ...asked, ...group, figure: 'filledShare' }, by);
    expect(percent(sum(all, 'filled'), sum(all, 'places'))).toBe(values['filledShare']);
  }
  return report;
}

const counts = ['places', 'filled', 'came', 'missed', 'free'] as const;
const bySide = [
  ['places', 'came', 'filledShare'],
  ['filled', 'missed', 'free'],
] as const;

const sum = (sittings: readonly OfferedSitting[], figure: 'places' | 'filled' | 'came' | 'missed' | 'free') =>
  sittings.reduce((all, each) => all + each[figure], 0);

/** Page by page. */
async function sittingsOf(
  query: RouteInput<typeof listOfferedSittings>['query'],
  by: { accessToken: string },
): Promise<OfferedSitting[]> {
  const all: OfferedSitting[] = [];
  let cursor: string | undefined;
  do {
    const page = await t.call(
      listOfferedSittings,
      { query: { limit: 1, ...query, ...(cursor === undefined ? {} : { cursor }) } },
      by,
    );
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

test('a day of two sittings, computed by hand', async () => {
  const doctor = await aDoctor(t);
  const { doctorId, chamberId } = doctor;
  const elsewhere = await aChamber(t);
  await aVisitType(t, { doctorId, chamberId: elsewhere });
  await someHours(t, { doctorId, chamberId: elsewhere, from: '20:00', to: '21:00', capacity: 7 });
  const came = await book(doctor, '17:00');
  const missed = await book(doctor, '17:15');
  const cancelled = await book(doctor, '17:30');
  await t.call(cancelAppointment, { params: { id: cancelled.id }, body: {} }, cancelled.by);
  t.clock.set(dhaka('20:05'));
  for (const status of ['arrived', 'in_consultation', 'completed'] as const)
    await setStatus(t, came.id, status);
  await setStatus(t, missed.id, 'no_show');
  await written();
  const by = await signIn(doctorId);
  const report = await told({ groupBy: 'chamber' }, by);
  expect(report.totals).toEqual({
    places: 11,
    filled: 2,
    came: 1,
    missed: 1,
    free: 9,
    filledShare: '18.2',
  });
  // The clock of the first test stood there when it was begun to be written down.
  expect(report.definitions.since).toEqual({
    en: 'Written down since 9 Nov 2026; what was before is not in it.',
    bn: '৯ নভে ২০২৬ থেকে লেখা হয়; তার আগের কিছু এতে নেই।',
  });
  expect(report.groups).toMatchObject([
    { key: String(elsewhere), values: { places: 7, filled: 0, free: 7, filledShare: '0.0' } },
    {
      key: String(chamberId),
      values: { places: 4, filled: 2, came: 1, missed: 1, free: 2, filledShare: '50.0' },
    },
  ]);
  const hours = await told({ groupBy: 'weekday_hour' }, by);
  expect(hours.groups.map(({ key, values }) => [key, values['places']])).toEqual([
    ['1-17', 4],
    ['1-20', 7],
  ]);
});

test('the sittings behind every figure, of all and of a group, are a file whose column comes to it', async () => {
  const doctor = await aDoctor(t, { fullName: 'Salma Akter', chamber: { name: '=1+1' } });
  const { doctorId } = doctor;
  const elsewhere = await aChamber(t);
  await aVisitType(t, { doctorId, chamberId: elsewhere });
  await someHours(t, { doctorId, chamberId: elsewhere, from: '20:00', to: '21:00', capacity: 7 });
  const came = await book(doctor, '17:00');
  const missed = await book(doctor, '17:15');
  t.clock.set(dhaka('20:05'));
  for (const status of ['arrived', 'in_consultation', 'completed'] as const)
    await setStatus(t, came.id, status);
  await setStatus(t, missed.id, 'no_show');
  await written();
  const by = await signIn(doctorId);
  const groupBy = 'chamber';
  const report = await told({ groupBy }, by);
  const title = Object.fromEntries(report.figures.map((figure) => [figure.name, figure.title.en]));
  const exported = async (body: Omit<RouteInput<typeof exportRows>['body'], 'from' | 'to'>) => {
    const asked = { params: { name } as const, body: { ...thatDay(), ...body } };
    return fileOf(t, await t.call(exportRows, asked, by), by);
  };
  const [, here] = report.groups;
  if (!here) throw new Error('there are two chambers');
  // Of all and of a group by turns: every figure goes the same way.
  const parts = [{ values: report.totals }, { values: here.values, group: here.key }];
  for (const [index, { values, ...group }] of parts.entries())
    for (const figure of bySide[index] ?? []) {
      const { answer, work } = await exported({ figure, groupBy, ...group, format: 'csv', language: 'en' });
      const [head = [], ...rows] = readCsv(answer.body);
      const sumOf = (column: string) =>
        rows.reduce((all, cells) => all + Number(cells[head.indexOf(title[column] ?? '')]), 0);
      if (figure === 'filledShare') expect(percent(sumOf('filled'), sumOf('places'))).toBe(values[figure]);
      else expect(sumOf(figure), figure).toBe(values[figure]);
      const sittings = await sittingsOf({ ...thatDay(), groupBy, ...group, figure }, by);
      expect(rows).toHaveLength(sittings.length);
      expect(work.counts).toEqual({ rows: sittings.length });
    }
  const { answer, work } = await exported({ figure: 'places', format: 'xlsx', language: 'en' });
  expect(work.title.en).toMatch(/^Use of capacity: Places offered · Dr. Salma Akter · .* · XLSX$/);
  const { sheets } = await readXlsx(answer.rawPayload);
  const day = monday.toString();
  expect(sheets[0]?.rows).toEqual([
    ['Date', 'Time', 'Doctor', 'Chamber', ...counts.map((each) => title[each])],
    [day, '17:00', 'Dr. Salma Akter', "'=1+1", 4, 2, 1, 1, 2],
    [day, '20:00', 'Dr. Salma Akter', expect.any(String), 7, 0, 0, 0, 7],
  ]);
  expect(await refusedFields(exported({ figure: 'booked', format: 'csv' }))).toEqual(['figure']);
});

test('hours that change afterwards change nothing, and nothing is written twice', async () => {
  const doctor = await aDoctor(t);
  t.clock.set(dhaka('17:01'));
  await Promise.all([written(), written()]);
  await t.deps.pool.query(`update schedules set ended_at = now() where doctor_id = $1`, [doctor.doctorId]);
  t.clock.set(dhaka('09:00', 1));
  await written();
  const { totals } = await told({}, await signIn(doctor.doctorId));
  expect(totals).toMatchObject({ places: 4, filled: 0 });
});

test('a sitting is written down when it has begun, and after downtime too', async () => {
  const doctor = await aDoctor(t);
  t.clock.set(dhaka('16:59'));
  await written();
  expect((await told({}, await signIn(doctor.doctorId))).totals).toMatchObject({
    places: 0,
    filledShare: null,
  });
  monday = monday.add({ weeks: 2 });
  t.clock.set(dhaka('10:00'));
  await written();
  const later = await signIn(doctor.doctorId);
  const from = monday.subtract({ weeks: 2 }).toString();
  const { groups } = await told({ from, to: monday.toString(), groupBy: 'day' }, later);
  expect(groups.map(({ key, values }) => [key, values['places']])).toEqual([
    [from, 4],
    [monday.subtract({ weeks: 1 }).toString(), 4],
  ]);
});

test('visits that are longer than the step between starts take several; what is closed offers nothing', async () => {
  const longer = await aDoctor(t, { minutes: 30 });
  const partly = await aDoctor(t);
  const away = await aDoctor(t);
  const exceptions = [
    { id: partly.doctorId, from: dhaka('17:30').slice(0, 16), until: dhaka('18:00').slice(0, 16) },
    { id: away.doctorId, from: monday.toString(), until: monday.toString() },
  ];
  for (const { id, from, until } of exceptions) {
    const body = { kind: 'time_off' as const, from, until };
    await t.call(createException, { params: { id }, query: {}, body }, await signIn(id));
  }
  t.clock.set(dhaka('18:00'));
  await written();
  const placesOf = async ({ doctorId }: Doctor) => (await told({}, await signIn(doctorId))).totals['places'];
  expect(await placesOf(longer)).toBe(2);
  expect(await placesOf(partly)).toBe(2);
  expect(await placesOf(away)).toBe(0);
});

test('whoever is put in over capacity counts, and leaves no place free', async () => {
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '17:15' }] });
  await book(doctor, '17:00');
  const admin = await signIn((await anAdmin(t)).userId);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const { patientId } = await aSignedInPatient(t);
  const body = { doctorId, chamberId, visitTypeId, patientId, startsAt: dhaka('17:00') };
  await t.call(
    bookAppointment,
    { body: { ...body, channel: 'phone', overbookReason: 'in great pain' } },
    admin,
  );
  t.clock.set(dhaka('17:30'));
  await written();
  const { totals } = await told({}, await signIn(doctorId));
  expect(totals).toMatchObject({ places: 1, filled: 2, free: 0, filledShare: '200.0' });
});

test('doctors have their own sittings, administrators all, and nobody else any', async () => {
  const doctor = await aDoctor(t, { specializations: [1, 3] });
  const other = await aDoctor(t, { specializations: [3] });
  t.clock.set(dhaka('17:30'));
  await written();
  const by = await signIn(doctor.doctorId);
  expect((await told({}, by)).totals['places']).toBe(4);
  const figure = 'places';
  await refused(
    t.call(listOfferedSittings, { query: { ...thatDay(), figure, doctorId: other.doctorId } }, by),
    'not_found',
  );
  const admin = await signIn((await anAdmin(t)).userId);
  const { totals, groups } = await told({ groupBy: 'specialization' }, admin);
  expect(totals['places']).toBe(8);
  expect(groups.map(({ values }) => values['places'])).toEqual([8, 4]);
  expect((await told({ chamberId: other.chamberId }, admin)).totals['places']).toBe(4);
  const { accessToken } = await aSignedInPatient(t);
  await refused(
    t.call(listOfferedSittings, { query: { ...thatDay(), figure } }, { accessToken }),
    'not_allowed',
  );
});
