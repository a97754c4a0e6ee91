import { randomBytes } from 'node:crypto';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { firstEnd, hashSecret, joinToken } from './policy.ts';

/** Signs a device in: its row and its first refresh token. The password has been checked by the caller. */
export async function startSignIn(
  tx: Tx,
  { userId, userAgent }: { userId: number; userAgent: string | null },
  now: Temporal.Instant,
): Promise<{ actor: Actor; refreshToken: string }> {
  // The lock makes a suspension that is under way end this sign-in too, or be seen here.
  const user = await tx
    .selectFrom('users')
    .select('user_type')
    .where('id', '=', userId)
    .where('status', '=', 'active')
    .forShare()
    .executeTakeFirst();
  if (!user) throw new Problem('account_inactive');
  const secret = randomBytes(32).toString('base64url');
  const { id } = await tx
    .insertInto('sign_ins')
    .values({
      user_id: userId,
      token_hash: hashSecret(secret),
      rotated_at: now.toString(),
      created_at: now.toString(),
      expires_at: firstEnd(now).toString(),
      user_agent: userAgent?.slice(0, 300) ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    actor: { userId, userType: user.user_type, signInId: id },
    refreshToken: joinToken({ id, secret }),
  };
}
