import type { Actor } from '../../platform/access-tokens.ts';
import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import { endSignIn } from '../sign-ins/end-sign-in.ts';
import { lockUsers } from './lock-users.ts';
import { refuseOwnAccount } from './policy.ts';
import { recordDeed } from './record-deed.ts';

/**
 * Activates, deactivates or suspends a user, and signs out everywhere who is not active. Requests that carry an access
 * token already checked are answered for at most five seconds more. Whoever does it is an active administrator, as the lock
 * makes sure, and stays one: so there is always another, also when all switch each other off at once.
 */
export async function changeUserStatus(
  tx: Tx,
  { userId, status }: { userId: number; status: 'active' | 'inactive' | 'suspended' },
  by: Actor,
  now: Temporal.Instant,
): Promise<void> {
  refuseOwnAccount(by, userId);
  const user = await lockUsers(tx, by, userId);
  if (user.status === status) return;
  await tx.updateTable('users').set({ status }).where('id', '=', userId).execute();
  if (status !== 'active') await endSignIn(tx, { userId, because: 'revoked' }, now);
  await recordDeed(
    tx,
    { action: 'user.status_changed', detail: { userId, from: user.status, to: status } },
    by,
    now,
  );
  if (user.user_type === 'doctor') await publish(tx, { name: 'doctor.changed', data: { doctorId: userId } });
}
