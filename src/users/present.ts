import type { User } from '../contract/users.ts';
import type { UserRow } from './queries.ts';

export const presentUser = (row: UserRow): User => ({
  id: row.id,
  fullName: row.full_name,
  email: row.email,
  mobile: row.mobile,
  emailVerified: row.email_verified_at !== null,
  mobileVerified: row.mobile_verified_at !== null,
  userType: row.user_type,
  status: row.status,
  division: row.division,
  district: row.district,
  thana: row.thana,
  profileImage: row.profile_image === null ? null : `/photos/${row.profile_image}`,
  language: row.language,
  createdAt: row.created_at.toString(),
  doctor: presentDoctor(row),
});

function presentDoctor(row: UserRow): User['doctor'] {
  const { license_number, experience_years, consultation_fee, approval, slug } = row;
  if (license_number === null || experience_years === null || consultation_fee === null) return null;
  if (approval === null || slug === null) return null;
  return {
    licenseNumber: license_number,
    experienceYears: experience_years,
    consultationFee: consultation_fee,
    specializations: row.specializations,
    approval,
    slug,
    nameBn: row.name_bn,
    gender: row.gender,
    qualifications: row.qualifications,
    aboutEn: row.about_en,
    aboutBn: row.about_bn,
  };
}
