import type { Notification } from '../../contract/notifications.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';

export type NotificationRow = Omit<Notification, 'createdAt' | 'readAt'> & {
  createdAt: Temporal.Instant;
  readAt: Temporal.Instant | null;
};

/** One page of a user's, newest first. */
export const listNotifications = (
  on: Queryable,
  query: { userId: number; unreadOnly: boolean; before: number | null; after: number; limit: number },
): Promise<NotificationRow[]> =>
  run<NotificationRow>(on, ofUser, [query.userId, query.unreadOnly, query.before, query.after, query.limit]);

const ofUser: Statement = {
  name: 'notifications-of-user',
  text: `select id, kind, title, text, path, created_at as "createdAt", read_at as "readAt"
         from notifications
         where user_id = $1 and (not $2 or read_at is null) and ($3::bigint is null or id < $3) and id > $4
         order by id desc limit $5`,
};

export async function countUnread(on: Queryable, userId: number): Promise<number> {
  const [row] = await run<{ unread: number }>(on, unread, [userId]);
  return row?.unread ?? 0;
}

const unread: Statement = {
  name: 'unread-notifications',
  text: `select count(*)::int as unread from notifications where user_id = $1 and read_at is null`,
};
