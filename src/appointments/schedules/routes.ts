import type { FastifyInstance } from 'fastify';
import {
  createSchedule as createScheduleRoute,
  createVisitType as createVisitTypeRoute,
  endSchedule as endScheduleRoute,
  listSchedules,
  listVisitTypes,
} from '../../contract/chambers.ts';
import { serve } from '../../platform/http.ts';
import { Problem } from '../../platform/problems.ts';
import { createSchedule } from './create-schedule.ts';
import { createVisitType } from './create-visit-type.ts';
import { endSchedule } from './end-schedule.ts';
import { mayArrange, mayPublish } from './policy.ts';
import { presentSchedule, presentVisitType } from './present.ts';
import { findSchedules, findStanding, findVisitTypes } from './queries.ts';

export function scheduleRoutes(app: FastifyInstance): void {
  const { db } = app.deps;

  serve(app, listVisitTypes, async ({ params }) => {
    if (!(await findStanding(db, params.id)).bookable) throw new Problem('not_found');
    return { items: (await findVisitTypes(db, params.id)).map(presentVisitType) };
  });

  serve(app, createVisitTypeRoute, async ({ params, body, actor }) => {
    mayArrange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    return { visitType: presentVisitType(await createVisitType(db, { ...body, doctorId: params.id })) };
  });

  serve(app, listSchedules, async ({ params, actor }) => {
    mayArrange(actor, params.id);
    return { items: (await findSchedules(db, params.id)).map(presentSchedule) };
  });

  serve(app, createScheduleRoute, async ({ params, body, actor, now }) => {
    mayArrange(actor, params.id);
    mayPublish(actor, await findStanding(db, actor.userId));
    return { schedule: await createSchedule(db, { ...body, doctorId: params.id }, now) };
  });

  serve(app, endScheduleRoute, async ({ params, actor, now }) => {
    mayArrange(actor, params.id);
    await endSchedule(db, { doctorId: params.id, scheduleId: params.scheduleId }, now);
  });
}
