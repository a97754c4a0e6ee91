import type { QueryClient, UseQueryResult } from '@tanstack/react-query';
import { listNotifications } from '../../../src/contract/notifications.ts';
import type { RouteAnswer } from '../../../src/contract/route.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { readAnew, useRead, useReadPages } from '../../lib/staff/data.ts';

const pollMs = 30_000;

/** How many messages are unread: asked twice a minute while the page is seen, and once when it is seen again. */
export function useUnread(): UseQueryResult<RouteAnswer<typeof listNotifications>> {
  const { me } = useStaff();
  // A patient has them on the patients' pages.
  return useRead(
    listNotifications,
    { query: { limit: 1 } },
    { everyMs: pollMs, enabled: me.userType !== 'patient' },
  );
}

/** The messages page by page. */
export const useNotifications = () =>
  useReadPages(listNotifications, { query: { limit: 20 } }, { everyMs: pollMs });

/** For whoever learns that there is a new one: count and list are read anew. */
export const readNotificationsAnew = (client: QueryClient): Promise<void> =>
  readAnew(client, [listNotifications]);
