import type { FastifyInstance } from 'fastify';
import { getAvailability } from '../../contract/doctors.ts';
import { serve } from '../../platform/http.ts';
import { Problem } from '../../platform/problems.ts';
import { findPlaces, spanOfDates } from './find-places.ts';
import { presentSession } from './present.ts';
import { findDoctorsTime } from './queries.ts';

export function availabilityRoutes(app: FastifyInstance): void {
  const { pool } = app.deps;

  serve(app, getAvailability, async ({ params, query, now }) => {
    const time = await findDoctorsTime(pool, { doctorId: params.id, ...spanOfDates(query) });
    if (!time) throw new Problem('not_found');
    const open = findPlaces(time, { ...query, now: now.epochMilliseconds });
    const byDate = Map.groupBy(open, ({ sitting }) => sitting.date);
    return {
      timeZone: open[0]?.sitting.rule.zone ?? time.rules[0]?.zone ?? 'Asia/Dhaka',
      days: datesFrom(query).map((date) => ({
        date,
        sessions: (byDate.get(date) ?? []).map(presentSession),
      })),
    };
  });
}

function datesFrom({ from, to }: { from: string; to: string }): string[] {
  const dates: string[] = [];
  const last = Temporal.PlainDate.from(to);
  let date = Temporal.PlainDate.from(from);
  while (Temporal.PlainDate.compare(date, last) <= 0) {
    dates.push(date.toString());
    date = date.add({ days: 1 });
  }
  return dates;
}
