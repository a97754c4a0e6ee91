import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { bookAppointment, getAppointment, type Appointment } from '../../src/contract/appointments.ts';
import { getMyDesk } from '../../src/contract/attachments.ts';
import { ApiProblem } from '../../src/contract/client.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { listPayments } from '../../src/contract/payments.ts';
import { getChamberPolicy, patchChamberPolicy } from '../../src/contract/policies.ts';
import { getArrangement } from '../../src/contract/schedules.ts';
import { aVisitor, desktop, expectGoodPage } from './browser.ts';
import { callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff, said } from './staff.ts';

const { app, browser } = await openDemo();

const dialog = (page: Page) => page.getByRole('dialog');
const receipts = (page: Page) => page.getByRole('list', { name: /^(Receipts|রসিদ)$/ });

type Desk = { doctorId: number; chamberId: number; visitTypeId: number; chamberName: string; fee: string };

type Place = { startsAt: string; sessionKey: string | null };

/** One of the assistant's desks, with a place for a new visit on each of several days. */
async function aDesk(): Promise<Desk & { places: Place[] }> {
  const { chambers } = await app.call(getMyDesk, { query: {} }, await callAs(app, 'assistant'));
  for (const chamber of chambers)
    for (const { id, visitTypes } of chamber.doctors) {
      const type = visitTypes.find(({ kind }) => kind === 'new');
      if (!type) continue;
      const asked = { doctorId: id, chamberId: chamber.id, visitTypeId: type.id };
      const places = await freePlaces(asked);
      if (places.length < 3) continue;
      const fee = type.fee.amount.replace(/\.00$/, '');
      return { ...asked, chamberName: chamber.fullName, fee, places };
    }
  throw new Error('no desk of the demonstration has free places');
}

async function freePlaces(asked: Omit<Desk, 'chamberName' | 'fee'>): Promise<Place[]> {
  const tomorrow = Temporal.Now.plainDateISO('Asia/Dhaka').add({ days: 1 });
  const { days } = await app.call(getAvailability, {
    params: { id: asked.doctorId },
    query: {
      from: tomorrow.toString(),
      to: tomorrow.add({ days: 21 }).toString(),
      chamberId: asked.chamberId,
      visitTypeId: asked.visitTypeId,
    },
  });
  return days.flatMap(({ sessions }) => {
    const session = sessions.find(({ places }) => places.length > 0);
    const place = session?.places[0];
    if (!session || !place) return [];
    return [{ startsAt: place.startsAt, sessionKey: session.mode === 'serial' ? session.sessionKey : null }];
  });
}

/** Booked online, by the patient of the demonstration, at the first time when they are not elsewhere. */
async function book({
  doctorId,
  chamberId,
  visitTypeId,
  places,
}: Awaited<ReturnType<typeof aDesk>>): Promise<Appointment> {
  const patient = await callAs(app, 'patient');
  for (const { startsAt, sessionKey } of places) {
    const place = sessionKey === null ? { startsAt } : { sessionKey };
    try {
      return await app.call(
        bookAppointment,
        { body: { doctorId, chamberId, visitTypeId, ...place } },
        patient,
      );
    } catch (error) {
      if (!(error instanceof ApiProblem && error.body.code === 'patient_busy')) throw error;
    }
  }
  throw new Error('the patient is busy at every time');
}

test('the rules of a chamber are set; a deposit makes the booking stand and goes back when it is cancelled, on a phone', async () => {
  const desk = await aDesk();
  const admin = await aStaffVisitor(browser, app, 'admin', { path: '/chambers' });
  await admin.page.getByLabel('চেম্বারের নাম').fill(desk.chamberName);
  await admin.page.getByRole('button', { name: 'খুঁজুন' }).click();
  // By its name: until the answer comes the list is still the one before.
  await admin.page
    .getByRole('row')
    .filter({ has: admin.page.getByText(desk.chamberName, { exact: true }) })
    .getByRole('button', { name: /: নিয়ম$/ })
    .first()
    .click();
  await dialog(admin.page).getByLabel('কত অংশ আগে দিতে হয়').waitFor();
  await expectGoodPage(admin.page, 'rules-bn-phone');
  await dialog(admin.page).getByLabel('কত অংশ আগে দিতে হয়').fill('১২০');
  await dialog(admin.page).getByLabel('শুধু ডেস্ক থেকে').fill('অনেক');
  await dialog(admin.page).getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await dialog(admin.page).getByRole('alert').getByText('০ থেকে ১০০-র মধ্যে').waitFor();
  await dialog(admin.page).getByRole('alert').getByText('অথবা খালি রাখুন').waitFor();
  await expectGoodPage(admin.page, 'rules-errors-bn-phone');
  await dialog(admin.page).getByLabel('কত অংশ আগে দিতে হয়').fill('৫০');
  await dialog(admin.page).getByLabel('শুধু ডেস্ক থেকে').fill('');
  await dialog(admin.page).getByLabel('সময়মতো বাতিল করলে').fill('৯০');
  await dialog(admin.page).getByLabel('৬ ঘণ্টা').check();
  await dialog(admin.page).getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await said(admin.page, 'নিয়ম সংরক্ষণ হয়েছে');
  expect(await app.call(getChamberPolicy, { params: { id: desk.chamberId } })).toMatchObject({
    depositPercent: 50,
    noShowLimit: null,
    refundPercent: 90,
    reminderMinutes: [1440, 360, 120],
  });
  expect(admin.errors).toEqual([]);
  await admin.context.close();

  const booked = await book(desk);
  expect(booked.status).toBe('held');
  const patient = await aVisitor(browser);
  await patient.page.goto(app.url + booked.liveUrl);
  await patient.page.getByRole('heading', { level: 1, name: 'নিশ্চিত করতে অগ্রিম টাকা দিন' }).waitFor();
  await expectGoodPage(patient.page, 'fee-held-patient-bn-phone');

  const { page, errors, context } = await aStaffVisitor(browser, app, 'assistant', {
    path: `/appointments/${booked.id}`,
  });
  await page.getByText('দেওয়া হলে সিরিয়াল নিশ্চিত হবে').waitFor();
  await expectGoodPage(page, 'fee-held-bn-phone');
  await page.getByRole('button', { name: 'ফি নিন' }).click();
  await dialog(page).getByText('দিলেই সিরিয়াল নিশ্চিত হবে').waitFor();
  const deposit = Number(booked.deposit?.amount);
  await dialog(page).getByLabel('কত টাকা').fill(String(deposit));
  await dialog(page).getByLabel('কীভাবে').selectOption({ label: 'বিকাশ' });
  await dialog(page).getByLabel('লেনদেন নম্বর').fill('9FH4KQ2X1Z');
  await expectGoodPage(page, 'fee-take-bn-phone');
  await dialog(page).getByRole('button', { name: 'টাকা পেয়েছি' }).click();
  await page.getByText('সিরিয়াল এখন নিশ্চিত।').waitFor();
  await dialog(page).waitFor({ state: 'detached' });
  // Where the button was is what was done, with the focus.
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('সিরিয়াল এখন নিশ্চিত।'));
  await expect.poll(() => receipts(page).innerText()).toContain('বিকাশ, 9FH4KQ2X1Z');
  await expectGoodPage(page, 'fee-taken-bn-phone');
  await patient.page.reload();
  await patient.page.getByRole('heading', { level: 1, name: 'আপনার অ্যাপয়েন্টমেন্ট' }).waitFor();
  expect(patient.errors).toEqual([]);
  await patient.context.close();

  await page.getByRole('button', { name: 'অ্যাপয়েন্টমেন্ট বাতিল করুন' }).click();
  await dialog(page).getByRole('button', { name: 'অ্যাপয়েন্টমেন্ট বাতিল করুন' }).click();
  // The chamber called it off, so all of it goes back.
  await page.getByText('চেম্বারের নিয়মে রোগী').waitFor();
  await dialog(page).waitFor({ state: 'detached' });
  await expect.poll(() => page.getByText('সিরিয়াল এখন নিশ্চিত।').count()).toBe(0);
  await expectGoodPage(page, 'fee-owed-bn-phone');
  await page.getByRole('button', { name: 'টাকা ফেরত দিন' }).click();
  await expect.poll(() => dialog(page).getByLabel('কীভাবে').inputValue()).toBe('bkash');
  await dialog(page).getByRole('button', { name: 'টাকা ফেরত দিয়েছি' }).click();
  await dialog(page).getByRole('alert').getByText('কেন টাকা ফেরত যাচ্ছে').waitFor();
  await expectGoodPage(page, 'fee-back-errors-bn-phone');
  await dialog(page).getByLabel('কেন', { exact: true }).fill('ডাক্তার ছুটিতে');
  await dialog(page).getByRole('button', { name: 'টাকা ফেরত দিয়েছি' }).click();
  await receipts(page).getByText('ডাক্তার ছুটিতে').waitFor();
  await dialog(page).waitFor({ state: 'detached' });
  await expect.poll(() => receipts(page).getByRole('listitem').count()).toBe(2);
  expect(await page.getByRole('button', { name: 'টাকা ফেরত দিন' }).count()).toBe(0);
  await expectGoodPage(page, 'fee-given-back-bn-phone');
  const { paid, refunded } = await app.call(
    listPayments,
    { params: { id: booked.id } },
    await callAs(app, 'assistant'),
  );
  expect([Number(paid.amount), Number(refunded.amount)]).toEqual([deposit, deposit]);

  // One that still waits for its deposit is given back at the desk.
  const unpaid = await book(desk);
  expect(unpaid.status).toBe('held');
  await openStaff(page, app, `/appointments/${unpaid.id}`);
  await page.getByRole('button', { name: 'অ্যাপয়েন্টমেন্ট বাতিল করুন' }).click();
  await dialog(page).getByText('রোগীকে নিজে জানান').waitFor();
  await dialog(page).getByRole('button', { name: 'অ্যাপয়েন্টমেন্ট বাতিল করুন' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  const { status } = await app.call(
    getAppointment,
    { params: { id: unpaid.id } },
    await callAs(app, 'assistant'),
  );
  expect(status).toBe('cancelled');
  expect(errors).toEqual([]);
  await context.close();
});

test('the fee is taken in parts, once however the line breaks, and its receipt is printed alone, in English', async () => {
  const desk = await aDesk();
  const admin = await callAs(app, 'admin');
  const params = { id: desk.chamberId };
  await app.call(patchChamberPolicy, { params, body: { depositPercent: 0, refundPercent: 0 } }, admin);
  const booked = await book(desk);
  const { page, errors, context } = await aStaffVisitor(browser, app, 'assistant', {
    language: 'en',
    locale: 'en-GB',
    viewport: desktop,
    path: `/appointments/${booked.id}`,
  });
  await page.getByText('Nothing has been paid yet.').waitFor();
  await expectGoodPage(page, 'fee-due-en-desktop', 'en');
  await page.getByRole('button', { name: 'Take the fee' }).click();
  await expect.poll(() => dialog(page).getByLabel('Amount').inputValue()).toBe(desk.fee);
  await dialog(page).getByLabel('Amount').fill('much');
  await dialog(page).getByRole('button', { name: 'Record as taken' }).click();
  await dialog(page).getByRole('alert').getByText('Write an amount above 0').waitFor();
  await dialog(page)
    .getByLabel('Amount')
    .fill(String(Number(desk.fee) + 1));
  await dialog(page).getByRole('button', { name: 'Record as taken' }).click();
  await dialog(page).getByRole('alert').getByText('cannot be taken').waitFor();
  await dialog(page).getByLabel('Amount').fill('100');
  await dialog(page).getByLabel('Note').fill('the rest after the visit');
  await expectGoodPage(page, 'fee-take-en-desktop', 'en');
  // The money is recorded, but the answer does not come back.
  await page.route(
    '**/payment',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await dialog(page).getByRole('button', { name: 'Record as taken' }).click();
  await dialog(page)
    .getByRole('alert')
    .getByText('Nothing was saved')
    .or(dialog(page).getByRole('alert').getByText('not known'))
    .waitFor();
  await dialog(page).getByRole('button', { name: 'Record as taken' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByText('৳100 is taken.').waitFor();
  await expect.poll(() => receipts(page).getByRole('listitem').count()).toBe(1);
  await page.getByRole('button', { name: 'Take the fee' }).click();
  await expect
    .poll(() => dialog(page).getByLabel('Amount').inputValue())
    .toBe(String(Number(desk.fee) - 100));
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('button', { name: 'Record as taken' }).click();
  await page.getByText('Paid in full').waitFor();
  await dialog(page).waitFor({ state: 'detached' });
  await expectGoodPage(page, 'fee-paid-en-desktop', 'en');

  // A printer that shows what it was given.
  await page.evaluate(() => {
    window.print = () => {};
  });
  await page.getByRole('button', { name: 'Print the receipt' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect.poll(() => page.locator('[data-print-only]:visible').count()).toBe(1);
  await expect.poll(() => page.locator('[data-print-alone]').innerText()).toMatch(/Receipt\s+\d{4}-\d{6}/);
  await expectPrinted(page, 'fee-receipt-print-en');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.locator('[data-print-alone]').waitFor({ state: 'detached' });
  // The slip is printed as before.
  await expect.poll(() => page.locator('[data-print-only]:visible').count()).toBe(1);
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('button', { name: 'Give money back' }).click();
  await dialog(page).getByText('nothing goes back as things stand').waitFor();
  await expect.poll(() => dialog(page).getByLabel('Amount').inputValue()).toBe('');
  await dialog(page).getByLabel('Amount').fill('50');
  await dialog(page).getByLabel('Why').fill('fee for students');
  await expectGoodPage(page, 'fee-back-en-desktop', 'en');
  await dialog(page).getByRole('button', { name: 'Record as given back' }).click();
  await page.getByText('৳50 is given back.').waitFor();
  expect(errors.filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
  await context.close();
});

test('a doctor lets bookings wait for approval and says whom a follow-up is for', async () => {
  const { page, errors, context, id } = await aStaffVisitor(browser, app, 'doctor', {
    path: '/doctors/me/fees',
  });
  const arrangement = async () => app.call(getArrangement, { params: { id } }, await callAs(app, 'doctor'));
  await page.getByLabel('অনুমোদনের অপেক্ষায় থাকবে').check();
  await page.getByRole('region', { name: 'অনুমোদন' }).getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await said(page, 'এখন থেকে অনুমোদনের অপেক্ষায়');
  expect((await arrangement()).needsApproval).toBe(true);

  const followUp = page.getByRole('button', { name: /ফলো-আপ: বদলান$/ });
  if ((await followUp.count()) === 0) {
    await page
      .getByRole('button', { name: /ফি যোগ করুন$/ })
      .first()
      .click();
    await dialog(page).getByLabel('কত সময়').fill('10');
    await dialog(page).getByLabel('ফি', { exact: true }).fill('400');
  } else await followUp.first().click();
  await dialog(page).getByLabel('আগে কত দিনের মধ্যে দেখেছেন').fill('সাত');
  await dialog(page).getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await dialog(page).getByRole('alert').getByText('১ থেকে ১০০০ দিনের মধ্যে').waitFor();
  await dialog(page).getByLabel('আগে কত দিনের মধ্যে দেখেছেন').fill('৭');
  await expectGoodPage(page, 'fee-window-bn-phone');
  await dialog(page).getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await page.getByText('আগের ভিজিটের ৭ দিনের মধ্যে').waitFor();
  await dialog(page).waitFor({ state: 'detached' });
  await expectGoodPage(page, 'fees-approval-bn-phone');
  const types = (await arrangement()).chambers.flatMap(({ visitTypes }) => visitTypes);
  expect(types.some(({ kind, windowDays }) => kind === 'follow_up' && windowDays === 7)).toBe(true);
  expect(errors).toEqual([]);
  await context.close();
});

async function expectPrinted(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
