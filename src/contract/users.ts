import { z } from 'zod';
import * as fields from './fields.ts';

export const userType = z.enum(['patient', 'doctor', 'assistant', 'admin']);
export const userStatus = z.enum(['active', 'inactive', 'suspended']);
export const approval = z.enum(['pending', 'approved', 'refused']);

/** A user as they see themself, and as an admin sees them. */
export const user = z.object({
  id: z.int(),
  fullName: z.string(),
  email: z.string().nullable(),
  mobile: z.string().nullable(),
  /** A code has proven that it is theirs. */
  emailVerified: z.boolean(),
  mobileVerified: z.boolean(),
  userType,
  status: userStatus,
  division: z.string().nullable(),
  district: z.string().nullable(),
  thana: z.string().nullable(),
  /** URL path of the photo. */
  profileImage: z.string().nullable(),
  language: fields.language,
  createdAt: fields.toldInstant,
  /** Doctors only. */
  doctor: z
    .object({
      licenseNumber: z.string(),
      experienceYears: z.int(),
      consultationFee: z.string(),
      specializations: z.array(z.int()),
      approval,
      slug: z.string(),
      nameBn: z.string().nullable(),
      gender: z.enum(['female', 'male']).nullable(),
      qualifications: z.string().nullable(),
      aboutEn: z.string().nullable(),
      aboutBn: z.string().nullable(),
    })
    .nullable(),
});
export type User = z.output<typeof user>;
