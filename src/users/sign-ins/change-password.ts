import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { endSignIn } from './end-sign-in.ts';

/** Sets a new password and signs out everywhere: whoever knew the old one is out. Refuses with `account_inactive`. */
export async function changePassword(
  tx: Tx,
  { userId, passwordHash }: { userId: number; passwordHash: string },
  now: Temporal.Instant,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('users')
    .set({ password_hash: passwordHash })
    .where('id', '=', userId)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new Problem('account_inactive');
  await endSignIn(tx, { userId, because: 'password_changed' }, now);
}
