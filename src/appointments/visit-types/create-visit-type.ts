import { publish } from '../../platform/bus.ts';
import { brokenConstraint, type Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { ensureOpenChamber } from '../chambers/ensure-open-chamber.ts';
import { visitTypeColumns, type VisitTypeRow } from './queries.ts';

/** Sets the minutes and the fee of a visit type of a doctor in a chamber. */
export async function createVisitType(
  db: Database,
  input: { doctorId: number; chamberId: number; kind: VisitTypeRow['kind']; minutes: number; fee: string },
): Promise<VisitTypeRow> {
  try {
    return await db.transaction().execute(async (tx) => {
      await ensureOpenChamber(tx, input.chamberId);
      const row = await tx
        .insertInto('visit_types')
        .values({
          doctor_id: input.doctorId,
          chamber_id: input.chamberId,
          kind: input.kind,
          minutes: input.minutes,
          fee: input.fee,
        })
        .returning(visitTypeColumns)
        .executeTakeFirstOrThrow();
      await publish(tx, { name: 'schedule.changed', data: { doctorId: input.doctorId } });
      return row;
    });
  } catch (error) {
    switch (brokenConstraint(error)) {
      case 'visit_types_one_of_a_kind':
        throw new Problem('visit_type_exists');
      case 'visit_types_doctor_id_fkey':
        throw new Problem('not_found');
      default:
        throw error;
    }
  }
}
