import type { FastifyInstance } from 'fastify';
import { getAvailability } from '../../contract/doctors.ts';
import { serve } from '../../platform/http.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { dateIn, dayOfDate } from '../../scheduling/wall-time.ts';
import { findPlaces, spanOfDates, type OpenSitting } from './find-places.ts';
import { presentSession } from './present.ts';
import { findDoctorsTime, type DoctorsTime } from './queries.ts';

export function availabilityRoutes(app: FastifyInstance): void {
  const { pool } = app.deps;

  serve(app, getAvailability, async ({ params, query, now }) => {
    const time = await findDoctorsTime(pool, { doctorId: params.id, ...spanOfDates(query) });
    if (!time) throw new Problem('not_found');
    refuseForeignVisitType(time, query);
    const open = findPlaces(time, { ...query, now: now.epochMilliseconds });
    const byDate = Map.groupBy(open, ({ sitting }) => sitting.date);
    return {
      timeZone: zoneOf(time, open, query.chamberId),
      days: datesFrom(query).map((date) => ({
        date,
        sessions: (byDate.get(date) ?? []).map(presentSession),
      })),
    };
  });
}

/** A visit type holds in one chamber of one doctor; places for another would be places nobody can book. */
function refuseForeignVisitType(
  time: DoctorsTime,
  asked: { chamberId?: number; visitTypeId?: number },
): void {
  if (asked.visitTypeId === undefined) return;
  const type = time.visitTypes.find((each) => each.id === asked.visitTypeId);
  if (type && (asked.chamberId === undefined || asked.chamberId === type.chamberId)) return;
  throw invalidInput({ path: 'visitTypeId', message: 'This doctor has no such visit type in this chamber' });
}

/** Of the first session, else of the hours asked for. */
function zoneOf(time: DoctorsTime, open: readonly OpenSitting[], chamberId: number | undefined): string {
  const rule = time.rules.find((each) => chamberId === undefined || each.chamberId === chamberId);
  return open[0]?.sitting.rule.zone ?? rule?.zone ?? 'Asia/Dhaka';
}

function datesFrom({ from, to }: { from: string; to: string }): string[] {
  const first = dayOfDate(from) ?? 0;
  const last = dayOfDate(to) ?? -1;
  return Array.from({ length: last - first + 1 }, (_, index) => dateIn('UTC', first + index) ?? '');
}
