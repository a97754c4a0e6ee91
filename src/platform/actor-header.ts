import { z } from 'zod';
import type { ServiceName } from '../config.ts';
import { actorClaims, type Actor } from './access-tokens.ts';
import { gatewayWords } from './gateway-words.ts';
import type { Secrets } from './secrets.ts';

/** What a gateway found out about the caller: who it is, or why their token opens nothing. */
export type Finding = { actor: Actor } | { refusal: 'token_expired' | 'account_inactive' };

export const actorHeader = 'x-shomoy-actor';

const claims = z.union([z.object({ refusal: z.enum(['token_expired', 'account_inactive']) }), actorClaims]);

/** Writes and reads the header by which a gateway tells a service who is calling. */
export function actorHeaders(secrets: Secrets) {
  const words = gatewayWords(secrets, 'actor');
  return {
    sign(finding: Finding, service: ServiceName, now: Temporal.Instant): Promise<string> {
      if ('refusal' in finding) return words.sign(finding, service, now);
      const { userId, userType, signInId } = finding.actor;
      return words.sign({ sub: String(userId), typ: userType, sid: signInId }, service, now);
    },
    /** Null when no gateway of ours wrote it for this service, or too long ago. */
    async read(header: string, service: ServiceName, now: Temporal.Instant): Promise<Finding | null> {
      const told = claims.safeParse(await words.read(header, service, now)).data;
      if (!told || 'refusal' in told) return told ?? null;
      return { actor: { userId: told.sub, userType: told.typ, signInId: told.sid } };
    },
  };
}
