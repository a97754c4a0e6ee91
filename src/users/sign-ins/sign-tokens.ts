import { accessTokenSeconds, type Actor } from '../../platform/access-tokens.ts';
import type { Deps } from '../../platform/deps.ts';

/** What a sign-in is continued with: an access token made now, and the refresh token that goes with it. */
export const signTokens = async (
  { tokens }: Pick<Deps, 'tokens'>,
  { actor, refreshToken }: { actor: Actor; refreshToken: string },
  now: Temporal.Instant,
) => ({
  accessToken: await tokens.sign(actor, now),
  tokenType: 'bearer' as const,
  expiresIn: accessTokenSeconds,
  refreshToken,
});
