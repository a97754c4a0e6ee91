import { describe, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { patchChamberPolicy } from '../../src/contract/policies.ts';
import { aDoctor, anAdmin, aSignedInPatient, type Doctor, signedIn } from '../harness/builders.ts';
import { aVisitor, desktop, expectGoodPage, phone } from './browser.ts';
import { at, comesTo, confirm, focused, isAppointment, openSite, places } from './site.ts';

const { site, browser } = await openSite();

const evening = { weekday: 1, from: '17:00', to: '20:00' };
const aTimedDoctor = () => aDoctor(site, { fullName: 'Nusrat Jahan', nameBn: 'নুসরাত জাহান', hours: [evening] });

/** An appointment at the first free place, and the patient it is for. */
async function anAppointment(doctor: Doctor) {
  const patient = await aSignedInPatient(site);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const { days } = await site.call(getAvailability, {
    params: { id: doctorId },
    query: { from: '2026-11-02', to: '2026-11-09' },
  });
  const session = days.flatMap(({ sessions }) => sessions).find(({ remaining }) => remaining > 0);
  const [first] = session?.places ?? [];
  if (!session || !first) throw new Error('the doctor has no free place');
  const place = session.mode === 'serial' ? { sessionKey: session.sessionKey } : { startsAt: first.startsAt };
  const appointment = await site.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, ...place } },
    patient,
  );
  return { patient, appointment };
}

const read = (id: number) =>
  site.db
    .selectFrom('appointments')
    .select(['promised_local', 'serial', 'version', 'status', 'reschedules'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

describe.each([
  { who: 'a phone in Bangla', language: 'bn', viewport: phone, script: true },
  { who: 'a desktop in English without script', language: 'en', viewport: desktop, script: false },
] as const)('by the private link alone, on $who', ({ language, viewport, script }) => {
  test.each([
    { mode: 'timed', hours: evening },
    { mode: 'serial', hours: { ...evening, capacity: 20 } },
  ])(
    'a $mode appointment is moved in two taps',
    async ({ mode, hours }) => {
      const doctor = await aDoctor(site, { fullName: 'Nusrat Jahan', nameBn: 'নুসরাত জাহান', hours: [hours] });
      const { appointment } = await anAppointment(doctor);
      const { page, context, errors } = await aVisitor(browser, { viewport, javaScriptEnabled: script });
      await page.goto(at(site, language, `${appointment.liveUrl}/reschedule`));
      await expectGoodPage(page, `moving-${mode}-times-${language}`, language);
      await places(page).last().click();
      await confirm(page).waitFor();
      await expectGoodPage(page, `moving-${mode}-check-${language}`, language);
      await confirm(page).click();
      await page.waitForURL(/moved=yes$/);
      await expectGoodPage(page, `moving-${mode}-done-${language}`, language);
      expect(await page.getByRole('status').innerText()).toMatch(
        language === 'bn' ? /সময় বদলানো হয়েছে/ : /has been moved/,
      );
      expect(await read(appointment.id)).toMatchObject(
        mode === 'serial'
          ? { serial: 1, promised_local: '2026-11-09T17:00:00', version: 2, reschedules: 1 }
          : { promised_local: '2026-11-02T19:45:00', version: 2, reschedules: 1 },
      );
      expect(errors).toEqual([]);
      await context.close();
    },
    90_000,
  );
});

test('going back after a move, or pressing twice, moves nothing again and blames nobody', async () => {
  const { appointment } = await anAppointment(await aTimedDoctor());
  const { page, context, errors } = await aVisitor(browser);
  await page.goto(at(site, 'bn', `${appointment.liveUrl}/reschedule`));
  await places(page).nth(3).click();
  await confirm(page).dblclick();
  await comesTo(page, /moved=yes$/);
  await page.goBack();
  await isAppointment(page);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(await read(appointment.id)).toMatchObject({ version: 2, reschedules: 1 });
  expect(errors).toEqual([]);
  await context.close();
});

test('a time that somebody has just taken is said so, with the next three, and the old one is kept', async () => {
  const doctor = await aTimedDoctor();
  const { appointment } = await anAppointment(doctor);
  for (const script of [true, false]) {
    const { page, context } = await aVisitor(browser, { javaScriptEnabled: script });
    await page.goto(at(site, 'bn', `${appointment.liveUrl}/reschedule`));
    await places(page).first().click();
    await confirm(page).waitFor();
    await anAppointment(doctor);
    await confirm(page).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    await expect.poll(() => focused(page)).toBe('alert');
    await expect.poll(() => page.title()).toMatch(/^ভুল: /);
    await expect.poll(() => alert.locator('a[href*="slot="]').count()).toBe(3);
    if (script) await expectGoodPage(page, 'moving-taken');
    const before = await read(appointment.id);
    await alert.locator('a[href*="slot="]').first().click();
    await confirm(page).click();
    await page.waitForURL(/moved=yes$/);
    expect((await read(appointment.id)).version).toBe(before.version + 1);
    await context.close();
  }
});

test('the chamber’s time limit is said before, and after it the page says whom to call', async () => {
  const admin = { accessToken: await signedIn(site, await anAdmin(site)) };
  const doctor = await aDoctor(site, { hours: [evening], chamber: { phone: '+8801711000999' } });
  await site.call(
    patchChamberPolicy,
    { params: { id: doctor.chamberId }, body: { rescheduleNoticeMinutes: 420, mostReschedules: 1 } },
    admin,
  );
  const { appointment } = await anAppointment(doctor);
  const { page, context, errors } = await aVisitor(browser);
  await page.goto(at(site, 'en', appointment.liveUrl));
  await expect
    .poll(() => page.locator('main').innerText())
    .toMatch(/Moving it here was possible until .*10:00am/);
  expect(await page.locator('a[href$="/reschedule"]').count()).toBe(0);
  await page.goto(at(site, 'en', `${appointment.liveUrl}/reschedule`));
  await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/until .*10:00am.*Call/s);
  await expectGoodPage(page, 'moving-too-late', 'en');
  await site.call(
    patchChamberPolicy,
    { params: { id: doctor.chamberId }, body: { rescheduleNoticeMinutes: 60 } },
    admin,
  );
  // As often as is allowed, and not once more.
  await page.goto(at(site, 'en', `${appointment.liveUrl}/reschedule`));
  await places(page).last().click();
  await confirm(page).click();
  await page.waitForURL(/moved=yes$/);
  await expect.poll(() => page.locator('main').innerText()).toContain('moved as often as is allowed');
  await page.goto(at(site, 'en', `${appointment.liveUrl}/reschedule`));
  await expect.poll(() => page.getByRole('alert').innerText()).toContain('moved as often as is allowed');
  expect(await places(page).count()).toBe(0);
  expect(errors).toEqual([]);
  await context.close();
});

test('of a doctor who sees nobody there any more the page says so, and leads to no other chamber', async () => {
  const doctor = await aTimedDoctor();
  const { appointment } = await anAppointment(doctor);
  await site.db
    .updateTable('doctors')
    .set({ approval: 'pending' })
    .where('user_id', '=', doctor.doctorId)
    .execute();
  const { page, context } = await aVisitor(browser);
  const answer = await page.goto(at(site, 'bn', `${appointment.liveUrl}/reschedule`));
  expect(answer?.status()).toBe(409);
  await expectGoodPage(page, 'moving-nowhere');
  await context.close();
});
