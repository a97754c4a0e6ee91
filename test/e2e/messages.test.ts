import { expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getNotificationSettings } from '../../src/contract/notifications.ts';
import { signedIn } from '../harness/builders.ts';
import { wrongCode } from '../users/codes.ts';
import { allSent, aVisit, inDays, ledgerOf } from '../notifications/visits.ts';
import { aVisitor, desktop, expectGoodPage } from './browser.ts';
import { aSignedInVisitor, at, loginOf, openSite, signInto } from './site.ts';
import { standing } from './staff.ts';

const { site, browser } = await openSite({ MAILBOX: 'on', QUIET_HOURS: 'none' });
// What is due is so by the database's clock.
const { rows } = await site.deps.pool.query<{ now: Temporal.Instant }>('select now() as now');
site.clock.set((rows[0]?.now ?? site.clock.now()).toString());

/** A message in the app, as the worker leaves it there. */
async function tell(userId: number, about: { appointmentId: number; title: string; path: string | null }) {
  const { rows: added } = await site.deps.pool.query<{ id: number }>(
    `insert into messages (appointment_id, version, kind, channel, recipient, user_id, language, state, due_at, try_at,
       stale_at, finished_at)
     values ($1, 1, 'booked', 'in_app', $2, $3, 'bn', 'sent', now(), now(), now(), now())
     on conflict do nothing returning id`,
    [about.appointmentId, `${userId} ${about.title}`, userId],
  );
  await site.deps.pool.query(
    `insert into notifications (message_id, user_id, kind, title, text, path) values ($1, $2, 'booked', $3, $3, $4)`,
    [added[0]?.id, userId, about.title, about.path],
  );
}

test('a message comes while a doctor looks at something else, counts, and is read', async () => {
  const { doctor, appointment } = await aVisit(site, { language: 'bn' });
  const { page, context, errors } = await aVisitor(browser);
  await signInto(site, context, await loginOf(site, doctor.doctorId));
  await page.clock.install();
  await page.goto(at(site, 'bn', '/staff/messages'));
  await page.getByText('এখনও কোনো বার্তা নেই').waitFor();
  await expectGoodPage(page, '90-messages-none');
  await page.goto(at(site, 'bn', '/staff'));
  await standing(page);
  const bell = page.getByRole('banner').getByRole('link', { name: /^বার্তা/ });
  expect(await bell.locator('[data-unread]').count()).toBe(0);

  const about = { appointmentId: appointment.id, path: `/staff/appointments/${appointment.id}` };
  for (const title of ['প্রথম', 'দ্বিতীয়', 'তৃতীয়']) await tell(doctor.doctorId, { ...about, title });
  await page.clock.fastForward('00:31');
  await bell.locator('[data-unread]').getByText('৩').waitFor();
  await bell.click();
  await page.getByText('৩টি না-পড়া বার্তা').waitFor();
  for (const width of [320, 412, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `91-messages-${width}`);
  }
  await page.getByRole('button', { name: 'পড়া হয়েছে: তৃতীয়' }).click();
  await page.getByText('২টি না-পড়া বার্তা').waitFor();
  // Opening one reads it too.
  await page.getByRole('link', { name: 'দ্বিতীয়' }).click();
  await page.waitForURL(/\/staff\/appointments\/\d+$/);
  await bell.locator('[data-unread]').getByText('১').waitFor();
  await bell.click();
  await page.getByRole('button', { name: 'সব পড়া হয়েছে ধরুন' }).click();
  await page.getByText('সব পড়া হয়েছে।').waitFor();
  await bell.locator('[data-unread]').waitFor({ state: 'detached' });
  await expectGoodPage(page, '92-messages-read');

  // What was read stays on the screen when it cannot be read anew, and that is said.
  await page.route('**/api/v1/notifications?*', (route) => route.abort());
  await page.clock.fastForward('00:31');
  await page.clock.runFor(5_000);
  await page.getByRole('alert').getByRole('button', { name: 'আবার চেষ্টা করুন' }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'দ্বিতীয়' }).count()).toBe(1);
  expect(errors.filter((error) => !error.includes('ERR_FAILED'))).toEqual([]);
  await context.close();
});

test('a message is counted as it comes, without asking for it', async () => {
  const { doctor, appointment } = await aVisit(site, { language: 'bn' });
  const { page, context, errors } = await aVisitor(browser);
  await signInto(site, context, await loginOf(site, doctor.doctorId));
  const listening = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
  await page.clock.install();
  await page.goto(at(site, 'bn', '/staff'));
  await standing(page);
  await listening;
  // From here on nothing is asked by the clock. It cannot be set back: the moment is one that the page has not come to yet,
  // however late it hears of it.
  await page.clock.pauseAt(Date.now() + 15_000);
  await tell(doctor.doctorId, { appointmentId: appointment.id, title: 'চতুর্থ', path: null });
  await site.app.live.tell(`user:${doctor.doctorId}`);
  const unread = page.getByRole('banner').locator('[data-unread]').getByText('১');
  await expect
    .poll(async () => {
      // What is to happen at once; the next question is due in some ten seconds.
      await page.clock.runFor(10);
      return unread.count();
    })
    .toBe(1);
  expect(errors).toEqual([]);
  await context.close();
});

test('a doctor chooses what to be told, and when not', async () => {
  const { doctor } = await aVisit(site);
  const { page, context, errors } = await aVisitor(browser, { viewport: desktop });
  await signInto(site, context, await loginOf(site, doctor.doctorId));
  await page.goto(at(site, 'en', '/staff/messages/settings'));
  await page.getByRole('checkbox', { name: 'Reminder: SMS' }).uncheck();
  await page.getByRole('checkbox', { name: 'Hold back what can wait' }).check();
  await page.getByLabel('From', { exact: true }).selectOption('21:00');
  await page.getByLabel('Until', { exact: true }).selectOption('21:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('The end must differ from the start').waitFor();
  await expectGoodPage(page, '93-choices-wrong-en', 'en');
  await page.getByLabel('Until', { exact: true }).selectOption('06:30');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. It holds from the next message on.').waitFor();
  const by = { accessToken: await signedIn(site, { userId: doctor.doctorId }) };
  const settings = await site.call(getNotificationSettings, {}, by);
  expect(settings.quietHours).toEqual({ from: '21:00', until: '06:30' });
  expect(settings.choices.filter(({ wanted }) => !wanted)).toEqual([
    { kind: 'requested', channel: 'sms', wanted: false },
    { kind: 'reminder', channel: 'sms', wanted: false },
    // Not asked for by anybody who has not chosen it.
    { kind: 'monthly_report', channel: 'sms', wanted: false },
  ]);
  await page.setViewportSize({ width: 320, height: 740 });
  await expectGoodPage(page, '94-choices-320-en', 'en');
  expect(errors).toEqual([]);
  await context.close();
});

test('a patient reads what they were told and chooses the ways, without script', async () => {
  const visit = await aVisit(site, { language: 'bn' });
  await allSent(site);
  const { patient, doctor } = visit;
  const { page, context, errors } = await aVisitor(browser, { javaScriptEnabled: false });
  await signInto(site, context, patient.mobile);
  await page.goto(at(site, 'bn', '/me/appointments'));
  await expectGoodPage(page, '95-my-appointments-with-count');
  await page.getByRole('link', { name: 'বার্তা, ১টি না-পড়া' }).click();
  // Without script a look at accessibility takes a page of its own.
  for (const width of [320, 412]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `96-my-messages-${width}`);
  }
  // To open it is to read it.
  await page.getByRole('listitem').getByRole('button').first().click();
  await page.waitForURL(/\/a\/[\w-]+$/);
  await page.goto(at(site, 'bn', '/me/messages'));
  await page.getByText('সব পড়া হয়েছে।').waitFor();
  expect(await page.locator('[data-unread]').count()).toBe(0);
  await expectGoodPage(page, '97-my-messages-read');

  await page.getByRole('link', { name: 'কী জানবেন, কীভাবে জানবেন' }).click();
  await expectGoodPage(page, '98-my-choices');
  await page.getByRole('checkbox', { name: 'সিরিয়াল নেওয়া হয়েছে: অ্যাপে' }).uncheck();
  await page.getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await page.getByText('সংরক্ষণ হয়েছে').waitFor();
  await expectGoodPage(page, '99-my-choices-saved');
  const { doctorId, chamberId, visitTypeId } = doctor;
  const { startsAt } = inDays(site, 5, '18:00');
  const { id } = await site.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, startsAt } },
    { accessToken: patient.accessToken },
  );
  await allSent(site);
  expect(await ledgerOf(site, id, { kind: 'booked', channel: 'in_app' })).toMatchObject([
    { state: 'suppressed', answer: 'switched off by the reader' },
  ]);
  await page.goto(at(site, 'bn', '/me/messages'));
  await expect.poll(() => page.getByRole('listitem').count()).toBe(1);
  expect(errors).toEqual([]);
  await context.close();
});

test('a patient proves by a code that the number is theirs', async () => {
  const { page, context, patient, errors } = await aSignedInVisitor(site, browser);
  await page.goto(at(site, 'bn', '/me/messages/settings'));
  await page.getByRole('link', { name: 'আপনার নম্বর ও ই-মেইল' }).click();
  await page.getByText('এখনও নিশ্চিত করা হয়নি').waitFor();
  for (const width of [320, 412, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `118-contacts-${width}`);
  }
  await page.getByRole('button', { name: /^কোড পাঠান/ }).click();
  await page.getByRole('heading', { level: 1, name: 'কোডটি লিখুন' }).waitFor();
  await allSent(site);
  const { text } = await site.db
    .selectFrom('mailbox')
    .select('text')
    .where('recipient', '=', patient.mobile)
    .orderBy('message_id', 'desc')
    .executeTakeFirstOrThrow();
  const code = /\d{6}/.exec(text)?.[0] ?? '';
  await page.locator('[name="code"]').fill(wrongCode(code));
  await page.getByRole('button', { name: 'কোড নিশ্চিত করুন' }).click();
  await page.getByRole('alert').waitFor();
  await expectGoodPage(page, '119-contacts-wrong-code');
  await page.locator('[name="code"]').fill(code);
  await page.getByRole('button', { name: 'কোড নিশ্চিত করুন' }).click();
  await page.getByText('ধন্যবাদ, নিশ্চিত করা হয়েছে।').waitFor();
  expect(await page.getByRole('button', { name: /^কোড পাঠান/ }).count()).toBe(0);
  await expectGoodPage(page, '120-contacts-confirmed');
  expect(errors).toEqual([]);
  await context.close();
});
