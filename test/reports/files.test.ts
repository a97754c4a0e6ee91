import { extractText, getDocumentProxy } from 'unpdf';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMonthlyReport } from '../../src/contract/reports.ts';
import { patchSettings } from '../../src/contract/settings.ts';
import { setPages } from '../../src/platform/pages.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn } from '../harness/builders.ts';
import { readCsv } from './read-csv.ts';
import { someVisits } from './visits.ts';

let t: TestApp;
let by: { accessToken: string };
const evil = ['=HYPERLINK("http://x.example")', '+880', '-1+1', '@SUM(A1)', 'Rahim "Raju", Uddin'];
const bangla = 'ক্ষিতীশ জ্ঞানেন্দ্র শ্রীকান্ত';

beforeAll(async () => {
  t = await startApp();
  const doctor = await aDoctor(t, { fullName: 'Salma Akter', nameBn: 'সালমা আক্তার' });
  by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const names = [...evil, bangla];
  const patients = await Promise.all(names.map((fullName) => aPatient(t, { fullName })));
  await someVisits(
    t,
    doctor,
    patients.map(({ patientId }, index) => ({
      at: `2026-10-0${index + 1}T17:00:00+06:00`,
      patientId,
      status: index === 0 ? 'cancelled' : 'completed',
      fee: ['500', '0.10', '0.20', '99999999.99', '800', '7'][index] ?? '',
    })),
  );
});
afterAll(() => t.close());

async function download(format: string, language: 'bn' | 'en' = 'en') {
  const answer = await t.inject({
    method: 'GET',
    url: `/api/v1/reports/monthly?year=2026&month=10&format=${format}&language=${language}`,
    headers: { authorization: `Bearer ${by.accessToken}` },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-disposition']).toMatch(
    new RegExp(`^attachment; filename="report-\\d+-2026-10\\.${format}"$`),
  );
  expect(answer.headers['cache-control']).toBe('no-store');
  return answer;
}

const total = '100000807.29';

test('PDF: the organisation stands above the title once it has a name', async () => {
  const firstLines = async (language: 'bn' | 'en') => {
    const { rawPayload } = await download('pdf', language);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(rawPayload)));
    return text.join(' ').split('Monthly report')[0] ?? '';
  };
  expect(await firstLines('en')).toBe('');
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  const values = { name: 'Padma Clinic', phone: '02 5501 2345', address: '7 Mirpur Road' };
  await t.call(patchSettings, { body: { ...values, expectedVersion: 1 } }, admin);
  expect(await firstLines('en')).toMatch(/Padma Clinic\s+7 Mirpur Road · 0255012345/);
  await t.call(
    patchSettings,
    { body: { name: null, phone: null, address: null, expectedVersion: 2 } },
    admin,
  );
  expect(await firstLines('en')).toBe('');
});

test('CSV: every appointment, fees to the digit, and nothing that a spreadsheet would run', async () => {
  await t.call(makeMonthlyReport, { body: { year: 2026, month: 10 } }, by);
  const { body, headers } = await download('csv');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  const [head, ...rows] = readCsv(body);
  expect(head?.slice(3)).toEqual(['Patient', 'Chamber', 'Status', 'Counted', 'Fee (BDT)']);
  expect(rows.map((row) => row[3])).toEqual([
    `'=HYPERLINK("http://x.example")`,
    `'+880`,
    `'-1+1`,
    `'@SUM(A1)`,
    'Rahim "Raju", Uddin',
    bangla,
  ]);
  expect(rows.map((row) => row[7])).toEqual(['500.00', '0.10', '0.20', '99999999.99', '800.00', '7.00']);
  expect(rows.map((row) => row[6])).toEqual(['no', 'yes', 'yes', 'yes', 'yes', 'yes']);
  expect(rows[0]?.slice(1, 3)).toEqual(['2026-10-01', '17:00']);
});

test('XLSX, opened by another library: numbers are numbers, formulas are text', async () => {
  const { rawPayload } = await download('xlsx');
  const { sheets } = await readXlsx(rawPayload);
  const [summary, list] = sheets.map(({ rows }) => rows);
  const figure = (name: string) => summary?.find((row) => row[0] === name)?.[1];
  expect(figure('Patient visits')).toBe(5);
  expect(figure('Appointments')).toBe(5);
  expect(figure('Earnings (BDT)')).toBe(Number(total));
  expect(figure('Cancelled')).toBe(1);
  expect(list?.slice(1).map((row) => row[3])).toEqual([
    ...evil.map((name) => (/^[=+@-]/.test(name) ? `'${name}` : name)),
    bangla,
  ]);
  expect(list?.slice(1).map((row) => row[7])).toEqual([500, 0.1, 0.2, 99999999.99, 800, 7]);
});

const words = async (pdf: Uint8Array) => {
  const { text, totalPages } = await extractText(new Uint8Array(pdf), { mergePages: true });
  return { text, totalPages };
};

test('PDF, opened by another reader: the figures, their meaning and every patient', async () => {
  const english = await words((await download('pdf')).rawPayload);
  expect(english.totalPages).toBeGreaterThan(0);
  const close = (text: string) => text.replace(/\s+/g, '');
  for (const part of ['Monthly report: October 2026', 'Dr. Salma Akter', '10,00,00,807.29', ...evil])
    expect(close(english.text)).toContain(close(part));
  const inBangla = await words((await download('pdf', 'bn')).rawPayload);
  expect(inBangla.text).toContain('১০,০০,০০,৮০৭.২৯');
});

/** What each glyph of the first page stands for, in order, but for spaces and page numbers. */
async function glyphsOf(pdf: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const page = await document.getPage(1);
  const { argsArray } = await page.getOperatorList();
  return argsArray
    .flat(3)
    .filter((each) => typeof each?.unicode === 'string')
    .map((each) => String(each.unicode).trim())
    .filter((unicode) => unicode !== '');
}

test('Bangla is set with its conjuncts: three letters are one glyph', async () => {
  const pdf = await setPages(
    '#let data = json(bytes(sys.inputs.data)); #set text(font: "Noto Sans Bengali", lang: "bn"); #data.text',
    { text: 'ক্ষ জ্ঞ' },
  );
  expect(await glyphsOf(pdf)).toEqual(['ক্ষ', 'জ্ঞ']);
});

test('text that looks like markup stays text', async () => {
  const pdf = await setPages(
    '#let data = json(bytes(sys.inputs.data)); #set text(font: "Noto Sans Bengali"); #data.text',
    { text: '#panic("x") *bold* #read("/etc/passwd")' },
  );
  expect((await words(pdf)).text).toContain('#panic("x") *bold* #read("/etc/passwd")');
});
