import type { Selectable } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { VisitTypes } from '../../platform/database-schema.ts';

export const visitTypeColumns = ['id', 'chamber_id', 'kind', 'minutes', 'fee', 'window_days'] as const;
export type VisitTypeRow = Pick<Selectable<VisitTypes>, (typeof visitTypeColumns)[number]>;

/** What a doctor offers now, in every chamber. */
export const findVisitTypes = (db: Database, doctorId: number): Promise<VisitTypeRow[]> =>
  db
    .selectFrom('visit_types')
    .select(visitTypeColumns)
    .where('doctor_id', '=', doctorId)
    .where('ended_at', 'is', null)
    .orderBy('chamber_id')
    .orderBy('id')
    .execute();
