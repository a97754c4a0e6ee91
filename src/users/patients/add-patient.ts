import type { NotNull } from 'kysely';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { patientsPerUser, refuseUnbornYear } from './policy.ts';
import { patientColumns, type PatientRow } from './queries.ts';

export type NewPatient = {
  fullName: string;
  relation: Exclude<PatientRow['relation'], 'self'>;
  gender?: PatientRow['gender'];
  birthYear?: number | null;
};

/** Adds a family member whom the actor may book for. Refuses with `family_full`. */
export async function addPatient(
  tx: Tx,
  input: NewPatient,
  by: Actor,
  now: Temporal.Instant,
): Promise<PatientRow> {
  refuseUnbornYear(input.birthYear, now);
  // Additions of one user take turns, or several could count the same nineteen.
  await tx.selectFrom('users').select('id').where('id', '=', by.userId).forNoKeyUpdate().execute();
  const { count } = await tx
    .selectFrom('patients')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', by.userId)
    .executeTakeFirstOrThrow();
  if (count >= patientsPerUser)
    throw new Problem('family_full', `You can keep ${patientsPerUser} people on your list.`);
  return tx
    .insertInto('patients')
    .values({
      user_id: by.userId,
      full_name: input.fullName,
      relation: input.relation,
      gender: input.gender ?? null,
      birth_year: input.birthYear ?? null,
      created_at: now.toString(),
    })
    .returning(patientColumns)
    .$narrowType<{ relation: NotNull }>()
    .executeTakeFirstOrThrow();
}
