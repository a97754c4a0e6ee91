import type { FastifyInstance } from 'fastify';
import {
  attachAssistant as attachRoute,
  endAttachment as endRoute,
  getMyDesk,
  listAttachments,
} from '../../contract/attachments.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { attachAssistant } from './attach-assistant.ts';
import { endAttachment } from './end-attachment.ts';
import { mayListAttachments, mustNarrow } from './policy.ts';
import { presentAttachment } from './present.ts';
import { findAttachment, findAttachments, findDesk, isAssistant } from './queries.ts';

export function attachmentRoutes(app: FastifyInstance): void {
  const { db, pool } = app.deps;

  serve(app, listAttachments, async ({ params, query, actor }) => {
    mayListAttachments(actor, params.id);
    if (!(await isAssistant(db, params.id))) throw new Problem('not_found');
    const limit = query.limit ?? defaultLimit;
    const [after] = readCursor(query.cursor, 1) ?? [0];
    const found = await findAttachments(db, { assistantId: params.id, after: after ?? 0, limit: limit + 1 });
    const { page, nextCursor } = cutPage(found, limit, (last) => [last.id]);
    return { items: page.map(presentAttachment), nextCursor };
  });

  serve(app, attachRoute, async ({ params, body, actor, now, idempotency }) => {
    const input = { assistantId: params.id, chamberId: body.chamberId, doctorId: body.doctorId ?? null };
    const keeper = { userId: actor.userId, idempotency, status: 201, now };
    return answerOnce(db, keeper, async (tx) => {
      const id = await attachAssistant(tx, input, actor, now);
      return { attachment: presentAttachment(await findAttachment(tx, id)) };
    });
  });

  serve(app, endRoute, async ({ params }) =>
    endAttachment(db, { assistantId: params.id, attachmentId: params.attachmentId }),
  );

  serve(app, getMyDesk, async ({ query, actor }) => {
    mustNarrow(actor, query);
    return { chambers: await findDesk(pool, actor, query) };
  });
}
