import type { FastifyInstance } from 'fastify';
import { listMailbox } from '../../contract/messages.ts';
import { serve } from '../../platform/http.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { listKept } from './queries.ts';

export function mailboxRoutes(app: FastifyInstance): void {
  const { pool, config } = app.deps;

  serve(app, listMailbox, async ({ query }) => {
    if (!config.mailbox) throw new Problem('not_found');
    const limit = query.limit ?? defaultLimit;
    const [before = null] = readCursor(query.cursor, 1) ?? [];
    const found = await listKept(pool, { channel: query.channel ?? null, before, limit: limit + 1 });
    const { page, nextCursor } = cutPage(found, limit, ({ id }) => [id]);
    return { items: page.map((row) => ({ ...row, createdAt: row.createdAt.toString() })), nextCursor };
  });
}
