import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import type { Closure } from '../../scheduling/closures.ts';
import type { Taken } from '../../scheduling/obstacles.ts';
import { sittings, type Sitting } from '../../scheduling/sittings.ts';
import { epochOf, live } from '../availability/queries.ts';
import { placeClosures, type LocalClosure } from '../exceptions/queries.ts';
import { ruleColumns, type VersionedRule } from '../schedules/queries.ts';

/** What a doctor's time follows from, and the sittings it gives on the dates in question, by start: worked out when asked for. */
export type DoctorCalendar = {
  doctorId: number;
  rules: VersionedRule[];
  closures: Closure[];
  travelMinutes: number;
  /** Minutes of a new visit, by chamber. */
  visitMinutes: Map<number, number>;
  readonly sittings: readonly Sitting[];
};

export type Dates = { from: string; to: string };

// To the farthest day that can be booked (366 days ahead, by a calendar that may be a day before UTC's), in any zone.
const daysChecked = 369;

/** All dates that a change can concern. */
export function daysAhead(now: Temporal.Instant): Dates {
  // Yesterday in UTC is still today west of it; what has passed may overlap as it likes.
  const from = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  return { from: from.toString(), to: from.add({ days: daysChecked }).toString() };
}

/** From the first to the last date of some stretches. */
export function spanOf(stretches: readonly Dates[]): Dates {
  const from = stretches.map((each) => each.from).toSorted()[0];
  const to = stretches
    .map((each) => each.to)
    .toSorted()
    .at(-1);
  if (from === undefined || to === undefined) throw new RangeError('stretches: expected at least one');
  return { from, to };
}

/**
 * The calendars of doctors as the transaction sees them, with the sittings of some stretches of dates, by date;
 * `doctorIds` in ascending order.
 */
export async function findCalendars(
  tx: Tx,
  doctorIds: readonly number[],
  stretches: readonly Dates[],
): Promise<DoctorCalendar[]> {
  const ids = [...doctorIds];
  const dates = spanOf(stretches);
  const rules = await sql<VersionedRule & { doctorId: number }>`
    select s.doctor_id as "doctorId", ${sql.raw(ruleColumns)}
    from schedules s join chambers c on c.id = s.chamber_id
    where s.doctor_id = any (${ids}) and s.ended_at is null order by s.id`.execute(tx);
  const closures = await sql<LocalClosure & { doctorId: number | null }>`
    select doctor_id as "doctorId", kind, chamber_id as "chamberId", tentative, from_local as "from",
           until_local as until
    from exceptions
    where (doctor_id is null or doctor_id = any (${ids})) and ended_at is null and kind <> 'other_hours'
      and until_local >= ${dates.from} and left(from_local, 10) <= ${dates.to} order by id`.execute(tx);
  const visits = await sql<{ doctorId: number; chamberId: number; minutes: number | null; zone: string }>`
    select v.doctor_id as "doctorId", c.id as "chamberId", c.time_zone as zone,
           min(v.minutes) filter (where v.kind = 'new' and v.ended_at is null) as minutes
    from visit_types v join chambers c on c.id = v.chamber_id
    where v.doctor_id = any (${ids}) group by v.doctor_id, c.id`.execute(tx);
  const settings = await sql<{ doctorId: number; travelMinutes: number }>`
    select doctor_id as "doctorId", travel_minutes as "travelMinutes" from doctor_settings
    where doctor_id = any (${ids})`.execute(tx);
  const rulesOf = Map.groupBy(rules.rows, (row) => row.doctorId);
  const closuresOf = Map.groupBy(closures.rows, (row) => row.doctorId);
  const visitsOf = Map.groupBy(visits.rows, (row) => row.doctorId);
  const travel = new Map(settings.rows.map((row) => [row.doctorId, row.travelMinutes]));
  return ids.map((doctorId) => {
    const own = rulesOf.get(doctorId) ?? [];
    const closing = [...(closuresOf.get(null) ?? []), ...(closuresOf.get(doctorId) ?? [])];
    const visited = visitsOf.get(doctorId) ?? [];
    let given: Sitting[] | undefined;
    return {
      doctorId,
      rules: own,
      // Somebody may have been kept in a chamber that has no hours any more.
      closures: placeClosures(closing, [...visited, ...own]),
      travelMinutes: travel.get(doctorId) ?? 0,
      visitMinutes: new Map(
        visited.flatMap(({ chamberId, minutes }) => (minutes ? [[chamberId, minutes]] : [])),
      ),
      // A year of them, which most changes need of one of the two states only.
      get sittings() {
        return (given ??= stretches.flatMap((stretch) => sittings(own, stretch)));
      },
    };
  });
}

/** An appointment to come, with what a decision about it needs; times in epoch milliseconds. */
export type PromisedAppointment = {
  id: number;
  doctorId: number;
  chamberId: number;
  patientId: number;
  patientName: string;
  mobile: string | null;
  visitKind: 'new' | 'follow_up' | 'report';
  visitMinutes: number;
  status: 'held' | 'pending' | 'confirmed' | 'arrived';
  /** Only offered yet, by the waitlist. */
  offered: boolean;
  version: number;
  channel: 'online' | 'phone' | 'walk_in';
  serial: number | null;
  sessionKey: string;
  starts: number;
  ends: number;
  /** With buffers. */
  occupiedFrom: number;
  occupiedUntil: number;
  timeZone: string;
};

/**
 * Those that are not over, of the doctors, on the dates and the days beside them; by doctor and start. Locked, so that
 * nobody cancels one while it is decided on. A place that is held for nobody yet is not promised: whoever finishes that
 * booking is judged by the new hours.
 */
export async function findPromised(
  tx: Tx,
  doctorIds: readonly number[],
  { dates, now }: { dates: Dates; now: Temporal.Instant },
): Promise<PromisedAppointment[]> {
  const { rows } = await sql<PromisedAppointment>`
    select a.id, a.doctor_id as "doctorId", a.chamber_id as "chamberId", a.patient_id as "patientId",
      p.full_name as "patientName", coalesce(p.mobile, u.mobile) as mobile, v.kind as "visitKind",
      v.minutes as "visitMinutes", a.status, a.offered_to is not null as offered, a.version, a.channel, a.serial,
      s.schedule_id || '.' || s.date::text as "sessionKey",
      ${sql.raw(epochOf('lower(a.period)'))} as starts, ${sql.raw(epochOf('upper(a.period)'))} as ends,
      ${sql.raw(epochOf('lower(a.occupied)'))} as "occupiedFrom",
      ${sql.raw(epochOf('upper(a.occupied)'))} as "occupiedUntil", a.time_zone as "timeZone"
    from appointments a
      join sessions s on s.id = a.session_id
      join patients p on p.id = a.patient_id
      left join users u on u.id = p.user_id
      join visit_types v on v.id = a.visit_type_id
    where a.doctor_id = any (${[...doctorIds]}) and a.status in ('held', 'pending', 'confirmed', 'arrived')
      and (a.expires_at is null or a.expires_at > ${now.toString()}::timestamptz)
      and upper(a.period) > ${now.toString()}::timestamptz
      and lower(a.period) > ${dates.from}::date - interval '2 days'
      and lower(a.period) < ${dates.to}::date + interval '3 days'
    order by a.doctor_id, lower(a.period), a.id
    for no key update of a`.execute(tx);
  return rows;
}

/** What stands in the way of moving appointments of one doctor: taken time by start, and sessions that are closed. */
export async function findObstacles(
  tx: Tx,
  doctorId: number,
  now: Temporal.Instant,
): Promise<{ taken: (Taken & { appointmentId: number })[]; closedSessions: Set<string> }> {
  const taken = await sql<{ appointmentId: number; start: number; end: number; chamberId: number }>`
    select a.id as "appointmentId", ${sql.raw(epochOf('lower(a.occupied)'))} as start,
      ${sql.raw(epochOf('upper(a.occupied)'))} as end, a.chamber_id as "chamberId"
    from appointments a
    where a.doctor_id = ${doctorId}
      and ${sql.raw(live('a', `'${now.toString()}'::timestamptz`))} and a.overbook_reason is null
      and upper(a.occupied) > ${now.toString()}::timestamptz - interval '1 day'
    order by lower(a.occupied)`.execute(tx);
  const closed = await sql<{ key: string }>`
    select schedule_id || '.' || date::text as key from sessions
    where doctor_id = ${doctorId} and status <> 'open'
      and upper(period) > ${now.toString()}::timestamptz - interval '1 day'`.execute(tx);
  return { taken: taken.rows, closedSessions: new Set(closed.rows.map(({ key }) => key)) };
}

/** The visits of a patient that are not over, besides some, by start. */
export async function findPatientsTime(
  tx: Tx,
  { patientId, besides, now }: { patientId: number; besides: readonly number[]; now: Temporal.Instant },
): Promise<{ start: number; end: number }[]> {
  const { rows } = await sql<{ start: number; end: number }>`
    select ${sql.raw(epochOf('lower(a.period)'))} as start, ${sql.raw(epochOf('upper(a.period)'))} as end
    from appointments a
    where a.patient_id = ${patientId} and a.id <> all (${[...besides]}) 
      and ${sql.raw(live('a', `'${now.toString()}'::timestamptz`))}
      and upper(a.period) > ${now.toString()}::timestamptz
    order by lower(a.period)`.execute(tx);
  return rows;
}
