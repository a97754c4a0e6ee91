import type { FastifyInstance } from 'fastify';
import { findMissedNotifications, mostMissed } from '../../contract/inner.ts';
import {
  listNotifications as listRoute,
  readNotifications as readRoute,
} from '../../contract/notifications.ts';
import { serve } from '../../platform/http.ts';
import { answerInner } from '../../platform/inner-calls.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { presentNotification } from './present.ts';
import { countUnread, findMissed, listNotifications } from './queries.ts';
import { readNotifications } from './read-notifications.ts';

export function inboxRoutes(app: FastifyInstance): void {
  const { pool } = app.deps;

  serve(app, listRoute, async ({ query, actor: { userId } }) => {
    const limit = query.limit ?? defaultLimit;
    const [before = null] = readCursor(query.cursor, 1) ?? [];
    const unreadOnly = query.unread === true;
    const after = query.after ?? 0;
    const found = await listNotifications(pool, { userId, unreadOnly, before, after, limit: limit + 1 });
    const { page, nextCursor } = cutPage(found, limit, ({ id }) => [id]);
    return { items: page.map(presentNotification), nextCursor, unread: await countUnread(pool, userId) };
  });

  answerInner(app, findMissedNotifications, async ({ readers }) => {
    // One more than is sent tells that there are more.
    const found = await findMissed(pool, readers, mostMissed + 1);
    return found.map(({ unread, newestFirst }, index) => {
      const after = readers[index]?.after ?? null;
      const missed = after === null ? [] : newestFirst.map(presentNotification).toReversed();
      return {
        lastId: newestFirst[0]?.id ?? after ?? 0,
        unread,
        missed: missed.length > mostMissed ? null : missed,
      };
    });
  });

  serve(app, readRoute, async ({ body, actor, now }) => {
    await readNotifications(pool, body, actor, now);
    // The reader's other windows; they would find out by themselves, later.
    await app.live
      .tell(`user:${actor.userId}`)
      .catch((error: unknown) => app.log.warn({ err: error }, 'nobody could be told what was read'));
    return { unread: await countUnread(pool, actor.userId) };
  });
}
