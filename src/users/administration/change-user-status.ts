import type { Actor } from '../../platform/access-tokens.ts';
import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { endSignIn } from '../sign-ins/end-sign-in.ts';
import { refuseOwnAccount } from './policy.ts';

/**
 * Activates, deactivates or suspends a user, and signs out everywhere who is not active. Requests that carry an access
 * token already checked are answered for at most five seconds more.
 */
export async function changeUserStatus(
  tx: Tx,
  { userId, status }: { userId: number; status: 'active' | 'inactive' | 'suspended' },
  by: Actor,
  now: Temporal.Instant,
): Promise<void> {
  refuseOwnAccount(by, userId);
  // Both rows, in one order: of two admins who switch each other off, the second is no longer one.
  const users = await tx
    .selectFrom('users')
    .select(['id', 'user_type', 'status'])
    .where('id', 'in', [by.userId, userId])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  if (users.find(({ id }) => id === by.userId)?.status !== 'active') throw new Problem('account_inactive');
  const user = users.find(({ id }) => id === userId);
  if (!user) throw new Problem('not_found');
  await tx.updateTable('users').set({ status }).where('id', '=', userId).execute();
  if (status !== 'active') await endSignIn(tx, { userId, because: 'revoked' }, now);
  if (user.user_type === 'doctor') await publish(tx, { name: 'doctor.changed', data: { doctorId: userId } });
}
