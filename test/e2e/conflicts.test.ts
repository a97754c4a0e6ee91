import { expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { patchChamberPolicy } from '../../src/contract/policies.ts';
import { aDoctor, anAdmin, aSignedInPatient, type Doctor, signedIn } from '../harness/builders.ts';
import { desktop, expectGoodPage } from './browser.ts';
import {
  aSignedInVisitor,
  at,
  confirm,
  focused,
  isAppointment,
  keepFirst,
  openSite,
  places,
} from './site.ts';

const { site, browser } = await openSite();

const evening = { weekday: 1, from: '17:00', to: '20:00' };
const aTimedDoctor = () => aDoctor(site, { nameBn: 'নুসরাত জাহান', hours: [evening] });
const first = '2026-11-02T17:00:00+06:00';

const booked = ({ doctorId }: Doctor) =>
  site.db
    .selectFrom('appointments')
    .innerJoin('patients', 'patients.id', 'appointments.patient_id')
    .select(['status', 'full_name as name', 'notes', 'appointments.id'])
    .where('doctor_id', '=', doctorId)
    .orderBy('appointments.id')
    .execute();

const book = ({ doctorId, chamberId, visitTypeId }: Doctor, by: { accessToken: string }, startsAt = first) =>
  site.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, startsAt } }, by);

test('two browsers, one time: the slower is told at once, and takes one of the next three', async () => {
  const doctor = await aTimedDoctor();
  const one = await aSignedInVisitor(site, browser);
  const other = await aSignedInVisitor(site, browser, { viewport: desktop });
  for (const { page } of [one, other]) await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
  await places(one.page).first().click();
  await one.page.locator('[data-held]').waitFor();
  await places(other.page).first().click();
  const alert = other.page.getByRole('alert');
  await alert.waitFor();
  await expect.poll(() => focused(other.page)).toBe('alert');
  await expect.poll(() => alert.innerText()).toContain('এইমাত্র অন্য কেউ এই সময়টি নিয়েছেন');
  await expectGoodPage(other.page, 'conflict-at-once');
  await expect.poll(() => alert.locator('a[href*="slot="]').count()).toBe(3);
  await alert.locator('a[href*="slot="]').first().click();
  await other.page.locator('[data-held]').waitFor();
  await Promise.all([confirm(one.page).click(), confirm(other.page).click()]);
  await Promise.all([isAppointment(one.page), isAppointment(other.page)]);
  expect((await booked(doctor)).map(({ status }) => status)).toEqual(['confirmed', 'confirmed']);
  expect([...one.errors, ...other.errors]).toEqual([]);
  await one.context.close();
  await other.context.close();
});

test('without script the loss is told at the last press, and every word comes along to the next time', async () => {
  const doctor = await aTimedDoctor();
  const { page, context, patient } = await aSignedInVisitor(site, browser, { javaScriptEnabled: false });
  await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
  await places(page).first().click();
  await page.locator('[name=patientId][value=new]').check();
  await page.locator('[name=newName]').fill('আয়েশা সিদ্দিকা');
  await page.locator('[name=relation]').selectOption('parent');
  await page.locator('summary').click();
  await page.locator('[name=reason]').fill('কাশি');
  await book(doctor, await aSignedInPatient(site));
  await confirm(page).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  await expect.poll(() => focused(page)).toBe('alert');
  await expect.poll(() => page.title()).toMatch(/^ভুল: /);
  await expectGoodPage(page, 'conflict-no-script');
  // What was written must not stand in an address, so these are forms.
  await expect.poll(() => alert.getByRole('button').count()).toBe(3);
  await alert.getByRole('button').first().click();
  await confirm(page).waitFor();
  expect(page.url()).not.toContain('%E0');
  await expect.poll(() => page.locator('[name=reason]').inputValue()).toBe('কাশি');
  await confirm(page).click();
  await isAppointment(page);
  expect((await booked(doctor)).at(-1)).toMatchObject({ name: 'আয়েশা সিদ্দিকা', notes: 'কাশি' });
  // She was added with the first press, and not once more with the second.
  const family = await site.db
    .selectFrom('patients')
    .select('relation')
    .where('user_id', '=', patient.userId)
    .where('full_name', '=', 'আয়েশা সিদ্দিকা')
    .execute();
  expect(family).toEqual([{ relation: 'parent' }]);
  await context.close();
});

test('a patient who is busy is told so and offered other times; one with too many bookings, where they stand', async () => {
  const [one, other] = [await aTimedDoctor(), await aTimedDoctor()];
  const { page, context, patient, errors } = await aSignedInVisitor(site, browser);
  await book(one, { accessToken: await signedIn(site, patient) });
  await page.goto(at(site, 'en', `/d/${other.slug}`));
  await places(page).first().click();
  await page.locator('[data-held]').waitFor();
  await confirm(page).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  await expect.poll(() => alert.innerText()).toContain('already has an appointment at that time');
  await expect.poll(() => alert.getByRole('link').count()).toBeGreaterThanOrEqual(3);
  await expectGoodPage(page, 'conflict-busy', 'en');

  const admin = { accessToken: await signedIn(site, await anAdmin(site)) };
  await site.call(
    patchChamberPolicy,
    { params: { id: other.chamberId }, body: { mostInAll: 1, mostPerDoctor: 1 } },
    admin,
  );
  await page.goto(at(site, 'en', `/d/${other.slug}`));
  await places(page).last().click();
  await page.locator('[data-held]').waitFor();
  await confirm(page).click();
  await alert.waitFor();
  await expect.poll(() => alert.innerText()).toMatch(/takes no more online bookings.*My appointments/s);
  await expectGoodPage(page, 'conflict-limit', 'en');
  expect(await booked(other)).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

test('a slow answer and a second press, a lost answer and a third: one booking, and its page at the end', async () => {
  const doctor = await aTimedDoctor();
  const { page, context } = await aSignedInVisitor(site, browser);
  await keepFirst(site, page, { language: 'bn', doctor });
  const address = page.url();
  let sent = 0;
  let answer: () => void = () => undefined;
  const late = new Promise<void>((resolve) => (answer = resolve));
  const isBooking = (url: URL) => /\/book\/[\w-]+$/.test(url.pathname);
  await page.route(isBooking, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sent += 1;
    // The server has booked, but the line drops before its answer comes.
    await route.fetch({ maxRedirects: 0 });
    await late;
    await route.abort();
  });
  // A locator would wait for the answer that does not come.
  await confirm(page).evaluate((button) => {
    // The first of what it says: after ten seconds it may be pressed again, and says so.
    new MutationObserver(() => (sessionStorage['said'] ??= button.textContent)).observe(button, {
      childList: true,
    });
  });
  await confirm(page).dblclick();
  await expect.poll(() => sent).toBe(1);
  answer();
  await expect.poll(() => page.url()).toMatch(/^chrome-error:/);
  await page.unroute(isBooking);
  expect(sent).toBe(1);
  await page.goBack();
  expect(await page.evaluate(() => sessionStorage.getItem('said'))).toBe('সিরিয়াল নেওয়া হচ্ছে…');
  // Tried once more from the start, the same address leads to the one appointment.
  await page.goto(address);
  await isAppointment(page);
  expect((await booked(doctor)).map(({ status }) => status)).toEqual(['confirmed']);
  await context.close();
});

test('back from a booking leads to it again; a second of the same day is not taken unawares', async () => {
  const night = { weekday: 1, from: '20:30', to: '22:30' };
  const serial = await aDoctor(site, { hours: [{ ...night, capacity: 8 }] });
  const timed = await aTimedDoctor();
  for (const script of [true, false]) {
    const { page, context, errors } = await aSignedInVisitor(site, browser, { javaScriptEnabled: script });
    await page.goto(at(site, 'en', `/d/${timed.slug}`));
    await places(page).first().click();
    await confirm(page).click();
    await isAppointment(page);
    const address = page.url();
    await page.goBack();
    await page.waitForURL(address);
    expect(await page.getByRole('alert').count()).toBe(0);

    await page.goto(at(site, 'en', `/d/${serial.slug}`));
    await places(page).first().click();
    await confirm(page).click();
    await isAppointment(page);
    await page.goBack();
    await confirm(page).waitFor();
    await expect
      .poll(() => page.locator('main').innerText())
      .toContain('Booked already with this doctor on this day');
    if (script) await expectGoodPage(page, 'conflict-booked-already', 'en');
    expect(errors).toEqual([]);
    await context.close();
  }
});

test('whoever is offline is told so, and nothing that was typed is gone', async () => {
  const doctor = await aTimedDoctor();
  const { page, context } = await aSignedInVisitor(site, browser);
  await keepFirst(site, page, { language: 'en', doctor });
  await page.locator('summary').click();
  await page.locator('[name=reason]').fill('Cough');
  await context.setOffline(true);
  await confirm(page).click();
  await page.getByRole('alert').waitFor();
  await expect.poll(() => page.getByRole('alert').innerText()).toContain('No connection');
  await expectGoodPage(page, 'conflict-offline', 'en');
  await context.setOffline(false);
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await confirm(page).click();
  await isAppointment(page);
  expect(await booked(doctor)).toMatchObject([{ status: 'confirmed', notes: 'Cough' }]);
  await context.close();
});

test('a reason of more than 200 characters is kept and said to be too long', async () => {
  const doctor = await aTimedDoctor();
  const { page, context } = await aSignedInVisitor(site, browser, { javaScriptEnabled: false });
  await page.goto(at(site, 'en', `/d/${doctor.slug}`));
  await places(page).first().click();
  await page.locator('summary').click();
  await page.locator('[name=reason]').evaluate((field) => field.removeAttribute('maxlength'));
  await page.locator('[name=reason]').fill('b'.repeat(201));
  await confirm(page).click();
  await page.locator('#field-reason-error').waitFor();
  await expect.poll(() => page.locator('[name=reason]').inputValue()).toBe('b'.repeat(201));
  expect(await booked(doctor)).toEqual([]);
  await context.close();
});
