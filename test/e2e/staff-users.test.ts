import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { decideDoctor, getUser, listUsers } from '../../src/contract/admin.ts';
import { getMyDesk } from '../../src/contract/attachments.ts';
import { login, register } from '../../src/contract/auth.ts';
import { listMailbox } from '../../src/contract/messages.ts';
import { aVisitor, desktop, expectGoodPage, phone } from './browser.ts';
import { callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff, pointAtToast, said, standing } from './staff.ts';

const { app, browser } = await openDemo();

const dialog = (page: Page) => page.getByRole('dialog');
const question = (page: Page) => page.getByRole('alertdialog');
const inEnglish = { language: 'en', locale: 'en-GB', viewport: desktop } as const;

test('an administrator adds an assistant, who chooses a password by the message and sees their desk', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    ...inEnglish,
    path: '/assistants',
  });
  await page.getByRole('button', { name: 'Add an assistant' }).click();
  await dialog(page).getByRole('button', { name: 'Make the account' }).click();
  await dialog(page).getByRole('alert').getByText('Write their name').waitFor();
  await expectGoodPage(page, 'add-assistant-missing-en-desktop', 'en');
  await dialog(page).getByLabel('Full name').fill('Jahanara Begum');
  await dialog(page).getByLabel('Mobile number').fill('01000 040000');
  await dialog(page).getByLabel('E-mail').fill('assistant@example.com');
  await dialog(page).getByRole('button', { name: 'Make the account' }).click();
  await dialog(page).getByRole('alert').getByText('already has an account').waitFor();
  await dialog(page).getByLabel('Mobile number').fill('০১৭৯৯ ১২৩৪৫৬');
  await dialog(page).getByLabel('E-mail').fill('');
  await dialog(page).getByLabel('English').check();
  await dialog(page).getByRole('button', { name: 'Make the account' }).click();
  await said(page, 'Jahanara Begum is told at 01799 123456');

  // The way goes on to the desk.
  await dialog(page).getByRole('combobox', { name: 'Chamber' }).fill('Medical');
  await dialog(page).getByRole('option').first().click();
  await dialog(page).getByLabel('For whom').waitFor();
  await dialog(page).getByRole('button', { name: 'Attach to a desk' }).click();
  await said(page, 'Jahanara Begum runs the desk from now on');
  await page.getByRole('heading', { name: 'Jahanara Begum', exact: true }).waitFor();
  expect(errors).toEqual([]);
  await context.close();

  const admin = await callAs(app, 'admin');
  const sms = async () =>
    (await admin.call(listMailbox, { query: { channel: 'sms', limit: 100 } })).items.filter(
      ({ recipient }) => recipient === '+8801799123456',
    );
  await expect.poll(async () => (await sms()).length, { timeout: 60_000 }).toBe(1);
  const link = /https?:\S+/.exec((await sms())[0]?.text ?? '')?.[0] ?? '';
  expect(link).toMatch(/\/en\/password-reset$/);

  const assistant = await aVisitor(browser, { locale: 'en-GB', viewport: phone });
  await assistant.page.goto(app.url + new URL(link).pathname);
  await assistant.page.locator('[name="login"]').fill('01799 123456');
  await assistant.page.locator('main form button[type="submit"]').click();
  await assistant.page.locator('[name="code"]').waitFor();
  await expect.poll(async () => (await sms()).length, { timeout: 60_000 }).toBe(2);
  const code = /[0-9]{6}/.exec((await sms())[0]?.text ?? '')?.[0] ?? '';
  await assistant.page.locator('[name="code"]').fill(code);
  await assistant.page.locator('[name="password"]').fill('Notun@pata8');
  await assistant.page.locator('main form button[type="submit"]').first().click();
  await standing(assistant.page);
  await openStaff(assistant.page, app, '/appointments', 'en');
  // Only whoever runs a desk is asked what to show of it.
  await assistant.page.getByRole('group', { name: 'What to show' }).waitFor();
  const { accessToken } = await app.call(login, { body: { login: '01799123456', password: 'Notun@pata8' } });
  const { chambers } = await app.call(getMyDesk, { query: {} }, { accessToken });
  expect(chambers).toMatchObject([{ fullName: expect.stringContaining('Medical') }]);
  await expectGoodPage(assistant.page, 'desk-of-new-assistant-en-phone', 'en');
  expect(assistant.errors).toEqual([]);
  await assistant.context.close();
});

test('an administrator finds a user, suspends them with the consequences said, and takes it back', async () => {
  const patient = await callAs(app, 'patient');
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    ...inEnglish,
    path: '/users',
  });
  await page.getByRole('table').waitFor();
  await expectGoodPage(page, 'users-en-desktop', 'en');
  await page.getByLabel('Name, mobile number or e-mail').fill('patient1@example.com');
  await page.getByLabel('Kind').selectOption({ label: 'Patient' });
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('1 user', { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe('?q=patient1%40example.com&userType=patient');
  await page.getByRole('button', { name: /^Open:/ }).click();
  await dialog(page).getByRole('button', { name: 'Suspend' }).waitFor();
  await expectGoodPage(page, 'user-en-desktop', 'en');
  await dialog(page).getByRole('button', { name: 'Suspend' }).click();
  await question(page).getByText('signed out everywhere').waitFor();
  await expectGoodPage(page, 'user-suspend-en-desktop', 'en');
  await question(page).getByRole('button', { name: 'Suspend' }).click();
  await pointAtToast(page, 'is suspended, and signed out everywhere');
  const admin = await callAs(app, 'admin');
  const status = async () => (await admin.call(getUser, { params: { id: patient.id } })).user.status;
  expect(await status()).toBe('suspended');
  await dialog(page).getByRole('button', { name: 'Activate', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await said(page, 'may sign in again');
  expect(await status()).toBe('active');

  await dialog(page).getByRole('button', { name: 'Send the way to a new password' }).click();
  await question(page).getByRole('button', { name: 'Send it' }).click();
  await said(page, 'is told where to choose a password');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });

  await openStaff(page, app, `/users?user=${admin.id}`, 'en');
  await dialog(page).getByText('This is your own account').waitFor();
  expect(await dialog(page).getByRole('button', { name: 'Suspend' }).count()).toBe(0);
  expect(errors).toEqual([]);
  await context.close();

  const onPhone = await aStaffVisitor(browser, app, 'admin', { path: '/users?userType=assistant' });
  await onPhone.page.getByRole('button', { name: /^খুলুন:/ }).first().click();
  await dialog(onPhone.page).getByRole('button', { name: 'অ্যাকাউন্ট বন্ধ করুন' }).waitFor();
  await expectGoodPage(onPhone.page, 'user-bn-phone');
  expect(onPhone.errors).toEqual([]);
  await onPhone.context.close();
});

test('an approval is taken back and given again; one that patients count on stays, with the way to the account', async () => {
  const admin = await callAs(app, 'admin');
  const { user: fresh } = await app.call(register, {
    body: {
      userType: 'doctor',
      fullName: 'Nilufar Yasmin',
      email: 'nilufar@example.com',
      password: 'Kodom@phul7',
      licenseNumber: 'A-55510',
      experienceYears: 9,
      consultationFee: '600',
      specializations: [1],
    },
  });
  await admin.call(decideDoctor, { params: { id: fresh.id }, body: { decision: 'refused' } });
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    ...inEnglish,
    path: '/doctors?approval=refused',
  });
  const approval = async () =>
    (await admin.call(getUser, { params: { id: fresh.id } })).user.doctor?.approval;
  const row = (licence: string) => page.getByRole('row').filter({ hasText: licence });
  await row('A-55510')
    .getByRole('button', { name: /^Approve/ })
    .click();
  await question(page).getByRole('button', { name: 'Approve' }).click();
  await said(page, 'Dr. Nilufar Yasmin is approved');
  expect(await approval()).toBe('approved');
  await page
    .locator('label')
    .filter({ hasText: /^Approved$/ })
    .click();
  await row('A-55510')
    .getByRole('button', { name: /^Take back/ })
    .click();
  await question(page).getByRole('button', { name: 'Take back' }).click();
  await pointAtToast(page, 'Dr. Nilufar Yasmin waits for approval');
  expect(await approval()).toBe('pending');
  await row('A-55510').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row('A-55510').waitFor();
  expect(await approval()).toBe('approved');
  await expectGoodPage(page, 'doctors-approved-en-desktop', 'en');

  const { items } = await admin.call(listUsers, {
    query: { userType: 'doctor', approval: 'approved', limit: 50 },
  });
  const all = await Promise.all(items.map(({ id }) => admin.call(getUser, { params: { id } })));
  const booked = all.find(({ standing: { comingVisits } }) => comingVisits > 0)?.user.doctor;
  if (!booked) throw new Error('nobody of the demonstration is booked');
  await row(booked.licenseNumber)
    .getByRole('button', { name: /^Take back/ })
    .click();
  await question(page).getByRole('button', { name: 'Take back' }).click();
  await question(page).getByText('so the approval stays').waitFor();
  await expectGoodPage(page, 'doctor-booked-en-desktop', 'en');
  await question(page).getByRole('link', { name: 'Go to the account' }).click();
  await dialog(page).getByRole('button', { name: 'Suspend' }).click();
  await question(page)
    .getByText(/visits? to come stays? booked/)
    .waitFor();
  await expectGoodPage(page, 'doctor-suspend-en-desktop', 'en');
  expect(errors).toEqual([]);
  await context.close();
});
