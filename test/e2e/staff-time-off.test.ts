import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { bookAppointment, getAppointment, listAppointments } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { listExceptions, listHolidays, listPublicHolidays } from '../../src/contract/exceptions.ts';
import { listVisitTypes } from '../../src/contract/schedules.ts';
import { addDays, formatDate, formatDateWithYear } from '../../web/lib/dates.ts';
import { digits } from '../../web/lib/digits.ts';
import { desktop, expectGoodPage, phone } from './browser.ts';
import { callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff } from './staff.ts';

const { app, browser } = await openDemo();

const today = (): string => Temporal.Now.plainDateISO('Asia/Dhaka').toString();

/** Dates on which the doctor sits, has places and nobody is booked: each is for one test. */
async function emptyDates(): Promise<string[]> {
  const { id, call } = await callAs(app, 'doctor');
  const query = { from: addDays(today(), 2), to: addDays(today(), 28) };
  const { days } = await app.call(getAvailability, { params: { id }, query });
  const { items } = await call(listAppointments, { query: { doctorId: id, limit: 100 } });
  const booked = new Set(items.map(({ period }) => period.start.slice(0, 10)));
  return days
    .filter(({ date, sessions }) => !booked.has(date) && sessions.some(({ remaining }) => remaining > 0))
    .map(({ date }) => date);
}

/** The patient of the demonstration takes the doctor's first free place on a date. */
async function book(date: string): Promise<{ id: number; status: () => Promise<string> }> {
  const doctor = await callAs(app, 'doctor');
  const patient = await callAs(app, 'patient');
  const params = { id: doctor.id };
  const { days } = await app.call(getAvailability, { params, query: { from: date, to: date } });
  const [session] = days[0]?.sessions ?? [];
  const [place] = session?.places ?? [];
  const { items } = await app.call(listVisitTypes, { params });
  const visitType = items.find(({ chamberId, kind }) => chamberId === session?.chamberId && kind === 'new');
  if (!session || !place || !visitType) throw new Error(`nothing to book on ${date}`);
  const { id } = await patient.call(bookAppointment, {
    body: {
      doctorId: doctor.id,
      chamberId: session.chamberId,
      visitTypeId: visitType.id,
      ...(session.mode === 'timed' ? { startsAt: place.startsAt } : { sessionKey: session.sessionKey }),
    },
  });
  return {
    id,
    status: async () => (await patient.call(getAppointment, { params: { id } })).status,
  };
}

/** The doctor's time off and other hours that begin on a date. */
async function setOn(date: string) {
  const { id, call } = await callAs(app, 'doctor');
  const query = { from: date, until: date };
  const { items } = await call(listExceptions, { params: { id }, query });
  return items.filter(({ from }) => from.startsWith(date));
}

const monthOf = (date: string): string => `/doctors/me/time-off?month=${date.slice(0, 7)}`;
const dayButton = (page: Page, language: 'bn' | 'en', date: string) =>
  page.locator('td button', { hasText: formatDate(language, date) });
const applyInBangla = (page: Page) => page.getByRole('button', { name: /^পরিবর্তন সংরক্ষণ করুন/ });
const typedInBangla = (date: string): string => digits('bn', date.split('-').toReversed().join('/'));
/** The text of what has the focus; all of the page's when it is lost. */
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.textContent');
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

test('a doctor takes a day off: who is booked is shown first, and is cancelled with it', async () => {
  const [date = ''] = await emptyDates();
  const booking = await book(date);
  const { page, errors, context } = await aStaffVisitor(browser, app, 'doctor', {
    language: 'en',
    viewport: desktop,
    locale: 'en-GB',
    path: monthOf(date),
  });
  await dayButton(page, 'en', date).waitFor();
  await expectGoodPage(page, 'time-off-01-month-en', 'en');
  await dayButton(page, 'en', date).click();
  await dialog(page, formatDateWithYear('en', date)).waitFor();
  await expectGoodPage(page, 'time-off-02-day-en', 'en');
  await page.getByRole('button', { name: 'Take time off' }).click();
  await expect.poll(() => page.getByRole('textbox', { name: 'First day' }).inputValue()).not.toBe('');
  await page.getByLabel('Note').fill('A conference');
  await expectGoodPage(page, 'time-off-03-form-en', 'en');
  await page.getByRole('button', { name: 'Look at what changes' }).click();
  const review = dialog(page, `Time off: ${formatDate('en', date)}`);
  await review.getByRole('radio', { name: 'Cancel', exact: true }).check();
  await expect.poll(() => review.innerText()).toContain('1 appointment loses its place');
  await expectGoodPage(page, 'time-off-04-review-en', 'en');
  expect(await booking.status()).not.toBe('cancelled');
  await review.getByRole('button', { name: 'Save the change' }).click();
  await page.getByText('The time off is set.').waitFor();
  expect(await booking.status()).toBe('cancelled');
  await expect.poll(() => focused(page)).toContain(formatDate('en', date));
  expect(await setOn(date)).toMatchObject([
    { kind: 'time_off', from: date, until: date, note: 'A conference' },
  ]);

  // The calendar and the list both say so, and the list takes it back.
  await dayButton(page, 'en', date).filter({ hasText: 'Time off' }).waitFor();
  await expectGoodPage(page, 'time-off-05-set-en', 'en');
  await page.getByRole('button', { name: `Take back: Time off: ${formatDate('en', date)}` }).click();
  await page.getByRole('button', { name: 'Save the change' }).click();
  await page.getByText('Taken back.').waitFor();
  await expect.poll(() => focused(page)).toBe('Coming up');
  await dayButton(page, 'en', date).filter({ hasNotText: 'Time off' }).waitFor();
  expect(await setOn(date)).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

test('a part of a day, and a change of it, on a phone in Bangla', async () => {
  const [, date = ''] = await emptyDates();
  const { page, errors, context } = await aStaffVisitor(browser, app, 'doctor', { path: monthOf(date) });
  await dayButton(page, 'bn', date).waitFor();
  await expectGoodPage(page, 'time-off-06-month-bn');
  await page.getByRole('button', { name: 'ছুটি দিন' }).click();
  await page.getByLabel('দিনের একটি অংশ').check();
  await page.getByRole('button', { name: 'কী বদলাবে দেখুন' }).click();
  // Nothing was filled in: said on top, at each field, and in the title.
  await page.getByRole('alert').waitFor();
  await expect.poll(() => page.getByRole('alert').getByRole('link').count()).toBe(3);
  await expect.poll(() => page.title()).toMatch(/^ভুল: /);
  await expectGoodPage(page, 'time-off-07-errors-bn');
  await page.getByRole('textbox', { name: 'দিন', exact: true }).fill(typedInBangla(date));
  await page.getByLabel('ছুটি শুরু').fill('সন্ধ্যা ৬:০০');
  await page.getByLabel('ছুটি শেষ').fill('বিকাল ৫:০০');
  await page.getByRole('button', { name: 'কী বদলাবে দেখুন' }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: /পরের কোনো দিনে/ })
    .waitFor();
  await page.getByLabel('ছুটি শেষ').fill('রাত ৮:০০');
  await page.getByRole('button', { name: 'কী বদলাবে দেখুন' }).click();
  await applyInBangla(page).click();
  await page.getByText('ছুটি দেওয়া হয়েছে।').waitFor();
  expect(await setOn(date)).toMatchObject([
    { kind: 'time_off', from: `${date}T18:00`, until: `${date}T20:00` },
  ]);

  await page.getByRole('button', { name: /^বদলান: ছুটি/ }).click();
  await page.getByLabel('পরের কোনো দিনে শেষ হবে').check();
  await page.getByRole('textbox', { name: 'যেদিন শেষ' }).fill(addDays(date, 1));
  await expectGoodPage(page, 'time-off-08-change-bn');
  await page.getByRole('button', { name: 'কী বদলাবে দেখুন' }).click();
  await applyInBangla(page).click();
  await page.getByText('বদল সংরক্ষণ হয়েছে।').waitFor();
  expect(await setOn(date)).toMatchObject([{ from: `${date}T18:00`, until: `${addDays(date, 1)}T20:00` }]);
  await expectGoodPage(page, 'time-off-09-set-bn');
  await dayButton(page, 'bn', date).click();
  await dialog(page, formatDateWithYear('bn', date))
    .getByRole('button', { name: /^তুলে নিন/ })
    .click();
  await applyInBangla(page).click();
  await page.getByText('তুলে নেওয়া হয়েছে।').waitFor();
  expect(await setOn(date)).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

test('other hours begin as the usual ones of that weekday, and take their place', async () => {
  const [, , date = ''] = await emptyDates();
  const { page, errors, context, id } = await aStaffVisitor(browser, app, 'doctor', {
    language: 'en',
    viewport: phone,
    locale: 'en-GB',
    path: monthOf(date),
  });
  await dayButton(page, 'en', date).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Set other hours' }).click();
  await expectGoodPage(page, 'time-off-10-other-hours-en', 'en');
  await page.getByRole('button', { name: /^Change: / }).click();
  await page.getByLabel('From', { exact: true }).fill('half past two');
  await page.getByRole('button', { name: 'Use these hours' }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: /^Give a time/ })
    .click();
  await expectGoodPage(page, 'time-off-11-hours-error-en', 'en');
  // The link led to the field.
  await page.keyboard.press('Control+A');
  await page.keyboard.type('2:30 pm');
  await page.getByLabel('To', { exact: true }).fill('1730');
  await page.getByRole('button', { name: 'Use these hours' }).click();
  await page.getByText('2:30pm to 5:30pm').waitFor();
  await page.getByRole('button', { name: 'Look at what changes' }).click();
  await dialog(page, `Other hours: ${formatDate('en', date)}`).waitFor();
  await expectGoodPage(page, 'time-off-12-other-hours-review-en', 'en');
  await page.getByRole('button', { name: 'Save the change' }).click();
  await page.getByText('The other hours are set.').waitFor();
  expect(await setOn(date)).toMatchObject([
    { kind: 'other_hours', from: date, until: date, hours: [{ from: '14:30', to: '17:30' }] },
  ]);
  const places = await app.call(getAvailability, { params: { id }, query: { from: date, to: date } });
  expect(places.days[0]?.sessions[0]?.startsAt).toContain('T14:30');
  await dayButton(page, 'en', date).filter({ hasText: 'Other hours' }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('the calendar is for the keyboard too, and the month is in the address', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'doctor', {
    language: 'en',
    viewport: desktop,
    locale: 'en-GB',
    path: '/doctors/me/time-off?month=2027-12',
  });
  await dayButton(page, 'en', '2027-12-01').waitFor();
  await page.getByRole('link', { name: 'Month after: January 2028' }).focus();
  await page.keyboard.press('Tab');
  await expect.poll(() => focused(page)).toContain('Wednesday 1 December');
  await page.keyboard.press('End');
  await expect.poll(() => focused(page)).toContain('Friday 31 December');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => focused(page)).toContain('Friday 7 January');
  expect(page.url()).toContain('month=2028-01');
  await page.keyboard.press('Enter');
  await dialog(page, 'Friday 7 January 2028').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toContain('Friday 7 January');
  // February of a leap year, by its link; then back, as the browser has it.
  await page.getByRole('link', { name: 'Month after: February 2028' }).click();
  await page.getByRole('heading', { name: 'February 2028' }).waitFor();
  await dayButton(page, 'en', '2028-02-29').waitFor();
  await expect.poll(() => page.locator('td button').count()).toBe(29);
  await page.goBack();
  await page.getByRole('heading', { name: 'January 2028' }).waitFor();
  // An address that names no month is of the present one.
  await openStaff(page, app, `${new URL(page.url()).pathname.replace('/en/staff', '')}?month=2028-13`, 'en');
  await page.getByRole('button', { name: /Today/ }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('without a connection nothing is lost, and it is said', async () => {
  const [, , , date = ''] = await emptyDates();
  const { page, context } = await aStaffVisitor(browser, app, 'doctor', {
    language: 'en',
    viewport: desktop,
    path: monthOf(date),
  });
  await dayButton(page, 'en', date).click();
  await page.getByRole('button', { name: 'Take time off' }).click();
  await page.getByLabel('Note').fill('A journey');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Look at what changes' }).click();
  await page.getByRole('alert').getByText('There is no connection.').waitFor();
  await expect.poll(() => page.getByLabel('Note').inputValue()).toBe('A journey');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Look at what changes' }).click();
  await page.getByRole('button', { name: 'Save the change' }).waitFor();
  await context.close();
});

/** A public holiday by the moon that is set here and still to come. */
async function moonHoliday() {
  const { call } = await callAs(app, 'admin');
  const year = Number(today().slice(0, 4));
  for (const each of [year, year + 1]) {
    const { items } = await call(listPublicHolidays, { query: { year: each } });
    const found = items.find(
      ({ moonSighted, holidayId, from }) => moonSighted && holidayId !== null && from > today(),
    );
    if (found) return { ...found, year: each };
  }
  throw new Error('the demonstration has no holiday by the moon ahead');
}

test('an administrator drops a holiday, adopts it again, confirms and moves it', async () => {
  const { name, nameBn, from, year } = await moonHoliday();
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    language: 'en',
    viewport: desktop,
    locale: 'en-GB',
    path: `/holidays?year=${year}`,
  });
  const set = async () => {
    const { items } = await app.call(listHolidays, {
      query: { from: `${year}-01-01`, until: `${year}-12-31` },
    });
    return items.filter((holiday) => holiday.name === name);
  };
  const apply = () => page.getByRole('button', { name: /^Save the change/ }).click();
  await page.getByRole('button', { name: `Drop ${name}` }).click();
  await dialog(page, `Drop ${name}`).waitFor();
  await expectGoodPage(page, 'holidays-01-drop-en', 'en');
  await apply();
  await page.getByText('The holiday is dropped.').waitFor();
  await expect.poll(() => focused(page)).toMatch(/^Set here/);
  expect(await set()).toEqual([]);

  // Among the public holidays it now waits to be set; nothing ticked is refused.
  await page.getByRole('button', { name: 'Tick none' }).click();
  await page.getByRole('button', { name: 'Set what is ticked' }).click();
  await page.getByRole('alert').getByText('Tick at least one holiday').waitFor();
  await expectGoodPage(page, 'holidays-02-none-ticked-en', 'en');
  await page.getByRole('checkbox', { name: new RegExp(`^${name}.*by the moon`) }).check();
  await page.getByRole('button', { name: 'Set what is ticked' }).click();
  await apply();
  await page.getByText('The holidays are set.').waitFor();
  await expect.poll(() => focused(page)).toMatch(/^Public holidays/);
  expect(await set()).toMatchObject([{ from, tentative: true, nameBn }]);

  await expectGoodPage(page, 'holidays-03-tentative-en', 'en');
  await page.getByRole('button', { name: `Confirm ${name}` }).click();
  await dialog(page, `Confirm ${name}`).waitFor();
  await cancelAll(page);
  await apply();
  await page.getByText('The holiday is confirmed.').waitFor();
  expect(await set()).toMatchObject([{ from, tentative: false }]);
  await page.getByRole('button', { name: `Confirm ${name}` }).waitFor({ state: 'detached' });

  await page.getByRole('button', { name: `Change ${name}` }).click();
  await page.getByRole('textbox', { name: 'First day' }).fill(addDays(from, 1));
  await page.getByRole('textbox', { name: 'Last day' }).fill(addDays(from, 1));
  await page.getByRole('button', { name: 'Look at what changes' }).click();
  await dialog(page, `Change of ${name}`).waitFor();
  await cancelAll(page);
  await apply();
  await page.getByText('The change is saved.').waitFor();
  expect(await set()).toMatchObject([{ from: addDays(from, 1), until: addDays(from, 1) }]);
  expect(errors).toEqual([]);
  await context.close();
});

/** Decides for whoever of the demonstration is booked on that day. */
async function cancelAll(page: Page): Promise<void> {
  const all = page.getByRole('button', { name: /^Cancel all/ });
  const one = page.getByRole('radio', { name: 'Cancel', exact: true });
  if (await all.isVisible()) await all.click();
  else if (await one.isVisible()) await one.check();
}

test('a holiday of their own, on a phone in Bangla, and a year without any', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', { path: '/holidays' });
  await expectGoodPage(page, 'holidays-04-year-bn');
  await openStaff(page, app, '/holidays?year=2150');
  await page.getByText('২১৫০ সালের কোনো ছুটির দিন দেওয়া নেই').waitFor();
  await page.getByText('২১৫০ সালের সরকারি ছুটি এখনো জানা যায়নি').waitFor();
  await expectGoodPage(page, 'holidays-05-empty-bn');
  await page.getByRole('button', { name: 'ছুটির দিন যোগ করুন' }).click();
  await page.getByRole('button', { name: 'কী বদলাবে দেখুন' }).click();
  await page.getByRole('alert').waitFor();
  await expect.poll(() => page.getByRole('alert').getByRole('link').count()).toBe(3);
  await expectGoodPage(page, 'holidays-06-errors-bn');
  await page.getByLabel('বাংলা নাম').fill('প্রতিষ্ঠাবার্ষিকী');
  await page.getByLabel('ইংরেজি নাম').fill('Foundation Day');
  await page.getByRole('textbox', { name: 'প্রথম দিন' }).fill('৫ মার্চ ২১৫০');
  await page.getByRole('button', { name: 'কী বদলাবে দেখুন' }).click();
  await applyInBangla(page).click();
  await page.getByText('ছুটির দিন দেওয়া হয়েছে।').waitFor();
  await page.getByRole('rowheader', { name: 'প্রতিষ্ঠাবার্ষিকী' }).waitFor();
  const { items } = await app.call(listHolidays, { query: { from: '2150-01-01', until: '2150-12-31' } });
  expect(items).toMatchObject([
    {
      name: 'Foundation Day',
      nameBn: 'প্রতিষ্ঠাবার্ষিকী',
      from: '2150-03-05',
      until: '2150-03-05',
      tentative: false,
    },
  ]);
  await expectGoodPage(page, 'holidays-07-added-bn');
  expect(errors).toEqual([]);
  await context.close();
});
