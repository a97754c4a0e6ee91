import type { Database } from '../../platform/database.ts';
import { hashSecret, type RefreshToken } from './policy.ts';

type Reason = 'sign_out' | 'revoked' | 'token_reused' | 'password_changed';

/** Which live sign-ins: one, one if it is this user's, or all of a user. */
type Which = { id: string; userId?: number } | { id?: never; userId: number };

/** Ends sign-ins that are still live, and returns how many. Their access tokens work for at most five seconds more. */
export async function endSignIn(
  db: Database,
  { id, userId, because }: Which & { because: Reason },
  now: Temporal.Instant,
): Promise<number> {
  let ending = db
    .updateTable('sign_ins')
    .set({ ended_at: now.toString(), ended_because: because })
    .where('ended_at', 'is', null);
  if (id !== undefined) ending = ending.where('id', '=', id);
  if (userId !== undefined) ending = ending.where('user_id', '=', userId);
  const { numUpdatedRows } = await ending.executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** Ends the sign-in of a refresh token, the current or the one before; any other token does nothing. */
export async function signOut(
  db: Database,
  { id, secret }: RefreshToken,
  now: Temporal.Instant,
): Promise<void> {
  const hash = hashSecret(secret);
  await db
    .updateTable('sign_ins')
    .set({ ended_at: now.toString(), ended_because: 'sign_out' })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where((by) => by.or([by('token_hash', '=', hash), by('previous_token_hash', '=', hash)]))
    .execute();
}
