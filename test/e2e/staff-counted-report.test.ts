import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { countReport } from '../../src/contract/counts.ts';
import { getFigureReport } from '../../src/contract/figures.ts';
import { figureText } from '../../web/lib/figure-values.ts';
import { desktop, expectGoodPage } from './browser.ts';
import { callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff, said, standing } from './staff.ts';

const { app, browser } = await openDemo();
const today = Temporal.Now.zonedDateTimeISO('Asia/Dhaka').toPlainDate();

const tookTooLong = {
  status: 503,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title: '', status: 503, code: 'unavailable' }),
};

/** The report is refused for having taken too long: of the demonstration nothing takes as long. */
const refuseReport = (page: Page, name: string): Promise<unknown> =>
  page.route(`**/api/v1/reports/${name}?**`, (route) => route.fulfill(tookTooLong));

test('a report that takes too long is counted in the background, shown with its rows, saved as a file, and found again', async () => {
  const admin = await callAs(app, 'admin');
  const dates = { from: today.subtract({ days: 29 }).toString(), to: today.toString() };
  const { page, context, errors } = await aStaffVisitor(browser, app, 'admin', {
    language: 'en',
    viewport: desktop,
  });
  await refuseReport(page, 'revenue');
  await openStaff(page, app, '/reports/revenue?compare=yes', 'en');
  await page.getByRole('alert').getByText('Have it counted in the background').waitFor();
  await expectGoodPage(page, '160-too-much-en', 'en');
  await page.getByRole('button', { name: 'Count it in the background' }).click();
  await page.waitForURL(
    new RegExp(`/en/staff/reports/revenue\\?compare=yes&from=${dates.from}&to=${dates.to}&work=\\d+$`),
  );
  await page.getByText(/^Counted on .*, as everything stood at that moment/).waitFor();
  await page.getByText('Compared with').waitFor();

  const asked = { params: { name: 'revenue' as const }, query: { ...dates, groupBy: 'doctor' as const } };
  const report = await admin.call(getFigureReport, asked);
  const earned = figureText('en', 'money', report.totals['earned']);
  await page
    .getByRole('link', { name: `Fees earned: ${earned}.` })
    .first()
    .waitFor();
  // What the bars are gathered by is all there.
  const bars = page.getByRole('figure', { name: 'Side by side' });
  await page.getByLabel('By', { exact: true }).selectOption('channel');
  await bars.getByRole('rowheader', { name: 'Walk-ins' }).waitFor();
  await page.getByLabel('By', { exact: true }).selectOption('doctor');
  await page.getByRole('figure', { name: 'Day by day' }).getByRole('img').waitFor();
  await expectGoodPage(page, '161-counted-en', 'en');

  // A figure of a group opens its rows, though the report itself is still refused.
  const [group] = report.groups;
  if (!group) throw new Error('the demonstration has no fees');
  const ofGroup = figureText('en', 'money', group.values['earned']);
  await bars.getByRole('link', { name: `${group.label.en}, Fees earned: ${ofGroup}.` }).click();
  await page.getByText('which may differ from when the figure was counted').waitFor();
  await page
    .getByText(`· Together: ${ofGroup}`)
    .or(page.getByText(/^First \d+/))
    .waitFor();
  await expectGoodPage(page, '162-counted-rows-en', 'en');
  await page.getByRole('link', { name: 'Back to the report' }).click();
  await page.getByText(/^Counted on /).waitFor();

  // Its files are of what was counted, at once.
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  await said(page, `Downloaded: report-revenue-${dates.from}-${dates.to}.csv`);
  const lines = (await readFile(await saved.path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^\ufeffDoctor,/);
  expect(lines).toHaveLength(report.groups.length + 1);
  await expectGoodPage(page, '163-counted-file-en', 'en');

  await openStaff(page, app, '/reports/files', 'en');
  // From the list its address says all again, and another choice is counted by itself.
  await page.getByRole('link', { name: /^Open the report: Fees and money · / }).click();
  await page.waitForURL(new RegExp(`revenue\\?from=${dates.from}&to=${dates.to}&compare=yes&work=\\d+$`));
  await page.getByText(/^Counted on /).waitFor();
  await page.unroute('**/api/v1/reports/revenue?**');
  await page.getByLabel('Compare with').selectOption('Nothing');
  await page.waitForURL(new RegExp(`revenue\\?from=${dates.from}&to=${dates.to}$`));
  await page.getByRole('heading', { name: 'Side by side' }).waitFor();
  expect(await page.getByText(/^Counted on /).count()).toBe(0);
  expect(errors.filter((error) => !error.includes('503'))).toEqual([]);
  await context.close();
});

test('where a file takes too long the report is counted, and its file then there; what was not counted is counted now', async () => {
  const admin = await callAs(app, 'admin');
  const { page, context, errors } = await aStaffVisitor(browser, app, 'admin');
  const url = /\/api\/v1\/reports\/channels\?.*format=/;
  await page.route(url, (route) => route.fulfill(tookTooLong));
  await openStaff(page, app, '/reports/channels');
  const save = page.getByRole('button', { name: 'XLSX ডাউনলোড করুন' });
  await save.click();
  await page.getByText('প্রতিবেদনটি গোনা হয়ে গেলেই এর ফাইল অপেক্ষা ছাড়াই পাবেন।').waitFor();
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expectGoodPage(page, `169-file-too-much-${width}`);
  }
  await page.getByRole('button', { name: 'ব্যাকগ্রাউন্ডে গুনতে দিন' }).click();
  await page.getByText('এখানে যা দেখাচ্ছে ফাইলেও তা-ই থাকে; নতুন করে গোনা হয় না।').waitFor();
  const [saved] = await Promise.all([page.waitForEvent('download'), save.click()]);
  expect(saved.suggestedFilename()).toMatch(/^report-channels-.*\.xlsx$/);
  await expectGoodPage(page, '169-file-of-counted');

  const dates = { from: today.subtract({ days: 29 }).toString(), to: today.toString() };
  const body = { ...dates, groupBy: ['day' as const] };
  const { work } = await admin.call(countReport, { params: { name: 'channels' }, body });
  await page.unroute(url);
  await openStaff(page, app, `/reports/channels?work=${work.id}`);
  await page.getByText(/-এ গোনা, সেই মুহূর্তে যা ছিল তা-ই/).waitFor();
  const [now] = await Promise.all([page.waitForRequest(url), save.click()]);
  expect(now.url()).toContain('groupBy=doctor');
  expect(errors.filter((error) => !error.includes('503'))).toEqual([]);
  await context.close();
});

test('a doctor on a phone leaves a report that is being counted, ends another, and is told what has become of it', async () => {
  const { page, context, errors } = await aStaffVisitor(browser, app, 'doctor');
  await refuseReport(page, 'outcomes');
  await openStaff(page, app, '/reports/outcomes');
  await page
    .getByRole('alert')
    .getByText(/গুনতে অনেক বেশি সময় লেগেছে/)
    .waitFor();
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expectGoodPage(page, `164-too-much-${width}`);
  }
  // As it stands while a year of everybody is counted.
  const state = { now: 'running' };
  await page.route(/\/api\/v1\/works\/\d+$/, async (route) => {
    const answer = await route.fetch();
    const { work } = await answer.json();
    const under = { done: 2, total: 5, file: null, endedAt: null, counts: null };
    await route.fulfill({ json: { work: { ...work, ...under, state: state.now } } });
  });
  await page.getByRole('button', { name: 'ব্যাকগ্রাউন্ডে গুনতে দিন' }).click();
  await page.getByText('৫ ভাগের ২ ভাগ গোনা হয়েছে, ৪০%').waitFor();
  await expect.poll(() => page.getByRole('progressbar').getAttribute('value')).toBe('2');
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expectGoodPage(page, `165-being-counted-${width}`);
  }
  state.now = 'cancelled';
  await page.getByText('আপনি গোনা বন্ধ করেছেন').waitFor();
  await expectGoodPage(page, '166-counting-ended');
  await page.unroute(/\/api\/v1\/works\/\d+$/);
  await page.reload();
  await standing(page);
  await page.getByText(/-এ গোনা, সেই মুহূর্তে যা ছিল তা-ই/).waitFor();
  await page.getByRole('heading', { name: 'বুকিং থেকে সম্পন্ন' }).waitFor();
  await expectGoodPage(page, '167-counted');
  // Somebody else's address.
  await openStaff(page, app, '/reports/outcomes?work=999999');
  await page.getByText('আপনার এমন কোনো প্রতিবেদন নেই').waitFor();
  await expectGoodPage(page, '168-counted-unknown');
  expect(errors.filter((error) => !/503|404/.test(error))).toEqual([]);
  await context.close();
});
