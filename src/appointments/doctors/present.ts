import type { DoctorCard, DoctorProfile } from '../../contract/doctors.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { DoctorRow, ProfileRow } from './queries.ts';

export const presentDoctor = (row: DoctorRow): DoctorCard => ({
  id: row.id,
  slug: row.slug,
  fullName: row.fullName,
  nameBn: row.nameBn,
  gender: row.gender,
  qualifications: row.qualifications,
  photo: row.photo === null ? null : `/photos/${row.photo}`,
  specializations: row.specializations ?? [],
  experienceYears: row.experienceYears,
  fee: { amount: row.fee, currency: 'BDT' },
  place: row.place,
  nextAvailable:
    row.nextAvailable === null ? null : formatInstant(row.nextAvailable, row.nextTimeZone ?? 'Asia/Dhaka'),
});

export const presentProfile = (row: ProfileRow): DoctorProfile => ({
  ...presentDoctor(row),
  aboutEn: row.aboutEn,
  aboutBn: row.aboutBn,
  chambers: row.chambers ?? [],
});
