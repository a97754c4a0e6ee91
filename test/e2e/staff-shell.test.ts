import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { listUsers } from '../../src/contract/admin.ts';
import { logout, register } from '../../src/contract/auth.ts';
import { getOverview } from '../../src/contract/overview.ts';
import { aVisitor, desktop, expectGoodPage } from './browser.ts';
import { callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff, said, standing } from './staff.ts';

const { app, browser } = await openDemo();

/** The screen that a link led to: its heading has the focus. */
const arrived = (page: Page): Promise<void> => page.locator('main h1:focus').waitFor();

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.tagName ?? 'none');

test('a doctor on a phone reaches every part of the desk, in both languages', async () => {
  const { page, errors, context, id } = await aStaffVisitor(browser, app, 'doctor');
  for (const width of [320, 412, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await expectGoodPage(page, `20-staff-home-${width}`);
  }
  const tabs = page.getByRole('navigation', { name: 'ডেস্কের প্রধান অংশ' });
  for (const [name, part] of [
    ['সপ্তাহ', 'calendar'],
    ['অনুরোধ', 'requests'],
  ] as const) {
    await tabs.getByRole('link', { name, exact: true }).click();
    await page.waitForURL(`${app.url}/staff/${part}`);
    await arrived(page);
  }
  for (const [name, part] of [
    ['সময়সূচি', 'hours'],
    ['ছুটি', 'time-off'],
    ['ফি', 'fees'],
  ] as const) {
    await tabs.getByRole('button', { name: 'আরও' }).click();
    await page.getByRole('dialog').getByRole('link', { name, exact: true }).click();
    await page.waitForURL(`${app.url}/staff/doctors/${id}/${part}`);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await arrived(page);
    await expect.poll(() => page.title()).toContain(await page.locator('h1').innerText());
    await expectGoodPage(page, `21-staff-${part}`);
  }
  await tabs.getByRole('button', { name: 'আরও' }).click();
  await page.getByRole('dialog').waitFor();
  await expect.poll(() => focused(page)).toBe('H2');
  await expectGoodPage(page, '22-staff-more');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(() => focused(page)).toBe('BUTTON');
  await tabs.getByRole('button', { name: 'আরও' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'চেম্বার' }).click();
  await page.waitForURL(`${app.url}/staff/chambers`);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await arrived(page);

  await page.goto(`${app.url}/staff/doctors/${id}/why?date=2026-11-25`);
  await standing(page);
  await page.getByRole('link', { name: 'English' }).click();
  await page.waitForURL(`${app.url}/en/staff/doctors/${id}/why?date=2026-11-25`);
  await standing(page);
  await expectGoodPage(page, '23-staff-why-en', 'en');
  expect(errors).toEqual([]);
  await context.close();
});

test('an administrator finds a doctor, opens the set-up, and goes back to what was found', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    language: 'en',
    viewport: desktop,
  });
  await expectGoodPage(page, '24-staff-admin-home-en', 'en');
  await page.getByRole('navigation').getByRole('link', { name: 'Doctors' }).click();
  await page.getByRole('row').nth(50).waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByRole('row').nth(51).waitFor();
  await expectGoodPage(page, '25-staff-doctors-en', 'en');
  await page.getByRole('searchbox').fill('David Smith');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByText('1 doctor').waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toBe('David Smith');
  await page.getByRole('link', { name: 'Dr. David Smith' }).click();
  await page.getByText('Dr. David Smith').waitFor();
  await page
    .getByRole('navigation', { name: 'Set-up of the doctor' })
    .getByRole('link', { name: 'Fees' })
    .click();
  await page.waitForURL(/\/fees$/);
  await arrived(page);
  await expectGoodPage(page, '26-staff-doctor-en', 'en');
  await page.goBack();
  await page.goBack();
  await page.getByText('1 doctor').waitFor();
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('David Smith');
  await openStaff(page, app, '/doctors?q=zzzz', 'en');
  await page.getByText('No doctor fits these words').waitFor();
  await expectGoodPage(page, '27-staff-doctors-none-en', 'en');
  for (const path of ['/nothing', '/doctors/x/hours']) {
    await openStaff(page, app, path, 'en');
    await expectGoodPage(page, '28-staff-not-found-en', 'en');
    await expect.poll(() => page.locator('h1').innerText()).toBe('Page not found');
  }
  expect(errors).toEqual([]);
  await context.close();
});

test('an assistant looks up a doctor’s hours, fees and time off, and changes none of them', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'assistant', { language: 'en' });
  await expectGoodPage(page, '28-staff-assistant-en', 'en');
  await page.locator('main').getByRole('link', { name: 'Doctors' }).click();
  await arrived(page);
  await page.getByRole('searchbox').fill('David Smith');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Dr. David Smith' }).click();
  const parts = page.getByRole('navigation', { name: 'Set-up of the doctor' });
  for (const name of ['Fees', 'Time off', 'Hours']) {
    await parts.getByRole('link', { name, exact: true }).click();
    await arrived(page);
    await expectGoodPage(page, `29-staff-assistant-${name}`, 'en');
    expect(
      await page
        .locator('main')
        .getByRole('button', { name: /Add|Change|Copy|Take/ })
        .count(),
    ).toBe(0);
  }
  expect(errors).toEqual([]);
  await context.close();
});

test('nobody gets a part of the desk that is not theirs', async () => {
  const doctor = await aStaffVisitor(browser, app, 'doctor', { path: '/doctors' });
  await expect.poll(() => doctor.page.locator('h1').innerText()).toBe('এটি আপনি দেখতে পারবেন না');
  await expectGoodPage(doctor.page, '29-staff-not-yours');
  await openStaff(doctor.page, app, `/doctors/${doctor.id + 1}/hours`);
  await expect.poll(() => doctor.page.locator('h1').innerText()).toBe('এটি আপনি দেখতে পারবেন না');
  await doctor.context.close();

  const patient = await aStaffVisitor(browser, app, 'patient', { path: '/chambers' });
  await expectGoodPage(patient.page, '30-staff-patient');
  await patient.page.getByRole('main').getByRole('link', { name: 'আমার অ্যাপয়েন্টমেন্ট' }).click();
  await patient.page.waitForURL(`${app.url}/me/appointments`);
  expect([...doctor.errors, ...patient.errors]).toEqual([]);
  await patient.context.close();
});

test('who is not signed in signs in first, and comes back', async () => {
  const { page, errors, context } = await aVisitor(browser);
  await page.goto(`${app.url}/en/staff/chambers?from=note`);
  await page.waitForURL(/\/en\/sign-in\?/);
  await fillSignIn(page, 'dr.smith@example.com', 'Doctor@1');
  await page.waitForURL(`${app.url}/en/staff/chambers?from=note`);
  await standing(page);
  // The patients' pages lead back to the desk.
  await page.goto(`${app.url}/en`);
  await page.getByRole('link', { name: 'My desk' }).click();
  await page.waitForURL(`${app.url}/en/staff`);
  await standing(page);
  expect(errors).toEqual([]);
  await context.close();
});

test('a sign-in goes on after its access token has ended, whichever clock says so', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', { language: 'en' });
  const cookies = await context.cookies();
  const access = cookies.find(({ name }) => name.endsWith('-access'));
  expect(access).toBeDefined();
  // A token that the API refuses, as after a change of its keys.
  if (access) await context.addCookies([{ ...access, value: 'no-token-of-ours' }]);
  const asked: string[] = [];
  page.on('request', (request) =>
    asked.push(new URL(request.url()).pathname + new URL(request.url()).search),
  );
  await openStaff(page, app, '/doctors', 'en');
  await page.getByRole('row').nth(1).waitFor();
  expect(asked).toContain('/staff/session?afresh=yes');

  // A quarter of an hour later, by the page's clock and by the cookie's.
  await page.clock.install();
  await openStaff(page, app, '/', 'en');
  await context.clearCookies({ name: /-access$/ });
  asked.length = 0;
  // Whoever asks first renews it: the count of unread messages, or the screen.
  await page.clock.fastForward('15:00');
  await page.getByRole('navigation').getByRole('link', { name: 'Doctors' }).click();
  await page.getByRole('row').nth(1).waitFor();
  expect(asked.filter((path) => path.startsWith('/staff/session'))).toEqual(['/staff/session']);
  expect((await context.cookies()).some(({ name }) => name.endsWith('-access'))).toBe(true);
  expect(errors).toEqual([]);
  await context.close();
});

test('a sign-in that was ended elsewhere leads to the sign-in, with the way back', async () => {
  const { page, context } = await aStaffVisitor(browser, app, 'admin', { language: 'en', path: '/doctors' });
  const refresh = (await context.cookies()).find(({ name }) => name.endsWith('-refresh'));
  await app.call(logout, { body: { refreshToken: decodeURIComponent(refresh?.value ?? '') } });
  // The API remembers for five seconds whom it has let in.
  await expect
    .poll(
      async () => {
        if (page.url().includes('/sign-in')) return page.url();
        // The page may go on at any of these lines, and what they wait for is there no more: the next look sees where it is.
        await page.getByRole('searchbox').fill(`word ${Math.random()}`, { timeout: 5_000 });
        await page.getByRole('button', { name: 'Find' }).click({ timeout: 5_000 });
        return page.url();
      },
      { timeout: 60_000, interval: 1000 },
    )
    .toContain('/en/sign-in?next=%2Fen%2Fstaff%2Fdoctors');
  await context.close();
});

test('without a connection the app says so, keeps what was typed, and goes on when it is back', async () => {
  const { page, context } = await aStaffVisitor(browser, app, 'admin', { language: 'en', path: '/doctors' });
  await page.getByRole('row').nth(1).waitFor();
  await context.setOffline(true);
  await page.getByText('No connection. What you see').waitFor();
  await page.getByRole('searchbox').fill('Smith');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('alert').waitFor();
  await expectGoodPage(page, '31-staff-offline-en', 'en');
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('Smith');
  await context.setOffline(false);
  await page.getByText('No connection. What you see').waitFor({ state: 'hidden' });
  // It asks by itself as soon as it can; the button is for who is faster.
  await page.getByRole('row').nth(1).waitFor();
  await context.close();
});

test('without JavaScript the desk says what it needs', async () => {
  const { page, context } = await aVisitor(browser, { javaScriptEnabled: false });
  await page.goto(`${app.url}/en/sign-in`);
  await fillSignIn(page, 'dr.smith@example.com', 'Doctor@1');
  await expect.poll(() => page.locator('main').innerText()).toContain('needs JavaScript');
  expect(await page.locator('main').innerText()).not.toContain('Loading');
  await context.close();
});

async function fillSignIn(page: Page, login: string, password: string): Promise<void> {
  await page.locator('[name="login"]').fill(login);
  await page.locator('[name="password"]').fill(password);
  await page.locator('main form button[type="submit"]').click();
}

test('an administrator sees how today stands, and decides about a doctor who waits', async () => {
  const { user } = await app.call(register, {
    body: {
      fullName: 'Nilufar Yasmin',
      mobile: '01799000123',
      password: 'Doctor@99',
      userType: 'doctor',
      licenseNumber: 'A-88123',
      experienceYears: 6,
      consultationFee: '600',
      specializations: [1],
    },
  });
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    language: 'en',
    locale: 'en-GB',
    viewport: desktop,
  });
  const waiting = page.getByRole('link', { name: 'Doctors who wait for approval' });
  await waiting.waitFor();
  await expectGoodPage(page, 'overview-en-desktop', 'en');
  const admin = await callAs(app, 'admin');
  const before = await admin.call(getOverview, {});
  const numbers = await page.getByRole('region', { name: 'Today' }).locator('dd').allInnerTexts();
  expect(numbers.map(Number)).toEqual(Object.values(before.today.all));

  await waiting.click();
  const row = page.getByRole('row').filter({ hasText: 'A-88123' });
  await row.waitFor();
  await expectGoodPage(page, 'doctors-waiting-en-desktop', 'en');
  await row.getByRole('button', { name: /^Approve/ }).click();
  const question = page.getByRole('alertdialog');
  await expect.poll(() => question.innerText()).toContain('Licence A-88123');
  await expectGoodPage(page, 'doctors-approve-en-desktop', 'en');
  await question.getByRole('button', { name: 'Approve' }).click();
  await said(page, /is approved/);
  await row.waitFor({ state: 'detached' });
  const { items } = await admin.call(listUsers, { query: { q: 'Nilufar', approval: 'approved' } });
  expect(items.map(({ id }) => id)).toEqual([user.id]);
  const after = await admin.call(getOverview, {});
  expect(after.attention.doctorsToApprove.count).toBe(before.attention.doctorsToApprove.count - 1);
  expect(errors).toEqual([]);
  await context.close();

  const onPhone = await aStaffVisitor(browser, app, 'admin', {});
  await onPhone.page.getByRole('heading', { name: 'যা কাউকে দেখতে হবে' }).waitFor();
  await expectGoodPage(onPhone.page, 'overview-bn-phone');
  expect(onPhone.errors).toEqual([]);
  await onPhone.context.close();
});
