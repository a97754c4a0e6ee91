import type { FastifyInstance } from 'fastify';
import {
  adoptHolidays as adoptRoute,
  createHoliday as createRoute,
  endHoliday as endRoute,
  listHolidays,
  listPublicHolidays,
  patchHoliday,
} from '../../contract/exceptions.ts';
import { serve } from '../../platform/http.ts';
import { today } from '../exceptions/queries.ts';
import { adoptHolidays } from './adopt-holidays.ts';
import { changeHoliday } from './change-holiday.ts';
import { createHoliday } from './create-holiday.ts';
import { endHoliday } from './end-holiday.ts';
import { findHolidays, findPublicHolidays } from './queries.ts';

export function holidayRoutes(app: FastifyInstance): void {
  const { db } = app.deps;

  serve(app, listHolidays, async ({ query, now }) => ({
    items: await findHolidays(db, { from: query.from ?? today(now), until: query.until ?? null }),
  }));

  serve(app, createRoute, async ({ query, body, actor, now, idempotency }) =>
    createHoliday(db, body, { by: actor, now, query, idempotency }),
  );

  serve(app, patchHoliday, async ({ params, query, body, actor, now }) =>
    changeHoliday(db, { id: params.id, patch: body }, { by: actor, now, query }),
  );

  serve(app, endRoute, async ({ params, query, actor, now }) =>
    endHoliday(db, params.id, { by: actor, now, query }),
  );

  serve(app, listPublicHolidays, async ({ query }) => ({
    items: await findPublicHolidays(db, query.year),
  }));

  serve(app, adoptRoute, async ({ query, body, actor, now }) =>
    adoptHolidays(db, body, { by: actor, now, query }),
  );
}
