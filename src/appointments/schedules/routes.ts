import type { FastifyInstance } from 'fastify';
import {
  createSchedule as createScheduleRoute,
  endSchedule as endScheduleRoute,
  listSchedules,
  patchSchedule,
  putWeek,
} from '../../contract/schedules.ts';
import { serve } from '../../platform/http.ts';
import { isAttachedTo } from '../attachments/queries.ts';
import { changeSchedule } from './change-schedule.ts';
import { createSchedule } from './create-schedule.ts';
import { endSchedule } from './end-schedule.ts';
import { mayArrange, mayPublish, mayReadArrangement } from './policy.ts';
import { presentSchedule } from './present.ts';
import { findStanding, findWeeklyHours } from './queries.ts';
import { setWeek } from './set-week.ts';

export function scheduleRoutes(app: FastifyInstance): void {
  const { db, pool } = app.deps;

  serve(app, listSchedules, async ({ params, actor }) => {
    mayReadArrangement(actor, params.id, { attached: await isAttachedTo(pool, actor, params.id) });
    return { items: (await findWeeklyHours(db, params.id)).map(presentSchedule) };
  });

  serve(app, createScheduleRoute, async ({ params, query, body, actor, now, idempotency }) => {
    mayArrange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    return createSchedule(db, { ...body, doctorId: params.id }, { by: actor, now, query, idempotency });
  });

  serve(app, patchSchedule, async ({ params, query, body, actor, now }) => {
    mayArrange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    const input = { doctorId: params.id, scheduleId: params.scheduleId, patch: body };
    return changeSchedule(db, input, { by: actor, now, query });
  });

  serve(app, endScheduleRoute, async ({ params, query, actor, now }) => {
    mayArrange(actor, params.id);
    const input = { doctorId: params.id, scheduleId: params.scheduleId };
    return endSchedule(db, input, { by: actor, now, query });
  });

  serve(app, putWeek, async ({ params, query, body, actor, now }) => {
    mayArrange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    return setWeek(db, { doctorId: params.id, week: body }, { by: actor, now, query });
  });
}
