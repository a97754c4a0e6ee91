import { expect, test } from 'vitest';
import { bury } from '../../src/platform/dead-letters.ts';
import { anAdmin } from '../harness/builders.ts';
import { allSent, aVisit, ledgerOf } from '../notifications/visits.ts';
import { aVisitor, desktop, expectGoodPage } from './browser.ts';
import { at, type Language, loginOf, openSite, signInto } from './site.ts';
import { standing } from './staff.ts';

const { site, browser } = await openSite({ MAILBOX: 'on', QUIET_HOURS: 'none', SMS_COST: '0.35' });
const { rows } = await site.deps.pool.query<{ now: Temporal.Instant }>('select now() as now');
site.clock.set((rows[0]?.now ?? site.clock.now()).toString());
const admin = await anAdmin(site);
const visit = await aVisit(site, { email: 'rahim@example.com' });
await allSent(site);

async function anAdminAt(path: string, language: Language, viewport = desktop) {
  const visitor = await aVisitor(browser, { viewport });
  await signInto(site, visitor.context, await loginOf(site, admin.userId));
  await visitor.page.clock.install();
  await visitor.page.goto(at(site, language, `/staff${path}`));
  await standing(visitor.page);
  return visitor;
}

test('a template is seen with real data, refused when it is wrong, changed, and taken back', async () => {
  const { page, context, errors } = await anAdminAt('/sent/templates?language=en', 'en');
  await page.getByRole('row').nth(17).waitFor();
  await expectGoodPage(page, '100-templates-en', 'en');
  await page.getByRole('link', { name: 'Change: Booked, SMS' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  const text = page.getByLabel('Text', { exact: true });
  await text.fill('{sender}: {nonsense}');
  await page.clock.runFor(1_000);
  await preview.getByText('{nonsense} is not known here').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('alert').getByText('{nonsense} is not known here').waitFor();
  await expect.poll(() => text.getAttribute('aria-invalid')).toBe('true');
  await expectGoodPage(page, '101-template-refused-en', 'en');

  // One Bangla word, and an SMS holds less than half.
  await text.fill('{sender}: আসুন {when}. ');
  await page.getByRole('button', { name: 'Put in Doctor' }).click();
  await expect.poll(() => text.inputValue()).toBe('{sender}: আসুন {when}. {doctor}');
  await page.clock.runFor(1_000);
  await preview.getByText('Dr. Salma Akter').waitFor();
  await preview.getByText('With Bangla letters an SMS holds 70 characters').waitFor();
  await preview.getByText('৳0.35 for each message').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The template is changed.').waitFor();
  for (const width of [320, 412]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `102-template-${width}-en`, 'en');
  }
  await page.getByRole('link', { name: 'All templates' }).click();
  await page
    .getByRole('row', { name: /^Booked/ })
    .getByText('changed')
    .waitFor();
  await expectGoodPage(page, '103-templates-412-en', 'en');
  await page.getByRole('link', { name: 'Change: Booked, SMS' }).click();
  await page.getByRole('button', { name: 'Back to Shomoy’s wording' }).click();
  // On a bad line what was done is told before the list of templates is there.
  const line = Promise.withResolvers<void>();
  const lists = '**/api/v1/admin/templates?*';
  await page.route(lists, async (route) => {
    await line.promise;
    await route.continue();
  });
  const asked = page.waitForRequest(lists);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Back to Shomoy’s wording' }).click();
  await asked;
  await page.clock.runFor(3_000);
  await page.getByText('Shomoy’s wording holds again.').waitFor();
  await expect.poll(() => text.inputValue()).toContain('is booked with');
  line.resolve();
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByText('This is the wording that Shomoy brings along').waitFor();
  expect(await text.inputValue()).toContain('is booked with');
  expect(errors).toEqual([]);
  await context.close();
});

test('a message whose fate is unknown is found, looked into and sent again', async () => {
  const [message] = await ledgerOf(site, visit.appointment.id, { kind: 'booked', channel: 'email' });
  await site.deps.pool.query(
    `update messages set state = 'unknown', provider = 'smtp', on_loss = 'tell', handed_at = now(),
       answer = 'the connection was lost' where id = $1`,
    [message?.id],
  );
  await site.deps.pool.query('delete from mailbox where message_id = $1', [message?.id]);
  const { page, context, errors } = await anAdminAt('/sent', 'bn', { width: 360, height: 740 });
  await page.getByRole('row').nth(1).waitFor();
  await expectGoodPage(page, '104-ledger');
  await page.setViewportSize(desktop);
  await page.getByLabel('অবস্থা').selectOption('অনিশ্চিত');
  await page.getByLabel('অ্যাপয়েন্টমেন্টের রেফারেন্স').fill(visit.appointment.reference);
  await page.getByRole('button', { name: 'দেখান', exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll('tr').length === 2);
  await expectGoodPage(page, '105-ledger-narrowed');
  await page.getByRole('button', { name: /^বিস্তারিত/ }).click();
  await page.getByRole('dialog').getByText('the connection was lost').waitFor();
  await expectGoodPage(page, '106-ledger-details');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  await page.getByRole('link', { name: 'সিদ্ধান্ত দরকার' }).click();
  // The ledger says why as well.
  await page.getByRole('button', { name: /^আবার পাঠান/ }).waitFor();
  await page.getByText('the connection was lost').waitFor();
  for (const width of [320, 412, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `107-uncertain-${width}`);
  }
  await page.getByRole('button', { name: /^আবার পাঠান/ }).click();
  await expectGoodPage(page, '108-send-again');
  await page.getByRole('alertdialog').getByRole('button', { name: 'আবার পাঠান' }).click();
  await page.getByText('সিদ্ধান্ত নেওয়ার কিছু নেই').waitFor();
  await allSent(site);
  expect(await ledgerOf(site, visit.appointment.id, { kind: 'booked', channel: 'email' })).toMatchObject([
    { state: 'sent', resolvedBy: { id: admin.userId } },
  ]);
  // In the demonstration the mail is there to be read.
  await page.getByRole('link', { name: 'মেইলবক্স' }).click();
  await page.getByText('প্রাপক rahim@example.com').first().waitFor();
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `109-mailbox-${width}`);
  }
  expect(errors).toEqual([]);
  await context.close();
});

test('what was given up is looked into and tried again; the services say what is wrong', async () => {
  const { pool } = site.deps;
  const payload = { consumer: 'search', event: { name: 'doctor.changed', data: { doctorId: 1 } } };
  await bury(pool, { task: 'deliver-event', payload, reason: 'TypeError · at home', tries: 8 });
  const { page, context, errors } = await anAdminAt('/system/dead-letters', 'en');
  await page.getByRole('button', { name: /^See it/ }).click();
  await page.getByRole('dialog').getByText('"doctorId": 1').waitFor();
  await expectGoodPage(page, '110-dead-letter-en', 'en');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  for (const width of [320, 412, 1280]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `111-dead-letters-${width}-en`, 'en');
  }
  await page.getByRole('button', { name: /^Try again/ }).click();
  await page.getByText('Nothing was given up').waitFor();

  await page.getByRole('link', { name: 'Services' }).click();
  await page.getByText('Everything works', { exact: true }).waitFor();
  await expectGoodPage(page, '112-health-en', 'en');
  await pool.query(`select graphile_worker.add_job('no-such-task', run_at => now() - interval '2 minutes')`);
  await page.clock.fastForward('00:11');
  await page.getByText('Work has waited for more than a minute').first().waitFor();
  await expectGoodPage(page, '113-health-behind-en', 'en');
  await pool.query(`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`);
  // Nothing answers: what was seen last stays, and that is said.
  await page.route('**/health', (route) => route.abort());
  await page.clock.fastForward('00:11');
  await page.getByRole('alert').getByText('The gateway does not answer').waitFor();
  expect(errors.filter((error) => !error.includes('ERR_FAILED'))).toEqual([]);
  await context.close();
});

test('a webhook is added with its secret shown once, and ended', async () => {
  const { page, context, errors } = await anAdminAt('/sent/webhooks', 'bn', { width: 360, height: 740 });
  await page.getByRole('button', { name: 'ওয়েবহুক যোগ করুন' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('ঠিকানা').fill('ftp://example.com');
  await dialog.getByRole('button', { name: 'যোগ করুন', exact: true }).click();
  await dialog.getByRole('alert').getByText('https:// দিয়ে শুরু এমন একটি ঠিকানা লিখুন').waitFor();
  await expectGoodPage(page, '114-webhook-refused');
  await dialog.getByLabel('ঠিকানা').fill('https://hooks.example.com/shomoy');
  await dialog.getByRole('checkbox', { name: 'বাতিল' }).check();
  await dialog.getByRole('button', { name: 'যোগ করুন', exact: true }).click();
  await page.getByText(/^whsec_/).waitFor();
  await expectGoodPage(page, '115-webhook-secret');
  await page.getByRole('button', { name: 'রেখে দিয়েছি' }).click();
  await page.getByText('https://hooks.example.com/shomoy').waitFor();
  await expectGoodPage(page, '116-webhooks');
  await page.getByRole('button', { name: /^আর জানাবেন না/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'আর জানাবেন না' }).click();
  await page.getByText('কোনো ওয়েবহুক নেই').waitFor();
  // Nor does an administrator come to a dead end at the waitlist.
  await page.goto(at(site, 'bn', '/staff/waitlist'));
  await page.getByText('কেউ অপেক্ষায় নেই').waitFor();
  await expectGoodPage(page, '117-waitlist-admin');
  expect(errors).toEqual([]);
  await context.close();
});
