import type { ChamberPolicy } from '../../contract/policies.ts';
import { brokenConstraint, type Database } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { policyColumns, type PolicyRow } from './queries.ts';

/** Changes the rules of a chamber, from the next booking, cancellation or move on; what is left out stays. */
export async function changePolicy(
  db: Database,
  { chamberId, change }: { chamberId: number; change: Partial<ChamberPolicy> },
): Promise<PolicyRow> {
  try {
    const row = await db
      .updateTable('chambers')
      .set(({ ref }) => ({
        cancel_notice_minutes: change.cancelNoticeMinutes ?? ref('cancel_notice_minutes'),
        reschedule_notice_minutes: change.rescheduleNoticeMinutes ?? ref('reschedule_notice_minutes'),
        most_reschedules: change.mostReschedules ?? ref('most_reschedules'),
        most_per_doctor: change.mostPerDoctor ?? ref('most_per_doctor'),
        most_in_all: change.mostInAll ?? ref('most_in_all'),
        no_show_limit: change.noShowLimit === undefined ? ref('no_show_limit') : change.noShowLimit,
        no_show_days: change.noShowDays ?? ref('no_show_days'),
        deposit_percent: change.depositPercent ?? ref('deposit_percent'),
        deposit_minutes: change.depositMinutes ?? ref('deposit_minutes'),
        refund_percent: change.refundPercent ?? ref('refund_percent'),
        late_refund_percent: change.lateRefundPercent ?? ref('late_refund_percent'),
        reminder_minutes: change.reminderMinutes ?? ref('reminder_minutes'),
      }))
      .where('id', '=', chamberId)
      .where('ended_at', 'is', null)
      .returning(policyColumns)
      .executeTakeFirst();
    if (!row) throw new Problem('not_found');
    return row;
  } catch (error) {
    if (brokenConstraint(error) === 'chambers_refunds')
      throw invalidInput({
        path: 'lateRefundPercent',
        message: 'A late cancellation cannot give back more than one in time',
      });
    throw error;
  }
}
