import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { getAvailability, searchDoctors } from '../../src/contract/doctors.ts';
import { aVisitor, desktop, expectGoodPage } from './browser.ts';
import { openDemo } from './demo.ts';

const { app, browser } = await openDemo();

let people = 0;
const newMobile = () => `0171${String(1_000_000 + people++).padStart(7, '0')}`;

/** From the search page to the first doctor's free times on the second day that has any. */
async function openDoctor(page: Page, query: string): Promise<void> {
  await page.goto(`${app.url}/`);
  await page.getByRole('searchbox').fill(query);
  await page.getByRole('button', { name: 'খুঁজুন' }).click();
  await page.locator('main li h3 a').first().click();
  await chooseSecondDay(page);
}

/** Never today: of today's times one can pass while somebody fills in a form. */
async function chooseSecondDay(page: Page): Promise<void> {
  const day = page.locator('[data-strip] a').nth(1);
  const path = (await day.getAttribute('href')) ?? '';
  await day.click();
  await page.waitForURL((url) => url.search === new URL(path, app.url).search);
  await page.locator('#times a').first().waitFor();
}

async function register(page: Page, name: string): Promise<string> {
  const mobile = newMobile();
  await page.getByRole('link', { name: 'অ্যাকাউন্ট খুলুন' }).first().click();
  await page.getByLabel('পুরো নাম').fill(name);
  await page.getByLabel('মোবাইল নম্বর', { exact: true }).fill(mobile);
  await page.getByLabel('পাসওয়ার্ড').fill('Kodom@phul7');
  await page.getByRole('button', { name: 'অ্যাকাউন্ট খুলুন' }).click();
  return mobile;
}

const confirm = (page: Page) =>
  page.getByRole('button', { name: /^(অ্যাপয়েন্টমেন্ট নিন|সিরিয়াল নিন|এই সিরিয়াল নিন)$/ });

test('a new patient finds a doctor, books, sees the booking and cancels it, on a phone', async () => {
  const { page, errors, context } = await aVisitor(browser);
  await page.goto(`${app.url}/`);
  await expectGoodPage(page, '01-home');
  await page.getByRole('searchbox').fill('হৃদরোগ');
  await page.getByRole('button', { name: 'খুঁজুন' }).click();
  await expectGoodPage(page, '02-results');
  await page.locator('main li h3 a').first().click();
  await page.locator('#times a').first().waitFor();
  await expectGoodPage(page, '03-doctor');
  await chooseSecondDay(page);

  const chosen = await page.locator('#times a').first().getAttribute('href');
  await page.locator('#times a').first().click();
  await expectGoodPage(page, '04-details');
  await register(page, 'রহিমা খাতুন');
  await confirm(page).waitFor();
  // The chosen place is not lost on the way through registration.
  const stands = new URL(page.url());
  expect([...stands.searchParams]).toEqual([...new URL(chosen ?? '/', app.url).searchParams]);
  await expectGoodPage(page, '05-confirm');
  await confirm(page).click();

  await page.getByRole('heading', { level: 1, name: 'আপনার অ্যাপয়েন্টমেন্ট' }).waitFor();
  await expectGoodPage(page, '06-booking');
  const booking = page.url();
  const reference = /[0-9A-Z]{4}-[0-9A-Z]{2}/.exec(await page.locator('main').innerText())?.[0] ?? '';
  expect(reference).not.toBe('');

  await page.getByRole('link', { name: 'আমার অ্যাপয়েন্টমেন্ট' }).first().click();
  await expectGoodPage(page, '07-my-appointments');
  await expect.poll(() => page.locator('main').innerText()).toContain(reference);

  // The private link works for anybody who has it, signed in or not.
  const { page: guest, context: other } = await aVisitor(browser);
  await guest.goto(booking);
  await expect.poll(() => guest.locator('main').innerText()).toContain(reference);
  const calendar = await other.request.get(`${booking}/calendar.ics`);
  expect(await calendar.text()).toContain('BEGIN:VEVENT');
  await other.close();

  await page.goto(booking);
  await page.getByRole('link', { name: 'অ্যাপয়েন্টমেন্ট বাতিল করুন' }).click();
  await expectGoodPage(page, '08-cancel');
  await page.getByRole('button', { name: 'হ্যাঁ, বাতিল করুন' }).click();
  await page.getByText('অ্যাপয়েন্টমেন্ট বাতিল হয়েছে').first().waitFor();
  await expectGoodPage(page, '09-cancelled');
  expect(errors).toEqual([]);
  await context.close();
});

test('a patient who is busy at the time of a serial is not offered the same serial again', async () => {
  const [one, other] = await twoSerialsAtOnce();
  const { page, context, errors } = await aVisitor(browser);
  await page.goto(`${app.url}/book/${one.slug}?session=${one.sessionKey}`);
  await register(page, 'নাসিমা আক্তার');
  await confirm(page).click();
  await page.getByRole('heading', { level: 1, name: 'আপনার অ্যাপয়েন্টমেন্ট' }).waitFor();
  await page.goto(`${app.url}/book/${other.slug}?session=${other.sessionKey}`);
  await confirm(page).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.locator(`a[href*="${other.sessionKey}"]`).count()).toBe(0);
  await expect.poll(() => alert.locator('a[href*="session="]').count()).toBeGreaterThan(0);
  expect(errors).toEqual([]);
  await context.close();
});

/** The next serials of two doctors, expected at the same time of a day to come. */
async function twoSerialsAtOnce(): Promise<[Serial, Serial]> {
  const first = new Map<string, Serial>();
  const tomorrow = Temporal.Now.plainDateISO('Asia/Dhaka').add({ days: 1 });
  const query = { from: tomorrow.toString(), to: tomorrow.add({ days: 9 }).toString() };
  const { items } = await app.call(searchDoctors, { query: { limit: 100 } });
  for (const { id, slug } of items) {
    const { days } = await app.call(getAvailability, { params: { id }, query });
    for (const { mode, sessionKey, places } of days.flatMap(({ sessions }) => sessions)) {
      const [next] = places;
      if (mode !== 'serial' || !next) continue;
      const other = first.get(next.startsAt);
      if (other && other.slug !== slug) return [other, { slug, sessionKey }];
      first.set(next.startsAt, { slug, sessionKey });
    }
  }
  throw new Error('the demonstration has no two serials at one time');
}

type Serial = { slug: string; sessionKey: string };

test('the whole path works with JavaScript off', async () => {
  const { page, context } = await aVisitor(browser, { javaScriptEnabled: false });
  await openDoctor(page, 'শিশু');
  await page.locator('#times a').first().click();
  await register(page, 'জাহানারা বেগম');
  await confirm(page).click();
  await page.getByRole('link', { name: 'অ্যাপয়েন্টমেন্ট বাতিল করুন' }).click();
  await page.getByRole('button', { name: 'হ্যাঁ, বাতিল করুন' }).click();
  await expect.poll(() => page.locator('main').innerText()).toContain('বাতিল হয়েছে');
  await context.close();
});

test('pressing twice books once', async () => {
  const { page, context, errors } = await aVisitor(browser);
  await openDoctor(page, 'মেডিসিন');
  await page.locator('#times a').first().click();
  await register(page, 'আবুল হোসেন');
  await confirm(page).dblclick();
  await page.getByRole('heading', { level: 1, name: 'আপনার অ্যাপয়েন্টমেন্ট' }).waitFor();
  await page.goto(`${app.url}/me/appointments`);
  expect((await page.locator('main').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{2}/g)).toHaveLength(1);
  expect(errors).toEqual([]);
  await context.close();
});

test('bad input keeps what was typed and says what to do, in English too', async () => {
  const { page, context, errors } = await aVisitor(browser, { viewport: desktop, locale: 'en-GB' });
  await page.goto(`${app.url}/en/register`);
  await expectGoodPage(page, '11-register-en', 'en');
  await page.getByLabel('Full name').fill('Rahim Uddin');
  await page.getByLabel('Mobile number', { exact: true }).fill('12345');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expectGoodPage(page, '12-register-errors-en', 'en');
  await expect.poll(() => page.title()).toMatch(/^Error: /);
  await expect.poll(() => page.getByLabel('Full name').inputValue()).toBe('Rahim Uddin');
  await expect.poll(() => page.getByLabel('Mobile number', { exact: true }).inputValue()).toBe('12345');
  await page.goto(`${app.url}/en`);
  await expectGoodPage(page, '13-home-en', 'en');
  await page.goto(`${app.url}/en/doctors?specialization=cardiology`);
  await expectGoodPage(page, '14-results-en', 'en');
  await page.locator('main li h3 a').first().click();
  await expectGoodPage(page, '15-doctor-en', 'en');
  await page.goto(`${app.url}/en/nothing-here`);
  await expectGoodPage(page, '16-not-found-en', 'en');
  expect(errors).toEqual([]);
  await context.close();
});
