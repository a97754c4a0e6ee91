import { expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { joinWaitlist } from '../../src/contract/waitlist.ts';
import { aDoctor, aPatient, password, signedIn, type Doctor } from '../harness/builders.ts';
import { aVisitor, desktop, expectGoodPage } from './browser.ts';
import { aSignedInVisitor, at, openSite } from './site.ts';

const { site, browser } = await openSite();

// Monday 2 November 2026, 10:00.
const monday = '2026-11-02';
const visitOf = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({ doctorId, chamberId, visitTypeId });

/** A doctor whose session today is full, with free places next Monday, and the way to give one of today back. */
async function aFullDoctor() {
  const doctor = await aDoctor(site, {
    fullName: 'Salma Akter',
    nameBn: 'সালমা আক্তার',
    hours: [{ from: '17:00', to: '17:30', capacity: 2 }],
  });
  const sessionKey = `${doctor.scheduleIds[0]}.${monday}`;
  const bookings: { id: number; by: { userId: number } }[] = [];
  for (let serial = 1; serial <= 2; serial++) {
    const by = await aPatient(site);
    const body = { ...visitOf(doctor), sessionKey };
    const { id } = await site.call(bookAppointment, { body }, { accessToken: await signedIn(site, by) });
    bookings.push({ id, by });
  }
  const cancelOne = async (): Promise<void> => {
    const booking = bookings.pop();
    if (!booking) throw new Error('nothing is left to cancel');
    const by = { accessToken: await signedIn(site, booking.by) };
    await site.call(cancelAppointment, { params: { id: booking.id }, body: {} }, by);
  };
  return { doctor, sessionKey, cancelOne };
}

test('a patient waits for a full session, is offered its place, lets it go, and leaves', async () => {
  const { doctor, sessionKey, cancelOne } = await aFullDoctor();
  const { page, errors, context } = await aSignedInVisitor(site, browser, { fullName: 'রহিমা খাতুন' });
  await page.goto(at(site, 'bn', `/d/${doctor.slug}`));
  await page.locator('#wait').scrollIntoViewIfNeeded();
  await expectGoodPage(page, '60-doctor-with-waitlist');
  await page.getByRole('link', { name: 'খালি হলে জানান' }).click();
  await page.locator(`input[value="${sessionKey}"]`).check();
  await expectGoodPage(page, '61-join');
  await page.getByRole('button', { name: 'খালি হলে জানান' }).click();
  await page.getByRole('heading', { level: 1, name: 'আপনি অপেক্ষার তালিকায় আছেন' }).waitFor();
  await expectGoodPage(page, '62-waiting');
  const link = page.url();

  // Once more for the same session: a plain word, and nothing lost.
  await page.goto(at(site, 'bn', `/wait/${doctor.slug}`));
  await page.getByRole('button', { name: 'খালি হলে জানান' }).click();
  await page.getByText('আপনি আগেই এই অপেক্ষার তালিকায় আছেন').waitFor();
  await expectGoodPage(page, '63-already-waiting');

  await cancelOne();
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'আপনার জন্য একটি জায়গা খালি হয়েছে' }).waitFor();
  await expectGoodPage(page, '64-offered');
  await page.goto(at(site, 'bn', '/me/appointments'));
  await expectGoodPage(page, '65-offer-on-my-appointments');
  await page.getByRole('button', { name: 'না, লাগবে না' }).click();
  await page.getByText('জায়গাটি ছেড়ে দিয়েছেন').waitFor();
  await expectGoodPage(page, '66-declined');
  expect(errors).toEqual([]);
  await context.close();

  // Whoever has the link answers without signing in.
  const guest = await aVisitor(browser, { viewport: desktop });
  await guest.page.goto(link.replace(site.url, `${site.url}/en`));
  await expectGoodPage(guest.page, '67-waiting-en', 'en');
  await guest.page.getByRole('button', { name: 'Leave the waitlist' }).click();
  await guest.page.locator('h1', { hasText: 'You have left the waitlist' }).waitFor();
  await expectGoodPage(guest.page, '68-left-en', 'en');
  expect(guest.errors).toEqual([]);
  await guest.context.close();
});

test('without scripts, and signing in on the way, an offered place is taken by the private link alone', async () => {
  const { doctor, sessionKey, cancelOne } = await aFullDoctor();
  const { mobile } = await aPatient(site, { fullName: 'Karim Miah' });
  const { page, context } = await aVisitor(browser, { viewport: desktop, javaScriptEnabled: false });
  await page.goto(at(site, 'en', `/d/${doctor.slug}`));
  await page.getByRole('link', { name: 'Tell me when a place frees' }).click();
  await page.locator('[name="login"]').fill(mobile);
  await page.locator('[name="password"]').fill(password);
  await page.locator('main form button[type="submit"]').first().click();
  await page.locator(`input[value="${sessionKey}"]`).check();
  await page.getByRole('button', { name: 'Tell me when a place frees' }).click();
  await page.locator('h1', { hasText: 'You are on the waitlist' }).waitFor();
  const link = page.url();
  await context.close();
  await cancelOne();

  const guest = await aVisitor(browser, { viewport: desktop, javaScriptEnabled: false });
  await guest.page.goto(link);
  await guest.page.getByRole('button', { name: 'Take it' }).click();
  await guest.page.locator('h1', { hasText: 'Your appointment' }).waitFor();
  await guest.page.goto(link);
  await guest.page.getByRole('link', { name: 'Open the appointment' }).click();
  await guest.page.locator('h1', { hasText: 'Your appointment' }).waitFor();
  await guest.context.close();

  const scripted = await aVisitor(browser, { viewport: desktop });
  await scripted.page.goto(link);
  await expectGoodPage(scripted.page, '70-accepted-en', 'en');
  expect(scripted.errors).toEqual([]);
  await scripted.context.close();
});

test('a patient who has a booking waits for an earlier place and moves into it', async () => {
  const { doctor, cancelOne } = await aFullDoctor();
  const { page, errors, context, patient } = await aSignedInVisitor(site, browser);
  const body = { ...visitOf(doctor), sessionKey: `${doctor.scheduleIds[0]}.2026-11-09` };
  const by = { accessToken: await signedIn(site, patient) };
  const booked = await site.call(bookAppointment, { body }, by);
  await page.goto(at(site, 'en', booked.liveUrl));
  await page.getByRole('link', { name: 'Tell me when an earlier place frees' }).click();
  await expectGoodPage(page, '71-earlier', 'en');
  await page.getByRole('button', { name: 'Tell me when an earlier place frees' }).click();
  await page.locator('h1', { hasText: 'You are on the waitlist' }).waitFor();
  await cancelOne();
  await page.reload();
  await expectGoodPage(page, '72-earlier-offered', 'en');
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.locator('h1', { hasText: 'Your appointment' }).waitFor();
  await expect.poll(() => page.locator('main').innerText()).toContain('2 November');
  expect(errors).toEqual([]);
  await context.close();
});

test('the desk sees its line, writes somebody down and answers for who calls back', async () => {
  const { doctor, cancelOne } = await aFullDoctor();
  const { mobile } = await site.db
    .selectFrom('users')
    .select('mobile')
    .where('id', '=', doctor.doctorId)
    .executeTakeFirstOrThrow();
  const first = await aPatient(site, { fullName: 'Rahima Khatun' });
  const caller = await aPatient(site, { fullName: 'Jahanara Begum' });
  const body = { ...visitOf(doctor), from: monday, to: monday };
  await site.call(joinWaitlist, { body }, { accessToken: await signedIn(site, first) });

  const { page, errors, context } = await aVisitor(browser, { viewport: desktop });
  await page.goto(at(site, 'en', '/sign-in'));
  await page.locator('[name="login"]').fill(mobile ?? '');
  await page.locator('[name="password"]').fill(password);
  await page.locator('main form button[type="submit"]').first().click();
  await page.locator('[data-signed-in]').waitFor({ state: 'attached' });
  await page.goto(at(site, 'en', '/staff/waitlist'));
  await page.getByRole('row', { name: /Rahima Khatun/ }).waitFor();
  await page.getByRole('button', { name: 'Write somebody down' }).click();
  await page.locator('[name="mobile"]').fill(caller.mobile);
  await page.locator('[name="patient"]').first().waitFor();
  // By the test's clock: the browser's own day is another.
  for (const name of ['First day', 'Last day'])
    await page.getByLabel(name, { exact: true }).fill('2/11/2026');
  await expectGoodPage(page, '73-desk-write-down', 'en');
  await page.getByRole('button', { name: 'Put on the waitlist' }).click();
  await page.getByRole('row', { name: /Jahanara Begum/ }).waitFor();
  await cancelOne();
  await page.reload();
  await page.getByRole('button', { name: 'Takes it: Rahima Khatun' }).waitFor();
  await expectGoodPage(page, '74-desk-waitlist', 'en');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(at(site, 'bn', '/staff/waitlist'));
  await page.getByRole('button', { name: 'তিনি নেবেন: Rahima Khatun' }).waitFor();
  await expectGoodPage(page, '75-desk-waitlist-phone');
  await page.getByRole('button', { name: 'পরের জনকে দিন: Rahima Khatun' }).click();
  await page.getByRole('button', { name: 'তিনি নেবেন: Jahanara Begum' }).click();
  await page.getByText('Jahanara Begum এর জন্য নেওয়া হয়েছে').waitFor();
  await page.getByRole('button', { name: 'বাদ দিন: Rahima Khatun' }).click();
  await page.getByText('কেউ অপেক্ষায় নেই').waitFor();
  await expectGoodPage(page, '76-desk-empty-phone');
  expect(errors).toEqual([]);
  await context.close();
});
