import type { NotNull } from 'kysely';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { refuseUnbornYear } from './policy.ts';
import { patientColumns, type PatientRow } from './queries.ts';

/** What is left out stays; null takes a value away. */
export type PatientChange = {
  id: number;
  fullName?: string;
  gender?: PatientRow['gender'];
  birthYear?: number | null;
};

/** Changes one of the actor's own patients; to everyone else there is none of this id. */
export async function changePatient(
  tx: Tx,
  change: PatientChange,
  by: Actor,
  now: Temporal.Instant,
): Promise<PatientRow> {
  refuseUnbornYear(change.birthYear, now);
  const row = await tx
    .updateTable('patients')
    .set((column) => ({
      full_name: change.fullName ?? column.ref('full_name'),
      gender: change.gender === undefined ? column.ref('gender') : change.gender,
      birth_year: change.birthYear === undefined ? column.ref('birth_year') : change.birthYear,
    }))
    .where('id', '=', change.id)
    .where('user_id', '=', by.userId)
    .returning(patientColumns)
    .$narrowType<{ relation: NotNull }>()
    .executeTakeFirst();
  if (!row) throw new Problem('not_found');
  return row;
}
