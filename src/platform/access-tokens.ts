import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { UserType } from '../contract/route.ts';
import type { Secrets } from './secrets.ts';

/** Who is acting, as the access token says. */
export type Actor = { readonly userId: number; readonly userType: UserType; readonly signInId: string };

export const accessTokenSeconds = 900;
const issuer = 'shomoy';
const audience = 'shomoy-api';

/** How a signed token names an actor. */
export const actorClaims = z.object({
  sub: z
    .string()
    .regex(/^[0-9]+$/)
    .transform(Number),
  typ: z.enum(['patient', 'doctor', 'assistant', 'admin']),
  sid: z.uuid(),
});
const claims = actorClaims.extend({ exp: z.int() });

export type AccessTokens = {
  sign(actor: Actor, now: Temporal.Instant): Promise<string>;
  /** Null when the token is not ours, was changed, or has ended. */
  verify(token: string, now: Temporal.Instant): Promise<Actor | null>;
};

/** Access tokens: EdDSA, 15 minutes. A checked signature is remembered, since checking costs 100 µs and a look-up none. */
export function accessTokens({ signing }: Secrets): AccessTokens {
  const checked = new Map<string, { actor: Actor; endsAt: number }>();
  return {
    sign: (actor, now) => {
      const seconds = Math.floor(now.epochMilliseconds / 1000);
      return new SignJWT({ typ: actor.userType, sid: actor.signInId })
        .setProtectedHeader({ alg: 'EdDSA', kid: signing.keyId, typ: 'at+jwt' })
        .setSubject(String(actor.userId))
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + accessTokenSeconds)
        .sign(signing.privateKey);
    },
    async verify(token, now) {
      const known = checked.get(token);
      if (known) return known.endsAt > now.epochMilliseconds ? known.actor : null;
      const fresh = await check(token, signing.publicKey, now);
      if (!fresh) return null;
      if (checked.size >= 20_000) checked.clear();
      checked.set(token, fresh);
      return fresh.actor;
    },
  };
}

async function check(token: string, key: Secrets['signing']['publicKey'], now: Temporal.Instant) {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      issuer,
      audience,
      typ: 'at+jwt',
      // jose wants a Date here; the clock may be a test's.
      currentDate: new Date(now.epochMilliseconds),
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    const { sub, typ, sid, exp } = claims.parse(payload);
    return { actor: { userId: sub, userType: typ, signInId: sid }, endsAt: exp * 1000 };
  } catch {
    // Any failure means the same to the caller: this token opens nothing.
    return null;
  }
}
