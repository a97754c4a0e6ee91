import type { RouteRequest } from '../../contract/route.ts';
import type { createVisitType as route } from '../../contract/schedules.ts';
import { publish } from '../../platform/bus.ts';
import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { ensureOpenChamber } from '../chambers/ensure-open-chamber.ts';
import { visitTypeColumns, type VisitTypeRow } from './queries.ts';

export type NewVisitType = RouteRequest<typeof route>['body'] & { doctorId: number };

/**
 * Sets the minutes and the fee of a visit type of a doctor in a chamber. `windowDays` left out: the usual for its kind;
 * null: for everybody.
 */
export async function createVisitType(tx: Tx, input: NewVisitType): Promise<VisitTypeRow> {
  await ensureOpenChamber(tx, input.chamberId);
  try {
    const row = await tx
      .insertInto('visit_types')
      .values({
        doctor_id: input.doctorId,
        chamber_id: input.chamberId,
        kind: input.kind,
        minutes: input.minutes,
        fee: input.fee,
        window_days: input.windowDays === undefined ? usualWindow[input.kind] : input.windowDays,
      })
      .returning(visitTypeColumns)
      .executeTakeFirstOrThrow();
    await publish(tx, { name: 'schedule.changed', data: { doctorId: input.doctorId } });
    return row;
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

/** Days. */
export const usualWindow = { new: null, follow_up: 30, report: 30 } as const;
