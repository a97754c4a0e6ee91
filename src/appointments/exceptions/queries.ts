import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/database.ts';
import { closedPeriod, type Closure } from '../../scheduling/closures.ts';
import { scheduleColumns, type ScheduleRow } from '../schedules/queries.ts';

/** A closure as it is stored: in local wall time, which each chamber reads in its own zone. */
export type LocalClosure = {
  kind: Closure['kind'];
  chamberId: number | null;
  tentative: boolean;
  from: string;
  until: string;
};

/** SQL of the closures of a doctor that touch the dates, as a JSON list of `LocalClosure`; null when there are none. */
export const closuresOfDoctor = (doctor: string, from: string, to: string): string => `
  select json_agg(json_build_object('kind', e.kind, 'chamberId', e.chamber_id, 'tentative', e.tentative,
                                    'from', e.from_local, 'until', e.until_local))
  from exceptions e
  where (e.doctor_id = ${doctor} or e.doctor_id is null) and e.ended_at is null and e.kind <> 'other_hours'
    and e.until_local >= (${from})::text and left(e.from_local, 10) <= (${to})::text`;

/**
 * The instants of closures in the chambers of the rules: one for all of them where they share a zone, else one for each
 * chamber.
 */
export function placeClosures(
  closures: readonly LocalClosure[] | null,
  rules: readonly { chamberId: number; zone: string }[],
): Closure[] {
  if (closures === null || closures.length === 0) return [];
  const zones = new Map(rules.map(({ chamberId, zone }) => [chamberId, zone]));
  const [shared, ...others] = new Set(zones.values());
  return closures.flatMap(({ kind, chamberId, tentative, from, until }) => {
    const placed = (at: number | null, zone: string | undefined): Closure[] => {
      const period = zone === undefined ? null : closedPeriod(zone, { from, until });
      return period ? [{ kind, chamberId: at, tentative, period }] : [];
    };
    if (chamberId !== null) return placed(chamberId, zones.get(chamberId));
    if (others.length === 0) return placed(null, shared);
    return [...zones].flatMap(([each, zone]) => placed(each, zone));
  });
}

/** `hours` of other hours only. */
export type ExceptionRow = {
  id: number;
  kind: 'other_hours' | 'time_off';
  chamber_id: number | null;
  from_local: string;
  until_local: string;
  note: string | null;
  hours: ScheduleRow[];
};

type Touching = { from: string; until: string | null };

/** Those of a doctor that touch the dates, by their start. */
export const findExceptions = (
  on: Database | Tx,
  doctorId: number,
  { from, until }: Touching,
): Promise<ExceptionRow[]> =>
  withHours(
    on,
    live(on, doctorId)
      .where('until_local', '>=', from)
      .$if(until !== null, (all) => all.where(sql<string>`left(from_local, 10)`, '<=', until ?? ''))
      .orderBy('from_local')
      .orderBy('id')
      .execute(),
  );

/** Null when the doctor has no such exception, or no more. */
export async function findException(
  on: Database | Tx,
  { doctorId, exceptionId }: { doctorId: number; exceptionId: number },
): Promise<ExceptionRow | null> {
  const [row] = await withHours(on, live(on, doctorId).where('id', '=', exceptionId).execute());
  return row ?? null;
}

const live = (on: Database | Tx, doctorId: number) =>
  on
    .selectFrom('exceptions')
    .select(['id', 'kind', 'chamber_id', 'from_local', 'until_local', 'note'])
    .where('doctor_id', '=', doctorId)
    .where('ended_at', 'is', null);

type Bare = Omit<ExceptionRow, 'kind' | 'hours'> & { kind: ExceptionRow['kind'] | 'holiday' };

async function withHours(on: Database | Tx, found: Promise<Bare[]>): Promise<ExceptionRow[]> {
  const rows = await found;
  const hours = await hoursOf(
    on,
    rows.map(({ id }) => id),
  );
  return rows.map(({ kind, ...row }) => {
    if (kind === 'holiday') throw new Error(`holiday ${row.id} belongs to one doctor`);
    return { ...row, kind, hours: hours.get(row.id) ?? [] };
  });
}

async function hoursOf(on: Database | Tx, exceptionIds: number[]): Promise<Map<number, ScheduleRow[]>> {
  if (exceptionIds.length === 0) return new Map();
  const rows = await on
    .selectFrom('schedules')
    .select([...scheduleColumns, 'exception_id'])
    .where('exception_id', 'in', exceptionIds)
    .where('ended_at', 'is', null)
    .orderBy('weekday')
    .orderBy('from_time')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, (row) => row.exception_id ?? 0);
}

/** The first date that may still be under way anywhere. */
export const today = (now: Temporal.Instant): string =>
  now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 }).toString();
