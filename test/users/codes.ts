import { randomInt } from 'node:crypto';
import type { TestApp } from '../harness/app.ts';

/** For `startApp`: nobody sends the codes, so that they can be read where they wait. */
export const unsent = { SERVICES: 'gateway,users,appointments' };

/** The code that waits to be sent; null when there is nothing to send. */
export async function sentCode(app: TestApp, codeId: string): Promise<string | null> {
  const { sealed } = await app.db
    .selectFrom('verification_codes')
    .select('sealed')
    .where('id', '=', codeId)
    .executeTakeFirstOrThrow();
  return sealed && app.deps.secrets.unseal('code', sealed);
}

/** The code of one that must have been sent. */
export async function codeOf(app: TestApp, codeId: string): Promise<string> {
  const code = await sentCode(app, codeId);
  if (code === null) throw new Error('no code was to be sent');
  return code;
}

/** A code that is another one. */
export function wrongCode(...right: string[]): string {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  return right.includes(code) ? wrongCode(...right) : code;
}

export const inBangla = (code: string): string =>
  code.replace(/\d/g, (digit) => String.fromCharCode(0x9e6 + Number(digit)));

/** Moves the app's clock on. */
export const later = (app: TestApp, duration: Temporal.DurationLike): void =>
  app.clock.set(app.clock.now().add(duration).toString());
