import type { FastifyInstance } from 'fastify';
import { listMessages, resolveMessage } from '../../contract/messages.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { presentMessage } from './present.ts';
import { findMessage, searchMessages } from './queries.ts';
import { settleMessage } from './settle-message.ts';

export function ledgerRoutes(app: FastifyInstance): void {
  const { pool, db } = app.deps;

  serve(app, listMessages, async ({ query }) => {
    const { limit = defaultLimit, cursor, ...filters } = query;
    const [before = null] = readCursor(cursor, 1) ?? [];
    const found = await searchMessages(pool, { ...filters, before, limit: limit + 1 });
    const { page, nextCursor } = cutPage(found, limit, ({ id }) => [id]);
    return { items: page.map(presentMessage), nextCursor };
  });

  serve(app, resolveMessage, async ({ params, body, actor, now, idempotency }) =>
    answerOnce(db, { userId: actor.userId, idempotency, status: 200, now }, async (tx) => {
      await settleMessage(tx, { id: params.id, decision: body.decision }, actor);
      const message = await findMessage(tx, params.id);
      if (!message) throw new Problem('not_found');
      return { message: presentMessage(message) };
    }),
  );
}
