import { sql, type Selectable } from 'kysely';
import type { Database, Tx } from '../../platform/database.ts';
import type { Schedules, VisitTypes } from '../../platform/database-schema.ts';
import type { WeeklyRule } from '../../scheduling/weekly-rules.ts';

/** A rule with the version that a booking re-checks. */
export type VersionedRule = WeeklyRule & { readonly version: number };

/** Columns of `schedules s` joined with `chambers c`, as a VersionedRule. */
export const ruleColumns = `
  s.id as "scheduleId", s.chamber_id as "chamberId", c.time_zone as zone, s.weekday,
  to_char(s.from_time, 'HH24:MI') as "from", to_char(s.to_time, 'HH24:MI') as "to",
  s.valid_from::text as "validFrom", s.valid_until::text as "validUntil", false as exception, s.mode,
  s.slot_minutes as "slotMinutes", s.capacity, null as quotas, null as "quotaReleaseMinutes",
  s.buffer_before_minutes as "bufferBeforeMinutes", s.buffer_after_minutes as "bufferAfterMinutes",
  s.notice_minutes as "noticeMinutes", s.horizon_days as "horizonDays", s.version`;

/** The weekly rules of a doctor in all chambers, as the transaction sees them. */
export async function findRulesInTx(tx: Tx, doctorId: number): Promise<VersionedRule[]> {
  const { rows } = await sql<VersionedRule>`
    select ${sql.raw(ruleColumns)} from schedules s join chambers c on c.id = s.chamber_id
    where s.doctor_id = ${doctorId} and s.ended_at is null order by s.id`.execute(tx);
  return rows;
}

/** Whether a doctor has been approved, and whether patients can book them. Both false when there is no such doctor. */
export async function findStanding(
  db: Database,
  doctorId: number,
): Promise<{ approved: boolean; bookable: boolean }> {
  const doctor = await db
    .selectFrom('doctors as d')
    .innerJoin('users as u', 'u.id', 'd.user_id')
    .select(['d.approval', 'u.status'])
    .where('d.user_id', '=', doctorId)
    .executeTakeFirst();
  const approved = doctor?.approval === 'approved';
  return { approved, bookable: approved && doctor?.status === 'active' };
}

export const scheduleColumns = [
  'id',
  'chamber_id',
  'weekday',
  'from_time',
  'to_time',
  'valid_from',
  'valid_until',
  'mode',
  'slot_minutes',
  'capacity',
  'buffer_before_minutes',
  'buffer_after_minutes',
  'notice_minutes',
  'horizon_days',
] as const;
export type ScheduleRow = Pick<Selectable<Schedules>, (typeof scheduleColumns)[number]>;

export const findSchedules = (db: Database, doctorId: number): Promise<ScheduleRow[]> =>
  db
    .selectFrom('schedules')
    .select(scheduleColumns)
    .where('doctor_id', '=', doctorId)
    .where('ended_at', 'is', null)
    .orderBy('weekday')
    .orderBy('from_time')
    .execute();

export const visitTypeColumns = ['id', 'chamber_id', 'kind', 'minutes', 'fee'] as const;
export type VisitTypeRow = Pick<Selectable<VisitTypes>, (typeof visitTypeColumns)[number]>;

export const findVisitTypes = (db: Database, doctorId: number): Promise<VisitTypeRow[]> =>
  db
    .selectFrom('visit_types')
    .select(visitTypeColumns)
    .where('doctor_id', '=', doctorId)
    .orderBy('chamber_id')
    .orderBy('id')
    .execute();
