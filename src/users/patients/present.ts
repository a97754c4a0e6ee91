import type { Patient } from '../../contract/me.ts';
import type { DeskPatient } from '../../contract/desk-patients.ts';
import type { DeskPatientRow } from './find-patients.ts';
import type { PatientRow } from './queries.ts';

export const presentPatient = (row: PatientRow): Patient => ({
  id: row.id,
  fullName: row.full_name,
  relation: row.relation,
  gender: row.gender,
  birthYear: row.birth_year,
});

export const presentDeskPatient = (row: DeskPatientRow): DeskPatient => ({
  id: row.id,
  fullName: row.full_name,
  mobile: row.mobile,
  gender: row.gender,
  birthYear: row.birth_year,
  relation: row.relation,
});
