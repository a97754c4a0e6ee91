import type { FastifyInstance } from 'fastify';
import { createChamber as createRoute, listChambers } from '../../contract/chambers.ts';
import { serve } from '../../platform/http.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { mayPublish } from '../schedules/policy.ts';
import { findStanding } from '../schedules/queries.ts';
import { createChamber } from './create-chamber.ts';
import { presentChamber } from './present.ts';
import { findChambers } from './queries.ts';

export function chamberRoutes(app: FastifyInstance): void {
  const { db } = app.deps;

  serve(app, listChambers, async ({ query }) => {
    const limit = query.limit ?? defaultLimit;
    const [after] = readCursor(query.cursor, 1) ?? [0];
    const found = await findChambers(db, { district: query.district, after: after ?? 0, limit: limit + 1 });
    const { page, nextCursor } = cutPage(found, limit, (last) => [last.id]);
    return { items: page.map(presentChamber), nextCursor };
  });

  serve(app, createRoute, async ({ body, actor, now }) => {
    mayPublish(actor, await findStanding(db, actor.userId));
    return { chamber: await createChamber(db, body, now) };
  });
}
