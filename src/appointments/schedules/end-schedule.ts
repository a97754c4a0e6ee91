import { sql } from 'kysely';
import { publish } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

/**
 * Ends weekly hours. The row lock holds off bookings, which share it, so that none can slip in between the check and
 * the end; sessions to come are closed with it and make room for new hours.
 */
export async function endSchedule(
  db: Database,
  input: { doctorId: number; scheduleId: number },
  now: Temporal.Instant,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const schedule = await tx
      .selectFrom('schedules')
      .select(['id', 'version'])
      .where('id', '=', input.scheduleId)
      .where('doctor_id', '=', input.doctorId)
      .where('ended_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!schedule) throw new Problem('not_found');
    const stranded = await tx
      .selectFrom('appointments as a')
      .innerJoin('sessions as s', 's.id', 'a.session_id')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('s.schedule_id', '=', schedule.id)
      .where('a.status', 'not in', ['cancelled', 'no_show', 'expired', 'completed'])
      .where(sql<boolean>`upper(a.period) > ${now.toString()}::timestamptz`)
      .executeTakeFirstOrThrow();
    if (stranded.count > 0)
      throw new Problem(
        'schedule_in_use',
        `${stranded.count} appointments still stand in these hours. Cancel them first.`,
      );
    await tx
      .updateTable('schedules')
      .set({ ended_at: now.toString(), version: schedule.version + 1 })
      .where('id', '=', schedule.id)
      .execute();
    await tx
      .updateTable('sessions')
      .set({ status: 'cancelled' })
      .where('schedule_id', '=', schedule.id)
      .where(sql<boolean>`lower(period) > ${now.toString()}::timestamptz`)
      .execute();
    await publish(tx, { name: 'schedule.changed', data: { doctorId: input.doctorId } });
  });
}
