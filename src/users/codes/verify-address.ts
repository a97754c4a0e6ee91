import type { Tx } from '../../platform/database.ts';
import { channelTo } from './policy.ts';

/** Notes that a number or e-mail has been proven to be a user's; false when it is theirs no longer. */
export async function verifyAddress(
  tx: Tx,
  { destination, userId }: { destination: string; userId: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const sms = channelTo(destination) === 'sms';
  const { numUpdatedRows } = await tx
    .updateTable('users')
    .set(sms ? { mobile_verified_at: now.toString() } : { email_verified_at: now.toString() })
    .where('id', '=', userId)
    .where(sms ? 'mobile' : 'email', '=', destination)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
