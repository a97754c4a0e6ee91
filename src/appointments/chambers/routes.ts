import type { FastifyInstance } from 'fastify';
import {
  createChamber as createRoute,
  endChamber as endRoute,
  listChambers,
  patchChamber,
} from '../../contract/chambers.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { mayPublish } from '../schedules/policy.ts';
import { findStanding } from '../schedules/queries.ts';
import { changeChamber } from './change-chamber.ts';
import { createChamber } from './create-chamber.ts';
import { endChamber } from './end-chamber.ts';
import { mayChange } from './policy.ts';
import { presentChamberTo } from './present.ts';
import { findChamber, findChambers } from './queries.ts';

export function chamberRoutes(app: FastifyInstance): void {
  const { db } = app.deps;

  serve(app, listChambers, async ({ query, actor }) => {
    const limit = query.limit ?? defaultLimit;
    const [after] = readCursor(query.cursor, 1) ?? [0];
    const found = await findChambers(db, {
      letters: query.q,
      district: query.district,
      after: after ?? 0,
      limit: limit + 1,
    });
    const { page, nextCursor } = cutPage(found, limit, (last) => [last.id]);
    return { items: page.map((row) => presentChamberTo(actor, row)), nextCursor };
  });

  serve(app, createRoute, async ({ body, actor, now, idempotency }) => {
    mayPublish(actor, await findStanding(db, actor.userId));
    return answerOnce(db, { userId: actor.userId, idempotency, status: 201, now }, async (tx) => ({
      chamber: await createChamber(tx, { ...body, createdBy: actor.userId }, now),
    }));
  });

  serve(app, patchChamber, async ({ params, body, actor, now }) => {
    await checkMayChange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    return { chamber: await changeChamber(db, { chamberId: params.id, change: body }, now) };
  });

  serve(app, endRoute, async ({ params, actor, now }) => {
    await checkMayChange(actor, params.id);
    await endChamber(db, params.id, now);
  });

  async function checkMayChange(actor: Actor, chamberId: number): Promise<void> {
    const chamber = await findChamber(db, chamberId);
    if (!chamber) throw new Problem('not_found');
    mayChange(actor, chamber);
  }
}
