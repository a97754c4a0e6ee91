import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { endSignIn } from './end-sign-in.ts';
import { hashSecret, joinToken, judgeSecret, nextEnd, type RefreshToken } from './policy.ts';

export type Refreshed =
  | { outcome: 'refreshed'; actor: Actor; refreshToken: string }
  | { outcome: 'reused' | 'over' | 'inactive' };

/**
 * Exchanges a refresh token for its successor under the lock of its sign-in. The successor is derived from the token, so
 * a repeat gets the very same one. Refusals are returned, not thrown: what a reuse ends must be committed.
 */
export async function refreshSignIn(
  tx: Tx,
  { token, secrets }: { token: RefreshToken; secrets: Secrets },
  now: Temporal.Instant,
): Promise<Refreshed> {
  const signIn = await tx
    .selectFrom('sign_ins as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .select([
      's.id',
      's.user_id',
      's.token_hash',
      's.previous_token_hash',
      's.rotated_at',
      's.created_at',
      's.expires_at',
      's.ended_at',
      'u.user_type',
      'u.status',
    ])
    .where('s.id', '=', token.id)
    .forUpdate('s')
    .executeTakeFirst();
  if (!signIn) return { outcome: 'over' };
  const judgement = judgeSecret(signIn, token.secret, now);
  switch (judgement) {
    case 'over':
      return { outcome: 'over' };
    case 'reused':
      await endSignIn(tx, { id: signIn.id, because: 'token_reused' }, now);
      return { outcome: 'reused' };
    case 'current':
    case 'repeated':
      break;
    default:
      return judgement satisfies never;
  }
  if (signIn.status !== 'active') return { outcome: 'inactive' };
  const successor = secrets.mac('refresh-token', joinToken(token)).toString('base64url');
  if (judgement === 'current')
    await tx
      .updateTable('sign_ins')
      .set({
        token_hash: hashSecret(successor),
        previous_token_hash: signIn.token_hash,
        rotated_at: now.toString(),
        expires_at: nextEnd(signIn.created_at, now).toString(),
      })
      .where('id', '=', signIn.id)
      .execute();
  return {
    outcome: 'refreshed',
    actor: { userId: signIn.user_id, userType: signIn.user_type, signInId: signIn.id },
    refreshToken: joinToken({ id: signIn.id, secret: successor }),
  };
}
