import type { Selectable } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { Chambers } from '../../platform/database-schema.ts';

export const policyColumns = [
  'cancel_notice_minutes',
  'reschedule_notice_minutes',
  'most_reschedules',
  'most_per_doctor',
  'most_in_all',
  'no_show_limit',
  'no_show_days',
  'deposit_percent',
  'deposit_minutes',
  'refund_percent',
  'late_refund_percent',
  'reminder_minutes',
] as const;
export type PolicyRow = Pick<Selectable<Chambers>, (typeof policyColumns)[number]>;

/** Null when there is no such chamber or it has ended. */
export async function findPolicy(db: Database, chamberId: number): Promise<PolicyRow | null> {
  const policy = await db
    .selectFrom('chambers')
    .select(policyColumns)
    .where('id', '=', chamberId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return policy ?? null;
}
