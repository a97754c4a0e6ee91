import type { patchVisitType } from '../../contract/schedules.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { publish } from '../../platform/bus.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { visitTypeColumns, type VisitTypeRow } from './queries.ts';

type Request = RouteRequest<typeof patchVisitType>;
export type ChangedVisitType = { doctorId: number; visitTypeId: number; change: Request['body'] };

/** Changes the minutes or the fee. Appointments carry their own, so those that stand keep theirs. */
export async function changeVisitType(db: Database, changed: ChangedVisitType): Promise<VisitTypeRow> {
  return db.transaction().execute(async (tx) => {
    const row = await writeChange(tx, changed);
    if (!row) throw new Problem('not_found');
    await publish(tx, { name: 'schedule.changed', data: { doctorId: changed.doctorId } });
    return row;
  });
}

const writeChange = (
  tx: Tx,
  { doctorId, visitTypeId, change }: ChangedVisitType,
): Promise<VisitTypeRow | undefined> =>
  tx
    .updateTable('visit_types')
    .set(({ ref }) => ({ minutes: change.minutes ?? ref('minutes'), fee: change.fee ?? ref('fee') }))
    .where('id', '=', visitTypeId)
    .where('doctor_id', '=', doctorId)
    .where('ended_at', 'is', null)
    .returning(visitTypeColumns)
    .executeTakeFirst();
