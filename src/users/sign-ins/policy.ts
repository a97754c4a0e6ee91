import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../../platform/secrets.ts';

/** A device that is used stays signed in this long after each use … */
const idleHours = 30 * 24;
/** … but never longer than this: then the password is asked for again. */
const longestHours = 180 * 24;
/** A client whose answer got lost may repeat its last refresh within this time. */
const repeatSeconds = 30;

/** A refresh token: the id of its sign-in and a secret of which only the hash is stored. */
export type RefreshToken = { id: string; secret: string };

const pattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** Null for anything that never was a refresh token. */
export function splitToken(token: string): RefreshToken | null {
  const [, id, secret] = pattern.exec(token) ?? [];
  return id && secret ? { id, secret } : null;
}

export const joinToken = ({ id, secret }: RefreshToken): string => `${id}.${secret}`;

export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** What tries to sign in are counted under: a login is personal data. */
export const hashLogin = (secrets: Secrets, login: string): Buffer => secrets.mac('sign-in-attempts', login);

export const firstEnd = (now: Temporal.Instant): Temporal.Instant => now.add({ hours: idleHours });

export function nextEnd(createdAt: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const sliding = now.add({ hours: idleHours });
  const last = createdAt.add({ hours: longestHours });
  return Temporal.Instant.compare(sliding, last) < 0 ? sliding : last;
}

type SignIn = {
  token_hash: Buffer;
  previous_token_hash: Buffer | null;
  rotated_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
};

/**
 * What a presented secret means to its sign-in: the token in force, the one just before it repeated in time, one that
 * must not come any more, or a sign-in that is over.
 */
export function judgeSecret(
  signIn: SignIn,
  secret: string,
  now: Temporal.Instant,
): 'current' | 'repeated' | 'reused' | 'over' {
  if (signIn.ended_at || Temporal.Instant.compare(signIn.expires_at, now) <= 0) return 'over';
  const hash = hashSecret(secret);
  if (timingSafeEqual(hash, signIn.token_hash)) return 'current';
  const isPrevious = signIn.previous_token_hash && timingSafeEqual(hash, signIn.previous_token_hash);
  const repeatableUntil = signIn.rotated_at.add({ seconds: repeatSeconds });
  return isPrevious && Temporal.Instant.compare(now, repeatableUntil) <= 0 ? 'repeated' : 'reused';
}
