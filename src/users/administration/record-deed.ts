import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';

/** What an administrator did with somebody's account, for whoever asks later. Ids only. */
export async function recordDeed(
  tx: Tx,
  { action, detail }: { action: `user.${string}` | `doctor.${string}` | 'users.looked_up'; detail: object },
  by: Pick<Actor, 'userId'>,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({ at: now.toString(), by_user: by.userId, action, detail: JSON.stringify(detail) })
    .execute();
}
