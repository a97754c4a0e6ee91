import type { Patient } from '../../contract/me.ts';
import type { PatientRow } from './queries.ts';

export const presentPatient = (row: PatientRow): Patient => ({
  id: row.id,
  fullName: row.full_name,
  relation: row.relation,
  gender: row.gender,
  birthYear: row.birth_year,
});
