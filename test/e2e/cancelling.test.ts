import { describe, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { patchChamberPolicy } from '../../src/contract/policies.ts';
import { aDoctor, anAdmin, aSignedInPatient, type Doctor, signedIn } from '../harness/builders.ts';
import { aVisitor, desktop, expectGoodPage, phone } from './browser.ts';
import { at, confirm, focused, isAppointment, openSite, places } from './site.ts';

const { site, browser } = await openSite();

const hours = [{ weekday: 1, from: '17:00', to: '20:00' }];

async function anAppointment({ doctorId, chamberId, visitTypeId }: Doctor) {
  const patient = await aSignedInPatient(site);
  const place = { startsAt: '2026-11-02T17:00:00+06:00' };
  return site.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, ...place } }, patient);
}

const read = (id: number) =>
  site.db
    .selectFrom('appointment_history')
    .select(['step', 'reason'])
    .where('appointment_id', '=', id)
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow();

describe.each([
  { who: 'a phone in Bangla', language: 'bn', viewport: phone, script: true },
  { who: 'a desktop in English without script', language: 'en', viewport: desktop, script: false },
] as const)('by the private link alone, on $who', ({ language, viewport, script }) => {
  test('an appointment is cancelled in two taps, its place is free at once, and the page leads on', async () => {
    const doctor = await aDoctor(site, { fullName: 'Nusrat Jahan', nameBn: 'নুসরাত জাহান', hours });
    const admin = { accessToken: await signedIn(site, await anAdmin(site)) };
    const params = { id: doctor.chamberId };
    await site.call(patchChamberPolicy, { params, body: { refundPercent: 90 } }, admin);
    const appointment = await anAppointment(doctor);
    const { page, context, errors } = await aVisitor(browser, { viewport, javaScriptEnabled: script });
    await page.goto(at(site, language, appointment.liveUrl));
    await page.locator('a[href$="/cancel"]').click();
    await page.getByText(language === 'bn' ? 'তার ৯০% চেম্বারে ফেরত পাবেন' : '90% of it is given back').waitFor();
    await confirm(page).waitFor();
    expect(await page.locator('main').innerText()).toMatch(
      language === 'bn' ? /বিকাল ৫:০০ পর্যন্ত এখান থেকে বাতিল করা যাবে/ : /You can cancel here until .*5:00pm/,
    );
    await expectGoodPage(page, `cancelling-${language}`, language);
    await page.locator('[name=reason]').fill('সুস্থ হয়ে গেছি');
    await confirm(page).dblclick();
    await isAppointment(page);
    await page
      .getByRole('heading', {
        level: 1,
        name: language === 'bn' ? 'অ্যাপয়েন্টমেন্ট বাতিল হয়েছে' : 'Appointment cancelled',
      })
      .waitFor();
    await expectGoodPage(page, `cancelled-${language}`, language);
    expect(await read(appointment.id)).toEqual({ step: 'cancelled', reason: 'সুস্থ হয়ে গেছি' });
    // Back to the form of what is done: its result again, not a question.
    await page.goBack();
    expect(await confirm(page).count()).toBe(0);
    // Book again: the same doctor, chamber and kind of visit, with the freed place among the first.
    await page.getByRole('link', { name: language === 'bn' ? /^আবার সিরিয়াল নিন/ : /^Book again/ }).click();
    await expect.poll(() => places(page).first().getAttribute('href')).toContain('17%3A00');
    expect(errors).toEqual([]);
    await context.close();
  });
});

test('a reason that is too long is kept and said to be so', async () => {
  const appointment = await anAppointment(await aDoctor(site, { hours }));
  const { page, context } = await aVisitor(browser, { javaScriptEnabled: false });
  await page.goto(at(site, 'en', `${appointment.liveUrl}/cancel`));
  await page.locator('[name=reason]').evaluate((field) => field.removeAttribute('maxlength'));
  await page.locator('[name=reason]').fill('a'.repeat(201));
  await confirm(page).click();
  await page.locator('#field-reason-error').waitFor();
  await expect.poll(() => focused(page)).toBe('alert');
  await expect.poll(() => page.title()).toMatch(/^Error: /);
  await expect.poll(() => page.locator('[name=reason]').inputValue()).toBe('a'.repeat(201));
  await expectGoodPage(page, 'cancelling-reason-too-long', 'en');
  await context.close();
});

test('after the chamber’s time limit nothing is cancelled, and the page says until when it was possible', async () => {
  const admin = { accessToken: await signedIn(site, await anAdmin(site)) };
  const doctor = await aDoctor(site, { hours, chamber: { phone: '+8801711000999' } });
  const appointment = await anAppointment(doctor);
  const { page, context, errors } = await aVisitor(browser);
  await page.goto(at(site, 'bn', `${appointment.liveUrl}/cancel`));
  await confirm(page).waitFor();
  await site.call(
    patchChamberPolicy,
    { params: { id: doctor.chamberId }, body: { cancelNoticeMinutes: 480 } },
    admin,
  );
  // The form was open when the limit passed.
  await confirm(page).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  await expect.poll(() => alert.innerText()).toMatch(/সকাল ৯:০০ পর্যন্ত/);
  await expect.poll(() => alert.locator('a[href^="tel:"]').count()).toBe(1);
  expect(await confirm(page).count()).toBe(0);
  await expectGoodPage(page, 'cancelling-too-late');
  await page.goto(at(site, 'bn', appointment.liveUrl));
  expect(await page.locator('a[href$="/cancel"]').count()).toBe(0);
  expect(await read(appointment.id)).toMatchObject({ step: 'booked' });
  expect(errors).toEqual([]);
  await context.close();
});
