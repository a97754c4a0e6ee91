import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { changeHours } from './change-hours.ts';

/** Ends weekly hours, unless appointments stand in them. Its sessions to come make room for new hours. */
export async function endSchedule(
  db: Database,
  input: { doctorId: number; scheduleId: number },
  now: Temporal.Instant,
): Promise<void> {
  await changeHours(db, input.doctorId, now, async (tx) => {
    const ended = await tx
      .updateTable('schedules')
      .set({ ended_at: now.toString() })
      .where('id', '=', input.scheduleId)
      .where('doctor_id', '=', input.doctorId)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!ended) throw new Problem('not_found');
  });
}
