import type { Selectable } from 'kysely';
import type { Database, Tx } from '../../platform/database.ts';
import type { Schedules } from '../../platform/database-schema.ts';
import type { WeeklyRule } from '../../scheduling/weekly-rules.ts';

/** A rule with the version that a booking re-checks. */
export type VersionedRule = WeeklyRule & { readonly version: number };

/** Columns of `schedules s` joined with `chambers c`, as a VersionedRule. */
export const ruleColumns = `
  s.id as "scheduleId", s.chamber_id as "chamberId", c.time_zone as zone, s.weekday,
  to_char(s.from_time, 'HH24:MI') as "from", to_char(s.to_time, 'HH24:MI') as "to",
  s.valid_from::text as "validFrom", s.valid_until::text as "validUntil", s.exception_id is not null as exception, s.mode,
  s.slot_minutes as "slotMinutes", s.capacity,
  case when s.quota_online is not null then
    json_build_object('online', s.quota_online, 'phone', s.quota_phone, 'walkIn', s.quota_walk_in) end as quotas,
  s.quota_release_minutes as "quotaReleaseMinutes",
  s.buffer_before_minutes as "bufferBeforeMinutes", s.buffer_after_minutes as "bufferAfterMinutes",
  s.notice_minutes as "noticeMinutes", s.horizon_days as "horizonDays", s.version`;

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
  'doctor_id',
  'chamber_id',
  'weekday',
  'from_time',
  'to_time',
  'valid_from',
  'valid_until',
  'mode',
  'slot_minutes',
  'capacity',
  'quota_online',
  'quota_phone',
  'quota_walk_in',
  'quota_release_minutes',
  'buffer_before_minutes',
  'buffer_after_minutes',
  'notice_minutes',
  'horizon_days',
  'version',
] as const;
export type ScheduleRow = Pick<Selectable<Schedules>, (typeof scheduleColumns)[number]>;

/** Undated and dated; other hours on single dates belong to their exception. */
export const findWeeklyHours = (on: Database | Tx, doctorId: number): Promise<ScheduleRow[]> =>
  on
    .selectFrom('schedules')
    .select(scheduleColumns)
    .where('doctor_id', '=', doctorId)
    .where('exception_id', 'is', null)
    .where('ended_at', 'is', null)
    .orderBy('weekday')
    .orderBy('from_time')
    .orderBy('id')
    .execute();
