import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../platform/secrets.ts';

export type Purpose = 'guest' | 'verify' | 'sign_in' | 'password_reset';
export type Channel = 'sms' | 'email';

/** A code can be given back for so long. */
export const lifeMinutes = 15;

/** A message needs its time; before that another one helps nobody. */
export const resendSeconds = 30;

/** Looks at what is given for one code, right or wrong; the table's own check says the same. */
export const mostTries = 5;

/** Codes to one number or address within 24 hours: with the tries of each, one guess in 20,000 comes through at best. */
export const mostToOne = 10;

/** Codes that one caller may have sent, behind whose address a whole carrier's people can be. */
export const mostFromOne = 100;

/** What is asked for goes by SMS or by e-mail, as it looks. */
export const channelTo = (destination: string): Channel => (destination.startsWith('+') ? 'sms' : 'email');

/** Enough for its owner to know it by, and for nobody else to learn it: `017••••5678`, `r•••@example.com`. */
export function maskDestination(destination: string): string {
  if (channelTo(destination) === 'sms') return `${destination.slice(3, 6)}••••${destination.slice(-4)}`;
  return destination.replace(/^(.).*@/, '$1•••@');
}

/** What is stored of a code; bound to its row, so that equal codes do not look equal. */
export const digestOf = (secrets: Secrets, id: string, code: string): Buffer =>
  secrets.mac('code', `${id} ${code}`);

/** Whether a code is one of these. All are compared, in constant time each. */
export function isAmong(
  secrets: Secrets,
  code: string,
  issued: readonly { id: string; digest: Buffer }[],
): boolean {
  let found = false;
  for (const { id, digest } of issued) found = timingSafeEqual(digestOf(secrets, id, code), digest) || found;
  return found;
}
