import type { ChamberPolicy } from '../../contract/policies.ts';
import type { PolicyRow } from './queries.ts';

export const presentPolicy = (row: PolicyRow): ChamberPolicy => ({
  cancelNoticeMinutes: row.cancel_notice_minutes,
  rescheduleNoticeMinutes: row.reschedule_notice_minutes,
  mostReschedules: row.most_reschedules,
  mostPerDoctor: row.most_per_doctor,
  mostInAll: row.most_in_all,
  noShowLimit: row.no_show_limit,
  noShowDays: row.no_show_days,
  depositPercent: row.deposit_percent,
  depositMinutes: row.deposit_minutes,
  refundPercent: row.refund_percent,
  lateRefundPercent: row.late_refund_percent,
  reminderMinutes: row.reminder_minutes,
});
