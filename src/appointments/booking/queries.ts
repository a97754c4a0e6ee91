import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { Closure } from '../../scheduling/closures.ts';
import type { Taken } from '../../scheduling/obstacles.ts';
import type { EpochMs, Range } from '../../scheduling/range.ts';
import {
  epochOf,
  instantOf,
  live,
  takenOfDoctor,
  takenRanges,
  travelOfDoctor,
  type TakenRow,
} from '../availability/queries.ts';
import { closuresOfDoctor, placeClosures, type LocalClosure } from '../exceptions/queries.ts';
import { ruleColumns, type VersionedRule } from '../schedules/queries.ts';
import type { Parties } from './policy.ts';
import type { AppointmentRow } from './present.ts';

/** Everything a booking is judged by, as it stands now. */
export type Situation = {
  /** The answer that was given under this Idempotency-Key, if any. */
  stored: { fingerprint: string; answer: AppointmentRow } | null;
  /** Null: no such doctor. `active` false: not approved, or suspended. */
  doctor: (AppointmentRow['doctor'] & { active: boolean }) | null;
  /** Null: this doctor has no such visit type in this chamber. */
  visit: {
    kind: AppointmentRow['visitKind'];
    minutes: number;
    fee: string;
    chamber: AppointmentRow['chamber'];
  } | null;
  /** Null: not a patient of this account. */
  patient: AppointmentRow['patient'] | null;
  /** Of the wanted chamber. */
  rules: VersionedRule[];
  closures: Closure[];
  taken: Taken[];
  travelMinutes: number;
  patientTaken: Range[];
  /** Rows of sessions on the asked dates. */
  sessions: { id: number; scheduleId: number; date: string; open: boolean }[];
};

export type SituationQuery = {
  userId: number;
  key: string | null;
  doctorId: number;
  chamberId: number;
  visitTypeId: number;
  /** Null: the account holder. */
  patientId: number | null;
  /** Stretch of time around the wanted place. */
  from: EpochMs;
  to: EpochMs;
  /** Whose sessions can be meant, by the chamber's calendar, both included. */
  dates: { from: string; to: string };
};

type SituationRow = TakenRow &
  Pick<Situation, 'stored' | 'doctor' | 'visit' | 'patient' | 'travelMinutes'> & {
    rules: VersionedRule[] | null;
    closures: LocalClosure[] | null;
    sessions: Situation['sessions'] | null;
    patientTaken: Range[] | null;
  };

const situation: Statement = {
  name: 'booking-situation',
  text: `
    select
      (select json_build_object('fingerprint', encode(k.fingerprint, 'hex'), 'answer', k.answer)
         from idempotency_keys k where k.user_id = $1 and k.key = $2) as stored,
      (select json_build_object('id', d.user_id, 'fullName', u.full_name, 'nameBn', d.name_bn, 'slug', d.slug,
                                'active', d.approval = 'approved' and u.status = 'active')
         from doctors d join users u on u.id = d.user_id where d.user_id = $3) as doctor,
      (select json_build_object('kind', v.kind, 'minutes', v.minutes, 'fee', v.fee::text, 'chamber', json_build_object(
                'id', c.id, 'fullName', c.name, 'nameBn', c.name_bn, 'address', c.address,
                'addressBn', c.address_bn, 'phone', c.phone))
         from visit_types v join chambers c on c.id = v.chamber_id
         where v.id = $5 and v.doctor_id = $3 and v.chamber_id = $4 and v.ended_at is null) as visit,
      (select json_agg(rule) from (
         select ${ruleColumns} from schedules s join chambers c on c.id = s.chamber_id
         where s.doctor_id = $3 and s.chamber_id = $4 and s.ended_at is null
           -- Of the undated rules those of the weekdays in question; a dated one counts on every day it covers.
           and case when s.valid_from is null and s.valid_until is null
               then (s.weekday - extract(isodow from $9::date)::int + 7) % 7 <= $10::date - $9::date
               else coalesce(s.valid_from <= $10::date, true) and coalesce(s.valid_until >= $9::date, true) end
         order by s.id) rule) as rules,
      (${closuresOfDoctor('$3', '$9::date', '$10::date')}) as closures,
      ${travelOfDoctor('$3')} as "travelMinutes",
      (select json_agg(json_build_object('id', s.id, 'scheduleId', s.schedule_id, 'date', s.date::text,
                                         'open', s.status = 'open'))
         from sessions s
         where s.doctor_id = $3 and s.date between $9::date and $10::date) as sessions,
      taken.starts, taken.ends, taken.chambers,
      own.patient, own.visits as "patientTaken"
    from (${takenOfDoctor('$3', '$7', '$8')}) taken
      left join lateral (
        select json_build_object('id', p.id, 'fullName', p.full_name) as patient,
          (select json_agg(json_build_object('start', ${epochOf('lower(a.period)')},
                                             'end', ${epochOf('upper(a.period)')}) order by lower(a.period))
             from appointments a
             where a.patient_id = p.id and a.period && tstzrange(${instantOf('$7')}, ${instantOf('$8')})
               and ${live('a')}) as visits
        from patients p
        where p.user_id = $1 and case when $6::int is null then p.relation = 'self' else p.id = $6 end
      ) own on true`,
};

export async function findSituation(on: Queryable, query: SituationQuery): Promise<Situation> {
  const { userId, key, doctorId, chamberId, visitTypeId, patientId, from, to, dates } = query;
  const [row] = await run<SituationRow>(on, situation, [
    userId,
    key,
    doctorId,
    chamberId,
    visitTypeId,
    patientId,
    from,
    to,
    dates.from,
    dates.to,
  ]);
  if (!row) throw new Error('a query without a from-clause returned nothing');
  const rules = row.rules ?? [];
  return {
    stored: row.stored,
    doctor: row.doctor,
    visit: row.visit,
    patient: row.patient,
    rules,
    closures: placeClosures(row.closures, rules),
    taken: takenRanges(row),
    travelMinutes: row.travelMinutes,
    patientTaken: row.patientTaken ?? [],
    sessions: row.sessions ?? [],
  };
}

/** `AppointmentRow` and its `Parties`, from appointments a. */
const appointmentColumns = `
  a.id, a.status, s.mode, ${epochOf('lower(a.period)')} as starts, ${epochOf('upper(a.period)')} as ends,
  a.time_zone as "timeZone", a.serial, a.fee::text as fee, a.currency, a.visit_type_id as "visitTypeId",
  v.kind as "visitKind", a.notes, a.version, ${epochOf('a.created_at')} as created,
  json_build_object('id', d.user_id, 'fullName', u.full_name, 'nameBn', d.name_bn, 'slug', d.slug) as doctor,
  json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn, 'address', c.address,
                    'addressBn', c.address_bn, 'phone', c.phone) as chamber,
  json_build_object('id', p.id, 'fullName', p.full_name) as patient,
  p.user_id as "patientUserId", a.booked_by as "bookedBy", a.doctor_id as "doctorId"`;

const appointmentTables = `
  appointments a
  join sessions s on s.id = a.session_id
  join visit_types v on v.id = a.visit_type_id
  join doctors d on d.user_id = a.doctor_id
  join users u on u.id = a.doctor_id
  join chambers c on c.id = a.chamber_id
  join patients p on p.id = a.patient_id`;

export type AppointmentWithParties = AppointmentRow & Parties;

export const appointmentById: Statement = {
  name: 'appointment-by-id',
  text: `select ${appointmentColumns} from ${appointmentTables} where a.id = $1`,
};

export async function findAppointment(on: Queryable, id: number): Promise<AppointmentWithParties | null> {
  const [row] = await run<AppointmentWithParties>(on, appointmentById, [id]);
  return row ?? null;
}

export type ListQuery = {
  /** Whose: as patient or booker, for a doctor also as doctor; or everybody's. */
  of: { userId: number; asDoctor: boolean } | 'all';
  doctorId: number | null;
  patientId: number | null;
  status: string | null;
  /** Visits that start from this instant on, and before that one. */
  from: EpochMs | null;
  to: EpochMs | null;
  /** Continue after this one, in the order of the list. */
  after: { starts: EpochMs; id: number } | null;
  limit: number;
};

/**
 * One page, newest visit first. Only the conditions that are given stand in the text, parameters apart: one that a null
 * parameter switches off would keep the planner from every index.
 */
export function listAppointments(on: Queryable, query: ListQuery): Promise<AppointmentWithParties[]> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = listConditions(query, bind);
  const where = conditions.length === 0 ? '' : `where ${conditions.join('\n and ')}`;
  const text = `
    select ${appointmentColumns} from ${appointmentTables} ${where}
    order by lower(a.period) desc, a.id desc limit ${bind(query.limit)}`;
  return run<AppointmentWithParties>(on, { text }, values);
}

function listConditions(query: ListQuery, bind: (value: unknown) => string): string[] {
  const { of, after } = query;
  const conditions: string[] = [];
  if (of !== 'all') {
    const user = `${bind(of.userId)}::int`;
    conditions.push(
      `a.id in (select own.id from patients o join appointments own on own.patient_id = o.id where o.user_id = ${user}
                union all select id from appointments where booked_by = ${user}
                ${of.asDoctor ? `union all select id from appointments where doctor_id = ${user}` : ''})`,
    );
  }
  if (query.doctorId !== null) conditions.push(`a.doctor_id = ${bind(query.doctorId)}`);
  if (query.patientId !== null) conditions.push(`a.patient_id = ${bind(query.patientId)}`);
  if (query.status !== null) conditions.push(`a.status = ${bind(query.status)}`);
  if (query.from !== null) conditions.push(`lower(a.period) >= ${instantOf(bind(query.from))}`);
  if (query.to !== null) conditions.push(`lower(a.period) < ${instantOf(bind(query.to))}`);
  if (after)
    conditions.push(
      `(lower(a.period), a.id) < (${instantOf(bind(after.starts))}, ${bind(after.id)}::bigint)`,
    );
  return conditions;
}
