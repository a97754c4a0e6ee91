import type { AppointmentStatus } from '../../contract/appointments.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';

/** The people of an appointment, as far as rights go. */
export type Parties = { patientUserId: number; bookedBy: number; doctorId: number };

export const mayRead = (actor: Actor, { patientUserId, bookedBy, doctorId }: Parties): boolean =>
  actor.userType === 'admin' ||
  patientUserId === actor.userId ||
  bookedBy === actor.userId ||
  (actor.userType === 'doctor' && doctorId === actor.userId);

const cancellable: readonly AppointmentStatus[] = ['held', 'pending', 'confirmed'];

/** Whether this appointment can still be cancelled; staff may do so after its start and arrival, a patient only before. */
export function canCancel(
  appointment: { status: AppointmentStatus; starts: EpochMs },
  by: { staff: boolean; now: EpochMs },
): boolean {
  const { status, starts } = appointment;
  if (by.staff && status === 'arrived') return true;
  return cancellable.includes(status) && (by.staff || starts > by.now);
}

/** Those who act for the chamber and not for the patient. */
export const isStaffOf = (actor: Actor, { doctorId }: Parties): boolean =>
  actor.userType === 'admin' || (actor.userType === 'doctor' && actor.userId === doctorId);

/** As which somebody books: whoever books for themself or their family does so online. */
export const channelOf = (_actor: Actor): Channel => 'online';
