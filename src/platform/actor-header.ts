import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { ServiceName } from '../config.ts';
import { actorClaims, type Actor } from './access-tokens.ts';
import type { Secrets } from './secrets.ts';

/** What a gateway found out about the caller: who it is, or why their token opens nothing. */
export type Finding = { actor: Actor } | { refusal: 'token_expired' | 'account_inactive' };

export const actorHeader = 'x-shomoy-actor';

/** Long enough for a photo on a poor line to arrive, short enough that a copied header is soon worth nothing. */
const lifetimeSeconds = 60;
const issuer = 'shomoy-gateway';

const claims = z.union([z.object({ refusal: z.enum(['token_expired', 'account_inactive']) }), actorClaims]);

/** Writes and reads the header by which a gateway tells a service who is calling: HS256, for one service, one minute. */
export function actorHeaders(secrets: Secrets) {
  // A key for each service: what is meant for one does not even have the other's signature.
  const keyOf = (service: ServiceName) => secrets.mac('actor header', service);
  return {
    sign: (finding: Finding, service: ServiceName, now: Temporal.Instant): Promise<string> => {
      const seconds = Math.floor(now.epochMilliseconds / 1000);
      const told =
        'refusal' in finding
          ? new SignJWT(finding)
          : new SignJWT({ typ: finding.actor.userType, sid: finding.actor.signInId }).setSubject(
              String(finding.actor.userId),
            );
      return told
        .setProtectedHeader({ alg: 'HS256', typ: 'actor+jwt' })
        .setIssuer(issuer)
        .setAudience(service)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + lifetimeSeconds)
        .sign(keyOf(service));
    },
    /** Null when no gateway of ours wrote it for this service, or too long ago. */
    async read(header: string, service: ServiceName, now: Temporal.Instant): Promise<Finding | null> {
      try {
        const { payload } = await jwtVerify(header, keyOf(service), {
          algorithms: ['HS256'],
          issuer,
          audience: service,
          typ: 'actor+jwt',
          currentDate: new Date(now.epochMilliseconds),
          // Two machines' clocks differ a little.
          clockTolerance: 10,
          requiredClaims: ['exp', 'iat'],
        });
        const told = claims.parse(payload);
        if ('refusal' in told) return told;
        return { actor: { userId: told.sub, userType: told.typ, signInId: told.sid } };
      } catch {
        // Any failure means the same: nobody is vouched for.
        return null;
      }
    },
  };
}
