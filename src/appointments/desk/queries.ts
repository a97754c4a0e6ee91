import { instantOf } from '../../platform/instant-range.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { run, type Queryable } from '../../platform/database.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { epochOf } from '../availability/queries.ts';
import { appointmentColumns, appointmentTables, type AppointmentWithParties } from '../booking/queries.ts';

export type DeskRow = AppointmentWithParties & {
  date: string;
  mobile: string | null;
  gender: 'female' | 'male' | 'other' | null;
  birthYear: number | null;
  overbookReason: string | null;
  /** When it came to its status. */
  since: EpochMs | null;
  /** When the last step was taken at the desk, if it is one that can be taken back. */
  lastDeskStep: EpochMs | null;
};

export type DeskQuery = {
  actor: Pick<Actor, 'userId' | 'userType'>;
  /** Dates of the chamber’s calendar, both included. */
  from: string | null;
  to: string | null;
  doctorId: number | null;
  chamberId: number | null;
  patientId: number | null;
  mobile: string | null;
  status: string | null;
  id: number | null;
  after: { starts: EpochMs; id: number } | null;
  limit: number;
};

/** One page by time. A place that is held for nobody yet is not on the list. */
export function listDeskAppointments(on: Queryable, query: DeskQuery): Promise<DeskRow[]> {
  const { actor, after } = query;
  const values: unknown[] = [actor.userId, actor.userType];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [`a.patient_id is not null`, reachOf(actor)];
  if (query.from !== null) conditions.push(`s.date >= ${bind(query.from)}::date`);
  if (query.to !== null) conditions.push(`s.date <= ${bind(query.to)}::date`);
  if (query.doctorId !== null) conditions.push(`a.doctor_id = ${bind(query.doctorId)}`);
  if (query.chamberId !== null) conditions.push(`a.chamber_id = ${bind(query.chamberId)}`);
  if (query.patientId !== null) conditions.push(`a.patient_id = ${bind(query.patientId)}`);
  if (query.mobile !== null) conditions.push(`a.patient_id in (${patientsOf(bind(query.mobile))})`);
  if (query.status !== null) conditions.push(`a.status = ${bind(query.status)}`);
  if (query.id !== null) conditions.push(`a.id = ${bind(query.id)}`);
  if (after)
    conditions.push(
      `(lower(a.period), a.id) > (${instantOf(bind(after.starts))}, ${bind(after.id)}::bigint)`,
    );
  const text = `
    select ${appointmentColumns('$1::int', '$2::text')}, s.date::text as date, coalesce(p.mobile, pu.mobile) as mobile,
      p.gender, p.birth_year as "birthYear", a.overbook_reason as "overbookReason",
      (select ${epochOf('max(h.at)')} from appointment_history h
         where h.appointment_id = a.id and h.to_status = a.status and h.from_status is distinct from a.status) as since,
      (select ${epochOf('h.at')} from appointment_history h
         where h.appointment_id = a.id and h.version = a.version
           and h.step in ('arrived', 'started', 'completed', 'missed')) as "lastDeskStep"
    from ${appointmentTables} left join users pu on pu.id = p.user_id
    where ${conditions.join('\n and ')}
    order by lower(a.period), a.id limit ${bind(query.limit)}`;
  return run<DeskRow>(on, { text }, values);
}

/** SQL: whoever has the number, or belongs to an account that has it. */
const patientsOf = (mobile: string): string => `
  select id from patients where mobile = ${mobile}
  union all
  select m.id from patients m join users mu on mu.id = m.user_id where mu.mobile = ${mobile}`;

/** Whose desk the caller runs; parameter 1 is the caller. */
function reachOf({ userType }: Pick<Actor, 'userType'>): string {
  if (userType === 'admin') return 'true';
  if (userType === 'doctor') return 'a.doctor_id = $1::int';
  return `exists (select from assistant_attachments t
                  where t.assistant_id = $1::int and t.chamber_id = a.chamber_id
                    and (t.doctor_id is null or t.doctor_id = a.doctor_id))`;
}
