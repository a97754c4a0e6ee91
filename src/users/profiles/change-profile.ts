import { publish } from '../../platform/bus.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { explainRefusal } from '../explain-refusal.ts';

/** What is left out stays; null takes a value away. */
export type ProfileChange = {
  fullName?: string;
  email?: string | null;
  mobile?: string | null;
  division?: string | null;
  district?: string | null;
  thana?: string | null;
  language?: 'bn' | 'en';
  experienceYears?: number;
  consultationFee?: string;
  specializations?: number[];
  nameBn?: string | null;
  gender?: 'female' | 'male' | null;
  qualifications?: string | null;
  aboutEn?: string | null;
  aboutBn?: string | null;
};

/**
 * Changes the actor's own profile; the policy has seen what is in it. A new name is also that of the patient who is the
 * user. Refuses with `email_taken`, `mobile_taken` or `invalid_input`.
 */
export async function changeProfile(tx: Tx, change: ProfileChange, by: Actor): Promise<void> {
  try {
    await updateUser(tx, change, by.userId);
    if (change.fullName !== undefined)
      await tx
        .updateTable('patients')
        .set({ full_name: change.fullName })
        .where('user_id', '=', by.userId)
        .where('relation', '=', 'self')
        .execute();
    if (by.userType === 'doctor') await updateDoctor(tx, change, by.userId);
  } catch (error) {
    throw explainRefusal(error, change);
  }
}

async function updateUser(tx: Tx, change: ProfileChange, id: number): Promise<void> {
  const columns = {
    full_name: change.fullName,
    email: change.email,
    mobile: change.mobile,
    division: change.division,
    district: change.district,
    thana: change.thana,
    language: change.language,
    experience_years: change.experienceYears,
    consultation_fee: change.consultationFee,
  };
  if (changesAny(columns)) await tx.updateTable('users').set(columns).where('id', '=', id).execute();
}

async function updateDoctor(tx: Tx, change: ProfileChange, id: number): Promise<void> {
  const columns = {
    name_bn: change.nameBn,
    gender: change.gender,
    qualifications: change.qualifications,
    about_en: change.aboutEn,
    about_bn: change.aboutBn,
  };
  // The row is locked even when it stays as it is, so that two new lists of specializations do not mix.
  await tx.selectFrom('doctors').select('user_id').where('user_id', '=', id).forNoKeyUpdate().execute();
  if (changesAny(columns)) await tx.updateTable('doctors').set(columns).where('user_id', '=', id).execute();
  if (change.specializations) {
    await tx.deleteFrom('doctor_specializations').where('doctor_id', '=', id).execute();
    const rows = [...new Set(change.specializations)].map((specialization_id) => ({
      doctor_id: id,
      specialization_id,
    }));
    if (rows.length > 0) await tx.insertInto('doctor_specializations').values(rows).execute();
  }
  await publish(tx, { name: 'doctor.changed', data: { doctorId: id } });
}

/** Kysely leaves out what is undefined, but an update of nothing is no SQL. */
const changesAny = (columns: object): boolean => Object.values(columns).some((value) => value !== undefined);
