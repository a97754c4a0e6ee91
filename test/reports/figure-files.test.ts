import { readXlsx } from 'hucre/xlsx';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn } from '../harness/builders.ts';
import { readCsv } from './read-csv.ts';
import { someVisits } from './visits.ts';

let t: TestApp;
let by: { accessToken: string };
const evil = ['=HYPERLINK("http://x.example")', '+880', '-1+1', '@SUM(A1)', 'Popular "New", Dhanmondi'];
const bangla = 'ক্ষিতীশ ক্লিনিক';
const fees = ['0.10', '0.20', '99999999.99', '800.00', '7.00', '1.00'];
const total = '100000808.29';

beforeAll(async () => {
  t = await startApp();
  by = { accessToken: await signedIn(t, await anAdmin(t)) };
  const { patientId } = await aPatient(t);
  for (const [index, name] of [...evil, bangla].entries()) {
    const doctor = await aDoctor(t, { chamber: { name } });
    const at = `2026-10-0${index + 1}T17:00:00+06:00`;
    await someVisits(t, doctor, [{ at, patientId, status: 'completed', fee: fees[index] ?? '' }]);
  }
});
afterAll(() => t.close());

async function download(format: string, { language = 'en', name = 'revenue', groupBy = 'chamber' } = {}) {
  const answer = await t.inject({
    method: 'GET',
    url: `/api/v1/reports/${name}?from=2026-10-01&to=2026-10-31&groupBy=${groupBy}&format=${format}&language=${language}`,
    headers: { authorization: `Bearer ${by.accessToken}` },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-disposition']).toBe(
    `attachment; filename="report-${name}-2026-10-01-2026-10-31.${format}"`,
  );
  expect(answer.headers['cache-control']).toBe('no-store');
  return answer;
}

test('CSV: every group, money to the digit, and nothing that a spreadsheet would run', async () => {
  const { body, headers } = await download('csv');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  const [head, ...rows] = readCsv(body);
  expect(head).toEqual([
    'Chamber',
    'Fees earned (BDT)',
    'Money taken (BDT)',
    'Given back (BDT)',
    'Kept (BDT)',
    'Still due (BDT)',
  ]);
  expect(new Map(rows.map(([label = '', earned = '']) => [label, earned]))).toEqual(
    new Map(
      [...evil.map((name) => (/^\w/.test(name) ? name : `'${name}`)), bangla].map((name, index) => [
        name,
        fees[index],
      ]),
    ),
  );
  // The largest first.
  expect(rows.map((row) => Number(row[1]))).toEqual(fees.map(Number).toSorted((a, b) => b - a));
});

test('XLSX, opened by another library: numbers are numbers, formulas are text', async () => {
  const { rawPayload } = await download('xlsx');
  const { sheets } = await readXlsx(rawPayload);
  const [summary = [], list = []] = sheets.map(({ rows }) => rows);
  const earned = summary.find((row) => row?.[0] === 'Fees earned (BDT)');
  expect(earned?.[1]).toBe(Number(total));
  expect(String(earned?.[2])).toContain('as they were when booked');
  expect(list).toHaveLength(7);
  const sums = list.slice(1).map((row) => row?.[1]);
  expect(sums).toEqual(fees.map(Number).toSorted((a, b) => b - a));
  expect(list.some((row) => row?.[0] === `'=HYPERLINK("http://x.example")`)).toBe(true);
});

test('a time before the promised one is a number below nought, and nothing measured is empty', async () => {
  const { body } = await download('csv', { name: 'punctuality', groupBy: 'month', language: 'bn' });
  const [head, row] = readCsv(body);
  expect(head?.slice(0, 3)).toEqual(['মাস', 'মাপা হয়েছে', 'মধ্যমা (মিনিট)']);
  expect(row).toEqual(['অক্টোবর ২০২৬', '0', '', '', '0', '0', '0', '0', '0', '']);

  await t.deps.pool.query(
    `insert into appointment_history (appointment_id, version, step, from_status, to_status, at)
     select id, 2, 'started', 'confirmed', 'in_consultation', lower(period) - interval '5 minutes' from appointments
     order by id limit 1`,
  );
  const [, early] = readCsv((await download('csv', { name: 'punctuality', groupBy: 'month' })).body);
  expect(early).toEqual(['October 2026', '1', '-5', '-5', '1', '0', '0', '0', '0', '100.0']);
});

test('PDF in both languages, with its text inside', async () => {
  const words = async (language: string) => {
    const { rawPayload, headers } = await download('pdf', { language });
    expect(headers['content-type']).toBe('application/pdf');
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(rawPayload)), {
      mergePages: true,
    });
    return text.replace(/\s+/g, ' ');
  };
  const english = await words('en');
  for (const part of [
    'Fees and money',
    'Fees earned (BDT)',
    '10,00,00,808.29',
    'From Thursday 1 October 2026',
  ])
    expect(english).toContain(part);
  expect(english.replaceAll(' ', '')).toContain(evil[0]);
  expect(await words('bn')).toContain('১০,০০,০০,৮০৮.২৯');
});
