import type { HourSettings, Schedule } from '../../contract/hours.ts';
import type { ScheduleRow } from './queries.ts';

export const presentSchedule = (row: ScheduleRow): Schedule => ({
  id: row.id,
  chamberId: row.chamber_id,
  weekday: row.weekday,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  ...presentSettings(row),
  version: row.version,
});

export const presentSettings = (row: ScheduleRow): HourSettings => ({
  from: row.from_time.slice(0, 5),
  to: row.to_time.slice(0, 5),
  mode: row.mode,
  slotMinutes: row.slot_minutes,
  capacity: row.capacity,
  quotas:
    row.quota_online === null
      ? null
      : { online: row.quota_online, phone: row.quota_phone ?? 0, walkIn: row.quota_walk_in ?? 0 },
  quotaReleaseMinutes: row.quota_release_minutes,
  bufferBeforeMinutes: row.buffer_before_minutes,
  bufferAfterMinutes: row.buffer_after_minutes,
  noticeMinutes: row.notice_minutes,
  horizonDays: row.horizon_days,
});
