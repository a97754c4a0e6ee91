import type { NotNull, Selectable } from 'kysely';
import type { Patients } from '../../platform/database-schema.ts';
import type { Database } from '../../platform/database.ts';

export const patientColumns = ['id', 'full_name', 'relation', 'gender', 'birth_year'] as const;

/** The user first, then the family in the order they were added. */
export const listPatientsOf = (db: Database, userId: number): Promise<PatientRow[]> =>
  db
    .selectFrom('patients')
    .select(patientColumns)
    .$narrowType<{ relation: NotNull }>()
    .where('user_id', '=', userId)
    .orderBy((by) => by('relation', '=', 'self'), 'desc')
    .orderBy('id')
    .execute();

/** The first whom a number or an e-mail without an account knows, or null. */
export async function findPatientWithoutAccount(
  db: Database,
  by: { mobile: string } | { email: string },
): Promise<{ id: number; full_name: string } | null> {
  const found = await db
    .selectFrom('patients')
    .select(['id', 'full_name'])
    .where('user_id', 'is', null)
    .where((where) => ('mobile' in by ? where('mobile', '=', by.mobile) : where('email', '=', by.email)))
    .orderBy('id')
    .executeTakeFirst();
  return found ?? null;
}

/** Of an account: whoever has none is nobody's relation. */
export type PatientRow = Pick<Selectable<Patients>, Exclude<(typeof patientColumns)[number], 'relation'>> & {
  relation: NonNullable<Selectable<Patients>['relation']>;
};
