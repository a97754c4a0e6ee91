import { publish } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

/** Offers a visit type no more; appointments keep pointing at it, and one of its kind can be set again. */
export async function endVisitType(
  db: Database,
  input: { doctorId: number; visitTypeId: number },
  now: Temporal.Instant,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('visit_types')
      .set({ ended_at: now.toString() })
      .where('id', '=', input.visitTypeId)
      .where('doctor_id', '=', input.doctorId)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!ended) throw new Problem('not_found');
    await publish(tx, { name: 'schedule.changed', data: { doctorId: input.doctorId } });
  });
}
