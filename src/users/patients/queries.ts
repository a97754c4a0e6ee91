import type { Database } from '../../platform/database.ts';

export const patientColumns = ['id', 'full_name', 'relation', 'gender', 'birth_year'] as const;

/** The user first, then the family in the order they were added. */
export const listPatientsOf = (db: Database, userId: number) =>
  db
    .selectFrom('patients')
    .select(patientColumns)
    .where('user_id', '=', userId)
    .orderBy((by) => by('relation', '=', 'self'), 'desc')
    .orderBy('id')
    .execute();

export type PatientRow = Awaited<ReturnType<typeof listPatientsOf>>[number];
