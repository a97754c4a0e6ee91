import type { FastifyInstance } from 'fastify';
import { explainPlace as explainRoute, getAvailability } from '../../contract/doctors.ts';
import { serve } from '../../platform/http.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { dateIn, dayOfDate } from '../../scheduling/wall-time.ts';
import { isAttachedTo } from '../attachments/queries.ts';
import { mayReadArrangement } from '../schedules/policy.ts';
import { explainPlace } from './explain-place.ts';
import { datesAround, findPlaces, spanOfDates, type OpenSitting } from './find-places.ts';
import { presentExplanation, presentSession } from './present.ts';
import { findAnyDoctorsTime, findShownTime, type DoctorsTime } from './queries.ts';

export function availabilityRoutes(app: FastifyInstance): void {
  const { pool } = app.deps;

  serve(app, getAvailability, async ({ params, query, now }) => {
    const time = await findShownTime(pool, app.cache, {
      doctorId: params.id,
      ...spanOfDates(query),
      now: now.epochMilliseconds,
    });
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

  serve(app, explainRoute, async ({ params, query, actor, now }) => {
    mayReadArrangement(actor, params.id, { attached: await isAttachedTo(pool, actor, params.id) });
    const at = Temporal.Instant.from(query.at);
    const dates = datesAround(at.toZonedDateTimeISO('UTC').toPlainDate().toString());
    const time = await findAnyDoctorsTime(pool, {
      doctorId: params.id,
      ...spanOfDates(dates),
      now: now.epochMilliseconds,
    });
    if (!time) throw new Problem('not_found');
    const explanation = explainPlace(time, {
      at: at.epochMilliseconds,
      visitType: visitTypeOf(time, query),
      channel: query.channel ?? 'online',
      dates,
      now: now.epochMilliseconds,
    });
    return presentExplanation(explanation);
  });
}

function refuseForeignVisitType(
  time: DoctorsTime,
  asked: { chamberId?: number; visitTypeId?: number },
): void {
  const { visitTypeId, chamberId } = asked;
  if (visitTypeId !== undefined) visitTypeOf(time, { visitTypeId, chamberId });
}

/** A visit type holds in one chamber of one doctor; places for another would be places nobody can book. */
function visitTypeOf(
  time: DoctorsTime,
  { visitTypeId, chamberId }: { visitTypeId: number; chamberId?: number | undefined },
): DoctorsTime['visitTypes'][number] {
  const type = time.visitTypes.find((each) => each.id === visitTypeId);
  if (type && (chamberId === undefined || chamberId === type.chamberId)) return type;
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
