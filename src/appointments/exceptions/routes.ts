import type { FastifyInstance } from 'fastify';
import {
  createException as createExceptionRoute,
  endException as endExceptionRoute,
  listExceptions,
  patchException,
} from '../../contract/exceptions.ts';
import { serve } from '../../platform/http.ts';
import { isAttachedTo } from '../attachments/queries.ts';
import { mayArrange, mayPublish, mayReadArrangement } from '../schedules/policy.ts';
import { findStanding } from '../schedules/queries.ts';
import { changeException } from './change-exception.ts';
import { createException } from './create-exception.ts';
import { endException } from './end-exception.ts';
import { presentException } from './present.ts';
import { findExceptions, today } from './queries.ts';

export function exceptionRoutes(app: FastifyInstance): void {
  const { db, pool } = app.deps;

  serve(app, listExceptions, async ({ params, query, actor, now }) => {
    mayReadArrangement(actor, params.id, { attached: await isAttachedTo(pool, actor, params.id) });
    const dates = { from: query.from ?? today(now), until: query.until ?? null };
    return { items: (await findExceptions(db, params.id, dates)).map(presentException) };
  });

  serve(app, createExceptionRoute, async ({ params, query, body, actor, now, idempotency }) => {
    mayArrange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    return createException(db, { ...body, doctorId: params.id }, { by: actor, now, query, idempotency });
  });

  serve(app, patchException, async ({ params, query, body, actor, now }) => {
    mayArrange(actor, params.id);
    const input = { doctorId: params.id, exceptionId: params.exceptionId, patch: body };
    return changeException(db, input, { by: actor, now, query });
  });

  serve(app, endExceptionRoute, async ({ params, query, actor, now }) => {
    mayArrange(actor, params.id);
    const input = { doctorId: params.id, exceptionId: params.exceptionId };
    return endException(db, input, { by: actor, now, query });
  });
}
