import { publish } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';
import { lockHours } from '../calendar/lock-hours.ts';

/**
 * Sets the minutes kept free between visits in two chambers. Visits that are booked stay where they are; a booking that
 * has been judged by the old minutes is judged again, since every rule gets a new version.
 */
export async function changeArrangement(
  db: Database,
  { doctorId, travelMinutes }: { doctorId: number; travelMinutes: number },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockHours(tx, { doctorId });
    await tx
      .insertInto('doctor_settings')
      .values({ doctor_id: doctorId, travel_minutes: travelMinutes })
      .onConflict((conflict) => conflict.column('doctor_id').doUpdateSet({ travel_minutes: travelMinutes }))
      .execute();
    await publish(tx, { name: 'schedule.changed', data: { doctorId } });
  });
}
