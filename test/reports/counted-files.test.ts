import { readXlsx } from 'hucre/xlsx';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countReport, getCountedFile } from '../../src/contract/counts.ts';
import { exportRows } from '../../src/contract/exports.ts';
import { countedReports, type ReportGrouping } from '../../src/contract/figures.ts';
import { fileTypes, type FileFormat } from '../../src/contract/reports.ts';
import { apiPrefix, type RouteInput } from '../../src/contract/route.ts';
import { formatDate, formatTime, type Language } from '../../src/contract/wording.ts';
import { cancelWork, type Work } from '../../src/contract/works.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';
import { quickSittings, slowSittings, statementsUnderWay } from './slow-sittings.ts';
import { someVisits } from './visits.ts';
import { ended, fileOf } from './work-files.ts';

let t: TestApp;
let doctors: Doctor[];
let admin: { userId: number };
let by: { accessToken: string };
const period = { from: '2026-10-01', to: '2026-10-31' };

beforeAll(async () => {
  t = await startApp();
  admin = await anAdmin(t);
  by = { accessToken: await signedIn(t, admin) };
  doctors = [
    await aDoctor(t, { fullName: 'Salma Akter', nameBn: 'সালমা আক্তার' }),
    await aDoctor(t, { fullName: 'Karim Mia' }),
  ];
  await more('2026-10-06T17:00:00+06:00');
});
afterAll(() => t.close());

/** A completed visit of each doctor, from then on. */
async function more(at: string): Promise<void> {
  for (const [index, doctor] of doctors.entries()) {
    const { patientId } = await aPatient(t);
    await someVisits(t, doctor, [{ at, patientId, status: 'completed', fee: `${index + 7}00.50` }]);
  }
}

type Asked = { groupBy?: ReportGrouping; format: FileFormat; language?: Language };

const get = (path: string, query: object, as = by) =>
  t.inject({
    url: `${apiPrefix}${path}?${new URLSearchParams({ ...query })}`,
    headers: { authorization: `Bearer ${as.accessToken}` },
  });
const standing = (name: string, asked: Asked) => get(`/reports/${name}`, { ...period, ...asked });
const kept = (id: number, asked: Asked, as = by) => get(`/reports/counts/${id}/file`, asked, as);

const begin = (
  name: RouteInput<typeof countReport>['params']['name'],
  body: Partial<RouteInput<typeof countReport>['body']> = {},
  as = by,
) => t.call(countReport, { params: { name }, body: { ...period, ...body } }, as);

async function counted(...asked: Parameters<typeof begin>) {
  const { work, answer } = await fileOf(t, await begin(...asked), asked[2] ?? by);
  return { id: work.id, ...countedReports.parse(answer.json()) };
}

const refusal = (id: number, asked: Asked = { format: 'csv' }, as = by) =>
  t.call(getCountedFile, { params: { id }, query: asked }, as);

/** Every cell of every sheet, as another library reads them, and the line that tells when it was counted. */
async function sheetsOf(payload: Buffer, language: Language) {
  const rows = (await readXlsx(payload)).sheets.flatMap((sheet) => sheet.rows);
  const isLine = ([cell]: readonly unknown[]) => countedOn[language].test(String(cell));
  return { line: rows.find(isLine)?.[0], rows: rows.filter((row) => !isLine(row)) };
}

async function wordsOf(payload: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(payload)), { mergePages: true });
  return text.replace(/\s+/g, ' ');
}

/** The line that tells when it was counted: all else is the same. */
const countedOn = { en: /Counted on .*? at that moment\./, bn: /[^।]*-এ গোনা, [^।]*।/ };

test.each(['en', 'bn'] as const)(
  'in every format (%s) it is the file that GET wrote when it was counted, also when the books have changed since',
  async (language) => {
    const asked = { groupBy: 'doctor' as const, language };
    const was = {
      csv: await standing('revenue', { ...asked, format: 'csv' }),
      xlsx: await standing('revenue', { ...asked, format: 'xlsx' }),
      pdf: await standing('revenue', { ...asked, format: 'pdf' }),
    };
    const { id, countedAt } = await counted('revenue', { groupBy: ['day', 'doctor'], compare: true });
    await more(`2026-10-${language === 'en' ? '08' : '09'}T17:00:00+06:00`);
    expect((await standing('revenue', { ...asked, format: 'csv' })).body).not.toBe(was.csv.body);

    const is = {
      csv: await kept(id, { ...asked, format: 'csv' }),
      xlsx: await kept(id, { ...asked, format: 'xlsx' }),
      pdf: await kept(id, { ...asked, format: 'pdf' }),
    };
    for (const format of ['csv', 'xlsx', 'pdf'] as const) {
      expect(is[format].statusCode).toBe(200);
      expect(is[format].headers['content-type']).toBe(fileTypes[format]);
      for (const header of ['content-type', 'content-disposition', 'cache-control'])
        expect(is[format].headers[header]).toBe(was[format].headers[header]);
    }
    expect(is.csv.body).toBe(was.csv.body);
    const sheets = await sheetsOf(is.xlsx.rawPayload, language);
    expect(sheets.rows).toEqual((await sheetsOf(was.xlsx.rawPayload, language)).rows);
    const at = Temporal.Instant.from(countedAt).toZonedDateTimeISO('Asia/Dhaka').toPlainDateTime().toString();
    expect(sheets.line).toContain(formatDate(language, at.slice(0, 10)));
    expect(sheets.line).toContain(formatTime(language, at.slice(11, 16)));
    // From the first figure on: of Bangla the reader knows the shapes, and hardly the letters.
    const figures = async ({ rawPayload }: typeof was.pdf) =>
      (await wordsOf(rawPayload)).split('(BDT)').slice(1);
    expect(await figures(is.pdf)).toEqual(await figures(was.pdf));
    expect(await figures(is.pdf)).not.toHaveLength(0);
    if (language === 'en') expect(await wordsOf(is.pdf.rawPayload)).toContain(sheets.line);
  },
);

test('it is told by each grouping that was counted, by the usual one where none is named, and by no other', async () => {
  const { id } = await counted('outcomes', { groupBy: ['channel', 'week'] });
  const heads = ['channel', 'week'].map(async (groupBy) => {
    const asked = { groupBy: groupBy as ReportGrouping, format: 'csv' as const, language: 'en' as const };
    const { body } = await kept(id, asked);
    expect(body).toBe((await standing('outcomes', asked)).body);
    return body.slice(1).split(',')[0];
  });
  expect(await Promise.all(heads)).toEqual(['How it was booked', 'Week']);
  const { errors } = await refused(refusal(id, { groupBy: 'doctor', format: 'pdf' }), 'invalid_input');
  expect(errors).toEqual([{ path: 'groupBy', message: 'This was counted by channel, week' }]);
  expect(await refusedFields(refusal(id))).toEqual(['groupBy']);

  const whole = await counted('outcomes');
  expect((await kept(whole.id, { format: 'csv' })).body).toBe(
    (await standing('outcomes', { format: 'csv' })).body,
  );
  const { errors: none } = await refused(
    refusal(whole.id, { groupBy: 'day', format: 'csv' }),
    'invalid_input',
  );
  expect(none).toEqual([{ path: 'groupBy', message: 'This was counted without groups' }]);

  // Told by one thing only.
  const hours = await counted('busiest-hours');
  for (const named of [{}, { groupBy: 'weekday_hour' as const }])
    expect((await kept(hours.id, { ...named, format: 'csv' })).body).toBe(
      (await standing('busiest-hours', { format: 'csv' })).body,
    );
  for (const [query, field] of [
    [{ groupBy: 'weekday_hour' }, 'format'],
    [{ format: 'json' }, 'format'],
    [{ format: 'csv', groupBy: 'patient' }, 'groupBy'],
    [{ format: 'csv', language: 'fr' }, 'language'],
  ] as const) {
    const answer = await get(`/reports/counts/${hours.id}/file`, query);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual([field]);
  }
});

test('it is given to whoever had it counted and to nobody else, and who took it is written down', async () => {
  const [first, second] = doctors;
  if (!first || !second) throw new Error('there are two doctors');
  const as = { accessToken: await signedIn(t, { userId: first.doctorId }) };
  const { id } = await counted('outcomes', { groupBy: ['day'] }, as);
  const others = [admin, { userId: second.doctorId }, await aPatient(t)];
  for (const other of others) {
    const token = { accessToken: await signedIn(t, other) };
    await refused(refusal(id, { groupBy: 'day', format: 'csv' }, token), 'not_found');
  }
  expect((await t.inject({ url: `${apiPrefix}/reports/counts/${id}/file?format=csv` })).statusCode).toBe(401);
  await refusedFields(refusal(id, { groupBy: 'doctor', format: 'csv' }, as));
  const answer = await kept(id, { groupBy: 'day', format: 'pdf' }, as);
  expect(answer.statusCode).toBe(200);
  const { rows } = await t.deps.pool.query(
    `select by_user as by, detail from audit_log
     where action = 'works.file_fetched' and detail ->> 'work' = $1 order by id`,
    [String(id)],
  );
  const detail = (name: string) => ({
    by: first.doctorId,
    detail: { work: id, kind: 'report-count', name: `report-outcomes-${period.from}-${period.to}.${name}` },
  });
  // The first is the screen's.
  expect(rows).toEqual([detail('json'), detail('pdf')]);
});

test('there is none before it is counted, when that was ended, of other work, and after seven days', async () => {
  await refused(refusal(4711), 'not_found');
  await slowSittings(t, 600);
  const { id } = (await begin('capacity')).work;
  await expect.poll(() => statementsUnderWay(t), { interval: 50 }).toBe(1);
  await refused(refusal(id), 'file_not_ready');
  await t.call(cancelWork, { params: { id } }, by);
  const { detail } = await refused(refusal(id), 'not_found');
  expect(detail).toBe('This has made no file.');
  expect((await ended(t, id, by)).state).toBe('cancelled');
  await quickSittings(t);

  const body = { ...period, figure: 'booked', format: 'csv' as const };
  const exported: { work: Work } = await t.call(exportRows, { params: { name: 'outcomes' }, body }, by);
  await fileOf(t, exported, by);
  const other = await refused(refusal(exported.work.id), 'not_found');
  expect(other.detail).toBe('This has counted no report.');

  const made = await fileOf(t, await begin('outcomes'), by);
  // The process that made it has a clock of its own.
  t.clock.set(made.work.file?.forgetAt ?? '');
  by = { accessToken: await signedIn(t, admin) };
  await refused(refusal(made.work.id), 'file_forgotten');
});
