import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportKind, exportRows } from '../../src/contract/exports.ts';
import { channelNames, type AppointmentReport, type FigureRow } from '../../src/contract/figures.ts';
import { fileTypes, statusNames } from '../../src/contract/reports.ts';
import { apiPrefix, type RouteInput } from '../../src/contract/route.ts';
import { getWorkFile, listWorks } from '../../src/contract/works.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';
import { rowsOf, writeVisits, type ToldVisit } from './figure-visits.ts';
import { readCsv } from './read-csv.ts';
import { fileOf } from './work-files.ts';

let t: TestApp;
let doctors: Doctor[];
let admin: { userId: number };
let by: { accessToken: string };
const period = { from: '2026-09-20', to: '2026-10-31' };
const names = [
  '=HYPERLINK("http://x.example")',
  '+880',
  '@SUM(A1)',
  'Rahim "Raju", <Uddin> & sons',
  'ক্ষিতীশ',
];

beforeAll(async () => {
  t = await startApp();
  admin = await anAdmin(t);
  by = { accessToken: await signedIn(t, admin) };
  doctors = [
    await aDoctor(t, { fullName: 'Salma Akter', nameBn: 'সালমা আক্তার', chamber: { name: '-1+1' } }),
    await aDoctor(t, { fullName: 'Karim Mia', chamber: { timeZone: 'Europe/London' } }),
  ];
  const patients = await Promise.all(names.map((fullName) => aPatient(t, { fullName })));
  const channels = ['online', 'phone', 'walk_in'] as const;
  const statuses = ['completed', 'cancelled', 'no_show', 'completed', 'confirmed'] as const;
  const visits = Array.from({ length: 60 }, (_, index): ToldVisit => {
    const at = Temporal.Instant.from('2026-09-22T11:00:00Z').add({ hours: index * 13 });
    const status = statuses[index % statuses.length] ?? 'confirmed';
    const step = (
      name: 'booked' | 'arrived' | 'started',
      from: 'confirmed' | 'arrived' | null,
      minutes: number,
    ) => ({
      step: name,
      from,
      to:
        name === 'booked'
          ? ('confirmed' as const)
          : name === 'arrived'
            ? ('arrived' as const)
            : ('in_consultation' as const),
      at: at.add({ minutes }).toString(),
      by: 'assistant' as const,
    });
    return {
      at: at.toString(),
      desk: doctors[index % 2] ?? never(),
      patientId: patients[index % patients.length]?.patientId ?? 0,
      channel: channels[index % 3] ?? 'phone',
      fee: index % 7 === 0 ? '99999999.99' : '800.10',
      currency: 'BDT',
      created: at.subtract({ hours: 24 + index }).toString(),
      steps: [
        step('booked', null, -1_440),
        ...(status === 'completed'
          ? [step('arrived', 'confirmed', -10), step('started', 'arrived', index)]
          : []),
        ...(status === 'confirmed'
          ? []
          : [
              {
                step: status === 'no_show' ? ('missed' as const) : status,
                from: status === 'completed' ? ('in_consultation' as const) : ('confirmed' as const),
                to: status,
                at: at.add({ minutes: 70 }).toString(),
                by: 'assistant' as const,
              },
            ]),
      ],
      payments: status === 'completed' ? [{ kind: 'payment', amount: '500.50' }] : [],
    };
  });
  const { userId: patient = 0 } = patients[0] ?? {};
  await writeVisits(t, visits, {
    patient,
    doctor: doctors[0]?.doctorId ?? 0,
    assistant: admin.userId,
    admin: admin.userId,
  });
});
afterAll(() => t.close());

function never(): never {
  throw new Error('there are two doctors');
}

type Asked = Omit<RouteInput<typeof exportRows>['body'], 'from' | 'to'> & { name?: AppointmentReport };

const ask = (
  { name = 'outcomes', ...body }: Asked,
  { as = by, key }: { as?: typeof by; key?: string } = {},
) =>
  t.call(
    exportRows,
    { params: { name }, body: { ...period, ...body } },
    { ...as, ...(key === undefined ? {} : { idempotencyKey: key }) },
  );

async function exported(asked: Asked, as = by) {
  return fileOf(t, await ask(asked, { as }), as);
}

const safe = (text: string) => (/^[=+\-@]/.test(text) ? `'${text}` : text);

/** What the file says of a row, in the language of the file. */
const toldIn =
  (language: 'en' | 'bn') =>
  (row: FigureRow): string[] => [
    row.reference,
    row.startsAt.slice(0, 10),
    row.startsAt.slice(11, 16),
    statusNames[language][row.status],
    channelNames[row.channel][language],
    safe(row.patient.fullName),
    language === 'bn' && row.doctor.nameBn !== null ? 'ডা. সালমা আক্তার' : `Dr. ${row.doctor.fullName}`,
    safe(row.chamber.fullName),
    row.fee.amount,
    row.fee.currency,
  ];

test('CSV has every row behind a figure as the screen shows them, by time, and nothing that a spreadsheet would run', async () => {
  const { work, answer } = await exported({ figure: 'booked', format: 'csv', language: 'en' });
  expect(work).toMatchObject({
    kind: exportKind,
    title: {
      en: 'What became of appointments: Booked · 20 Sep 2026 – 31 Oct 2026 · CSV',
      bn: expect.stringMatching(/ · ২০ সেপ্ট ২০২৬ – ৩১ অক্টো ২০২৬ · CSV$/),
    },
    done: 60,
    total: 60,
    counts: { rows: 60 },
    file: { name: 'rows-outcomes-booked-2026-09-20-2026-10-31.csv', type: fileTypes.csv },
  });
  expect(answer.headers['content-type']).toBe(fileTypes.csv);
  expect(answer.headers['content-length']).toBe(String(work.file?.bytes));
  const [head, ...lines] = readCsv(answer.body);
  expect(head).toEqual([
    'Reference',
    'Date',
    'Time',
    'Status',
    'Booked',
    'Patient',
    'Doctor',
    'Chamber',
    'Fee',
    'Currency',
  ]);
  const rows = await rowsOf(t, { ...period, name: 'outcomes', figure: 'booked' }, by);
  expect(rows).toHaveLength(60);
  expect(lines).toEqual(rows.map(toldIn('en')));
  expect(lines.map((line) => line[5])).toContain(`'=HYPERLINK("http://x.example")`);
});

test('a share says which rows count, money what each adds, times their minutes, patients each once; a group and a filter narrow all', async () => {
  const cases = [
    ['outcomes', 'missedShare', 'Counted', (row: FigureRow) => (row.counted ? 'yes' : 'no')],
    ['revenue', 'taken', 'Amount', (row: FigureRow) => row.amount?.amount ?? ''],
    ['patients', 'patientVisits', null, () => ''],
    ['waiting-time', 'median', 'Minutes', (row: FigureRow) => String(row.minutes)],
  ] as const;
  for (const [name, figure, title, told] of cases) {
    const narrowed = {
      figure,
      groupBy: 'month',
      group: '2026-10',
      doctorId: doctors[0]?.doctorId ?? 0,
    } as const;
    const { answer } = await exported({ name, ...narrowed, format: 'csv', language: 'en' });
    const [head, ...lines] = readCsv(answer.body);
    const rows = await rowsOf(t, { ...period, name, ...narrowed }, by);
    expect(rows.length, name).toBeGreaterThan(2);
    expect(head?.at(-1)).toBe(title ?? 'Currency');
    expect(lines, name).toEqual(
      rows.map((row) => [...toldIn('en')(row), ...(title === null ? [] : [told(row)])]),
    );
  }
});

test('XLSX, opened by another library: the same rows in Bangla, fees as numbers, formulas as text', async () => {
  const { answer } = await exported({ figure: 'booked', format: 'xlsx' });
  expect(answer.headers['content-type']).toBe(fileTypes.xlsx);
  const { sheets } = await readXlsx(answer.rawPayload);
  const [head, ...lines] = sheets[0]?.rows ?? [];
  expect(head?.slice(0, 3)).toEqual(['রেফারেন্স', 'তারিখ', 'সময়']);
  const rows = await rowsOf(t, { ...period, name: 'outcomes', figure: 'booked' }, by);
  const told = rows.map((row) => {
    const cells = toldIn('bn')(row);
    return [...cells.slice(0, 8), Number(cells[8]), cells[9]];
  });
  expect(lines).toEqual(told);
});

test('a doctor has their own rows and no others', async () => {
  const [first, second] = doctors;
  if (!first || !second) throw never();
  const as = { accessToken: await signedIn(t, { userId: first.doctorId }) };
  const { answer, work } = await exported({ figure: 'booked', format: 'csv', language: 'en' }, as);
  expect(
    readCsv(answer.body)
      .slice(1)
      .map((line) => line[6]),
  ).toEqual(Array.from({ length: 30 }, () => 'Dr. Salma Akter'));
  expect(work.title.en).toContain('Dr. Salma Akter');
  await refused(ask({ figure: 'booked', format: 'csv', doctorId: second.doctorId }, { as }), 'not_found');
  const other = { accessToken: await signedIn(t, { userId: second.doctorId }) };
  await refused(t.call(getWorkFile, { params: { id: work.id } }, other), 'not_found');
  const patient = { accessToken: await signedIn(t, await aPatient(t)) };
  await refused(ask({ figure: 'booked', format: 'csv' }, { as: patient }), 'not_allowed');
});

test('bad questions are refused before anything is begun', async () => {
  const before = (await t.call(listWorks, {}, by)).items.length;
  expect(await refusedFields(ask({ figure: 'nothing', format: 'csv' }))).toEqual(['figure']);
  expect(await refusedFields(ask({ figure: 'booked', format: 'csv', group: '2026-10' }))).toEqual([
    'groupBy',
  ]);
  expect(
    await refusedFields(ask({ figure: 'booked', format: 'csv', groupBy: 'month', group: 'May' })),
  ).toEqual(['group']);
  await refused(ask({ figure: 'booked', format: 'csv', chamberId: 4711 }), 'not_found');
  expect((await t.call(listWorks, {}, by)).items).toHaveLength(before);
});

test('who begins a file and who fetches it stands in the audit log, once each', async () => {
  const key = 'pressed-twice';
  const { work } = await ask({ figure: 'came', format: 'csv' }, { key });
  expect((await ask({ figure: 'came', format: 'csv' }, { key })).work.id).toBe(work.id);
  await fileOf(t, { work }, by);
  await t.inject({
    url: `${apiPrefix}/reports/monthly?year=2026&month=10&doctorId=${doctors[0]?.doctorId}&format=pdf`,
    headers: { authorization: `Bearer ${by.accessToken}` },
  });
  const { rows } = await t.deps.pool.query<{ action: string; detail: Record<string, unknown> }>(
    `select action, detail from audit_log
     where by_user = $1 and (detail ->> 'work' = $2 or action = 'reports.file_made') order by id`,
    [admin.userId, String(work.id)],
  );
  expect(rows).toEqual([
    {
      action: 'reports.export_begun',
      detail: expect.objectContaining({
        work: work.id,
        report: 'outcomes',
        figure: 'came',
        ...period,
        format: 'csv',
      }),
    },
    {
      action: 'works.file_fetched',
      detail: { work: work.id, kind: exportKind, name: work.file?.name ?? expect.any(String) },
    },
    {
      action: 'reports.file_made',
      detail: expect.objectContaining({ doctorId: doctors[0]?.doctorId, format: 'pdf' }),
    },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/Raju|HYPERLINK/);
});
