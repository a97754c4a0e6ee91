import type { Browser, Page } from 'playwright-core';
import { login } from '../../src/contract/auth.ts';
import type { Application } from '../faults/application.ts';
import { aVisitor } from './browser.ts';
import { accountOf, type Account, type DemoRole } from './demo.ts';

type Language = 'bn' | 'en';
type Options = NonNullable<Parameters<typeof aVisitor>[1]>;

/**
 * A browser of their own for somebody of the demonstration, or of another account, signed in and at `path` of the staff app. `/doctors/me` in a path
 * stands for the id of whoever it is.
 */
export async function aStaffVisitor(
  browser: Browser,
  app: Application,
  role: DemoRole | Account,
  options: Options & { language?: Language; path?: string } = {},
): Promise<Awaited<ReturnType<typeof aVisitor>> & { id: number }> {
  const { language = 'bn', path = '/', ...rest } = options;
  const account = typeof role === 'object' ? role : accountOf(role);
  const { user } = await app.call(login, { body: account });
  const visitor = await aVisitor(browser, rest);
  await signIn(visitor.page, app, { ...account, language });
  await openStaff(visitor.page, app, path.replace('/doctors/me', `/doctors/${user.id}`), language);
  return { ...visitor, id: user.id };
}

/** Goes to a screen of the staff app and waits until it stands. */
export async function openStaff(
  page: Page,
  app: Application,
  path: string,
  language: Language = 'bn',
): Promise<void> {
  await page.goto(`${app.url}${language === 'en' ? '/en' : ''}/staff${path === '/' ? '' : path}`);
  await standing(page);
}

/** The h1 of a screen, once it is no longer the one that waits. */
export async function standing(page: Page): Promise<void> {
  await page.locator('main h1[tabindex="-1"]').waitFor();
}

const toast = (page: Page, text: string | RegExp) =>
  page.getByRole('region', { name: /^(Messages|বার্তা)$/ }).getByText(text);

/** Waits for a toast. */
export const said = (page: Page, text: string | RegExp): Promise<void> => toast(page, text).waitFor();

/** Waits for a toast, which then stays with its undo as long as somebody points at it. */
export const pointAtToast = (page: Page, text: string | RegExp): Promise<void> => toast(page, text).hover();

async function signIn(
  page: Page,
  app: Application,
  account: { login: string; password: string; language: Language },
): Promise<void> {
  await page.goto(`${app.url}${account.language === 'en' ? '/en' : ''}/sign-in`);
  await page.locator('[name="login"]').fill(account.login);
  await page.locator('[name="password"]').fill(account.password);
  await page.locator('main form button[type="submit"]').click();
  await page.locator('[data-signed-in]').waitFor({ state: 'attached' });
}
