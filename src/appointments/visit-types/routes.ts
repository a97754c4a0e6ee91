import type { FastifyInstance } from 'fastify';
import {
  createVisitType as createRoute,
  endVisitType as endRoute,
  listVisitTypes,
  patchVisitType,
} from '../../contract/schedules.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { Problem } from '../../platform/problems.ts';
import { mayArrange, mayPublish } from '../schedules/policy.ts';
import { findStanding } from '../schedules/queries.ts';
import { changeVisitType } from './change-visit-type.ts';
import { createVisitType } from './create-visit-type.ts';
import { endVisitType } from './end-visit-type.ts';
import { presentVisitType } from './present.ts';
import { findVisitTypes } from './queries.ts';

export function visitTypeRoutes(app: FastifyInstance): void {
  const { db } = app.deps;

  serve(app, listVisitTypes, async ({ params }) => {
    if (!(await findStanding(db, params.id)).bookable) throw new Problem('not_found');
    return { items: (await findVisitTypes(db, params.id)).map(presentVisitType) };
  });

  serve(app, createRoute, async ({ params, body, actor, now, idempotency }) => {
    mayArrange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    return answerOnce(db, { userId: actor.userId, idempotency, status: 201, now }, async (tx) => ({
      visitType: presentVisitType(await createVisitType(tx, { ...body, doctorId: params.id })),
    }));
  });

  serve(app, patchVisitType, async ({ params, body, actor }) => {
    mayArrange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    const changed = { doctorId: params.id, visitTypeId: params.visitTypeId, change: body };
    return { visitType: presentVisitType(await changeVisitType(db, changed)) };
  });

  serve(app, endRoute, async ({ params, actor, now }) => {
    mayArrange(actor, params.id);
    await endVisitType(db, { doctorId: params.id, visitTypeId: params.visitTypeId }, now);
  });
}
