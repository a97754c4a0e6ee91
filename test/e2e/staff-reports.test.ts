import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { cancelAppointment } from '../../src/contract/appointments.ts';
import { listDesk } from '../../src/contract/desk.ts';
import { figureReports, getFigureReport } from '../../src/contract/figures.ts';
import {
  getMonthlyReport,
  getMonthlySummary,
  makeMonthlyReport,
  reportSums,
  type MonthlyReport,
} from '../../src/contract/reports.ts';
import { formatMonth } from '../../src/contract/wording.ts';
import { figureText } from '../../web/lib/figure-values.ts';
import { formatMoney, sumMoney } from '../../web/lib/money.ts';
import { valueText } from '../../web/lib/report-figures.ts';
import { desktop, expectGoodPage } from './browser.ts';
import { callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff, said, standing } from './staff.ts';

const { app, browser } = await openDemo();
const today = Temporal.Now.zonedDateTimeISO('Asia/Dhaka').toPlainDate();
const monthOf = ({ year, month }: Temporal.PlainDate) => ({ year, month });
const inAddress = (date: Temporal.PlainDate): string => date.toPlainYearMonth().toString();

const words = {
  bn: { more: 'আরও দেখান', all: 'মোট ফি:' },
  en: { more: 'Show more', all: 'Their fees together:' },
};

/** Opens all pages of the rows and answers what each row shows; `all` stands there once there are no more. */
async function allRows(
  page: Page,
  language: 'bn' | 'en',
  all: Locator = page.getByText(words[language].all),
): Promise<string[][]> {
  const more = page.getByRole('button', { name: words[language].more, exact: true });
  const rows = page.locator('tbody tr');
  await more.or(all).waitFor();
  while (!(await all.isVisible())) {
    const before = await rows.count();
    await more.click();
    // The button stands there a moment longer, and would be waited for in vain after the last page.
    await rows.nth(before).waitFor();
    await more.or(all).waitFor();
  }
  return rows.evaluateAll((found) =>
    found.map((row) => [...row.children].map((cell) => cell.lastChild?.textContent ?? '')),
  );
}

const ascii = (text: string): string =>
  text.replaceAll(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6));

/** The fees that rows show, together. */
const sumOf = (rows: readonly string[][]) =>
  sumMoney(
    rows.map(([, , , , fee = '']) => ({ amount: ascii(fee).replaceAll(/[৳,]/g, ''), currency: 'BDT' })),
  );

const expectFigures = async (page: Page, { report }: MonthlyReport, language: 'bn' | 'en'): Promise<void> => {
  for (const figure of reportSums)
    await page
      .locator('main li')
      .getByText(valueText(language, report[figure]), { exact: true })
      .first()
      .waitFor();
};

test('a doctor on a phone reads the month, makes its report, opens its rows and keeps it as a file', async () => {
  const { page, context, errors, id } = await aStaffVisitor(browser, app, 'doctor');
  const doctor = await callAs(app, 'doctor');
  const query = { ...monthOf(today), doctorId: id };
  const address = `/reports?month=${inAddress(today)}`;
  await page.getByRole('button', { name: 'আরও' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'প্রতিবেদন' }).click();
  const last = today.subtract({ months: 1 });
  await page.getByRole('heading', { name: formatMonth('bn', last) }).waitFor();
  await page.getByRole('link', { name: `পরের মাস: ${formatMonth('bn', today)}` }).click();
  await page.waitForURL(`${app.url}/staff${address}`);

  // The schedule makes no report of a month that goes on.
  await page.getByRole('heading', { name: 'এখনো তৈরি হয়নি' }).waitFor();
  const before = await doctor.call(getMonthlyReport, { query });
  expect(before.report.id).toBeNull();
  expect(before.report.appointments).toBeGreaterThan(0);
  await expectFigures(page, before, 'bn');
  for (const width of [320, 412, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `130-report-unmade-${width}`);
  }
  await page.getByRole('link', { name: /^অ্যাপয়েন্টমেন্ট: / }).click();
  await page.getByText('আগে প্রতিবেদন তৈরি করতে হবে').waitFor();
  await expectGoodPage(page, '131-report-rows-unmade');
  await page.getByRole('button', { name: 'এখনই তৈরি করুন' }).click();
  await said(page, 'সংস্করণ ১ তৈরি হয়েছে');

  const { report } = await doctor.call(getMonthlyReport, { query });
  const rows = await allRows(page, 'bn');
  expect(rows).toHaveLength(report.appointments);
  expect(sumOf(rows)).toEqual(report.earnings);
  await page.getByText(formatMoney('bn', report.earnings)).waitFor();
  await expectGoodPage(page, '132-report-rows');
  await page.getByRole('link', { name: 'প্রতিবেদনে ফিরে যান' }).click();
  await page.getByRole('link', { name: /^রোগী: / }).click();
  await page.getByText('প্রত্যেক রোগীর এই মাসে গোনা প্রথম').waitFor();
  expect(await allRows(page, 'bn')).toHaveLength(report.patientVisits);
  await page
    .getByRole('link', { name: /এর অ্যাপয়েন্টমেন্ট খুলুন$/ })
    .first()
    .click();
  await page.waitForURL(/\/staff\/appointments\/\d+$/);
  await page.locator('#history').waitFor();

  await openStaff(page, app, address);
  await page.getByRole('button', { name: 'এখনই তৈরি করুন' }).click();
  await said(page, 'কিছু বদলায়নি: এখনো সংস্করণ ১');
  expect((await doctor.call(getMonthlyReport, { query })).versions).toHaveLength(1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV ডাউনলোড করুন' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`report-${id}-${inAddress(today)}.csv`);
  const text = await readFile(await file.path(), 'utf8');
  const all = Object.values(report.statuses).reduce((sum, count) => sum + count, 0);
  expect(text.trim().split('\r\n')).toHaveLength(all + 1);
  expect(text).toContain('রেফারেন্স');
  await expectGoodPage(page, '133-report-made');

  await page.getByText('অন্য কোনো মাস').click();
  await page.getByLabel('মাস', { exact: true }).fill('কাল');
  await page.getByRole('button', { name: 'দেখান', exact: true }).click();
  await page.getByText('সালের একটি মাস লিখুন').waitFor();
  await page.getByLabel('মাস', { exact: true }).fill('২/২০০১');
  await page.getByRole('button', { name: 'দেখান', exact: true }).click();
  await page.getByRole('heading', { name: 'ফেব্রুয়ারি ২০০১' }).waitFor();
  await page.waitForURL(`${app.url}/staff/reports?month=2001-02`);
  expect(errors).toEqual([]);
  await context.close();
});

test('an administrator compares all doctors with one, and sees what has changed since a version', async () => {
  const admin = await callAs(app, 'admin');
  const doctor = await callAs(app, 'doctor');
  // Somebody comes to the doctor in the week after tomorrow, whatever the day is.
  const days = { from: today.add({ days: 2 }).toString(), to: today.add({ days: 9 }).toString() };
  const { items } = await doctor.call(listDesk, { query: { ...days, status: 'confirmed', limit: 100 } });
  const visit = items.find(({ doctor: { id } }) => id === doctor.id);
  if (!visit) throw new Error('the demonstration has nobody to cancel');
  const month = Temporal.PlainDate.from(visit.date);
  const query = { ...monthOf(month), doctorId: doctor.id };
  const first = await doctor.call(makeMonthlyReport, { body: query });

  const { page, context, errors } = await aStaffVisitor(browser, app, 'admin', {
    language: 'en',
    viewport: desktop,
    path: `/reports?month=${inAddress(month)}`,
  });
  const summary = await admin.call(getMonthlySummary, { query: monthOf(month) });
  const cards = page.locator('main section ul').first();
  await cards.getByText('Patients, each counted once').waitFor();
  for (const [name, value, means] of [
    ['Patients, each counted once', summary.patients, summary.definitions.patients.en],
    ['Patient visits, doctor by doctor', summary.figures.patientVisits, summary.definitions.patientVisits.en],
    ['Earnings', summary.figures.earnings, summary.definitions.earnings.en],
  ] as const) {
    const card = cards.getByRole('listitem').filter({ hasText: name });
    await card.getByText(valueText('en', value), { exact: true }).waitFor();
    await card.getByText(means).waitFor();
  }
  await page.getByRole('row').nth(50).waitFor();
  await expectGoodPage(page, '134-report-summary-en', 'en');
  await page.getByRole('searchbox').fill('David Smith');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByText('1 doctor', { exact: true }).waitFor();
  await page.getByRole('link', { name: /^Monthly report of .*David Smith/ }).click();
  await page.getByText('the figures are still the same').waitFor();
  await expectFigures(page, first, 'en');

  await doctor.call(cancelAppointment, { params: { id: visit.id }, body: { reason: 'a test' } });
  await page.reload();
  await standing(page);
  await page.getByText('The books have changed since:').first().waitFor();
  await page
    .getByRole('row', { name: /^Appointments/ })
    .getByRole('cell', { name: '−1', exact: true })
    .waitFor();
  await expectGoodPage(page, '135-report-changed-en', 'en');
  await page.getByRole('button', { name: 'Make it now' }).click();
  const second = (first.report.version ?? 0) + 1;
  await said(page, `Version ${second} is made`);
  await page.getByRole('button', { name: 'Make it now' }).click();
  await said(page, `Nothing has changed: it is still version ${second}`);
  await page
    .getByRole('row', { name: new RegExp(`^Version ${second}`) })
    .getByText(`Appointments −1, Earnings −${formatMoney('en', visit.fee)}`)
    .waitFor();
  await expectGoodPage(page, '136-report-versions-en', 'en');

  // An earlier version opens what it was made of, though one of them is cancelled now.
  await page.getByRole('link', { name: `Version ${first.report.version}`, exact: true }).click();
  await page.getByText(`You are looking at version ${first.report.version}`).waitFor();
  await page.getByRole('link', { name: /^Appointments: / }).click();
  const rows = await allRows(page, 'en');
  expect(rows).toHaveLength(first.report.appointments);
  expect(sumOf(rows)).toEqual(first.report.earnings);
  expect(rows.map(([, , , , , reference]) => reference)).toContain(visit.reference);
  await expectGoodPage(page, '137-report-rows-en', 'en');
  await page.getByRole('link', { name: 'Back to the report' }).click();

  for (const format of ['PDF', 'XLSX']) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Download ${format}` }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`report-${doctor.id}-${inAddress(month)}.${format.toLowerCase()}`);
    expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe(
      format === 'PDF' ? '%P' : 'PK',
    );
  }
  await page.route('**/reports/monthly?**format=csv**', (route) => route.abort());
  await page.getByRole('button', { name: 'Download CSV' }).click();
  await page.getByRole('alert').getByText('CSV could not be downloaded.').waitFor();
  await expectGoodPage(page, '138-report-download-failed-en', 'en');
  expect(errors.filter((error) => !error.includes('ERR_FAILED'))).toEqual([]);
  await context.close();
});

test('a doctor on a phone sees what became of appointments, the chart as a table, and the rows behind a figure', async () => {
  const { page, context, errors } = await aStaffVisitor(browser, app, 'doctor', { path: '/reports' });
  const doctor = await callAs(app, 'doctor');
  const dates = { from: today.subtract({ days: 29 }).toString(), to: today.toString() };
  const report = await doctor.call(getFigureReport, {
    params: { name: 'outcomes' },
    query: { ...dates, groupBy: 'day' },
  });
  const { totals } = report;
  const shown = (figure: string): string => figureText('bn', 'count', totals[figure]);
  await page.getByRole('button', { name: /^প্রতিবেদন/ }).click();
  await page.getByRole('link', { name: 'অ্যাপয়েন্টমেন্টের পরিণতি' }).click();
  await page.waitForURL(`${app.url}/staff/reports/outcomes`);
  await page.getByRole('heading', { name: 'বুকিং থেকে সম্পন্ন' }).waitFor();
  await page.getByText(figureReports.outcomes.figures.came.means.bn).first().waitFor();
  await page.getByRole('figure', { name: 'বার ও ঘণ্টা' }).getByRole('table').waitFor();
  for (const width of [320, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `140-outcomes-${width}`);
  }

  // The chart's image is described by the sentence beside it, and its table holds every day.
  const trend = page.getByRole('figure', { name: 'দিনে দিনে' });
  const says = await trend.locator('figcaption').textContent();
  const image = trend.getByRole('img', { name: 'দিনে দিনে: রেখাচিত্র' });
  expect(await page.locator(`#${await image.getAttribute('aria-describedby')}`).textContent()).toBe(says);
  await trend.getByRole('button', { name: 'ছক আকারে' }).click();
  await expect.poll(() => trend.getByRole('row').count()).toBe(31);
  const busiest = Math.max(...report.groups.map(({ values }) => Number(values['booked'])));
  expect(says).toContain(`(${figureText('bn', 'count', busiest)})`);
  await expectGoodPage(page, '141-outcomes-table');

  await page
    .getByRole('link', { name: `সম্পন্ন: ${shown('completed')}। পেছনের অ্যাপয়েন্টমেন্ট দেখুন` })
    .first()
    .click();
  const all = page.locator('output').filter({ hasText: new RegExp(`^${shown('completed')}টি`) });
  expect(await allRows(page, 'bn', all)).toHaveLength(Number(totals['completed']));
  await expectGoodPage(page, '142-outcomes-rows');
  await page.getByRole('link', { name: 'প্রতিবেদনে ফিরে যান' }).click();

  await page.getByRole('button', { name: /^সময় ও বাছাই/ }).click();
  await page.getByLabel('সময়', { exact: true }).selectOption('own');
  await page.getByRole('textbox', { name: 'প্রথম দিন' }).fill('১/১/২০০১');
  await page.getByRole('textbox', { name: 'শেষ দিন' }).fill('৩১/১২/২০০০');
  await page.getByRole('button', { name: 'দেখান', exact: true }).click();
  await page.getByText('শেষ দিন প্রথম দিনের আগে হতে পারে না').first().waitFor();
  await page.getByRole('textbox', { name: 'শেষ দিন' }).fill('৩১/১/২০০১');
  await page.getByRole('button', { name: 'দেখান', exact: true }).click();
  await page.getByText('এই সময়ে কোনো অ্যাপয়েন্টমেন্ট নেই').waitFor();
  await page.waitForURL(`${app.url}/staff/reports/outcomes?from=2001-01-01&to=2001-01-31`);
  await expectGoodPage(page, '143-outcomes-empty');
  expect(errors).toEqual([]);
  await context.close();
});

test('an administrator narrows a report to a doctor, compares it, reads the heat map and prints it', async () => {
  const admin = await callAs(app, 'admin');
  const doctor = await callAs(app, 'doctor');
  const dates = { from: today.subtract({ days: 29 }).toString(), to: today.toString() };
  const { page, context, errors } = await aStaffVisitor(browser, app, 'admin', {
    language: 'en',
    viewport: desktop,
    path: '/reports/busiest-hours?compare=yes',
  });
  await page.getByText('Compared with').waitFor();
  await page.getByRole('combobox', { name: /^Doctor/ }).fill('David Smith');
  await page.getByRole('option', { name: 'Dr. David Smith' }).first().click();
  await page.waitForURL(`${app.url}/en/staff/reports/busiest-hours?compare=yes&doctor=${doctor.id}`);
  const report = await admin.call(getFigureReport, {
    params: { name: 'busiest-hours' },
    query: { ...dates, doctorId: doctor.id, compare: true },
  });
  const booked = figureText('en', 'count', report.totals['booked']);
  const card = page
    .locator('main li')
    .filter({ hasText: figureReports['busiest-hours'].figures.booked.means.en });
  await card.getByText(booked, { exact: true }).waitFor();
  await card.getByText(/more than before|less than before|The same as before/).waitFor();

  // Every cell says its number, and opens what it is made of; the week begins on Saturday.
  const heat = page.getByRole('figure', { name: 'Weekday and hour' });
  expect(await heat.getByRole('columnheader').allTextContents()).toEqual([
    'Hour',
    'Sat',
    'Sun',
    'Mon',
    'Tue',
    'Wed',
    'Thu',
    'Fri',
  ]);
  const [cell] = report.groups.toSorted((a, b) => Number(b.values['booked']) - Number(a.values['booked']));
  if (!cell) throw new Error('the demonstration has no appointments');
  const ofCell = figureText('en', 'count', cell.values['booked']);
  await expectGoodPage(page, '144-busiest-en', 'en');
  await page.emulateMedia({ media: 'print' });
  await heat.getByRole('table').waitFor();
  for (const hidden of [page.getByRole('navigation'), page.getByLabel('Period', { exact: true })])
    expect(await hidden.filter({ visible: true }).count()).toBe(0);
  await page.getByText(report.definitions.about.en).waitFor();
  await expectGoodPage(page, '145-busiest-print-en', 'en');
  await page.emulateMedia({ media: null });
  await heat.getByRole('link', { name: `${cell.label.en}, Booked: ${ofCell}.` }).click();
  await page.getByText(`${ofCell} appointments`).waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(cell.values['booked']);
  await expectGoodPage(page, '146-busiest-rows-en', 'en');

  // What takes too long is told with the way out of it, and what was shown before is shown again by asking again.
  await page.route('**/reports/revenue?**', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'about:blank', title: '', status: 503, code: 'unavailable' }),
    }),
  );
  await openStaff(page, app, '/reports/revenue', 'en');
  await page.getByRole('alert').getByText('Choose a shorter period, one doctor or one chamber').waitFor();
  await expectGoodPage(page, '147-revenue-too-much-en', 'en');
  await page.unroute('**/reports/revenue?**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Side by side' }).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`report-revenue-${dates.from}-${dates.to}.csv`);
  await expectGoodPage(page, '148-revenue-en', 'en');
  expect(errors.filter((error) => !error.includes('503'))).toEqual([]);
  await context.close();
});

test('a doctor on a phone has all rows behind a figure written, leaves, and finds the file; a work under way is ended', async () => {
  const doctor = await callAs(app, 'doctor');
  const dates = { from: today.subtract({ days: 29 }).toString(), to: today.toString() };
  const { totals } = await doctor.call(getFigureReport, { params: { name: 'outcomes' }, query: dates });
  const { page, context, errors } = await aStaffVisitor(browser, app, 'doctor', {
    path: '/reports/outcomes/appointments?figure=booked',
  });
  await page.getByRole('button', { name: 'সব সারি ফাইলে নিন' }).click();
  await page.getByRole('radio', { name: /^CSV/ }).check();
  await expectGoodPage(page, '150-export-dialog');
  await page.getByRole('button', { name: 'ফাইল তৈরি করুন' }).click();
  await said(page, 'ফাইলটি তৈরি হচ্ছে');
  await page.waitForURL('**/staff/reports/files');
  await openStaff(page, app, '/');
  await openStaff(page, app, '/reports/files');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^ডাউনলোড: অ্যাপয়েন্টমেন্টের পরিণতি: বুক করা/ }).click(),
  ]);
  const text = await readFile(await saved.path(), 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(Number(totals['booked']) + 1);
  await expectGoodPage(page, '151-files');

  // As they stand while a million rows are written: of the demonstration nothing takes as long.
  const under = { done: 312_500, total: 1_000_000, file: null, endedAt: null, counts: null };
  await page.route('**/api/v1/works?**', async (route) => {
    const answer = await route.fetch();
    const { items, nextCursor } = await answer.json();
    const [work] = items;
    const states = [
      { ...work, ...under, id: work.id + 1_000_000, state: 'running' },
      { ...work, ...under, id: work.id + 1_000_001, state: 'queued', done: 0, total: null },
    ];
    await route.fulfill({ json: { items: [...states, ...items], nextCursor } });
  });
  await page.reload();
  await standing(page);
  const bar = page.getByRole('progressbar').first();
  await bar.waitFor();
  await expect.poll(() => bar.getAttribute('value')).toBe('312500');
  await page.getByText('১০,০০,০০০ সারির ৩,১২,৫০০, ৩১%').waitFor();
  await expectGoodPage(page, '152-files-under-way');
  await page.setViewportSize(desktop);
  await openStaff(page, app, '/reports/files', 'en');
  await page.getByText('3,12,500 of 10,00,000 rows, 31%').waitFor();
  await expectGoodPage(page, '153-files-under-way-en', 'en');
  // Nobody else has it either: the answer is what the server says of a work that is not there.
  await page
    .getByRole('button', { name: /^Cancel: / })
    .first()
    .click();
  await page.getByText('It is no longer there. Load the page again.').waitFor();
  // The list is asked for every second: no answer may be on its way through the test when the page closes.
  await page.unrouteAll({ behavior: 'wait' });
  expect(errors).toEqual([]);
  await context.close();
});
