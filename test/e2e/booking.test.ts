import { describe, expect, test } from 'vitest';
import { patchArrangement } from '../../src/contract/schedules.ts';
import { patchChamberPolicy } from '../../src/contract/policies.ts';
import { setStatus } from '../harness/appointments.ts';
import { aDoctor, aVisitType, anAdmin, type Doctor, signedIn } from '../harness/builders.ts';
import { aVisitor, desktop, expectGoodPage, phone } from './browser.ts';
import {
  aSignedInVisitor,
  at,
  confirm,
  isAppointment,
  type Language,
  openSite,
  places,
  scriptBytes,
  tap,
} from './site.ts';

const { site, browser } = await openSite();

const evening = { weekday: 1, from: '17:00', to: '20:00' };
const aTimedDoctor = () => aDoctor(site, { fullName: 'Nusrat Jahan', nameBn: 'নুসরাত জাহান', hours: [evening] });
const aSerialDoctor = () =>
  aDoctor(site, { fullName: 'Kamal Hossain', nameBn: 'কামাল হোসেন', hours: [{ ...evening, capacity: 20 }] });

const bookedWith = ({ doctorId }: Doctor) =>
  site.db
    .selectFrom('appointments')
    .select(['id', 'status', 'serial', 'patient_id', 'notes'])
    .where('doctor_id', '=', doctorId)
    .where('patient_id', 'is not', null)
    .orderBy('id')
    .execute();

describe.each([
  { who: 'a phone in Bangla', language: 'bn', viewport: phone, script: true },
  { who: 'a phone in Bangla without script', language: 'bn', viewport: phone, script: false },
  { who: 'a desktop in English', language: 'en', viewport: desktop, script: true },
  { who: 'a desktop in English without script', language: 'en', viewport: desktop, script: false },
] as const)('a patient who comes back, on $who', ({ language, viewport, script }) => {
  const name = (page: string) => `booking-${page}-${language}${script ? '' : '-no-script'}`;

  test.each([
    { mode: 'timed', doctorOf: aTimedDoctor },
    { mode: 'serial', doctorOf: aSerialDoctor },
  ])(
    'books a $mode place in two taps and types nothing',
    async ({ mode, doctorOf }) => {
      const doctor = await doctorOf();
      const visitor = await aSignedInVisitor(site, browser, { viewport, javaScriptEnabled: script });
      const { page, errors } = visitor;
      await page.goto(at(site, language, `/d/${doctor.slug}`));
      await expectGoodPage(page, name(`${mode}-doctor`), language);
      await tap(visitor, places(page).first());
      await confirm(page).waitFor();
      if (script) await page.locator('[data-held]').waitFor();
      await expectGoodPage(page, name(`${mode}-details`), language);
      // Without script nothing is kept before it is confirmed, and the page says so.
      const kept = await site.db
        .selectFrom('appointments')
        .select('status')
        .where('doctor_id', '=', doctor.doctorId)
        .execute();
      expect(kept.map(({ status }) => status)).toEqual(script ? ['held'] : []);
      expect(await page.locator('[data-shows]').innerText()).toMatch(
        language === 'en'
          ? script
            ? /kept for you\s+until 10:10am/i
            : /not kept while you fill this in/
          : script
            ? /আপনার জন্য রাখা আছে/
            : /রাখা থাকছে না/,
      );
      await tap(visitor, confirm(page));
      await isAppointment(page);
      await expectGoodPage(page, name(`${mode}-appointment`), language);
      expect(visitor.taps.count).toBe(2);
      expect(await bookedWith(doctor)).toMatchObject([
        {
          status: 'confirmed',
          patient_id: visitor.patient.patientId,
          serial: mode === 'serial' ? 1 : null,
        },
      ]);
      if (script) expect(await scriptBytes(page)).toBeLessThanOrEqual(30 * 1024);
      expect(errors).toEqual([]);
      await visitor.context.close();
    },
    90_000,
  );
});

test('somebody new of the family is added on the spot, once, and is whom the visit is for', async () => {
  const doctor = await aTimedDoctor();
  for (const script of [true, false]) {
    const visitor = await aSignedInVisitor(site, browser, { javaScriptEnabled: script });
    const { page } = visitor;
    await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
    await places(page).first().click();
    expect(await page.locator('[name=newName]').isVisible()).toBe(false);
    await page.locator('[name=patientId][value=new]').check();
    await expect.poll(() => page.locator('[name=newName]').isVisible()).toBe(true);
    await confirm(page).click();
    // The name is missing: said above the form and at the field, and the choice stands.
    await page.locator('#field-newName-error').waitFor();
    await expectGoodPage(page, `booking-name-missing${script ? '' : '-no-script'}`);
    await expect.poll(() => page.title()).toMatch(/^ভুল: /);
    await expect.poll(() => page.locator('[name=patientId][value=new]').isChecked()).toBe(true);
    await page.locator('[name=newName]').fill('আয়েশা সিদ্দিকা');
    await page.locator('[name=relation]').selectOption('child');
    await page.locator('summary').click();
    await page.locator('[name=reason]').fill('তিন দিন ধরে জ্বর');
    await confirm(page).click();
    await isAppointment(page);
    await expect.poll(() => page.locator('.slip').innerText()).toContain('আয়েশা সিদ্দিকা');
    // What ails somebody stands on no page that a link opens.
    expect(await page.locator('main').innerText()).not.toContain('জ্বর');
    const family = await site.db
      .selectFrom('patients')
      .select(['full_name', 'relation'])
      .where('user_id', '=', visitor.patient.userId)
      .where('relation', '!=', 'self')
      .execute();
    expect(family).toEqual([{ full_name: 'আয়েশা সিদ্দিকা', relation: 'child' }]);
    await visitor.context.close();
  }
  expect((await bookedWith(doctor)).map(({ notes }) => notes)).toEqual([
    'তিন দিন ধরে জ্বর',
    'তিন দিন ধরে জ্বর',
  ]);
});

test('a kind of visit is changed without losing a word; a follow-up too late says what to choose', async () => {
  for (const script of [true, false]) {
    const doctor = await aTimedDoctor();
    await aVisitType(site, {
      doctorId: doctor.doctorId,
      chamberId: doctor.chamberId,
      kind: 'follow_up',
      minutes: 15,
      fee: '400',
      windowDays: 30,
    });
    const { page, context, errors } = await aSignedInVisitor(site, browser, {
      javaScriptEnabled: script,
      viewport: desktop,
    });
    await page.goto(at(site, 'en', `/d/${doctor.slug}?visit=follow_up`));
    await expect.poll(() => page.locator('main').innerText()).toContain('seen within 30 days before');
    await expectGoodPage(page, `booking-follow-up${script ? '' : '-no-script'}`, 'en');
    await page.goto(at(site, 'en', `/d/${doctor.slug}`));
    await places(page).first().click();
    if (script) await page.locator('[data-held]').waitFor();
    await page.locator('[name=patientId][value=new]').check();
    await page.locator('[name=newName]').fill('Ayesha Siddika');
    await page.locator('summary').click();
    await page.locator('[name=reason]').fill('Cough');
    await page.getByRole('button', { name: /^Follow-up/ }).click();
    await page.locator('button[aria-pressed=true]', { hasText: 'Follow-up' }).waitFor();
    if (script) await page.locator('[data-held]').waitFor();
    await expectGoodPage(page, `booking-kinds${script ? '' : '-no-script'}`, 'en');
    await expect.poll(() => page.locator('[name=newName]').inputValue()).toBe('Ayesha Siddika');
    await expect.poll(() => page.locator('[name=reason]').inputValue()).toBe('Cough');
    await expect.poll(() => page.locator('main').innerText()).toContain('৳400');
    await confirm(page).click();
    await page.getByRole('alert').waitFor();
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('Choose New patient instead');
    await page.getByRole('button', { name: /^New patient/ }).click();
    await page.locator('button[aria-pressed=true]', { hasText: 'New patient' }).waitFor();
    await expect.poll(() => page.locator('[name=reason]').inputValue()).toBe('Cough');
    // The Enter key books; it does not press the first of the kinds.
    await page.locator('[name=patientId]').first().check();
    await page.locator('[name=patientId]:checked').press('Enter');
    await isAppointment(page);
    expect(errors).toEqual([]);
    await context.close();
  }
});

test('a request waits for the doctor, a deposit for its payment, and both say so wherever they stand', async () => {
  const admin = { accessToken: await signedIn(site, await anAdmin(site)) };
  const asking = await aTimedDoctor();
  await site.call(
    patchArrangement,
    { params: { id: asking.doctorId }, body: { needsApproval: true } },
    admin,
  );
  const paying = await aTimedDoctor();
  await site.call(
    patchChamberPolicy,
    { params: { id: paying.chamberId }, body: { depositPercent: 50, depositMinutes: 60 } },
    admin,
  );
  const { page, context, errors } = await aSignedInVisitor(site, browser, { fullName: 'Rahima Khatun' });
  await page.goto(at(site, 'bn', `/d/${asking.slug}`));
  await expectGoodPage(page, 'booking-request-doctor');
  await places(page).first().click();
  await confirm(page).waitFor();
  await expectGoodPage(page, 'booking-request-details');
  await confirm(page).click();
  await isAppointment(page);
  await page.getByRole('heading', { level: 1, name: 'আপনার অনুরোধ পাঠানো হয়েছে' }).waitFor();
  await expectGoodPage(page, 'booking-request');
  const calendar = await context.request.get(`${page.url()}/calendar.ics`);
  expect(await calendar.text()).toContain('STATUS:TENTATIVE');

  await page.goto(at(site, 'bn', `/d/${paying.slug}`));
  await places(page).nth(2).click();
  await confirm(page).click();
  await isAppointment(page);
  await page.getByRole('heading', { level: 1, name: 'নিশ্চিত করতে অগ্রিম টাকা দিন' }).waitFor();
  await expect.poll(() => page.locator('main').innerText()).toMatch(/সকাল ১১:০০ পর্যন্ত.*৳৪০০/s);
  await expectGoodPage(page, 'booking-deposit');

  await page.goto(at(site, 'bn', '/me/appointments'));
  const waiting = page.locator('section[aria-labelledby=requests] li');
  await expect.poll(() => waiting.count()).toBe(2);
  await expectGoodPage(page, 'booking-my-appointments');
  expect(errors).toEqual([]);
  await context.close();
});

test('the page of an appointment is right in every state it can be in, on three phones, in both languages', async () => {
  const { page, context, errors } = await aSignedInVisitor(site, browser);
  const doctor = await aSerialDoctor();
  for (const status of [
    'confirmed',
    'arrived',
    'in_consultation',
    'completed',
    'no_show',
    'cancelled',
  ] as const) {
    await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
    await places(page).first().click();
    await confirm(page).click();
    await isAppointment(page);
    const address = page.url();
    const id = (await bookedWith(doctor)).at(-1)?.id ?? 0;
    if (status === 'in_consultation') await setStatus(site, id, 'arrived');
    if (status !== 'confirmed') await setStatus(site, id, status);
    await page.goto(address);
    await expectGoodPage(page, `state-${status}-bn`);
    await page.goto(address.replace('/a/', '/en/a/'));
    await expectGoodPage(page, `state-${status}-en`, 'en');
    const live = status !== 'completed' && status !== 'no_show' && status !== 'cancelled';
    expect(await page.locator('.slip svg').count(), status).toBe(live ? 1 : 0);
    expect(await page.getByRole('link', { name: /calendar/i }).count(), status).toBe(live ? 1 : 0);
    expect(await page.getByRole('link', { name: /^Book again/ }).count(), status).toBe(live ? 0 : 1);
    for (const width of [320, 360, 412]) {
      await page.setViewportSize({ width, height: 640 });
      const { scroll, inner } = await page
        .locator('html')
        .evaluate((html) => ({ scroll: html.scrollWidth, inner: window.innerWidth }));
      expect(scroll, `${status} at ${width}`).toBeLessThanOrEqual(inner);
    }
  }
  expect(errors).toEqual([]);
  await context.close();
});

test('every page of the way holds at 320, 360 and 412 pixels', async () => {
  const doctor = await aTimedDoctor();
  await aVisitType(site, {
    doctorId: doctor.doctorId,
    chamberId: doctor.chamberId,
    kind: 'report',
    minutes: 15,
    fee: '100000',
    windowDays: 15,
  });
  for (const language of ['bn', 'en'] satisfies Language[]) {
    const { page, context } = await aSignedInVisitor(site, browser, {
      fullName: 'Mohammad Anisuzzaman Chowdhury Bhuiyan',
    });
    const fits = async () => {
      for (const width of [320, 360, 412]) {
        await page.setViewportSize({ width, height: 640 });
        const { scroll, inner } = await page
          .locator('html')
          .evaluate((html) => ({ scroll: html.scrollWidth, inner: window.innerWidth }));
        expect(scroll, `${page.url()} at ${width}`).toBeLessThanOrEqual(inner);
      }
    };
    await page.goto(at(site, language, `/d/${doctor.slug}`));
    await fits();
    await places(page).first().click();
    await page.locator('[data-held]').waitFor();
    await page.locator('[name=patientId][value=new]').check();
    await fits();
    await confirm(page).click();
    await page.getByRole('alert').waitFor();
    await fits();
    await page.locator('[name=patientId]').first().check();
    await confirm(page).click();
    await isAppointment(page);
    await fits();
    const address = page.url();
    for (const next of ['/reschedule', '/cancel']) {
      await page.goto(address + next);
      await fits();
    }
    await page.goto(at(site, language, '/me/appointments'));
    await fits();
    await context.close();
  }
});

test('a new patient on slow 4G with a slow phone books at the first try', async () => {
  const doctor = await aTimedDoctor();
  const { page, context, errors } = await aVisitor(browser);
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 200_000,
    uploadThroughput: 93_750,
  });
  await line.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
  await places(page).first().click();
  await page.getByRole('link', { name: 'অ্যাকাউন্ট খুলুন' }).first().click();
  await page.getByLabel('পুরো নাম').pressSequentially('রহিমা খাতুন', { delay: 100 });
  await page.getByLabel('মোবাইল নম্বর', { exact: true }).pressSequentially('০১৭১১ ২২৩৩৪৪', { delay: 100 });
  await page.getByLabel('পাসওয়ার্ড').pressSequentially('Kodom@phul7', { delay: 100 });
  await page.getByRole('button', { name: 'অ্যাকাউন্ট খুলুন' }).click();
  await page.getByText('আপনার জন্য রাখা আছে').first().waitFor();
  await confirm(page).click();
  await isAppointment(page);
  expect(await bookedWith(doctor)).toHaveLength(1);
  expect(errors).toEqual([]);
  await context.close();
});
