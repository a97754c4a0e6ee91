import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { decideDoctor } from '../../src/contract/admin.ts';
import { login, register } from '../../src/contract/auth.ts';
import { getAdminSettings, patchSettings } from '../../src/contract/settings.ts';
import { aVisitor, desktop, expectGoodPage, phone } from './browser.ts';
import { accountOf, callAs, openDemo } from './demo.ts';
import { aStaffVisitor, openStaff, pointAtToast, said } from './staff.ts';

const { app, browser } = await openDemo();

const dialog = (page: Page) => page.getByRole('dialog');

/** With the keyboard alone: to the control, and whatever is pressed there. */
async function press(page: Page, control: ReturnType<Page['getByRole']>, key = 'Enter'): Promise<void> {
  await control.focus();
  await page.keyboard.press(key);
}

test('a doctor adds a chamber with a fee, changes it, keeps minutes for the way and ends it, in English', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'doctor', {
    language: 'en',
    locale: 'en-GB',
    viewport: desktop,
    path: '/doctors/me/fees',
  });
  await expectGoodPage(page, 'fees-en-desktop', 'en');
  expect(await page.getByLabel('Minutes on the way').count()).toBe(0);

  await press(page, page.getByRole('button', { name: 'Work in another chamber' }));
  await expectGoodPage(page, 'fees-choose-en-desktop', 'en');
  await press(page, dialog(page).getByRole('button', { name: 'Add a chamber' }));
  await dialog(page).getByLabel('Name in Bangla').waitFor();
  // The button is gone; the focus goes on from where the form begins.
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('field-name');
  await dialog(page).getByRole('button', { name: 'Add a chamber' }).click();
  await dialog(page).getByRole('alert').waitFor();
  await expectGoodPage(page, 'chamber-missing-en-desktop', 'en');
  await expect.poll(() => page.title()).toMatch(/^Error: /);
  for (const text of ['Write the name', 'Write the address', 'Choose the division', 'Choose the district'])
    await expect.poll(() => dialog(page).getByRole('alert').innerText()).toContain(text);
  await dialog(page).getByLabel('Name', { exact: true }).fill('Padma Chamber');
  await dialog(page).getByLabel('Name in Bangla').fill('পদ্মা চেম্বার');
  await dialog(page).getByLabel('Address', { exact: true }).fill('House 7, Station Road');
  await dialog(page).getByLabel('Division').selectOption({ label: 'Rajshahi' });
  await dialog(page).getByLabel('District').selectOption({ label: 'Bogura' });
  await dialog(page).getByLabel('Thana or upazila').locator('option').nth(3).waitFor({ state: 'attached' });
  await dialog(page).getByLabel('Thana or upazila').selectOption({ index: 1 });
  await dialog(page).getByLabel('Phone').fill('12345');
  await dialog(page).getByRole('button', { name: 'Add a chamber' }).click();
  await dialog(page).getByRole('alert').getByText('11 digits').waitFor();
  await expect
    .poll(() => dialog(page).getByLabel('Name', { exact: true }).inputValue())
    .toBe('Padma Chamber');
  await dialog(page).getByLabel('Phone').fill('০১৭১২ ৩৪৫৬৭৮');
  await dialog(page).getByRole('button', { name: 'Add a chamber' }).click();

  // Back at the fee, with the new chamber chosen.
  await dialog(page).getByLabel('Fee').waitFor();
  await expect.poll(() => dialog(page).getByRole('combobox').inputValue()).toBe('Padma Chamber');
  await dialog(page).getByLabel('Length').fill('0');
  await dialog(page).getByLabel('Fee').fill('a lot');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await dialog(page).getByRole('alert').getByText('from 1 to 480').waitFor();
  await expectGoodPage(page, 'fee-errors-en-desktop', 'en');
  await dialog(page).getByLabel('Length').fill('20');
  await dialog(page).getByLabel('Fee').fill('৭০০');
  await dialog(page).getByRole('button', { name: 'Save' }).click();
  await said(page, 'Now set the hours');
  const fees = page.getByRole('list', { name: 'Fees at Padma Chamber' });
  await expect.poll(() => fees.innerText()).toMatch(/New visit\s+20 minutes\s+৳700/);
  await page.getByText('no weekly hours in this chamber').waitFor();
  await expectGoodPage(page, 'fees-two-en-desktop', 'en');

  await press(page, page.getByRole('button', { name: 'New visit at Padma Chamber: change' }));
  await dialog(page).getByText('keep the fee and the length').waitFor();
  await dialog(page).getByLabel('Fee').fill('750.50');
  await page.keyboard.press('Enter');
  await said(page, 'New visit at Padma Chamber is saved');
  await expect.poll(() => fees.innerText()).toContain('৳750.50');

  await page.getByLabel('Minutes on the way').fill('300');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('from 0 to 240').waitFor();
  await page.getByLabel('Minutes on the way').fill('40');
  await page.keyboard.press('Enter');
  await said(page, '40 minutes are kept free');

  await page.getByRole('button', { name: 'New visit at Padma Chamber: end' }).click();
  await pointAtToast(page, 'is no longer offered');
  await fees.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await said(page, 'New visit is offered again');
  await expect.poll(() => fees.innerText()).toContain('৳750.50');
  await page.reload();
  await expect.poll(() => page.getByLabel('Minutes on the way').inputValue()).toBe('40');
  await page.getByRole('button', { name: 'New visit at Padma Chamber: end' }).click();
  await fees.waitFor({ state: 'detached' });
  expect(await page.getByLabel('Minutes on the way').count()).toBe(0);

  await openStaff(page, app, '/chambers?q=padma', 'en');
  await page.getByRole('button', { name: 'Close Padma Chamber for good' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close the chamber' }).click();
  await said(page, 'Padma Chamber is closed');
  await page.getByText('No chamber fits').waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('chambers are found by name and district, changed by those who may, and not closed while in use, on a phone', async () => {
  const doctor = await aStaffVisitor(browser, app, 'doctor', { path: '/chambers' });
  await expectGoodPage(doctor.page, 'chambers-bn-phone');
  // Those that came with the demonstration are the administrators'.
  expect(await doctor.page.getByRole('button', { name: /বদলান$/ }).count()).toBe(0);
  expect(doctor.errors).toEqual([]);
  await doctor.context.close();

  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', { path: '/chambers' });
  await page.getByRole('button', { name: 'আরও দেখুন' }).click();
  await page.getByText('প্রথম ৪০টি চেম্বার').waitFor();
  await page.getByLabel('চেম্বারের নাম').fill('ধানমন্ডি মেডিকেল');
  await page.getByLabel('জেলা', { exact: true }).selectOption({ label: 'ঢাকা' });
  await page.getByRole('button', { name: 'খুঁজুন' }).click();
  await page.getByText('১টি চেম্বার', { exact: true }).waitFor();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    q: 'ধানমন্ডি মেডিকেল',
    district: 'Dhaka',
  });
  // The address is the search.
  await page.reload();
  await page.getByText('১টি চেম্বার', { exact: true }).waitFor();
  await expect.poll(() => page.getByLabel('চেম্বারের নাম').inputValue()).toBe('ধানমন্ডি মেডিকেল');
  await expectGoodPage(page, 'chambers-found-bn-phone');

  await page.getByRole('button', { name: /ধানমন্ডি মেডিকেল সার্ভিসেস: বদলান/ }).click();
  await dialog(page).getByLabel('থানা বা উপজেলা').locator('option').nth(3).waitFor({ state: 'attached' });
  await expectGoodPage(page, 'chamber-form-bn-phone');
  await expect.poll(() => dialog(page).getByLabel('জেলা', { exact: true }).inputValue()).toBe('Dhaka');
  await dialog(page).getByLabel('বিভাগ', { exact: true }).selectOption({ label: 'খুলনা' });
  // A district of another division is not kept.
  await expect.poll(() => dialog(page).getByLabel('জেলা', { exact: true }).inputValue()).toBe('');
  await dialog(page).getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await dialog(page).getByRole('alert').getByText('জেলা বেছে নিন').waitFor();
  await dialog(page).getByLabel('বিভাগ', { exact: true }).selectOption({ label: 'ঢাকা' });
  await dialog(page).getByLabel('জেলা', { exact: true }).selectOption({ label: 'ঢাকা' });
  await dialog(page).getByLabel('ফোন').fill('01711-000111');
  await dialog(page).getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await said(page, 'বদল সংরক্ষণ হয়েছে');
  await page.getByRole('link', { name: '01711 000111' }).waitFor();

  await page.getByRole('button', { name: /একেবারে বন্ধ করুন/ }).click();
  const asked = page.getByRole('alertdialog');
  await asked.getByText('আর খোলা যায় না').waitFor();
  await expectGoodPage(page, 'chamber-close-bn-phone');
  await asked.getByRole('button', { name: 'চেম্বার বন্ধ করুন' }).click();
  await asked.getByRole('alert').getByText('বন্ধ হয়নি').waitFor();
  await expectGoodPage(page, 'chamber-in-use-bn-phone');
  await asked.getByRole('link', { name: 'ডাক্তারদের তালিকায় যান' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('১টি চেম্বার', { exact: true }).waitFor();

  await page.getByLabel('চেম্বারের নাম').fill('নেই এমন');
  await page.keyboard.press('Enter');
  await page.getByText('এমন কোনো চেম্বার নেই').waitFor();
  await expectGoodPage(page, 'chambers-none-bn-phone');
  await page.goBack();
  await page.getByText('১টি চেম্বার', { exact: true }).waitFor();
  await expect.poll(() => page.getByLabel('চেম্বারের নাম').inputValue()).toBe('ধানমন্ডি মেডিকেল');
  expect(errors).toEqual([]);
  await context.close();
});

test('a new doctor is told what is missing, and led from a chamber by a fee to the hours', async () => {
  const account = { login: '01711223344', password: 'Kodom@phul7' };
  const { user } = await app.call(register, {
    body: {
      userType: 'doctor',
      fullName: 'Nasrin Sultana',
      mobile: account.login,
      password: account.password,
      licenseNumber: 'A-98765',
      experienceYears: 4,
      consultationFee: '500',
    },
  });
  const { page, errors, context } = await aVisitor(browser);
  await page.goto(`${app.url}/sign-in`);
  await page.locator('[name="login"]').fill(account.login);
  await page.locator('[name="password"]').fill(account.password);
  await page.locator('main form button[type="submit"]').click();
  await page.locator('[data-signed-in]').waitFor({ state: 'attached' });
  await openStaff(page, app, `/doctors/${user.id}/fees`);
  await page.getByText('নিবন্ধন এখনো যাচাই হচ্ছে').waitFor();
  await page.getByText('তিন ধাপে').waitFor();
  await expectGoodPage(page, 'fees-waiting-bn-phone');
  expect(await page.locator('main').getByRole('button').count()).toBe(0);
  await openStaff(page, app, '/chambers');
  await page.getByText('অনুমোদন দিলে চেম্বার যোগ করতে পারবেন').waitFor();
  expect(await page.getByRole('button', { name: 'চেম্বার যোগ করুন' }).count()).toBe(0);
  await openStaff(page, app, `/doctors/${user.id}/why`);
  await page.getByText('আগে ফি ঠিক করুন').waitFor();
  await expectGoodPage(page, 'why-nothing-bn-phone');

  const admin = await app.call(login, { body: accountOf('admin') });
  await app.call(
    decideDoctor,
    { params: { id: user.id }, body: { decision: 'approved' } },
    { accessToken: admin.accessToken },
  );
  await openStaff(page, app, `/doctors/${user.id}/fees`);
  await page.getByRole('button', { name: 'প্রথম চেম্বার বেছে নিন' }).click();
  await dialog(page).getByRole('combobox').fill('ধানমন্ডি');
  await dialog(page).getByRole('option').first().click();
  await dialog(page).getByLabel('কত সময়').fill('১৫');
  await dialog(page).getByLabel('ফি', { exact: true }).fill('৫০০');
  await expectGoodPage(page, 'fees-first-bn-phone');
  await dialog(page).getByRole('button', { name: 'সংরক্ষণ করুন' }).click();
  await page.getByText('এখনো সাপ্তাহিক সময়সূচি নেই').waitFor();
  await page.locator('main').getByRole('link', { name: 'সময়সূচি ঠিক করুন' }).click();
  await page.waitForURL(/\/hours$/);
  expect(errors).toEqual([]);
  await context.close();
});

test('an administrator brings doctors in from a file, mends what the check found, imports and takes back', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    viewport: phone,
    path: '/imports?kind=doctors',
  });
  await page.getByText('কলামগুলো দেখুন').click();
  await page.getByText('license_number').waitFor();
  await expectGoodPage(page, 'imports-phone');
  await page.getByRole('button', { name: 'ফাইলটি যাচাই করুন' }).click();
  await page.getByRole('alert').getByText('আগে একটি ফাইল বেছে নিন').waitFor();
  const headings = 'full_name,email,license_number,experience_years,consultation_fee,district';
  const file = (name: string, ...rows: string[]) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from([headings, ...rows].join('\n')),
  });
  const bad = file(
    'new doctors.csv',
    'Salma Akter,salma@,E2E-1,12,800,',
    ',b@example.com,E2E-1,12,free,Dhaka',
  );
  await page.setInputFiles('[name="file"]', bad);
  await page.getByRole('button', { name: 'ফাইলটি যাচাই করুন' }).click();
  await page.getByRole('heading', { name: 'new doctors.csv' }).waitFor();
  await page.getByText('২টি সারি ঠিক করতে হবে').waitFor();
  await page.getByText('সারি ২-এর মতোই').waitFor();
  await expectGoodPage(page, 'import-refused-phone');
  await page.setViewportSize(desktop);
  await expectGoodPage(page, 'import-refused-desktop');
  expect(await page.getByRole('button', { name: 'ইমপোর্ট করুন' }).count()).toBe(0);

  await openStaff(page, app, '/imports?kind=doctors', 'en');
  const good = file(
    'new doctors.csv',
    'Salma Akter,salma@example.com,E2E-1,12,800,',
    'Kamal Uddin,k@example.com,E2E-2,3,500,',
  );
  await page.setInputFiles('[name="file"]', good);
  await page.getByLabel('Checked: patients find').check();
  await expectGoodPage(page, 'imports-en-desktop', 'en');
  await page.getByRole('button', { name: 'Check this file' }).click();
  await page.getByRole('button', { name: 'Import these 2 rows' }).click();
  await expectGoodPage(page, 'import-confirm-en-desktop', 'en');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Import these 2 rows' }).click();
  await page.getByText('2 doctors were imported').waitFor();
  await expectGoodPage(page, 'import-done-en-desktop', 'en');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('This import was taken back').waitFor();
  await page.setViewportSize(phone);
  await expectGoodPage(page, 'import-back-en-phone', 'en');
  expect(errors).toEqual([]);
  await context.close();
});

test('an administrator names the organisation and begins weeks on Monday, everywhere at once, and takes it back', async () => {
  const { page, errors, context } = await aStaffVisitor(browser, app, 'admin', {
    language: 'en',
    locale: 'en-GB',
    viewport: desktop,
    path: '/settings',
  });
  await page.getByText('Nothing has been changed so far').waitFor();
  await expectGoodPage(page, 'settings-en-desktop', 'en');
  const look = page.getByRole('button', { name: 'See what changes' });
  const review = page.getByRole('alertdialog');
  await page.getByLabel('Name in Bangla').fill('পদ্মা ক্লিনিক');
  await look.click();
  await review.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('Write the English name too').waitFor();
  await expectGoodPage(page, 'settings-refused-en-desktop', 'en');

  await page.getByLabel('Name in English').fill('Padma Clinic');
  await page.getByLabel('Phone').fill('16263');
  await page.getByLabel('Address in English').fill('7 Mirpur Road, Dhaka');
  await page.getByLabel('Monday').check();
  await look.click();
  await review.getByText('Saturday → Monday').waitFor();
  await expectGoodPage(page, 'settings-review-en-desktop', 'en');
  await review.getByRole('button', { name: 'Save' }).click();
  await said(page, 'The settings are saved');
  await page.getByRole('banner').getByText('Padma Clinic').waitFor();
  await expect.poll(() => page.title()).toBe('Settings · Padma Clinic');
  await expectGoodPage(page, 'settings-changed-en-desktop', 'en');

  // What another administrator does meanwhile is told, and what is typed stays.
  const { call } = await callAs(app, 'admin');
  await page.getByLabel('E-mail').fill('desk@padma.example');
  const { settings } = await call(getAdminSettings, {});
  await call(patchSettings, { body: { phone: '16264', expectedVersion: settings.version } });
  await look.click();
  await review.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody has changed the settings since').waitFor();
  await expect.poll(() => page.getByLabel('E-mail').inputValue()).toBe('desk@padma.example');
  await expectGoodPage(page, 'settings-stale-en-desktop', 'en');
  await page.getByRole('button', { name: 'Show them as they are now' }).click();
  await expect.poll(() => page.getByLabel('Phone').inputValue()).toBe('16264');

  await openStaff(page, app, '/holidays', 'en');
  await page.getByRole('button', { name: 'Add a holiday' }).first().click();
  await dialog(page).getByRole('button', { name: 'First day: Choose from a calendar' }).click();
  const month = page.getByRole('dialog', { name: 'First day' }).getByRole('columnheader');
  await month.first().waitFor();
  expect(await month.allInnerTexts()).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);

  await page.goto(`${app.url}/en/doctors`);
  await page.getByRole('contentinfo').getByRole('link', { name: '16264' }).waitFor();
  await expectGoodPage(page, 'settings-public-en-desktop', 'en');

  await page.setViewportSize({ width: 390, height: 844 });
  await openStaff(page, app, '/settings');
  await page.getByRole('banner').getByText('পদ্মা ক্লিনিক').waitFor();
  await expectGoodPage(page, 'settings-phone');
  // The first change is the last row; the one of the phone number came after it.
  await page
    .getByRole('button', { name: /বদল ফিরিয়ে নিন$/ })
    .last()
    .click();
  await review.getByText('সোমবার → শনিবার').waitFor();
  await expectGoodPage(page, 'settings-back-phone');
  await review.getByRole('button', { name: 'ফিরিয়ে নিন' }).click();
  await said(page, 'বদলটি ফিরিয়ে নেওয়া হয়েছে');
  await page.getByRole('banner').getByText('সময়', { exact: true }).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});
