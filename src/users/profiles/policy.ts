import type { UserType } from '../../contract/route.ts';
import { invalidInput } from '../../platform/problems.ts';
import type { ProfileChange } from './change-profile.ts';

const ofDoctors = [
  'experienceYears',
  'consultationFee',
  'specializations',
  'nameBn',
  'gender',
  'qualifications',
  'aboutEn',
  'aboutBn',
] as const satisfies readonly (keyof ProfileChange)[];

/** Refuses what only doctors have on anybody else's profile. */
export function refuseForeignFields(userType: UserType, change: ProfileChange): void {
  if (userType === 'doctor') return;
  const foreign = ofDoctors.filter((name) => change[name] !== undefined);
  if (foreign.length > 0)
    throw invalidInput(...foreign.map((path) => ({ path, message: 'Only doctors have this' })));
}
