import type { DoctorCard, DoctorProfile } from '../../contract/doctors.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { DoctorRow, ProfileRow } from './queries.ts';

export function presentDoctor({ card, ...row }: DoctorRow): DoctorCard {
  if (!card) throw new Error(`the search row of doctor ${row.id} has no card and was not refreshed`);
  return {
    id: row.id,
    ...card,
    photo: card.photo === null ? null : `/photos/${card.photo}`,
    fee: { amount: row.fee, currency: 'BDT' },
    nextAvailable:
      row.nextAvailable === null ? null : formatInstant(row.nextAvailable, row.nextTimeZone ?? 'Asia/Dhaka'),
  };
}

export const presentProfile = (row: ProfileRow): DoctorProfile => ({
  ...presentDoctor(row),
  aboutEn: row.aboutEn,
  aboutBn: row.aboutBn,
  needsApproval: row.needsApproval,
  chambers: row.chambers ?? [],
});
