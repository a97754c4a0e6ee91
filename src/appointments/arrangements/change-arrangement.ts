import type { RouteRequest } from '../../contract/route.ts';
import type { patchArrangement } from '../../contract/schedules.ts';
import { publish } from '../../platform/bus.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { lockHours } from '../calendar/lock-hours.ts';

type Change = RouteRequest<typeof patchArrangement>['body'] & { doctorId: number };

/**
 * Sets the minutes kept free between visits in two chambers, and whether online bookings wait for approval. Visits that
 * are booked stay as they are; a booking that has been judged by the old minutes is judged again, since every rule gets
 * a new version.
 */
export async function changeArrangement(db: Database, change: Change): Promise<void> {
  try {
    await db.transaction().execute(async (tx) => {
      if (change.travelMinutes === undefined) return writeSettings(tx, change);
      await lockHours(tx, change);
      await writeSettings(tx, change);
      await publish(tx, { name: 'schedule.changed', data: { doctorId: change.doctorId } });
    });
  } catch (error) {
    if (brokenConstraint(error) === 'doctor_settings_doctor_id_fkey') throw new Problem('not_found');
    throw error;
  }
}

async function writeSettings(tx: Tx, { doctorId, travelMinutes, needsApproval }: Change): Promise<void> {
  const settings = {
    ...(travelMinutes === undefined ? {} : { travel_minutes: travelMinutes }),
    ...(needsApproval === undefined ? {} : { needs_approval: needsApproval }),
  };
  await tx
    .insertInto('doctor_settings')
    .values({ doctor_id: doctorId, ...settings })
    .onConflict((conflict) => conflict.column('doctor_id').doUpdateSet(settings))
    .execute();
}
