import type { UserType } from '../src/contract/route.ts';
import { accessTokens } from '../src/platform/access-tokens.ts';
import { deriveSecrets } from '../src/platform/secrets.ts';
import { origin } from './clock.ts';

/** The installation secret of every bench. */
export const jwtSecret = 'a secret for benchmarks only, long enough to be accepted';

/** The `Authorization` header of users, patients unless told; each has one stored sign-in, numbered like the account. */
export function authorizationOf(
  userIds: readonly number[],
  userType: UserType = 'patient',
): Promise<string[]> {
  const tokens = accessTokens(deriveSecrets(jwtSecret));
  return Promise.all(
    userIds.map(async (userId) => {
      const signInId = `00000000-0000-4000-8000-${userId.toString(16).padStart(12, '0')}`;
      return `Bearer ${await tokens.sign({ userId, userType, signInId }, origin)}`;
    }),
  );
}
