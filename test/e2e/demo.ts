import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll } from 'vitest';
import { login } from '../../src/contract/auth.ts';
import type { Route, RouteAnswer, RouteInput } from '../../src/contract/route.ts';
import { demoLogins } from '../../src/services/demo/seed-demo.ts';
import { end } from '../embedded-postgres/hosts.ts';
import { newDataDir, startApplication, type Application } from '../faults/application.ts';
import { launch } from './browser.ts';

export type DemoRole = 'admin' | 'doctor' | 'assistant' | 'patient';
export type Account = { login: string; password: string };

/** The demonstration as `npm start` gives it, made around the real day, and a browser: for all tests of a file. */
export async function openDemo(): Promise<{ app: Application; browser: Browser }> {
  await longBeforeMidnight();
  const dataDir = await newDataDir();
  const [app, browser] = await Promise.all([startApplication({ DATA_DIR: dataDir }), launch()]);
  afterAll(async () => {
    await browser.close();
    await end(app.child, 'SIGTERM');
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  return { app, browser };
}

/** Leaves the tests of a file fifteen minutes of the day that they begin on: what they count and book goes by its date. */
async function longBeforeMidnight(): Promise<void> {
  const now = Temporal.Now.zonedDateTimeISO('Asia/Dhaka');
  const left = now.startOfDay().add({ days: 1 }).epochMilliseconds - now.epochMilliseconds;
  if (left < 15 * 60_000) await sleep(left + 1000);
}

export function accountOf(role: DemoRole): Account {
  const account = demoLogins.find(({ who }) => who === role);
  if (!account) throw new Error(`the demonstration has no ${role}`);
  return { login: account.login, password: account.password };
}

/** The API as somebody of the demonstration. */
export async function callAs(app: Application, role: DemoRole) {
  const { user, accessToken } = await app.call(login, { body: accountOf(role) });
  const call = <R extends Route>(route: R, input: RouteInput<R>): Promise<RouteAnswer<R>> =>
    app.call(route, input, { accessToken });
  return { id: user.id, accessToken, call };
}
