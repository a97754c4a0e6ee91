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

/** For each of these readers the newest number and how much is unread; and what came after `after`, `most` at most. */
export async function findMissed(
  on: Queryable,
  readers: readonly { userId: number; after: number | null }[],
  most: number,
): Promise<{ unread: number; newestFirst: NotificationRow[] }[]> {
  const rows = await run<MissedRow>(on, missedByReaders, [
    readers.map(({ userId }) => userId),
    readers.map(({ after }) => after),
    most,
  ]);
  const found = readers.map(() => ({ unread: 0, newestFirst: [] as NotificationRow[] }));
  for (const { place, unread: count, ...row } of rows) {
    const of = found[place - 1];
    if (!of) continue;
    of.unread = count;
    if (isNotification(row)) of.newestFirst.push(row);
  }
  return found;
}

type MissedRow = { place: number; unread: number } & (
  | NotificationRow
  | { [key in keyof NotificationRow]: null }
);

const isNotification = (row: NotificationRow | { id: null }): row is NotificationRow => row.id !== null;

// One statement for all: a round trip for each is what telling thousands would cost. Who begins gets the last one.
const missedByReaders: Statement = {
  name: 'missed-notifications',
  text: `select asked.place::int as place, counted.unread, n.id, n.kind, n.title, n.text, n.path,
                n.created_at as "createdAt", n.read_at as "readAt"
         from unnest($1::int[], $2::bigint[]) with ordinality as asked (user_id, after, place)
           cross join lateral (
             select count(*)::int as unread from notifications where user_id = asked.user_id and read_at is null
           ) counted
           left join lateral (
             select id, kind, title, text, path, created_at, read_at from notifications
             where user_id = asked.user_id and id > coalesce(asked.after, 0)
             order by id desc limit case when asked.after is null then 1 else $3::int end
           ) n on true
         order by asked.place, n.id desc`,
};
