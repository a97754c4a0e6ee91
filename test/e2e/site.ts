import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { startApp, type TestApp } from '../harness/app.ts';
import { afterAll, expect } from 'vitest';
import { aPatient, password, type Patient } from '../harness/builders.ts';
import { aVisitor, launch } from './browser.ts';

/** Shomoy in the test's own process, at an instant the test sets, where a browser reaches it. */
export type Site = TestApp & { url: string };

/** A site and a browser for all tests of a file. */
export async function openSite(env: Record<string, string> = {}): Promise<{ site: Site; browser: Browser }> {
  const [site, browser] = await Promise.all([startSite(env), launch()]);
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  return { site, browser };
}

export async function startSite(env: Record<string, string> = {}): Promise<Site> {
  const t = await startApp(env);
  return { ...t, url: await t.app.listen({ port: 0, host: '127.0.0.1' }) };
}

export type Language = 'bn' | 'en';
export type Visitor = Awaited<ReturnType<typeof aVisitor>> & { patient: Patient; taps: { count: number } };
type Options = NonNullable<Parameters<typeof aVisitor>[1]>;

/** A patient with a browser of their own in which they are signed in. */
export async function aSignedInVisitor(
  site: Site,
  browser: Browser,
  options: Options & { fullName?: string } = {},
): Promise<Visitor> {
  const { fullName, ...rest } = options;
  const patient = await aPatient(site, fullName === undefined ? {} : { fullName });
  const visitor = await aVisitor(browser, rest);
  await signInto(site, visitor.context, patient.mobile);
  visitor.page.setDefaultTimeout(20_000);
  return { ...visitor, patient, taps: { count: 0 } };
}

/** The number or address of somebody whom a builder made. */
export async function loginOf(site: Site, userId: number): Promise<string> {
  const { email, mobile } = await site.db
    .selectFrom('users')
    .select(['email', 'mobile'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  return mobile ?? email ?? '';
}

/** Signs a browser in as somebody whom a builder made, by their number or address. */
export async function signInto(site: Site, context: BrowserContext, login: string): Promise<void> {
  const answer = await site.inject({
    method: 'POST',
    url: '/sign-in',
    headers: {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: String(new URLSearchParams({ login, password })),
  });
  await context.addCookies(
    answer.cookies.map(({ name, value }) => ({ name, value: encodeURIComponent(value), url: site.url })),
  );
}

/** Presses something, and counts it. */
export async function tap({ taps }: Pick<Visitor, 'taps'>, target: Locator): Promise<void> {
  taps.count += 1;
  await target.click();
}

export const at = (site: Site, language: Language, path: string): string =>
  `${site.url}${language === 'en' ? '/en' : ''}${path}`;

/** The free times and serials of a doctor's page, or of a page that moves an appointment. */
export const places = (page: Page): Locator => page.locator('#times a[rel="nofollow"]');

/** Chooses the first free place of a doctor; by script it is then kept. */
export async function keepFirst(
  site: Site,
  page: Page,
  { language, doctor }: { language: Language; doctor: { slug: string } },
): Promise<void> {
  await page.goto(at(site, language, `/d/${doctor.slug}`));
  await places(page).first().click();
  await page.locator('[data-held]').waitFor();
}

/** The button that books, moves or cancels. */
export const confirm = (page: Page): Locator => page.locator('main form button[data-pending]');

/** The role of what has the focus; null: nothing of its own, as on a page that has just opened. */
export const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('role') ?? null);

/** Waits until the page has come to an address; `waitForURL` fails where a second press ends what the first began. */
export async function comesTo(page: Page, address: RegExp): Promise<void> {
  await expect.poll(() => page.url()).toMatch(address);
  await page.waitForLoadState();
}

export const isAppointment = (page: Page): Promise<void> => comesTo(page, /\/a\/[\w-]+$/);

/** Of every script of the page, as they came over the line. */
export async function scriptBytes(page: Page): Promise<number> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming && entry.initiatorType === 'script')
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
}
