import { instantOf } from '../../platform/instant-range.ts';
import { doctorsTime } from '../../platform/bus.ts';
import type { Cache } from '../../platform/cache.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { Closure } from '../../scheduling/closures.ts';
import type { Taken } from '../../scheduling/obstacles.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { closuresOfDoctor, placeClosures, type LocalClosure } from '../exceptions/queries.ts';
import { ruleColumns, type VersionedRule } from '../schedules/queries.ts';

/**
 * Whether an appointment keeps its time at an instant, an SQL expression: not one of the statuses that give it back,
 * spelt as in the constraints, so that their partial indexes serve the reads; nor a hold that has run out, swept or not.
 */
export const live = (alias: string, at: string): string =>
  `${alias}.status not in ('cancelled', 'no_show', 'expired')
   and (${alias}.expires_at is null or ${alias}.expires_at > ${at})`;

/** Epoch milliseconds of an SQL expression: flat numbers, since an Instant each costs more than the query. */
export const epochOf = (expression: string): string => `(extract(epoch from ${expression}) * 1000)::float8`;

/**
 * SQL of the starts, ends and chambers of a doctor's occupied ranges within two instants as of `at`, sorted by start;
 * `besides` is the id of an appointment that does not count, or null.
 */
export const takenOfDoctor = (
  doctor: string,
  { from, to, at, besides = 'null' }: { from: string; to: string; at: string; besides?: string },
): string => `
  select array_agg(${epochOf('lower(a.occupied)')} order by lower(a.occupied)) as starts,
         array_agg(${epochOf('upper(a.occupied)')} order by lower(a.occupied)) as ends,
         array_agg(a.chamber_id order by lower(a.occupied)) as chambers
  from appointments a
  where a.doctor_id = ${doctor} and a.occupied && tstzrange(${instantOf(from)}, ${instantOf(to)})
    and ${live('a', instantOf(at))} and a.overbook_reason is null
    ${besides === 'null' ? '' : `and a.id is distinct from ${besides}`}`;

/** What `takenOfDoctor` answers. */
export type TakenRow = { starts: EpochMs[] | null; ends: EpochMs[] | null; chambers: number[] | null };

/** SQL of the minutes a doctor keeps free between visits in two chambers. */
export const travelOfDoctor = (doctor: string): string =>
  `coalesce((select travel_minutes from doctor_settings where doctor_id = ${doctor}), 0)`;

/** What a doctor's places between two instants follow from. */
export type DoctorsTime = {
  /** Whether patients can book them now. */
  bookable: boolean;
  rules: VersionedRule[];
  closures: Closure[];
  taken: Taken[];
  travelMinutes: number;
  /** Keys of sessions that take no more bookings. */
  closedSessions: Set<string>;
  visitTypes: { id: number; chamberId: number; kind: 'new' | 'follow_up' | 'report'; minutes: number }[];
};

type Row = TakenRow & {
  bookable: boolean;
  travel: number;
  rules: VersionedRule[] | null;
  closures: LocalClosure[] | null;
  visit_types: DoctorsTime['visitTypes'] | null;
  closed_sessions: string[] | null;
};

const dateOf = (parameter: string): string => `(${instantOf(parameter)} at time zone 'UTC')::date`;

// One round trip: small aggregates cost less than more waits. Rules that have run out are left aside, since the changes of
// single days pile up over the years; those to come say how far the calendar reaches.
const timeOfDoctor: Statement = {
  name: 'time-of-doctor',
  text: `
    select d.approval = 'approved' and u.status = 'active' as bookable, ${travelOfDoctor('d.user_id')} as travel,
      taken.starts, taken.ends, taken.chambers,
      (select json_agg(rule) from (
         select ${ruleColumns} from schedules s join chambers c on c.id = s.chamber_id
         where s.doctor_id = d.user_id and s.ended_at is null
           and (s.valid_until is null or s.valid_until >= ${dateOf('$2')})
         order by s.id) rule) as rules,
      (${closuresOfDoctor('d.user_id', dateOf('$2'), dateOf('$3'))}) as closures,
      (select json_agg(json_build_object('id', v.id, 'chamberId', v.chamber_id, 'kind', v.kind, 'minutes', v.minutes)
                       order by v.id)
         from visit_types v where v.doctor_id = d.user_id and v.ended_at is null) as visit_types,
      (select array_agg(s.schedule_id || '.' || s.date::text) from sessions s
         where s.doctor_id = d.user_id and s.status <> 'open'
           and s.date between ${dateOf('$2')} and ${dateOf('$3')}) as closed_sessions
    from doctors d join users u on u.id = d.user_id
      cross join lateral (${takenOfDoctor('d.user_id', { from: '$2', to: '$3', at: '$4' })}) taken
    where d.user_id = $1`,
};

/** The doctor's time between two instants, as of `now`. */
type TimeQuery = { doctorId: number; from: EpochMs; to: EpochMs; now: EpochMs };

/** Null when there is no such doctor, or none who can be booked now. */
export async function findDoctorsTime(on: Queryable, query: TimeQuery): Promise<DoctorsTime | null> {
  const time = await findAnyDoctorsTime(on, query);
  return time?.bookable ? time : null;
}

/**
 * For showing only: where processes share a cache, as it was within the last second. What is booked is judged by what
 * stands in the database then.
 */
export async function findShownTime(
  on: Queryable,
  cache: Cache,
  query: TimeQuery,
): Promise<DoctorsTime | null> {
  const { doctorId, from, to, now } = query;
  // As of the second that is asked about: holds run out.
  const asked = [from, to, Math.floor(now / 1_000)].join(' ');
  const row = await cache.remember({ about: doctorsTime(doctorId), asked }, () => readTime(on, query));
  return row?.bookable ? timeOf(row) : null;
}

/** Of a doctor who cannot be booked now too. Null when there is no such doctor. */
export async function findAnyDoctorsTime(on: Queryable, query: TimeQuery): Promise<DoctorsTime | null> {
  const row = await readTime(on, query);
  return row && timeOf(row);
}

async function readTime(on: Queryable, query: TimeQuery): Promise<Row | null> {
  const [row] = await run<Row>(on, timeOfDoctor, [query.doctorId, query.from, query.to, query.now]);
  return row ?? null;
}

function timeOf(row: Row): DoctorsTime {
  const rules = row.rules ?? [];
  return {
    bookable: row.bookable,
    rules,
    closures: placeClosures(row.closures, rules),
    visitTypes: row.visit_types ?? [],
    taken: takenRanges(row),
    travelMinutes: row.travel,
    closedSessions: new Set(row.closed_sessions),
  };
}

/** Pairs the lists of `takenOfDoctor`. */
export function takenRanges({ starts, ends, chambers }: TakenRow): Taken[] {
  return (starts ?? []).map((start, index) => ({
    start,
    end: ends?.[index] ?? start,
    chamberId: chambers?.[index] ?? null,
  }));
}
