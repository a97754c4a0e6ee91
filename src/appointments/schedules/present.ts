import type { Schedule } from '../../contract/doctors.ts';
import type { ScheduleRow, VisitTypeRow } from './queries.ts';

export const presentSchedule = (row: ScheduleRow): Schedule => ({
  id: row.id,
  chamberId: row.chamber_id,
  weekday: row.weekday,
  from: row.from_time.slice(0, 5),
  to: row.to_time.slice(0, 5),
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  mode: row.mode,
  slotMinutes: row.slot_minutes,
  capacity: row.capacity,
  bufferBeforeMinutes: row.buffer_before_minutes,
  bufferAfterMinutes: row.buffer_after_minutes,
  noticeMinutes: row.notice_minutes,
  horizonDays: row.horizon_days,
});

export const presentVisitType = (row: VisitTypeRow) => ({
  id: row.id,
  chamberId: row.chamber_id,
  kind: row.kind,
  minutes: row.minutes,
  fee: { amount: row.fee, currency: 'BDT' },
});
