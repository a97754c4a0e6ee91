import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type Appointment, bookAppointment, getAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import type { Schedule } from '../../src/contract/hours.ts';
import { createSchedule, endSchedule, listSchedules, listVisitTypes } from '../../src/contract/schedules.ts';
import { addDays, formatDateWithYear, formatShortDate } from '../../web/lib/dates.ts';
import { dayNumber, weekdayOfDay } from '../../web/lib/day-numbers.ts';
import { formatTime } from '../../web/lib/times.ts';
import { desktop, expectGoodPage, phone } from './browser.ts';
import { callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff, pointAtToast } from './staff.ts';

const { app, browser } = await openDemo();
let doctor: Awaited<ReturnType<typeof callAs>>;
let chamberId: number;

const friday = 5;

beforeAll(async () => {
  doctor = await callAs(app, 'doctor');
  const items = await hours();
  chamberId = items[0]?.chamberId ?? 0;
  // What the tests below stand on.
  expect(new Set(items.map((each) => each.chamberId)).size).toBe(1);
  expect(items.some(({ weekday }) => weekday === friday)).toBe(false);
});

/** The demonstration's doctor does not sit on Fridays: they are for these tests. */
beforeEach(async () => {
  for (const { id, weekday, validFrom } of await hours())
    if (weekday === friday || validFrom !== null)
      await doctor.call(endSchedule, {
        params: { id: doctor.id, scheduleId: id },
        query: { stranded: 'cancel' },
      });
});

const hours = async (): Promise<Schedule[]> =>
  (await doctor.call(listSchedules, { params: { id: doctor.id } })).items;

const fridays = async () =>
  (await hours())
    .filter(({ weekday, validFrom }) => weekday === friday && validFrom === null)
    .map(({ from, to, mode, slotMinutes, capacity }) => ({ from, to, mode, slotMinutes, capacity }));

const fridayMorning = {
  weekday: friday,
  from: '10:00',
  to: '12:00',
  mode: 'timed',
  slotMinutes: 15,
} as const;

const addFriday = (of: { from?: string; to?: string } = {}) =>
  doctor.call(createSchedule, {
    params: { id: doctor.id },
    body: { chamberId, ...fridayMorning, ...of },
  });

const today = (): string => Temporal.Now.plainDateISO('Asia/Dhaka').toString();

/** A Friday that can be booked whatever the hour is now. */
const nextFriday = (): string => {
  const soon = addDays(today(), 2);
  return addDays(soon, (friday - weekdayOfDay(dayNumber(soon) ?? 0) + 7) % 7);
};

/** The patient of the demonstration takes the first free place of the next Friday. */
async function bookFriday(): Promise<Appointment> {
  const patient = await callAs(app, 'patient');
  const date = nextFriday();
  const params = { id: doctor.id };
  const { days } = await app.call(getAvailability, { params, query: { from: date, to: date } });
  const [place] = days[0]?.sessions[0]?.places ?? [];
  const { items } = await app.call(listVisitTypes, { params });
  const visitType = items.find((each) => each.chamberId === chamberId && each.kind === 'new');
  if (!place || !visitType) throw new Error(`nothing to book on ${date}`);
  return patient.call(bookAppointment, {
    body: { doctorId: doctor.id, chamberId, visitTypeId: visitType.id, startsAt: place.startsAt },
  });
}

const hoursPath = '/doctors/me/hours';

const inEnglish = (path = hoursPath) =>
  aStaffVisitor(browser, app, 'doctor', { language: 'en', locale: 'en-GB', viewport: desktop, path });

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).filter({ visible: true });

/** Presses Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(
      `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText ?? '').trim()`,
    );
    if (focused === name) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

test('a doctor adds hours by the keyboard alone, sees what that does, and saves it', async () => {
  const { page, errors, context } = await inEnglish();
  await button(page, 'Add hours on Friday').waitFor();
  await expectGoodPage(page, 'hours-01-week-en', 'en');
  await tabTo(page, 'Add hours on Friday');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Add hours' }).waitFor();
  await expectGoodPage(page, 'hours-02-form-en', 'en');
  await tabTo(page, 'From');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('10 am');
  await tabTo(page, 'To');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('1:30 pm');
  await page.keyboard.press('Tab');
  // The radios are one stop; arrows choose.
  await page.keyboard.press('ArrowUp');
  await page.getByLabel('How many serials').waitFor();
  await tabTo(page, 'Minutes for each patient');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('10');
  await tabTo(page, 'How many serials');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('20');
  await page
    .getByText('20 serials, 10 minutes each: the first at 10:00am, the last expected at 1:10pm.')
    .waitFor();
  await tabTo(page, 'Put it into the week');
  await page.keyboard.press('Enter');
  await button(page, /^Change: Friday, 10:00am to 1:30pm 20 serials/).waitFor();
  // The focus is back where it came from.
  await expect
    .poll(() => page.evaluate(`document.activeElement.getAttribute('aria-label')`))
    .toBe('Add hours on Friday');
  expect(await fridays()).toEqual([]);
  await expectGoodPage(page, 'hours-03-draft-en', 'en');

  await tabTo(page, 'Look at it and save');
  await page.keyboard.press('Enter');
  const review = page.getByRole('dialog', { name: /^Change the hours in/ });
  await review.getByText('No appointment loses its place.').waitFor();
  const told = await review.innerText();
  expect(told).toMatch(/Friday · \d+ dates, Fri/);
  expect(told).toContain('10:00am to 1:30pm · Serials, 20 places');
  await expectGoodPage(page, 'hours-04-review-en', 'en');
  expect(await fridays()).toEqual([]);
  await tabTo(page, 'Save the change');
  await page.keyboard.press('Enter');
  await page.getByText('The hours are saved.').waitFor();
  expect(await fridays()).toEqual([
    { from: '10:00', to: '13:30', mode: 'serial', slotMinutes: 10, capacity: 20 },
  ]);
  expect(await button(page, 'Look at it and save').count()).toBe(0);
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('hours-week');
  expect(errors).toEqual([]);
  await context.close();
});

test('an appointment that loses its place is moved, on a phone in Bangla', async () => {
  await addFriday();
  const booked = await bookFriday();
  const { page, errors, context } = await aStaffVisitor(browser, app, 'doctor', {
    viewport: phone,
    path: hoursPath,
  });
  await button(page, /^বদলান: শুক্রবার/).click();
  await page.getByRole('dialog').waitFor();
  await expectGoodPage(page, 'hours-05-form-bn');
  await page.getByRole('button', { name: 'এই সময়টি সরান' }).click();
  await button(page, /^শুক্রবার,.*সরানো। ফিরিয়ে আনুন$/).waitFor();
  await expectGoodPage(page, 'hours-06-removed-bn');
  await button(page, 'দেখে সংরক্ষণ করুন').click();
  const review = page.getByRole('dialog');
  await review.getByText('১টি অ্যাপয়েন্টমেন্টের জায়গা থাকবে না').waitFor();
  // Nothing is chosen for anybody, and nothing happens without a choice.
  expect(await review.getByRole('radio', { checked: true }).count()).toBe(0);
  await review.getByRole('button', { name: 'পরিবর্তন সংরক্ষণ করুন (১টি বাকি)' }).click();
  await page.getByRole('alert').getByText('১টি অ্যাপয়েন্টমেন্টের কী হবে ঠিক করা বাকি').waitFor();
  await expectGoodPage(page, 'hours-07-undecided-bn');
  expect(await fridays()).toHaveLength(1);

  const move = review.getByRole('radio', { name: /^সরান:/ });
  const where = (await move.locator('xpath=..').innerText()).trim();
  await move.check();
  await review.getByRole('button', { name: 'পরিবর্তন সংরক্ষণ করুন' }).click();
  await page.getByText('সময়সূচি সংরক্ষণ হয়েছে।').waitFor();
  const { period, status } = await (
    await callAs(app, 'patient')
  ).call(getAppointment, { params: { id: booked.id } });
  expect(status).toBe('confirmed');
  expect(period.start).not.toBe(booked.period.start);
  const [date, time] = [period.start.slice(0, 10), period.start.slice(11, 16)];
  expect(where).toBe(`সরান: ${formatShortDate('bn', date)}, ${formatTime('bn', time)}`);
  expect(await fridays()).toEqual([]);
  await expectGoodPage(page, 'hours-08-saved-bn');
  expect(errors).toEqual([]);
  await context.close();
});

test('somebody books while the change is looked at: they are asked about as well', async () => {
  await addFriday();
  const { page, context } = await inEnglish();
  await button(page, /^Change: Friday/).click();
  await page.getByRole('button', { name: 'Remove these hours' }).click();
  await button(page, 'Look at it and save').click();
  const review = page.getByRole('dialog');
  await review.getByText('No appointment loses its place.').waitFor();
  const booked = await bookFriday();
  await review.getByRole('button', { name: 'Save the change' }).click();
  await page.getByRole('alert').getByText('Meanwhile 1 appointment came in').waitFor();
  await expectGoodPage(page, 'hours-09-meanwhile-en', 'en');
  expect(await fridays()).toHaveLength(1);
  await review.getByRole('radio', { name: 'Keep', exact: true }).check();
  await review.getByRole('button', { name: 'Save the change' }).click();
  await page.getByText('The hours are saved.').waitFor();
  const kept = await (await callAs(app, 'patient')).call(getAppointment, { params: { id: booked.id } });
  expect(kept).toMatchObject({ status: 'confirmed', period: booked.period });
  await context.close();
});

test('hours that overlap are marked at once, and the server refuses them', async () => {
  await addFriday();
  const { page, errors, context } = await inEnglish();
  await button(page, 'Add hours on Friday').click();
  await page.getByLabel('To', { exact: true }).fill('10:00');
  await page.getByLabel('From', { exact: true }).fill('10:00');
  await page.getByRole('button', { name: 'Put it into the week' }).click();
  await page.getByRole('alert').getByRole('link', { name: 'The end must differ from the start' }).waitFor();
  await expectGoodPage(page, 'hours-10-form-error-en', 'en');
  await page.getByLabel('From', { exact: true }).fill('11 am');
  await page.getByLabel('To', { exact: true }).fill('2 pm');
  await page.getByRole('button', { name: 'Put it into the week' }).click();
  await page.getByText('The doctor would be in two places at once.').waitFor();
  await expect.poll(() => button(page, /^Change: Friday.*Overlaps/).count()).toBe(2);
  await button(page, 'Look at it and save').click();
  await page.getByText('This week cannot be saved as it is').waitFor();
  await expectGoodPage(page, 'hours-11-overlap-en', 'en');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await fridays()).toHaveLength(1);
  expect(errors).toEqual([]);
  await context.close();
});

test('a draft survives a lost connection, a reload and what others save, and can be discarded', async () => {
  const { page, context } = await inEnglish();
  await button(page, 'Add hours on Friday').click();
  await page.getByLabel('From', { exact: true }).fill('9 am');
  await page.getByLabel('To', { exact: true }).fill('11 am');
  await page.getByRole('button', { name: 'Put it into the week' }).click();
  await button(page, /^Change: Friday, 9:00am/).waitFor();

  await context.setOffline(true);
  await button(page, 'Look at it and save').click();
  await page.getByText('There is no connection. Nothing was saved.').waitFor();
  await context.setOffline(false);

  // Only after the line is back: what is older than ten seconds is then read anew, and the page would know of the others' hours.
  await page.reload();
  await button(page, /^Change: Friday, 9:00am/).waitFor();
  await page.getByText('1 change not saved').first().waitFor();

  // In another window somebody adds hours of theirs: nothing of either is lost.
  await addFriday({ from: '15:00', to: '16:00' });
  await button(page, 'Look at it and save').click();
  await page.getByText('Somebody has changed this week since you began.').waitFor();
  await button(page, /^Change: Friday, 3:00pm/).waitFor();
  await expectGoodPage(page, 'hours-12-behind-en', 'en');
  await button(page, 'Look at it and save').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save the change' }).click();
  await page.getByText('The hours are saved.').waitFor();
  expect((await fridays()).map(({ from }) => from).toSorted()).toEqual(['09:00', '15:00']);

  await button(page, /^Change: Friday, 9:00am/).click();
  await page.getByRole('button', { name: 'Remove these hours' }).click();
  await button(page, 'Discard').click();
  await pointAtToast(page, 'The changes are discarded.');
  await button(page, /^Change: Friday, 9:00am/).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await button(page, /^Friday, 9:00am.*Removed\. Put back$/).click();
  expect(await button(page, 'Look at it and save').count()).toBe(0);
  await context.close();
});

test('a week for some dates begins as the usual one, takes its place, changes its dates and goes', async () => {
  const [first, last, later] = [40, 69, 71].map((days) => addDays(today(), days)) as [string, string, string];
  const slashes = (date: string) => date.split('-').toReversed().join('/');
  const { page, errors, context } = await inEnglish();
  await button(page, 'Add a week for some dates').click();
  await page.getByRole('textbox', { name: 'First date' }).fill(slashes(first));
  await page.getByRole('textbox', { name: 'Last date' }).fill(slashes(addDays(first, -1)));
  await page.getByRole('button', { name: 'Make this week' }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: /^Give a last date/ })
    .waitFor();
  await expectGoodPage(page, 'hours-13-dates-error-en', 'en');
  await page.getByRole('textbox', { name: 'Last date' }).fill(slashes(last));
  await page.getByRole('button', { name: 'Make this week' }).click();
  const usual = (await hours()).filter(({ validFrom }) => validFrom === null);
  await page.getByRole('radio', { name: /New, not saved/ }).waitFor();
  await expect.poll(() => button(page, /^Change: .*exact times/).count()).toBe(usual.length);

  // Every day of it an hour later.
  await button(page, /^Copy Saturday’s hours/).click();
  await page.getByRole('checkbox', { name: /^Friday/ }).check();
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await button(page, /^Change: Friday/).waitFor();
  await expectGoodPage(page, 'hours-14-dated-draft-en', 'en');
  await button(page, 'Look at it and save').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save the change' }).click();
  await page.getByText('The hours are saved.').waitFor();
  const dated = async () => (await hours()).filter(({ validFrom }) => validFrom !== null);
  expect(await dated()).toHaveLength(usual.length + 1);
  expect(new Set((await dated()).map(({ validFrom, validUntil }) => `${validFrom} ${validUntil}`))).toEqual(
    new Set([`${first} ${last}`]),
  );

  await button(page, 'Change dates').click();
  await page.getByRole('textbox', { name: 'Last date' }).fill(slashes(later));
  await page.getByRole('button', { name: 'Use these dates' }).click();
  await button(page, 'Look at it and save').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save the change' }).click();
  await expect
    .poll(async () => (await dated()).map(({ validUntil }) => validUntil))
    .toEqual((await dated()).map(() => later));
  const name = formatDateWithYear('en', later).replace(/^\S+ /, '');
  await page.getByRole('radio', { name: new RegExp(name) }).waitFor();
  await expectGoodPage(page, 'hours-15-dated-en', 'en');

  await button(page, 'Remove this week').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save the change' }).click();
  await page.getByText('The week is removed.').waitFor();
  expect(await dated()).toEqual([]);
  expect((await hours()).filter(({ validFrom }) => validFrom === null)).toHaveLength(usual.length);
  expect(errors).toEqual([]);
  await context.close();
});

test('the week fits every screen in both languages, and quotas say what they mean', async () => {
  for (const [width, language] of [
    [320, 'bn'],
    [412, 'en'],
    [1280, 'bn'],
  ] as const) {
    const { page, errors, context } = await aStaffVisitor(browser, app, 'doctor', {
      language,
      viewport: { width, height: 740 },
      path: hoursPath,
    });
    await button(page, /^(Add hours on Friday|শুক্রবার সময় যোগ করুন)$/).click();
    await page.getByRole('radio').first().check();
    await page.getByRole('checkbox').last().check();
    await page.locator('details summary').last().click();
    await page.locator('[name="quotas.online"]').waitFor({ state: 'attached' });
    const said = page.getByRole('dialog').locator('output');
    await said.filter({ hasText: language === 'en' ? /by phone/ : /ফোনে/ }).waitFor();
    await expectGoodPage(page, `hours-16-quotas-${language}-${width}`, language);
    await page.locator('#field-horizonDays').fill('0');
    await page.getByRole('dialog').locator('button[type="submit"]').click();
    await page.getByRole('alert').getByRole('link').click();
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('field-horizonDays');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectGoodPage(page, `hours-17-week-${language}-${width}`, language);
    expect(errors).toEqual([]);
    await context.close();
  }
});

test('an administrator sees the same of any doctor', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    language: 'en',
    viewport: desktop,
    path: `/doctors/${doctor.id}/hours`,
  });
  await button(page, 'Add hours on Friday').waitFor();
  await openStaff(page, app, `/doctors/${doctor.id}/hours?chamber=999&week=no`, 'en');
  await button(page, 'Add hours on Friday').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
