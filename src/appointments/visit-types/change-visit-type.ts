import { noWindow, type patchVisitType } from '../../contract/schedules.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { publish } from '../../platform/bus.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { visitTypeColumns, type VisitTypeRow } from './queries.ts';

type Request = RouteRequest<typeof patchVisitType>;
export type ChangedVisitType = { doctorId: number; visitTypeId: number; change: Request['body'] };

/** Changes the minutes, the fee or the days within which a patient must have been seen. Appointments carry their own, so those that stand keep theirs. */
export async function changeVisitType(db: Database, changed: ChangedVisitType): Promise<VisitTypeRow> {
  try {
    return await db.transaction().execute(async (tx) => {
      const row = await writeChange(tx, changed);
      if (!row) throw new Problem('not_found');
      await publish(tx, { name: 'schedule.changed', data: { doctorId: changed.doctorId } });
      return row;
    });
  } catch (error) {
    if (brokenConstraint(error) === 'visit_types_window')
      throw invalidInput({ path: 'windowDays', message: noWindow });
    throw error;
  }
}

const writeChange = (
  tx: Tx,
  { doctorId, visitTypeId, change }: ChangedVisitType,
): Promise<VisitTypeRow | undefined> =>
  tx
    .updateTable('visit_types')
    .set(({ ref }) => ({
      minutes: change.minutes ?? ref('minutes'),
      fee: change.fee ?? ref('fee'),
      window_days: change.windowDays === undefined ? ref('window_days') : change.windowDays,
    }))
    .where('id', '=', visitTypeId)
    .where('doctor_id', '=', doctorId)
    .where('ended_at', 'is', null)
    .returning(visitTypeColumns)
    .executeTakeFirst();
