import { run, type Queryable, type Statement } from '../../platform/database.ts';

/** Marks a user's own notifications as read: those named, or all up to one of them. Others' stay as they are. */
export const readNotifications = (
  on: Queryable,
  { ids, upTo }: { ids?: number[] | undefined; upTo?: number | undefined },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<unknown> => run(on, markRead, [by.userId, ids ?? null, upTo ?? null, now.toString()]);

const markRead: Statement = {
  name: 'read-notifications',
  text: `update notifications set read_at = $4::timestamptz
         where user_id = $1 and read_at is null and (id = any ($2::bigint[]) or id <= $3::bigint)`,
};
