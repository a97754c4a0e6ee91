import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { createHold, endHold } from '../../src/contract/holds.ts';
import { aMonday } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, type Doctor, signedIn } from '../harness/builders.ts';
import { expectGoodPage } from './browser.ts';
import {
  aSignedInVisitor,
  at,
  confirm,
  focused,
  isAppointment,
  keepFirst,
  openSite,
  places,
  signInto,
} from './site.ts';

const { site, browser } = await openSite();

const aTimedDoctor = () =>
  aDoctor(site, { nameBn: 'নুসরাত জাহান', hours: [{ weekday: 1, from: '17:00', to: '20:00' }] });
const aSerialDoctor = () =>
  aDoctor(site, { hours: [{ weekday: 1, from: '17:00', to: '20:00', capacity: 8 }] });
const first = '2026-11-02T17:00:00+06:00';

const rowsOf = ({ doctorId }: Doctor) =>
  site.db
    .selectFrom('appointments')
    .select(['id', 'status', 'serial', 'patient_id', 'notes'])
    .where('doctor_id', '=', doctorId)
    .orderBy('id')
    .execute();

const statuses = async (doctor: Doctor) => (await rowsOf(doctor)).map(({ status }) => status);

async function someoneBooks({ doctorId, chamberId, visitTypeId }: Doctor, startsAt = first): Promise<void> {
  const patient = await aSignedInPatient(site);
  await site.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, startsAt } }, patient);
}

const clock = async (page: Page) => (await page.locator('[data-clock]').innerText()).trim();

test('a kept place is counted by the server’s seconds, warned of, kept on, and gives way in words', async () => {
  site.clock.set(aMonday);
  const doctor = await aTimedDoctor();
  const { page, context, errors } = await aSignedInVisitor(site, browser);
  // A phone whose clock is years behind.
  await page.clock.install({ time: '2019-05-05T05:05:00Z' });
  await keepFirst(site, page, { language: 'en', doctor });
  expect(await clock(page)).toMatch(/^(10:00|9:5\d)$/);
  const says = page.locator('[data-says]');
  await expect.poll(() => says.textContent()).toBe('Kept for you until 10:10am');
  await page.locator('summary').click();
  await page.locator('[name=reason]').fill('Headache');
  const keepOn = page.locator('[data-keep-on] button');
  expect(await keepOn.isVisible()).toBe(false);

  await page.clock.runFor('08:30');
  await expect.poll(() => says.textContent()).toBe('Less than two minutes left to confirm.');
  await expectGoodPage(page, 'hold-soon', 'en');
  await keepOn.click();
  await page.waitForFunction(() =>
    /^(10:00|9:5\d)$/.test(document.querySelector('[data-clock]')?.textContent ?? ''),
  );
  // The button is gone with what it stood in; the focus is not.
  await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-held'))).toBe(true);
  expect(await keepOn.isVisible()).toBe(false);

  await page.clock.runFor('10:01');
  site.clock.set('2026-11-02T10:11:00+06:00');
  await page.getByRole('alert').waitFor();
  await expect.poll(() => page.getByRole('alert').innerText()).toContain('no longer kept for you');
  await expectGoodPage(page, 'hold-ended', 'en');
  await expect.poll(() => page.locator('[name=reason]').inputValue()).toBe('Headache');
  // Still free, so it is still to be had.
  await confirm(page).click();
  await isAppointment(page);
  expect((await rowsOf(doctor)).filter(({ patient_id }) => patient_id !== null)).toMatchObject([
    { status: 'confirmed', notes: 'Headache' },
  ]);
  expect(errors).toEqual([]);
  await context.close();
});

test('what is kept as long as is allowed says so, and is still kept', async () => {
  site.clock.set(aMonday);
  const doctor = await aTimedDoctor();
  const { page, context } = await aSignedInVisitor(site, browser);
  await page.clock.install();
  await keepFirst(site, page, { language: 'bn', doctor });
  for (let time = 0; time < 3; time++) {
    await page.clock.runFor('08:30');
    await page.locator('[data-keep-on] button').click();
    await page.waitForFunction(() => document.querySelector<HTMLElement>('[data-soon]')?.hidden === true);
  }
  await page.clock.runFor('08:30');
  await page.locator('[data-keep-on] button').click();
  await page.locator('[data-held]', { hasText: 'এর বেশি রাখা যায় না' }).waitFor();
  await expectGoodPage(page, 'hold-last');
  await confirm(page).click();
  await isAppointment(page);
  expect(await statuses(doctor)).toEqual(['confirmed']);
  await context.close();
});

test('a time that ran out and went to somebody else is named as theirs, with the next three and every word kept', async () => {
  site.clock.set(aMonday);
  const doctor = await aTimedDoctor();
  const { page, context } = await aSignedInVisitor(site, browser);
  await page.clock.install();
  await keepFirst(site, page, { language: 'bn', doctor });
  await page.locator('[name=patientId][value=new]').check();
  await page.locator('[name=newName]').fill('আয়েশা সিদ্দিকা');
  await page.locator('summary').click();
  await page.locator('[name=reason]').fill('কাশি');
  site.clock.set('2026-11-02T10:11:00+06:00');
  await someoneBooks(doctor);
  await page.clock.runFor('10:01');
  await page.locator('[data-keep-on] button').last().click();
  const alert = page.locator('[data-carry]');
  await alert.waitFor();
  await expect.poll(() => focused(page)).toBe('alert');
  await expectGoodPage(page, 'hold-lost');
  await expect.poll(() => alert.locator('a').count()).toBe(3);
  await alert.locator('a').first().click();
  await page.locator('[data-held]').waitFor();
  await expect.poll(() => page.locator('[name=newName]').inputValue()).toBe('আয়েশা সিদ্দিকা');
  await expect.poll(() => page.locator('[name=reason]').inputValue()).toBe('কাশি');
  expect(page.url()).not.toContain('%E0');
  await confirm(page).click();
  await isAppointment(page);
  await context.close();
});

test('leaving for another time gives the place back; looking back shows it; a reload keeps it and what was typed', async () => {
  site.clock.set(aMonday);
  const doctor = await aTimedDoctor();
  const { page, context, errors } = await aSignedInVisitor(site, browser);
  await keepFirst(site, page, { language: 'bn', doctor });
  await page.locator('[name=patientId][value=new]').check();
  await page.locator('[name=newName]').fill('আয়েশা সিদ্দিকা');
  await page.locator('[name=relation]').selectOption('parent');
  await page.reload();
  await page.locator('[data-held]').waitFor();
  await expect.poll(() => page.locator('[name=newName]').inputValue()).toBe('আয়েশা সিদ্দিকা');
  await expect.poll(() => page.locator('[name=relation]').inputValue()).toBe('parent');
  await expect.poll(() => page.locator('[name=patientId][value=new]').isChecked()).toBe(true);
  expect(await statuses(doctor)).toEqual(['held']);
  // Looking back: the time is not among the free ones, and the page says why.
  await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
  expect(await page.locator('#times a[href*="17%3A00"]').count()).toBe(0);
  await expectGoodPage(page, 'hold-looking-back');
  await page.getByRole('link', { name: 'এটিই নিতে এগিয়ে যান' }).click();
  await page.locator('[data-held]').waitFor();
  expect(await statuses(doctor)).toEqual(['held']);
  // Leaving by the link, once the script minds it: free again, also for others. It waits 700 ms for that, which do not end here.
  await page.waitForLoadState();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.locator('[data-gives-back]').click();
  await page.locator('#times a[href*="17%3A00"]').waitFor();
  expect(await statuses(doctor)).toEqual(['cancelled']);
  await page.clock.resume();
  // Choosing another: one place is kept at a time, and the name is still there.
  await places(page).nth(1).click();
  await page.locator('[data-held]').waitFor();
  await expect.poll(() => page.locator('[name=newName]').inputValue()).toBe('আয়েশা সিদ্দিকা');
  await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
  await places(page).nth(2).click();
  await page.locator('[data-held]').waitFor();
  expect(await statuses(doctor)).toEqual(['cancelled', 'cancelled', 'held']);
  await confirm(page).click();
  await isAppointment(page);
  // Booked: the next booking begins afresh.
  await keepFirst(site, page, { language: 'bn', doctor });
  expect(await page.locator('[name=patientId][value=new]').isChecked()).toBe(false);
  expect(errors).toEqual([]);
  await context.close();
});

test('whoever confirms before hearing that a serial is kept gets that one, and the next stays free', async () => {
  site.clock.set(aMonday);
  const doctor = await aSerialDoctor();
  const { page, context, errors } = await aSignedInVisitor(site, browser);
  // The place is kept, and the answer that says so, cookie and all, is under way until the page is left.
  const kept = Promise.withResolvers<void>();
  await page.route('**/hold?**', async (route) => {
    const asked = route.request();
    const { pathname, search } = new URL(asked.url());
    await site.inject({
      method: 'POST',
      url: pathname + search,
      headers: { ...(await asked.allHeaders()), 'sec-fetch-site': 'same-origin' },
      payload: asked.postData() ?? '',
    });
    kept.resolve();
  });
  await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
  await places(page).first().click();
  await kept.promise;
  expect(await statuses(doctor)).toEqual(['held']);
  await confirm(page).click();
  await isAppointment(page);
  expect(await rowsOf(doctor)).toMatchObject([{ status: 'confirmed', serial: 1 }]);
  expect(errors).toEqual([]);
  await context.close();
});

test('what is chosen before the script has begun stands, whatever was chosen on the page before', async () => {
  site.clock.set(aMonday);
  const doctor = await aTimedDoctor();
  const { page, context, errors } = await aSignedInVisitor(site, browser);
  await keepFirst(site, page, { language: 'bn', doctor });
  await page.locator('[name=patientId][value=new]').check();
  await page.locator('[name=relation]').selectOption('parent');
  const script = Promise.withResolvers<void>();
  await page.route('**/assets/*.js', async (route) => {
    await script.promise;
    await route.continue();
  });
  await confirm(page).click();
  await page.locator('#field-newName-error').waitFor();
  await page.locator('[name=relation]').selectOption('sibling');
  await page.locator('[name=patientId]').first().check();
  script.resolve();
  await page.waitForLoadState();
  expect(await page.locator('[name=patientId]').first().isChecked()).toBe(true);
  expect(await page.locator('[name=relation]').inputValue()).toBe('sibling');
  expect(errors).toEqual([]);
  await context.close();
});

test.each([
  { mode: 'serial', doctorOf: aSerialDoctor, faster: 'script' },
  { mode: 'serial', doctorOf: aSerialDoctor, faster: 'press' },
  { mode: 'timed', doctorOf: aTimedDoctor, faster: 'script' },
  { mode: 'timed', doctorOf: aTimedDoctor, faster: 'press' },
])(
  'a $mode place that is confirmed before the page’s script has begun is given once, and nothing is kept (faster: $faster)',
  async ({ mode, doctorOf, faster }) => {
    site.clock.set(aMonday);
    const doctor = await doctorOf();
    const { page, context } = await aSignedInVisitor(site, browser, { javaScriptEnabled: false });
    await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
    await places(page).first().click();
    // What the script asks for when it begins while the press is under way.
    const box = page.locator('[data-hold]');
    const [url, holdKey] = [await box.getAttribute('data-hold'), await box.getAttribute('data-hold-key')];
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const askToKeep = () =>
      site.inject({
        method: 'POST',
        url: url ?? '',
        headers: {
          cookie,
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
        },
        payload: String(new URLSearchParams({ act: 'keep', holdKey: holdKey ?? '' })),
      });
    const early = faster === 'script' ? await askToKeep() : null;
    await confirm(page).click();
    await isAppointment(page);
    const { cookies, statusCode } = early ?? (await askToKeep());
    expect(statusCode).toBe(200);
    expect(await rowsOf(doctor)).toMatchObject([
      { status: 'confirmed', serial: mode === 'serial' ? 1 : null },
    ]);
    // Nor does the browser believe so, which hears of the hold only now.
    await context.addCookies(
      cookies.map(({ name, value }) => ({ name, value: encodeURIComponent(value), url: site.url })),
    );
    await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
    await places(page).first().waitFor();
    expect(await page.getByRole('link', { name: 'এটিই নিতে এগিয়ে যান' }).count()).toBe(0);
    await context.close();
  },
);

test('who keeps too many places is told that this one is not kept, and may still book it', async () => {
  site.clock.set(aMonday);
  const doctor = await aSerialDoctor();
  const visitor = await aSignedInVisitor(site, browser);
  const { page, patient, context } = visitor;
  const by = { accessToken: await signedIn(site, patient) };
  const { doctorId, chamberId, visitTypeId } = await aTimedDoctor();
  const hold = (time: string) =>
    site.call(
      createHold,
      { body: { doctorId, chamberId, visitTypeId, startsAt: `2026-11-02T${time}:00+06:00` } },
      by,
    );
  const [, , last] = [await hold('17:00'), await hold('17:15'), await hold('17:30')];
  await page.goto(at(site, 'en', `/d/${doctor.slug}`));
  await places(page).first().click();
  await page.locator('[data-shows]', { hasText: 'You are keeping several times already' }).waitFor();
  await expectGoodPage(page, 'hold-too-many', 'en');
  const [pressed] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST' && !request.url().includes('/hold')),
    confirm(page).click(),
  ]);
  await isAppointment(page);
  expect(await statuses(doctor)).toEqual(['confirmed']);

  // Pressed again by a browser that has not heard, when a place could be kept by now: it leads to the same booking.
  await site.call(endHold, { params: { id: last.id }, query: { token: last.token } }, by);
  const unheard = await browser.newContext();
  await signInto(site, unheard, patient.mobile);
  const again = await unheard.request.post(pressed.url(), {
    data: pressed.postData() ?? '',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    maxRedirects: 0,
  });
  expect(new URL(again.headers()['location'] ?? '', site.url).href).toBe(page.url());
  expect(await statuses(doctor)).toEqual(['confirmed', 'cancelled']);
  await unheard.close();
  await context.close();
});
