import { instantOf } from '../../platform/instant-range.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { EpochMs, Range } from '../../scheduling/range.ts';
import { runsDesk } from '../attachments/queries.ts';
import { epochOf } from '../availability/queries.ts';
import type { AppointmentRow } from '../booking/present.ts';

/** An entry as the caller stands to it; times in epoch milliseconds. */
export type EntryRow = {
  id: number;
  status: 'waiting' | 'accepted' | 'left' | 'ended';
  doctor: AppointmentRow['doctor'];
  chamber: AppointmentRow['chamber'];
  timeZone: string;
  visitTypeId: number;
  visitKind: AppointmentRow['visitKind'];
  patient: AppointmentRow['patient'];
  mobile: string | null;
  channel: 'online' | 'phone';
  sessionKey: string | null;
  from: string | null;
  to: string | null;
  earlierThan: ({ id: number } & Range) | null;
  lastDate: string;
  joined: EpochMs;
  offer: OfferedPlace | null;
  appointmentId: number | null;
  patientUserId: number | null;
  bookedBy: number | null;
  /** The caller acts for the doctor and chamber. */
  staff: boolean;
};

type OfferedPlace = Range & {
  id: number;
  mode: 'timed' | 'serial';
  serial: number | null;
  fee: string;
  currency: string;
  until: EpochMs;
};

const columns = (now: string, actor: string, userType: string): string => `
  e.id, e.status, c.time_zone as "timeZone", e.visit_type_id as "visitTypeId", v.kind as "visitKind", e.channel,
  json_build_object('id', d.user_id, 'fullName', u.full_name, 'nameBn', d.name_bn, 'slug', d.slug) as doctor,
  json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn, 'address', c.address,
                    'addressBn', c.address_bn, 'phone', c.phone) as chamber,
  json_build_object('id', p.id, 'fullName', p.full_name) as patient, coalesce(p.mobile, pu.mobile) as mobile,
  e.schedule_id || '.' || e.from_date::text as "sessionKey", e.from_date::text as "from", e.to_date::text as "to",
  e.last_date::text as "lastDate", ${epochOf('e.joined_at')} as joined, e.appointment_id as "appointmentId",
  (select json_build_object('id', b.id, 'start', ${epochOf('lower(b.period)')}, 'end', ${epochOf('upper(b.period)')})
     from appointments b where b.id = e.earlier_than) as "earlierThan",
  (select json_build_object('id', a.id, 'mode', s.mode, 'start', ${epochOf('lower(a.period)')},
            'end', ${epochOf('upper(a.period)')}, 'serial', a.serial, 'fee', a.fee::text, 'currency', a.currency,
            'until', ${epochOf('a.offered_until')})
     from appointments a join sessions s on s.id = a.session_id
     where a.offered_to = e.id and a.status = 'held' and e.status = 'waiting'
       and a.offered_until > ${instantOf(now)}) as offer,
  p.user_id as "patientUserId", e.joined_by as "bookedBy",
  coalesce(${userType} = 'admin' or (${userType} = 'doctor' and e.doctor_id = ${actor})
    or (${userType} = 'assistant' and ${runsDesk(actor, 'e.doctor_id', 'e.chamber_id')}), false) as staff`;

const tables = `
  waitlist_entries e
  join doctors d on d.user_id = e.doctor_id
  join users u on u.id = e.doctor_id
  join chambers c on c.id = e.chamber_id
  join visit_types v on v.id = e.visit_type_id
  join patients p on p.id = e.patient_id
  left join users pu on pu.id = p.user_id`;

const entryById: Statement = {
  name: 'waitlist-entry-by-id',
  text: `select ${columns('$2', '$3::int', '$4::text')} from ${tables} where e.id = $1`,
};

/** `actor` null: whoever has the private link. */
export async function findEntry(
  on: Queryable,
  { id, actor, now }: { id: number; actor: Pick<Actor, 'userId' | 'userType'> | null; now: EpochMs },
): Promise<EntryRow | null> {
  const [row] = await run<EntryRow>(on, entryById, [id, now, actor?.userId ?? null, actor?.userType ?? null]);
  return row ?? null;
}

export type LineQuery = {
  actor: Pick<Actor, 'userId' | 'userType'>;
  doctorId: number | null;
  chamberId: number | null;
  after: number;
  limit: number;
  now: EpochMs;
};

/** Those who wait and whom the caller may see, in the order of the line. */
export function listEntries(on: Queryable, query: LineQuery): Promise<EntryRow[]> {
  const { actor } = query;
  const values: unknown[] = [query.now, actor.userId, actor.userType, query.after];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [`e.status = 'waiting'`, 'e.id > $4::int', reach[actor.userType]];
  if (query.doctorId !== null) conditions.push(`e.doctor_id = ${bind(query.doctorId)}`);
  if (query.chamberId !== null) conditions.push(`e.chamber_id = ${bind(query.chamberId)}`);
  const text = `
    select ${columns('$1', '$2::int', '$3::text')} from ${tables} where ${conditions.join(' and ')}
    order by e.id limit ${bind(query.limit)}`;
  return run<EntryRow>(on, { text }, values);
}

/** Parameter 2 is the caller. */
const reach: Record<Actor['userType'], string> = {
  patient: '(e.joined_by = $2::int or e.patient_id in (select id from patients where user_id = $2::int))',
  doctor: 'e.doctor_id = $2::int',
  assistant: runsDesk('$2::int', 'e.doctor_id', 'e.chamber_id'),
  admin: 'true',
};

/** Whether anybody waits for a place of this doctor. */
export async function someoneWaits(on: Queryable, doctorId: number): Promise<boolean> {
  const [row] = await run<{ waits: boolean }>(on, anyEntry, [doctorId]);
  return row?.waits ?? false;
}

const anyEntry: Statement = {
  name: 'someone-waits',
  text: `select exists (select from waitlist_entries where doctor_id = $1 and status = 'waiting') as waits`,
};

/** Everybody who is waited on. */
export const findWaitedDoctors = async (on: Queryable): Promise<number[]> => {
  const text = `select distinct doctor_id as id from waitlist_entries where status = 'waiting' order by id`;
  return (await run<{ id: number }>(on, { text }, [])).map(({ id }) => id);
};

/** Of somebody in the line, what a round needs to know. */
export type Waiting = {
  id: number;
  chamberId: number;
  visitTypeId: number;
  patientId: number;
  channel: 'online' | 'phone';
  scheduleId: number | null;
  from: string | null;
  to: string | null;
  lastDate: string;
  timeZone: string;
  earlierThan: { id: number; start: EpochMs; settled: boolean; movesLeft: boolean } | null;
  /** They have a live booking such as they wait for. */
  served: boolean;
  /** Another place is kept for the patient, here or elsewhere. */
  offered: boolean;
  /** Starts of places that were offered to them before. */
  passed: EpochMs[];
};

/** The line of a doctor, first come first. */
export const findLine = (
  on: Queryable,
  { doctorId, now }: { doctorId: number; now: EpochMs },
): Promise<Waiting[]> => run<Waiting>(on, line, [doctorId, now]);

const line: Statement = {
  name: 'waitlist-line',
  text: `
    select e.id, e.chamber_id as "chamberId", e.visit_type_id as "visitTypeId", e.patient_id as "patientId", e.channel,
      e.schedule_id as "scheduleId", e.from_date::text as "from", e.to_date::text as "to",
      e.last_date::text as "lastDate", c.time_zone as "timeZone",
      (select json_build_object('id', b.id, 'start', ${epochOf('lower(b.period)')},
                'settled', b.status not in ('pending', 'confirmed') or lower(b.period) <= ${instantOf('$2')},
                'movesLeft', b.reschedules < c.most_reschedules)
         from appointments b where b.id = e.earlier_than) as "earlierThan",
      e.earlier_than is null and exists (
        select from appointments a join sessions s on s.id = a.session_id
        where a.patient_id = e.patient_id and a.doctor_id = e.doctor_id and a.chamber_id = e.chamber_id
          and a.status in ('pending', 'confirmed', 'arrived', 'in_consultation', 'completed')
          and a.created_at >= e.joined_at and s.date between coalesce(e.from_date, s.date) and e.last_date
          and s.schedule_id = coalesce(e.schedule_id, s.schedule_id)) as served,
      exists (
        select from appointments a
        where a.patient_id = e.patient_id and a.status = 'held' and a.offered_until > ${instantOf('$2')}) as offered,
      coalesce((select json_agg(${epochOf('lower(a.period)')}) from appointments a
                where a.offered_to = e.id and a.status <> 'held'), '[]') as passed
    from waitlist_entries e join chambers c on c.id = e.chamber_id
    where e.doctor_id = $1 and e.status = 'waiting'
    order by e.id`,
};
