import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refreshSearch } from '../../src/appointments/doctors/refresh-search.ts';
import { aDoctor, aPatient, password, type Doctor } from '../harness/builders.ts';
import { codeOf, inBangla, later, unsent, wrongCode } from '../users/codes.ts';
import { aVisitor, desktop, expectGoodPage, launch } from './browser.ts';
import {
  at as addressOf,
  comesTo,
  confirm as press,
  isAppointment,
  places,
  startSite,
  type Language,
  type Site,
} from './site.ts';

let t: Site;
let browser: Browser;
let timed: Doctor;
let serial: Doctor;

beforeAll(async () => {
  [t, browser] = await Promise.all([startSite(unsent), launch()]);
  const chamber = { nameBn: 'ধানমন্ডি চেম্বার', addressBn: 'বাড়ি ১৬, রোড ২', phone: '+8801811000000' };
  timed = await aDoctor(t, { nameBn: 'নুসরাত জাহান', chamber, hours: [{ from: '17:00', to: '21:00' }] });
  serial = await aDoctor(t, {
    nameBn: 'রফিকুল ইসলাম',
    chamber,
    hours: [{ from: '17:00', to: '21:00', capacity: 30 }],
  });
  // What the worker would do; there is none, so that codes wait where they can be read.
  for (const { doctorId } of [timed, serial]) await refreshSearch(t.deps.pool, doctorId, t.clock.now());
});

afterAll(async () => {
  await browser?.close();
  await t?.close();
});

// Codes of the tests before are out of the way.
beforeEach(() => later(t, { seconds: 31 }));

type Visitor = Awaited<ReturnType<typeof aVisitor>> & { taps: number; typed: number; language: Language };

async function aGuest(
  options: { language?: Language; script?: boolean; wide?: boolean } = {},
): Promise<Visitor> {
  const { language = 'bn', script = true, wide = false } = options;
  const visitor = await aVisitor(browser, {
    javaScriptEnabled: script,
    locale: language === 'bn' ? 'bn-BD' : 'en-GB',
    ...(wide ? { viewport: desktop } : {}),
  });
  visitor.page.setDefaultTimeout(20_000);
  return { ...visitor, taps: 0, typed: 0, language };
}

const at = ({ language }: Visitor, path: string) => addressOf(t, language, path);

async function tap(visitor: Visitor, target: Locator): Promise<void> {
  visitor.taps += 1;
  await target.click();
}

async function type(visitor: Visitor, name: string, text: string): Promise<void> {
  visitor.typed += 1;
  await visitor.page.locator(`main [name="${name}"]`).fill(text);
}

let numbers = 0;
const nextMobile = () => `0174${String((numbers += 1)).padStart(7, '0')}`;

const act = (page: Page, name: string) => page.locator(`main form:has([name="act"][value="${name}"]) button`);
const code = (page: Page) => page.locator('main [name="code"]');

async function openPlace(visitor: Visitor, doctor: Doctor): Promise<void> {
  await visitor.page.goto(at(visitor, `/d/${doctor.slug}`));
  await tap(visitor, places(visitor.page).first());
  await visitor.page.locator('main [name="fullName"]').waitFor();
}

async function askForCode(visitor: Visitor, name: string, mobile: string): Promise<void> {
  await type(visitor, 'fullName', name);
  await type(visitor, 'mobile', mobile);
  await tap(visitor, press(visitor.page));
  await code(visitor.page).waitFor();
}

/** Codes to a number, the first one first. */
async function codesTo(mobile: string): Promise<string[]> {
  const rows = await t.db
    .selectFrom('verification_codes')
    .select('id')
    .where('destination', 'in', [`+88${mobile}`, mobile])
    .where('sealed', 'is not', null)
    .orderBy('created_at')
    .execute();
  return Promise.all(rows.map(({ id }) => codeOf(t, id)));
}

async function giveCode(visitor: Visitor, text: string): Promise<void> {
  await code(visitor.page).fill(text);
  await tap(visitor, press(visitor.page));
}

const bookingsOf = async (mobile: string): Promise<number> => {
  const rows = await t.db
    .selectFrom('appointments as a')
    .innerJoin('patients as p', 'p.id', 'a.patient_id')
    .select('a.id')
    .where('p.mobile', '=', `+88${mobile}`)
    .where('a.status', '=', 'confirmed')
    .execute();
  return rows.length;
};

test.each([
  { language: 'bn', script: true, mode: 'timed' },
  { language: 'en', script: true, mode: 'serial' },
  { language: 'bn', script: false, mode: 'serial' },
  { language: 'en', script: false, mode: 'timed' },
] as const)(
  'a new patient books a $mode place in 4 taps and 2 fields besides the code ($language, script $script)',
  async ({ language, script, mode }) => {
    const visitor = await aGuest({ language, script });
    const { page, errors, context } = visitor;
    const mobile = nextMobile();
    const looks = async (name: string) => {
      if (script) await expectGoodPage(page, `guest-${name}-${language}`, language);
    };
    await openPlace(visitor, mode === 'timed' ? timed : serial);
    await looks('1-details');
    await askForCode(visitor, language === 'bn' ? 'রহিমা খাতুন' : 'Rahima Khatun', mobile);
    await looks('2-code');
    const field = code(page);
    await expect.poll(() => field.getAttribute('inputmode')).toBe('numeric');
    await expect.poll(() => field.getAttribute('autocomplete')).toBe('one-time-code');
    await expect
      .poll(() => page.locator('main').innerText())
      .toContain(`${mobile.slice(0, 3)}••••${mobile.slice(-4)}`);
    // The place is kept while the SMS is on its way, with or without script.
    await expect.poll(() => page.locator('[data-held]').count()).toBe(1);
    const [sent = ''] = await codesTo(mobile);
    expect(await page.content()).not.toContain(sent);
    await giveCode(visitor, language === 'bn' ? inBangla(sent) : `${sent.slice(0, 3)} ${sent.slice(3)}`);
    await page.getByText(language === 'bn' ? 'রহিমা খাতুন' : 'Rahima Khatun').waitFor();
    await looks('3-confirm');
    await tap(visitor, press(page));
    await isAppointment(page);
    expect({ taps: visitor.taps, typed: visitor.typed }).toEqual({ taps: 4, typed: 2 });
    expect(await bookingsOf(mobile)).toBe(1);
    expect(errors).toEqual([]);
    await context.close();
  },
  120_000,
);

test('in a demonstration the page itself tells the code', async () => {
  t.deps.demoLogins = [{ who: 'patient', login: 'patient1@example.com', password }];
  const visitor = await aGuest();
  const { page, context } = visitor;
  const mobile = nextMobile();
  await openPlace(visitor, timed);
  await askForCode(visitor, 'নমুনা রোগী', mobile);
  t.deps.demoLogins = [];
  const [sent = ''] = await codesTo(mobile);
  await page.locator('main').getByText(sent).waitFor();
  await expectGoodPage(page, 'guest-9-demonstration');
  await context.close();
});

test('a wrong code, a wish that comes too early, another code, and the first one is still right', async () => {
  const visitor = await aGuest();
  const { page, errors, context } = visitor;
  const mobile = nextMobile();
  await openPlace(visitor, timed);
  await askForCode(visitor, 'করিম মিয়া', mobile);
  const [first = ''] = await codesTo(mobile);
  await giveCode(visitor, wrongCode(first));
  await page.getByRole('alert').waitFor();
  await expectGoodPage(page, 'guest-4-wrong-code');
  await expect.poll(() => page.title()).toMatch(/^ভুল: /);
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
  await giveCode(visitor, 'abc');
  await page.getByRole('alert').getByText('৬টি সংখ্যা').waitFor();
  await expect.poll(() => code(page).inputValue()).toBe('abc');

  await act(page, 'resend').click();
  await page.locator('main output').getByText('৩০ সেকেন্ড').waitFor();
  expect(await codesTo(mobile)).toHaveLength(1);
  later(t, { seconds: 31 });
  await act(page, 'resend').click();
  await page.locator('main output').getByText('আবার পাঠানো হয়েছে').waitFor();
  await expectGoodPage(page, 'guest-5-resent');
  expect(await codesTo(mobile)).toHaveLength(2);
  await giveCode(visitor, first);
  await page.getByText('করিম মিয়া').waitFor();
  await press(page).click();
  await isAppointment(page);
  expect(errors).toEqual([]);
  await context.close();
});

test.each([true, false])(
  'reloading, going back and changing the number keep what was typed (script %s)',
  async (script) => {
    const visitor = await aGuest({ script });
    const { page, errors, context } = visitor;
    const mobile = nextMobile();
    await openPlace(visitor, serial);
    await askForCode(visitor, 'সালমা বেগম', mobile);
    await page.reload();
    await code(page).waitFor();
    const filled = async () => {
      await page.locator('main [name="fullName"]').waitFor();
      await expect.poll(() => page.locator('main [name="fullName"]').inputValue()).toBe('সালমা বেগম');
      await expect.poll(() => page.locator('main [name="mobile"]').inputValue()).toBe(mobile);
    };
    await page.goBack();
    await filled();
    // On within the half minute: the code that is on its way is the one.
    await press(page).click();
    await code(page).waitFor();
    expect(await codesTo(mobile)).toHaveLength(1);
    await act(page, 'change').click();
    await filled();
    const other = nextMobile();
    await page.locator('main [name="mobile"]').fill(other);
    await press(page).click();
    await code(page).waitFor();
    const [sent = ''] = await codesTo(other);
    await giveCode(visitor, sent);
    await page.getByText('সালমা বেগম').waitFor();
    await press(page).click();
    await isAppointment(page);
    expect(await bookingsOf(other)).toBe(1);
    expect(errors).toEqual([]);
    await context.close();
  },
  120_000,
);

test.each([true, false])(
  'pressing every button twice sends one code and books once (script %s)',
  async (script) => {
    const visitor = await aGuest({ script });
    const { page, errors, context } = visitor;
    const mobile = nextMobile();
    await openPlace(visitor, timed);
    await page.locator('main [name="fullName"]').fill('আবুল হোসেন');
    await page.locator('main [name="mobile"]').fill(mobile);
    await press(page).dblclick();
    await code(page).waitFor();
    const codes = await codesTo(mobile);
    expect(codes).toHaveLength(1);
    await code(page).fill(codes[0] ?? '');
    await press(page).dblclick();
    await page.getByText('আবুল হোসেন').waitFor();
    await press(page).dblclick();
    await isAppointment(page);
    expect(await bookingsOf(mobile)).toBe(1);
    expect(errors).toEqual([]);
    await context.close();
  },
  120_000,
);

test('what is wrong with the details is said beside them, and e-mail does instead of a mobile', async () => {
  const visitor = await aGuest({ language: 'en', wide: true });
  const { page, errors, context } = visitor;
  await openPlace(visitor, timed);
  await page.locator('main [name="mobile"]').fill('12345');
  await press(page).click();
  await page.getByRole('alert').waitFor();
  await expectGoodPage(page, 'guest-6-errors-en', 'en');
  await expect.poll(() => page.locator('main [name="mobile"]').inputValue()).toBe('12345');
  await page.locator('main [name="fullName"]').fill('Rahim Uddin');
  await page.locator('main [name="mobile"]').fill('');
  await page.locator('main summary').first().click();
  await page.locator('main [name="email"]').fill('Rahim.Uddin@example.com');
  await press(page).click();
  await code(page).waitFor();
  await expectGoodPage(page, 'guest-7-code-by-mail-en', 'en');
  const [sent = ''] = await codesTo('rahim.uddin@example.com');
  await giveCode(visitor, sent);
  await page.getByText('Rahim Uddin').waitFor();
  await expectGoodPage(page, 'guest-8-confirm-en', 'en');
  await press(page).click();
  await isAppointment(page);
  expect(errors).toEqual([]);
  await context.close();
});

test.each(['bn', 'en'] as const)(
  'a guest finds the booking again by number and code (%s)',
  async (language) => {
    const visitor = await aGuest({ language, script: language === 'bn' });
    const { page, errors, context } = visitor;
    const mobile = nextMobile();
    await openPlace(visitor, serial);
    await askForCode(visitor, 'Mina Begum', mobile);
    await giveCode(visitor, (await codesTo(mobile))[0] ?? '');
    await page.getByText('Mina Begum').waitFor();
    await press(page).click();
    await isAppointment(page);
    const booking = new URL(page.url()).pathname;
    await context.clearCookies();
    later(t, { seconds: 31 });

    await page.goto(at(visitor, '/sign-in'));
    await page.locator('main a[href$="/find"]').click();
    const looks = async (name: string) => {
      if (language === 'bn') await expectGoodPage(page, `find-${name}`, language);
    };
    await looks('1-number');
    await page.locator('main [name="login"]').fill('12');
    await press(page).click();
    await page.getByRole('alert').waitFor();
    await page.locator('main [name="login"]').fill(mobile);
    await press(page).click();
    await code(page).waitFor();
    await looks('2-code');
    await giveCode(visitor, (await codesTo(mobile)).at(-1) ?? '');
    await page.locator(`main a[href="${booking}"]`).waitFor();
    await looks('3-list');
    expect(page.url()).toBe(at(visitor, '/find/list'));
    await page.locator('main form button[type="submit"]').last().click();
    const nobody = nextMobile();
    await page.locator('main [name="login"]').fill(nobody);
    await press(page).click();
    await code(page).waitFor();
    await giveCode(visitor, (await codesTo(nobody))[0] ?? '');
    await page.locator('main a[href$="/sign-in"]').waitFor();
    await looks('4-none');
    expect(errors).toEqual([]);
    await context.close();
  },
  120_000,
);

test.each([true, false])(
  'somebody signs in with a code, and sets a new password (script %s)',
  async (script) => {
    const patient = await aPatient(t);
    const mobile = patient.mobile.slice(3);
    const visitor = await aGuest({ script });
    const { page, errors, context } = visitor;
    const looks = async (name: string) => {
      if (script) await expectGoodPage(page, `account-${name}`);
    };
    const next = `/d/${timed.slug}`;
    await page.goto(at(visitor, `/sign-in?${new URLSearchParams({ next })}`));
    await looks('0-sign-in');
    await page.locator('main a[href^="/sign-in/code"]').click();
    await looks('1-by-code');
    await page.locator('main [name="login"]').fill(inBangla(mobile));
    await press(page).click();
    await code(page).waitFor();
    await looks('2-code');
    await giveCode(visitor, (await codesTo(mobile))[0] ?? '');
    await page.waitForURL(at(visitor, next));
    await page.locator('[data-signed-in]').waitFor({ state: 'attached' });

    await context.clearCookies();
    later(t, { seconds: 31 });
    await page.goto(at(visitor, '/password-reset'));
    await looks('3-forgot');
    await page.locator('main [name="login"]').fill(mobile);
    await press(page).click();
    await code(page).waitFor();
    await giveCode(visitor, (await codesTo(mobile))[0] ?? '');
    await page.getByRole('alert').waitFor();
    await looks('4-new-password');
    await page.locator('main [name="password"]').fill('P@ssword1');
    await press(page).click();
    await page.getByRole('alert').getByText('অনুমান').waitFor();
    await page.locator('main [name="password"]').fill(`${password}9`);
    await press(page).dblclick();
    await comesTo(page, /\/me\/appointments$/);

    // Nobody has this number, and nothing says so.
    await context.clearCookies();
    await page.goto(at(visitor, '/sign-in/code'));
    await page.locator('main [name="login"]').fill(nextMobile());
    await press(page).click();
    await code(page).waitFor();
    await giveCode(visitor, '123456');
    await page.getByRole('alert').waitFor();
    expect(errors).toEqual([]);
    await context.close();
  },
  120_000,
);
