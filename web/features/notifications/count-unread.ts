import { listNotifications } from '../../../src/contract/notifications.ts';
import { refusalOf } from '../../lib/refusal.ts';
import type { Session } from '../../lib/session.ts';
import { callAs, type Visit } from '../../lib/visit.ts';

/** For the header of a page that is made of other things; null when it cannot be said just now. */
export async function countUnread(visit: Visit, session: Session): Promise<number | null> {
  try {
    return (await callAs(visit, session)(listNotifications, { query: { limit: 1 } })).unread;
  } catch (error) {
    if (!refusalOf(error)) throw error;
    return null;
  }
}
