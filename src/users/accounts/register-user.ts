import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import { explainRefusal } from '../explain-refusal.ts';
import { slugsFor } from './make-slug.ts';

type Person = {
  fullName: string;
  email?: string;
  mobile?: string;
  /** PHC string of `hashPassword`. */
  passwordHash: string;
  division?: string;
  district?: string;
  thana?: string;
  language?: 'bn' | 'en';
};

type Doctor = {
  userType: 'doctor';
  licenseNumber: string;
  experienceYears: number;
  consultationFee: string;
  specializations?: number[];
  nameBn?: string;
  gender?: 'female' | 'male';
  qualifications?: string;
  aboutEn?: string;
  aboutBn?: string;
};

export type NewUser = Person & ({ userType: 'patient' | 'assistant' | 'admin' } | Doctor);

/**
 * Makes a user, with their own patient or their doctor's entry, and returns the user's id. The caller decides who may
 * become what: the public route admits patients and doctors only. A doctor then waits for approval.
 * Refuses with `email_taken`, `mobile_taken`, `license_taken` or `invalid_input`.
 */
export async function registerUser(tx: Tx, input: NewUser, now: Temporal.Instant): Promise<number> {
  try {
    const userId = await insertUser(tx, input, now);
    if (input.userType === 'patient') await insertSelf(tx, { userId, fullName: input.fullName, now });
    if (input.userType === 'doctor') await insertDoctor(tx, userId, input);
    return userId;
  } catch (error) {
    throw explainRefusal(error, input);
  }
}

async function insertUser(tx: Tx, input: NewUser, now: Temporal.Instant): Promise<number> {
  const { id } = await tx
    .insertInto('users')
    .values({
      full_name: input.fullName,
      email: input.email ?? null,
      mobile: input.mobile ?? null,
      password_hash: input.passwordHash,
      user_type: input.userType,
      division: input.division ?? null,
      district: input.district ?? null,
      thana: input.thana ?? null,
      created_at: now.toString(),
      ...(input.language ? { language: input.language } : {}),
      ...(input.userType === 'doctor'
        ? {
            license_number: input.licenseNumber,
            experience_years: input.experienceYears,
            consultation_fee: input.consultationFee,
          }
        : {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function insertSelf(
  tx: Tx,
  self: { userId: number; fullName: string; now: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto('patients')
    .values({
      user_id: self.userId,
      full_name: self.fullName,
      relation: 'self',
      created_at: self.now.toString(),
    })
    .execute();
}

async function insertDoctor(tx: Tx, userId: number, doctor: Person & Doctor): Promise<void> {
  for (const slug of slugsFor(doctor.fullName, userId)) {
    // `do nothing` rather than an error, which would end the transaction.
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('doctors')
      .values({
        user_id: userId,
        slug,
        name_bn: doctor.nameBn ?? null,
        gender: doctor.gender ?? null,
        qualifications: doctor.qualifications ?? null,
        about_en: doctor.aboutEn ?? null,
        about_bn: doctor.aboutBn ?? null,
      })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) break;
  }
  const specializations = [...new Set(doctor.specializations)];
  if (specializations.length > 0)
    await tx
      .insertInto('doctor_specializations')
      .values(specializations.map((specialization_id) => ({ doctor_id: userId, specialization_id })))
      .execute();
  await publish(tx, { name: 'doctor.changed', data: { doctorId: userId } });
}
