import type { FastifyInstance } from 'fastify';
import { getOverview } from '../../contract/overview.ts';
import { serve } from '../../platform/http.ts';
import { findZones } from '../monthly/queries.ts';
import { presentOverview } from './present.ts';
import { findConcerns, findDay, type ZoneDay } from './queries.ts';

export function overviewRoutes(app: FastifyInstance): void {
  const { pool } = app.deps;

  serve(app, getOverview, async ({ now }) => {
    const zones = await findZones(pool);
    const days = zones.map((zone) => todayIn(zone, now));
    const [doctors, concerns] = await Promise.all([
      days.length === 0 ? [] : findDay(pool, days),
      findConcerns(pool, now),
    ]);
    return presentOverview({ doctors, concerns }, now);
  });
}

function todayIn(zone: string, now: Temporal.Instant): ZoneDay {
  const start = now.toZonedDateTimeISO(zone).startOfDay();
  const end = start.add({ days: 1 }).startOfDay();
  return { zone, start: start.epochMilliseconds, end: end.epochMilliseconds };
}
