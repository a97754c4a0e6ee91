import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';

export const phone = { width: 360, height: 640 };
export const desktop = { width: 1280, height: 800 };

const flags =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking ' +
  '--disable-component-update --disable-sync';

// For every window Chromium draws the suggestions of an address bar that nobody sees, as a page of their own: more than
// half of all that it computes. A second list takes the place of the first, so what Playwright leaves out stands here too.
const leftOut =
  'WebUIOmniboxPopup WebUIOmniboxAimPopup AimEnabled LensOverlay MediaRouter OptimizationHints PreconnectToSearch ' +
  'NetworkTimeServiceQuerying HttpsUpgrades HttpsFirstBalancedModeAutoEnable PaintHolding ThirdPartyStoragePartitioning ' +
  'AvoidUnnecessaryBeforeUnloadCheckSync AvoidCorsURLLoaderRestartOnRedirect DestroyProfileOnBrowserClose';

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...flags.split(' '), `--disable-features=${leftOut.replaceAll(' ', ',')}`],
  });

/** A visitor in Dhaka with a browser of their own. Every error their console shows is kept in `errors`. */
export async function aVisitor(
  browser: Browser,
  options: {
    viewport?: { width: number; height: number };
    javaScriptEnabled?: boolean;
    locale?: string;
  } = {},
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const context = await browser.newContext({
    locale: 'bn-BD',
    timezoneId: 'Asia/Dhaka',
    viewport: phone,
    hasTouch: true,
    ...options,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return { context, page, errors };
}

/** What holds on every page and in every state. Takes a picture when SCREENSHOTS names a folder. */
export async function expectGoodPage(page: Page, name: string, language: 'bn' | 'en' = 'bn'): Promise<void> {
  await endOfMotion(page);
  await keepPicture(page, name);
  expect(await page.getAttribute('html', 'lang'), `${name}: language`).toBe(language);
  expect(await page.locator('h1').count(), `${name}: headings of the first level`).toBe(1);
  expect(await page.title(), `${name}: title`).not.toBe('');
  const { scroll, inner } = await page
    .locator('html')
    .evaluate((html) => ({ scroll: html.scrollWidth, inner: window.innerWidth }));
  expect(scroll, `${name}: sideways scroll`).toBeLessThanOrEqual(inner);
  const violations = (await page.evaluate(() => matchMedia('(scripting: none)').matches))
    ? await findViolationsOfTwin(page)
    : await findViolations(page);
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
    `${name}: accessibility`,
  ).toEqual([]);
}

/** What still fades in is neither in its place nor readable. A skeleton moves for ever, and is not waited for. */
async function endOfMotion(page: Page): Promise<void> {
  // A dialog that has just opened only begins to move with the next picture.
  await page.locator('[data-starting-style]').first().waitFor({ state: 'detached' });
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((motion) => motion.effect?.getComputedTiming().endTime !== Infinity)
        .map((motion) => motion.finished),
    ).then(() => null),
  );
}

async function findViolations(page: Page) {
  // Otherwise it gathers the answers of frames, which no page has, in a page of its own: half of the time of every look.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations;
}

/** Axe needs timers, and a page without script has none: the same page where only its own script does not run. */
async function findViolationsOfTwin(page: Page) {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const body = await page.content();
  const context = await browser.newContext({ viewport: page.viewportSize(), locale: 'bn-BD' });
  const twin = await context.newPage();
  await twin.route('**', async (route) => {
    const type = route.request().resourceType();
    if (type === 'document') await route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
    else if (type === 'script') await route.fulfill({ body: '', contentType: 'text/javascript' });
    else await route.continue();
  });
  await twin.goto(page.url());
  const violations = await findViolations(twin);
  await context.close();
  return violations;
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
