import { sql } from 'kysely';
import type { Actor } from '../../platform/access-tokens.ts';
import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { mostToOne, resendSeconds } from '../codes/policy.ts';
import { lockUsers } from './lock-users.ts';
import { recordDeed } from './record-deed.ts';

/**
 * Has a user told where to choose a password. Refuses with `changed_meanwhile` whoever is not active, and with
 * `too_many_requests` what comes as often as codes may not.
 */
export async function sendInvitation(
  tx: Tx,
  { userId }: { userId: number },
  by: Actor,
  now: Temporal.Instant,
): Promise<void> {
  const user = await lockUsers(tx, by, userId);
  if (user.status !== 'active')
    throw new Problem('changed_meanwhile', 'This account is not active. Activate it first.');
  await refuseTooMany(tx, userId, now);
  const { id: invitationId } = await tx
    .insertInto('invitations')
    .values({ user_id: userId, invited_by: by.userId, invited_at: now.toString() })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordDeed(tx, { action: 'user.invited', detail: { userId, invitationId } }, by, now);
  await publish(tx, { name: 'user.invited', data: { invitationId } });
}

/** Under the lock of the user's row, so that what is counted stays true until the commit. */
async function refuseTooMany(tx: Tx, userId: number, now: Temporal.Instant): Promise<void> {
  const { sent, last } = await tx
    .selectFrom('invitations')
    .select((select) => [
      select.fn.countAll<number>().as('sent'),
      select.fn.max('invited_at').$castTo<Temporal.Instant | null>().as('last'),
    ])
    .where('user_id', '=', userId)
    .where('invited_at', '>', sql<Temporal.Instant>`${now.subtract({ hours: 24 }).toString()}`)
    .executeTakeFirstOrThrow();
  const wait = last ? Math.ceil(resendSeconds - now.since(last).total('seconds')) : 0;
  if (sent >= mostToOne || wait > 0)
    throw new Problem('too_many_requests', 'They have just been told, or as often as is allowed in a day.', {
      retryAfter: sent >= mostToOne ? 24 * 3600 : wait,
    });
}
