import { afterAll, beforeAll, expect, test } from 'vitest';
import { countKind, countReport } from '../../src/contract/counts.ts';
import { exportRows } from '../../src/contract/exports.ts';
import {
  countedReports,
  figureName,
  figureReports,
  getFigureReport,
  type FigureReportName,
} from '../../src/contract/figures.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { cancelWork, getWork, getWorkFile, listWorks, type Work } from '../../src/contract/works.ts';
import { addJob } from '../../src/platform/jobs.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { within } from '../harness/lived-time.ts';
import { refused, refusedFields } from '../harness/refusals.ts';
import { writeVisits, type ToldVisit } from './figure-visits.ts';
import { quickSittings, slowSittings, statementsOver, statementsUnderWay } from './slow-sittings.ts';
import { ended, fileOf } from './work-files.ts';

let t: TestApp;
let doctors: Doctor[];
let admin: { userId: number };
let by: { accessToken: string };
const period = { from: '2026-10-05', to: '2026-11-03' };

beforeAll(async () => {
  t = await startApp();
  admin = await anAdmin(t);
  by = { accessToken: await signedIn(t, admin) };
  doctors = [
    await aDoctor(t, { fullName: 'Salma Akter', nameBn: 'সালমা আক্তার', specializations: [1, 3] }),
    await aDoctor(t, { fullName: 'Karim Mia', chamber: { timeZone: 'Europe/London' } }),
  ];
  const patients = await Promise.all(Array.from({ length: 4 }, () => aPatient(t)));
  const patientOf = (index: number) => patients[index % patients.length]?.patientId ?? 0;
  const [first] = patients;
  await writeVisits(
    t,
    Array.from({ length: 90 }, (_, index) => visitOf(index, patientOf(index % 7))),
    {
      patient: first?.userId ?? 0,
      doctor: doctors[0]?.doctorId ?? 0,
      assistant: admin.userId,
      admin: admin.userId,
    },
  );
  // What was known of sittings begins with the first time that they are written down.
  await writeSittings();
  t.clock.set('2026-11-03T23:00:00+06:00');
  await writeSittings();
  by = { accessToken: await signedIn(t, admin) };
});
afterAll(() => t.close());

async function writeSittings(): Promise<void> {
  await t.db.transaction().execute((tx) => addJob(tx, 'record-offers', {}));
  await jobsDone(t);
}

const ends = ['completed', 'cancelled', 'no_show', 'completed', null] as const;

/** Every 13 hours, before the period and in it. */
function visitOf(index: number, patientId: number): ToldVisit {
  const at = Temporal.Instant.from('2026-09-17T11:00:00Z').add({ hours: index * 13 });
  const end = ends[index % ends.length] ?? null;
  const step = (
    name: ToldVisit['steps'][number]['step'],
    from: string | null,
    to: string,
    minutes: number,
  ) => ({
    step: name,
    from: from as ToldVisit['steps'][number]['from'],
    to: to as ToldVisit['steps'][number]['to'],
    at: at.add({ minutes }).toString(),
    by: 'assistant' as const,
  });
  return {
    at: at.toString(),
    desk: doctors[index % 2] ?? never(),
    patientId,
    channel: (['online', 'phone', 'walk_in'] as const)[index % 3] ?? 'phone',
    fee: '800.10',
    currency: index % 11 === 0 ? 'USD' : 'BDT',
    created: at.subtract({ hours: index * 3 }).toString(),
    steps: [
      step('booked', null, 'confirmed', -1_440),
      ...(end === 'completed'
        ? [
            step('arrived', 'confirmed', 'arrived', -10),
            step('started', 'arrived', 'in_consultation', index),
            step('completed', 'in_consultation', 'completed', index + 9),
          ]
        : []),
      ...(end === 'cancelled' ? [step('cancelled', 'confirmed', 'cancelled', -60)] : []),
      ...(end === 'no_show' ? [step('missed', 'confirmed', 'no_show', 60)] : []),
    ],
    payments: end === 'completed' ? [{ kind: 'payment', amount: '500.50' }] : [],
  };
}

function never(): never {
  throw new Error('there are two doctors');
}

type Body = Partial<RouteInput<typeof countReport>['body']>;

const begin = (name: FigureReportName, body: Body = {}, as = by, options: { idempotencyKey?: string } = {}) =>
  t.call(countReport, { params: { name }, body: { ...period, ...body } }, { ...as, ...options });

async function counted(name: FigureReportName, body: Body = {}, as = by) {
  const { work, answer } = await fileOf(t, await begin(name, body, as), as);
  return { work, answer, ...countedReports.parse(answer.json()) };
}

test.each(figureName.options)('%s: a work counts by every grouping what GET answers', async (name) => {
  const [doctor] = doctors;
  const groupBy = [...figureReports[name].groupings];
  const { rows } = await t.deps.pool.query<{ code: string }>('select code from specializations where id = 3');
  // One of them for each report: all go the same way.
  const filters = [
    {},
    { doctorId: doctor?.doctorId ?? 0 },
    { specialization: rows[0]?.code ?? '', chamberId: doctor?.chamberId ?? 0 },
  ][figureName.options.indexOf(name) % 3];
  const compare = name !== 'channels';
  const begun = t.clock.now().toString();
  const { work, reports, countedAt } = await counted(name, { ...filters, groupBy, compare });
  expect(Date.parse(countedAt)).toBeGreaterThanOrEqual(Date.parse(begun));
  const told = groupBy.map((each) =>
    t.call(
      getFigureReport,
      { params: { name }, query: { ...period, ...filters, groupBy: each, compare } },
      by,
    ),
  );
  expect(reports).toEqual(await Promise.all(told));
  expect(Object.values(reports[0]?.totals ?? {}).some(Boolean)).toBe(true);
  expect(work).toMatchObject({ kind: countKind, done: groupBy.length + Number(compare) });
});

test('without a grouping it counts what GET answers without', async () => {
  const { reports, work } = await counted('outcomes');
  expect(reports).toEqual([
    await t.call(getFigureReport, { params: { name: 'outcomes' }, query: period }, by),
  ]);
  expect(work).toMatchObject({
    title: { en: 'What became of appointments · 5 Oct 2026 – 3 Nov 2026' },
    file: { name: 'report-outcomes-2026-10-05-2026-11-03.json', type: 'application/json' },
  });
});

test('a doctor has their own report counted and no other; what was counted is theirs alone', async () => {
  const [first, second] = doctors;
  if (!first || !second) throw never();
  const as = { accessToken: await signedIn(t, { userId: first.doctorId }) };
  const { work, reports } = await counted('outcomes', { groupBy: ['chamber'] }, as);
  expect(reports[0]?.doctor?.id).toBe(first.doctorId);
  expect(reports[0]?.groups.map(({ key }) => key)).toEqual([String(first.chamberId)]);
  await refused(begin('outcomes', { doctorId: second.doctorId }, as), 'not_found');
  const params = { id: work.id };
  for (const other of [by, { accessToken: await signedIn(t, { userId: second.doctorId }) }]) {
    await refused(t.call(getWork, { params }, other), 'not_found');
    await refused(t.call(getWorkFile, { params }, other), 'not_found');
    await refused(t.call(cancelWork, { params }, other), 'not_found');
  }
  const patient = { accessToken: await signedIn(t, await aPatient(t)) };
  await refused(begin('outcomes', {}, patient), 'not_allowed');
});

test('bad questions are refused before anything is begun, and a second press begins nothing more', async () => {
  const list = async (kind: string) => (await t.call(listWorks, { query: { kind, limit: 100 } }, by)).items;
  const before = (await list(countKind)).length;
  const fields = (name: FigureReportName, body: Body) => refusedFields(begin(name, body));
  expect(await fields('channels', { groupBy: ['channel'] })).toEqual(['groupBy']);
  expect(await fields('outcomes', { groupBy: ['day', 'day'] })).toEqual(['groupBy']);
  expect(await fields('outcomes', { to: '2026-10-01' })).toEqual(['to']);
  await refused(begin('outcomes', { chamberId: 4711 }), 'not_found');
  const idempotencyKey = 'pressed-twice';
  const { work } = await begin('channels', {}, by, { idempotencyKey });
  expect((await begin('channels', {}, by, { idempotencyKey })).work.id).toBe(work.id);
  expect(await list(countKind)).toHaveLength(before + 1);
  expect(await list(`rows-export,${countKind}`)).toHaveLength(before + 1);
  await fileOf(t, { work }, by);
  const { rows } = await t.deps.pool.query(
    `select action, detail from audit_log where by_user = $1 and detail ->> 'work' = $2 order by id`,
    [admin.userId, String(work.id)],
  );
  expect(rows).toEqual([
    {
      action: 'reports.count_begun',
      detail: expect.objectContaining({ work: work.id, report: 'channels', ...period, compare: false }),
    },
    { action: 'works.file_fetched', detail: expect.objectContaining({ work: work.id, kind: countKind }) },
  ]);
});

test('whoever ends a work early ends its statement, also that which only counts rows', async () => {
  await slowSittings(t, 600);
  const exporting = { ...period, figure: 'places', format: 'csv' } as const;
  const works: (() => Promise<{ work: Work }>)[] = [
    () => begin('capacity', { groupBy: ['doctor'] }),
    () => t.call(exportRows, { params: { name: 'capacity' }, body: exporting }, by),
  ];
  for (const beginOne of works) {
    const { id } = (await beginOne()).work;
    await expect.poll(() => statementsUnderWay(t), { interval: 50 }).toBe(1);
    await t.call(cancelWork, { params: { id } }, by);
    expect(await within(t, statementsOver(t), 1_500)).not.toBe('still waiting');
    expect((await ended(t, id, by)).state).toBe('cancelled');
  }
  await quickSittings(t);
});
