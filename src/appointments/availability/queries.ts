import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { EpochMs, Range } from '../../scheduling/range.ts';
import { ruleColumns, type VersionedRule } from '../schedules/queries.ts';

/** Statuses that give the time back. Spelt as in the constraints, so that their partial indexes serve the reads. */
export const live = (alias: string): string => `${alias}.status not in ('cancelled', 'no_show', 'expired')`;

/** An instant parameter given as epoch milliseconds. */
export const instantOf = (parameter: string): string => `to_timestamp(${parameter}::float8 / 1000)`;

/** Epoch milliseconds of an SQL expression: flat numbers, since an Instant each costs more than the query. */
export const epochOf = (expression: string): string => `(extract(epoch from ${expression}) * 1000)::float8`;

/** SQL of the starts and of the ends of a doctor's occupied ranges within two instants, sorted by start. */
export const takenOfDoctor = (doctor: string, from: string, to: string): string => `
  select array_agg(${epochOf('lower(a.occupied)')} order by lower(a.occupied)) as starts,
         array_agg(${epochOf('upper(a.occupied)')} order by lower(a.occupied)) as ends
  from appointments a
  where a.doctor_id = ${doctor} and a.occupied && tstzrange(${instantOf(from)}, ${instantOf(to)})
    and ${live('a')} and a.overbook_reason is null`;

/** What a doctor's places between two instants follow from. */
export type DoctorsTime = {
  rules: VersionedRule[];
  taken: Range[];
  /** Keys of sessions that take no more bookings. */
  closedSessions: Set<string>;
  visitTypes: { id: number; chamberId: number; kind: 'new' | 'follow_up' | 'report'; minutes: number }[];
};

type Row = {
  rules: VersionedRule[] | null;
  visit_types: DoctorsTime['visitTypes'] | null;
  closed_sessions: string[] | null;
  starts: EpochMs[] | null;
  ends: EpochMs[] | null;
};

const dateOf = (parameter: string): string => `(${instantOf(parameter)} at time zone 'UTC')::date`;

// One round trip: four small aggregates cost less than three more waits.
const timeOfDoctor: Statement = {
  name: 'time-of-doctor',
  text: `
    select taken.starts, taken.ends,
      (select json_agg(rule) from (
         select ${ruleColumns} from schedules s join chambers c on c.id = s.chamber_id
         where s.doctor_id = d.user_id and s.ended_at is null order by s.id) rule) as rules,
      (select json_agg(json_build_object('id', v.id, 'chamberId', v.chamber_id, 'kind', v.kind, 'minutes', v.minutes)
                       order by v.id)
         from visit_types v where v.doctor_id = d.user_id) as visit_types,
      (select array_agg(s.schedule_id || '.' || s.date::text) from sessions s
         where s.doctor_id = d.user_id and s.status <> 'open'
           and s.date between ${dateOf('$2')} and ${dateOf('$3')}) as closed_sessions
    from doctors d join users u on u.id = d.user_id
      cross join lateral (${takenOfDoctor('d.user_id', '$2', '$3')}) taken
    where d.user_id = $1 and d.approval = 'approved' and u.status = 'active'`,
};

/** Null when there is no such doctor, or none who can be booked now. */
export async function findDoctorsTime(
  on: Queryable,
  query: { doctorId: number; from: EpochMs; to: EpochMs },
): Promise<DoctorsTime | null> {
  const [row] = await run<Row>(on, timeOfDoctor, [query.doctorId, query.from, query.to]);
  if (!row) return null;
  return {
    rules: row.rules ?? [],
    visitTypes: row.visit_types ?? [],
    taken: ranges(row.starts, row.ends),
    closedSessions: new Set(row.closed_sessions),
  };
}

/** Pairs the two lists of `takenOfDoctor`. */
export function ranges(starts: EpochMs[] | null, ends: EpochMs[] | null): Range[] {
  return (starts ?? []).map((start, index) => ({ start, end: ends?.[index] ?? start }));
}
