import { instantOf } from '../../platform/instant-range.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { Closure } from '../../scheduling/closures.ts';
import type { Taken } from '../../scheduling/obstacles.ts';
import type { EpochMs, Range } from '../../scheduling/range.ts';
import {
  epochOf,
  live,
  takenOfDoctor,
  takenRanges,
  travelOfDoctor,
  type TakenRow,
} from '../availability/queries.ts';
import { runsDesk } from '../attachments/queries.ts';
import { closuresOfDoctor, placeClosures, type LocalClosure } from '../exceptions/queries.ts';
import { ruleColumns, type VersionedRule } from '../schedules/queries.ts';
import type { Parties } from './policy.ts';
import type { AppointmentRow, HistoryRow } from './present.ts';

/** Everything a booking is judged by, as it stands now. */
export type Situation = {
  /** The answer that was given under this Idempotency-Key, if any. */
  stored: { fingerprint: string; answer: AppointmentRow } | null;
  /** Null: no such doctor. `active` false: not approved, or suspended. */
  doctor: (AppointmentRow['doctor'] & { active: boolean; needsApproval: boolean }) | null;
  /** Null: this doctor has no such visit type in this chamber. */
  visit: {
    kind: AppointmentRow['visitKind'];
    minutes: number;
    fee: string;
    /** Null: for everybody. */
    windowDays: number | null;
    /** Part of the fee to be paid first, if any, and how long a place waits for it. */
    deposit: string | null;
    depositMinutes: number;
    chamber: AppointmentRow['chamber'];
    policy: AppointmentRow['policy'] & {
      mostPerDoctor: number;
      mostInAll: number;
      noShowLimit: number | null;
    };
  } | null;
  /** Null: nobody the caller may book for. */
  patient: AppointmentRow['patient'] | null;
  patientFacts: {
    /** Live bookings to come. */
    withDoctor: number;
    inAll: number;
    /** Within the chamber's days. */
    noShows: number;
    /** End of the last completed visit with the doctor. */
    lastSeen: EpochMs | null;
  };
  /** Of the wanted chamber. */
  rules: VersionedRule[];
  closures: Closure[];
  taken: Taken[];
  travelMinutes: number;
  patientTaken: Range[];
  /** Rows of sessions on the asked dates. */
  sessions: { id: number; scheduleId: number; date: string; open: boolean }[];
};

/** Who comes: somebody of the caller's account (null: the holder), anybody by id, or nobody yet. */
export type Comer =
  | { of: 'account'; userId: number; patientId: number | null }
  | { of: 'anybody'; patientId: number }
  | null;

export type SituationQuery = {
  /** Whose Idempotency-Keys; 0 for nobody's. */
  keeper: number;
  key: string | null;
  doctorId: number;
  chamberId: number;
  visitTypeId: number;
  comer: Comer;
  /** Stretch of time around the wanted place. */
  from: EpochMs;
  to: EpochMs;
  /** Whose sessions can be meant, by the chamber's calendar, both included. */
  dates: { from: string; to: string };
  now: EpochMs;
  /** An appointment that gives its place up for the wanted one; its visit type counts even when it has ended. */
  besides?: number;
};

type SituationRow = TakenRow &
  Pick<Situation, 'stored' | 'doctor' | 'visit' | 'patient' | 'travelMinutes'> & {
    rules: VersionedRule[] | null;
    closures: LocalClosure[] | null;
    sessions: Situation['sessions'] | null;
    patientTaken: Range[] | null;
    patientFacts: Situation['patientFacts'] | null;
  };

const now = instantOf('$11');

const situation: Statement = {
  name: 'booking-situation',
  text: `
    select
      (select json_build_object('fingerprint', encode(k.fingerprint, 'hex'), 'answer', k.answer)
         from idempotency_keys k where k.user_id = $1 and k.key = $2) as stored,
      (select json_build_object('id', d.user_id, 'fullName', u.full_name, 'nameBn', d.name_bn, 'slug', d.slug,
                                'active', d.approval = 'approved' and u.status = 'active',
                                'needsApproval', coalesce(ds.needs_approval, false))
         from doctors d join users u on u.id = d.user_id left join doctor_settings ds on ds.doctor_id = d.user_id
         where d.user_id = $3) as doctor,
      visit.visit,
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
      own.patient, own.visits as "patientTaken", own.facts as "patientFacts"
    from (${takenOfDoctor('$3', { from: '$7', to: '$8', at: '$11', besides: '$12::bigint' })}) taken
      left join (
        select v.window_days, c.no_show_days,
          json_build_object('kind', v.kind, 'minutes', v.minutes, 'fee', v.fee::text, 'windowDays', v.window_days,
            'deposit', nullif(round(v.fee * c.deposit_percent / 100, 2), 0)::text,
            'depositMinutes', c.deposit_minutes,
            'chamber', json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn, 'address', c.address,
                                         'addressBn', c.address_bn, 'phone', c.phone),
            'policy', json_build_object(
              'cancelNoticeMinutes', c.cancel_notice_minutes, 'rescheduleNoticeMinutes', c.reschedule_notice_minutes,
              'mostReschedules', c.most_reschedules, 'mostPerDoctor', c.most_per_doctor, 'mostInAll', c.most_in_all,
              'noShowLimit', c.no_show_limit)) as visit
        from visit_types v join chambers c on c.id = v.chamber_id
        where v.id = $5 and v.doctor_id = $3 and v.chamber_id = $4 and (v.ended_at is null or $12::bigint is not null)
      ) visit on true
      left join lateral (
        select json_build_object('id', p.id, 'fullName', p.full_name) as patient,
          (select json_agg(json_build_object('start', ${epochOf('lower(a.period)')},
                                             'end', ${epochOf('upper(a.period)')}) order by lower(a.period))
             from appointments a
             where a.patient_id = p.id and a.period && tstzrange(${instantOf('$7')}, ${instantOf('$8')})
               and ${live('a', now)} and a.id is distinct from $12::bigint) as visits,
          (select json_build_object(
               'withDoctor', count(*) filter (where a.doctor_id = $3 and lower(a.period) > ${now} and ${live('a', now)}),
               'inAll', count(*) filter (where lower(a.period) > ${now} and ${live('a', now)}),
               'noShows', count(*) filter (where a.status = 'no_show' and a.chamber_id = $4
                                           and lower(a.period) > ${now} - visit.no_show_days * interval '1 day'),
               'lastSeen', ${epochOf(`max(upper(a.period)) filter (where a.status = 'completed' and a.doctor_id = $3)`)})
             from appointments a
             where a.patient_id = p.id and a.id is distinct from $12::bigint) as facts
        from patients p
        where case when $13::boolean then p.id = $6
                   else p.user_id = $14 and case when $6::int is null then p.relation = 'self' else p.id = $6 end end
      ) own on true`,
};

export async function findSituation(on: Queryable, query: SituationQuery): Promise<Situation> {
  const { keeper, key, doctorId, chamberId, visitTypeId, comer, from, to, dates } = query;
  const [row] = await run<SituationRow>(on, situation, [
    keeper,
    key,
    doctorId,
    chamberId,
    visitTypeId,
    comer?.patientId ?? null,
    from,
    to,
    dates.from,
    dates.to,
    query.now,
    query.besides ?? null,
    comer?.of !== 'account',
    comer?.of === 'account' ? comer.userId : null,
  ]);
  if (!row) throw new Error('a query without a from-clause returned nothing');
  const rules = row.rules ?? [];
  return {
    stored: row.stored,
    doctor: row.doctor,
    visit: row.visit,
    patient: row.patient,
    patientFacts: row.patientFacts ?? { withDoctor: 0, inAll: 0, noShows: 0, lastSeen: null },
    rules,
    closures: placeClosures(row.closures, rules),
    taken: takenRanges(row),
    travelMinutes: row.travelMinutes,
    patientTaken: row.patientTaken ?? [],
    sessions: row.sessions ?? [],
  };
}

/** The highest serial that anybody has in a session; 0 when nobody has one. */
export async function findLastSerial(on: Queryable, sessionKey: string): Promise<number> {
  const [row] = await run<{ last: number }>(on, lastSerial, [sessionKey]);
  return row?.last ?? 0;
}

const lastSerial: Statement = {
  text: `select coalesce(max(a.serial), 0)::int as last
         from sessions s join appointments a on a.session_id = s.id
         where s.schedule_id = split_part($1, '.', 1)::int and s.date = split_part($1, '.', 2)::date
           and a.status not in ('cancelled', 'no_show', 'expired')`,
};

/**
 * `AppointmentRow` and its `Parties`, from appointments a; `actor` and `userType` are parameters, null for nobody.
 */
export const appointmentColumns = (actor: string, userType: string): string => `
  a.id, a.status, s.mode, ${epochOf('lower(a.period)')} as starts, ${epochOf('upper(a.period)')} as ends,
  a.time_zone as "timeZone", a.serial, a.fee::text as fee, a.currency, a.visit_type_id as "visitTypeId",
  v.kind as "visitKind", a.notes, a.version, ${epochOf('a.created_at')} as created,
  json_build_object('id', d.user_id, 'fullName', u.full_name, 'nameBn', d.name_bn, 'slug', d.slug) as doctor,
  json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn, 'address', c.address,
                    'addressBn', c.address_bn, 'phone', c.phone) as chamber,
  json_build_object('id', p.id, 'fullName', p.full_name) as patient,
  a.channel, a.overbook_reason is not null as overbooked, ${epochOf('a.expires_at')} as expires,
  a.deposit::text as deposit, a.reschedules,
  json_build_object('cancelNoticeMinutes', c.cancel_notice_minutes,
                    'rescheduleNoticeMinutes', c.reschedule_notice_minutes,
                    'mostReschedules', c.most_reschedules) as policy,
  p.user_id as "patientUserId", a.booked_by as "bookedBy", a.doctor_id as "doctorId",
  s.schedule_id || '.' || s.date::text as "sessionKey",
  coalesce(${userType} = 'admin' or (${userType} = 'doctor' and a.doctor_id = ${actor})
    or (${userType} = 'assistant' and ${runsDesk(actor, 'a.doctor_id', 'a.chamber_id')}), false) as staff`;

/** An offer of the waitlist is no appointment until it is accepted. */
export const appointmentTables = `
  appointments a
  join sessions s on s.id = a.session_id
  join visit_types v on v.id = a.visit_type_id
  join doctors d on d.user_id = a.doctor_id
  join users u on u.id = a.doctor_id
  join chambers c on c.id = a.chamber_id
  join patients p on p.id = a.patient_id and a.offered_to is null`;

export type AppointmentWithParties = AppointmentRow & Parties & { sessionKey: string };

export const appointmentById: Statement = {
  name: 'appointment-by-id',
  text: `select ${appointmentColumns('$2::int', '$3::text')} from ${appointmentTables} where a.id = $1`,
};

/** An appointment as the actor stands to it; a place that is held for nobody yet is none. */
export async function findAppointment(
  on: Queryable,
  id: number,
  actor: Pick<Actor, 'userId' | 'userType'> | null,
): Promise<AppointmentWithParties | null> {
  const [row] = await run<AppointmentWithParties>(on, appointmentById, [
    id,
    actor?.userId ?? null,
    actor?.userType ?? null,
  ]);
  return row ?? null;
}

export type ListQuery = {
  /** Those this user may see: as patient or booker, as the doctor, where they run the desk; an admin sees all. */
  actor: Pick<Actor, 'userId' | 'userType'>;
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
  const columns = appointmentColumns(
    `${bind(query.actor.userId)}::int`,
    `${bind(query.actor.userType)}::text`,
  );
  const conditions = listConditions(query, bind);
  const where = conditions.length === 0 ? '' : `where ${conditions.join('\n and ')}`;
  const text = `
    select ${columns} from ${appointmentTables} ${where}
    order by lower(a.period) desc, a.id desc limit ${bind(query.limit)}`;
  return run<AppointmentWithParties>(on, { text }, values);
}

function listConditions(query: ListQuery, bind: (value: unknown) => string): string[] {
  const { actor, after } = query;
  const conditions: string[] = [];
  if (actor.userType !== 'admin') {
    // Parameters 1 and 2 are the actor's, bound for the columns.
    const own = `select own.id from patients o join appointments own on own.patient_id = o.id where o.user_id = $1::int`;
    const asStaff = {
      patient: `select id from appointments where booked_by = $1::int`,
      doctor: `select id from appointments where doctor_id = $1::int`,
      assistant: `select d.id from assistant_attachments t join appointments d
                    on d.chamber_id = t.chamber_id and (t.doctor_id is null or d.doctor_id = t.doctor_id)
                  where t.assistant_id = $1::int`,
    };
    conditions.push(`a.id in (${own} union all ${asStaff[actor.userType]})`);
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

/** Every step of an appointment, oldest first. */
export const findHistory = (on: Queryable, appointmentId: number): Promise<HistoryRow[]> =>
  run<HistoryRow>(on, historyOf, [appointmentId]);

const historyOf: Statement = {
  name: 'history-of-appointment',
  text: `
    select h.version, h.step, h.from_status as "from", h.to_status as "to", ${epochOf('lower(h.period)')} as starts,
      ${epochOf('upper(h.period)')} as ends, h.serial, ${epochOf('h.at')} as at, h.reason,
      case when u.id is not null then json_build_object('id', u.id, 'fullName', u.full_name) end as by
    from appointment_history h left join users u on u.id = h.by_user
    where h.appointment_id = $1 order by h.version`,
};
