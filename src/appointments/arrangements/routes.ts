import type { FastifyInstance } from 'fastify';
import { getArrangement, patchArrangement, type Arrangement } from '../../contract/schedules.ts';
import { serve } from '../../platform/http.ts';
import { Problem } from '../../platform/problems.ts';
import { isAttachedTo } from '../attachments/queries.ts';
import { mayArrange, mayReadArrangement } from '../schedules/policy.ts';
import { changeArrangement } from './change-arrangement.ts';
import { findArrangement } from './queries.ts';

export function arrangementRoutes(app: FastifyInstance): void {
  const { db, pool } = app.deps;

  serve(app, getArrangement, async ({ params, actor }) => {
    mayReadArrangement(actor, params.id, { attached: await isAttachedTo(pool, actor, params.id) });
    return arrangementOf(params.id);
  });

  serve(app, patchArrangement, async ({ params, body, actor }) => {
    mayArrange(actor, params.id);
    await changeArrangement(db, { ...body, doctorId: params.id });
    return arrangementOf(params.id);
  });

  async function arrangementOf(doctorId: number): Promise<Arrangement> {
    const arrangement = await findArrangement(pool, doctorId);
    if (!arrangement) throw new Problem('not_found');
    return arrangement;
  }
}
