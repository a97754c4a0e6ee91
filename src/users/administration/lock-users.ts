import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

/**
 * Holds the row of whoever acts, and another's if one is named, in one order: an administrator who is being switched off
 * finishes nothing after that. Answers the other as they stand. Refuses with `account_inactive` and `not_found`.
 */
export async function lockUsers(tx: Tx, by: Pick<Actor, 'userId'>, userId: number = by.userId) {
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
  return user;
}
