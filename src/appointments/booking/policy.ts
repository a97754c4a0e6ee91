import type { AppointmentStatus } from '../../contract/appointments.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { EpochMs } from '../../scheduling/range.ts';

/** The people of an appointment, as far as rights go. */
export type Parties = { patientUserId: number; bookedBy: number; doctorId: number };

export const mayRead = (actor: Actor, { patientUserId, bookedBy, doctorId }: Parties): boolean =>
  actor.userType === 'admin' ||
  patientUserId === actor.userId ||
  bookedBy === actor.userId ||
  (actor.userType === 'doctor' && doctorId === actor.userId);

const cancellable: readonly AppointmentStatus[] = ['held', 'pending', 'confirmed'];

/** Whether this appointment can still be cancelled; staff may do so after its start, a patient only before. */
export function canCancel(
  appointment: { status: AppointmentStatus; starts: EpochMs },
  by: { staff: boolean; now: EpochMs },
): boolean {
  return cancellable.includes(appointment.status) && (by.staff || appointment.starts > by.now);
}

/** Those who act for the chamber and not for the patient. */
export const isStaffOf = (actor: Actor, { doctorId }: Parties): boolean =>
  actor.userType === 'admin' || (actor.userType === 'doctor' && actor.userId === doctorId);
