import type { AppointmentStatus } from '../../contract/appointments.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { Problem } from '../../platform/problems.ts';
import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';

/** The people of an appointment, as far as rights go. `staff`: the caller acts for its doctor and chamber. */
export type Parties = {
  patientUserId: number | null;
  bookedBy: number | null;
  doctorId: number;
  staff: boolean;
};

export const mayRead = (actor: Actor, { patientUserId, bookedBy, staff }: Parties): boolean =>
  staff || patientUserId === actor.userId || (actor.userType === 'patient' && bookedBy === actor.userId);

/** Who makes a move: the patient (or whoever has the private link), the desk with the doctor, or time itself. */
export type Mover = 'patient' | 'desk' | 'time';

type Move = {
  step: string;
  from: AppointmentStatus;
  to: AppointmentStatus;
  by: readonly Mover[];
};

const anyone = ['patient', 'desk'] as const;
const desk = ['desk'] as const;
const time = ['time'] as const;

/**
 * An appointment's life: every move there is, and who may make it. The database knows the same moves
 * (`appointment_moves`) and refuses all others.
 */
export const moves = [
  { step: 'booked', from: 'held', to: 'pending', by: anyone },
  { step: 'booked', from: 'held', to: 'confirmed', by: anyone },
  { step: 'cancelled', from: 'held', to: 'cancelled', by: anyone },
  { step: 'expired', from: 'held', to: 'expired', by: time },
  { step: 'approved', from: 'pending', to: 'confirmed', by: desk },
  { step: 'declined', from: 'pending', to: 'cancelled', by: desk },
  { step: 'cancelled', from: 'pending', to: 'cancelled', by: anyone },
  { step: 'expired', from: 'pending', to: 'expired', by: time },
  { step: 'cancelled', from: 'confirmed', to: 'cancelled', by: anyone },
  { step: 'arrived', from: 'confirmed', to: 'arrived', by: desk },
  { step: 'started', from: 'confirmed', to: 'in_consultation', by: desk },
  { step: 'completed', from: 'confirmed', to: 'completed', by: desk },
  { step: 'missed', from: 'confirmed', to: 'no_show', by: desk },
  { step: 'cancelled', from: 'arrived', to: 'cancelled', by: desk },
  { step: 'started', from: 'arrived', to: 'in_consultation', by: desk },
  { step: 'completed', from: 'arrived', to: 'completed', by: desk },
  { step: 'missed', from: 'arrived', to: 'no_show', by: desk },
  // Somebody else has the place that who was called in vain had left; they are seen all the same.
  { step: 'arrived', from: 'no_show', to: 'arrived', by: desk },
  { step: 'completed', from: 'in_consultation', to: 'completed', by: desk },
  // Whoever has arrived and is then given another time is expected again.
  { step: 'rescheduled', from: 'arrived', to: 'confirmed', by: desk },
  { step: 'undone', from: 'arrived', to: 'confirmed', by: desk },
  { step: 'undone', from: 'in_consultation', to: 'arrived', by: desk },
  { step: 'undone', from: 'in_consultation', to: 'confirmed', by: desk },
  { step: 'undone', from: 'completed', to: 'in_consultation', by: desk },
  { step: 'undone', from: 'completed', to: 'arrived', by: desk },
  { step: 'undone', from: 'completed', to: 'confirmed', by: desk },
  { step: 'undone', from: 'no_show', to: 'arrived', by: desk },
  { step: 'undone', from: 'no_show', to: 'confirmed', by: desk },
] as const satisfies readonly Move[];

export type Step = (typeof moves)[number]['step'];

/** Where a step leads from a status for this mover; null: it does not. */
export function leadsTo(step: Step, from: AppointmentStatus, by: Mover): AppointmentStatus | null {
  const all: readonly Move[] = moves;
  return all.find((move) => move.step === step && move.from === from && move.by.includes(by))?.to ?? null;
}

/** Whether an appointment can be given another place. */
export const isMovable = (status: AppointmentStatus, by: Mover): boolean =>
  status === 'pending' || status === 'confirmed' || (by === 'desk' && status === 'arrived');

/** A visit is attended on its day: half a day before its time at the earliest. */
const attendableMs = 12 * 60 * MINUTE_MS;

/** Refuses a move at the desk for a visit that is still far off. */
export function refuseTooEarly(step: Step, { starts, now }: { starts: EpochMs; now: EpochMs }): void {
  if (step === 'missed' && now < starts)
    throw new Problem('wrong_state', 'This visit’s time has not come yet, so nobody has missed it.');
  if (['arrived', 'started', 'completed'].includes(step) && now < starts - attendableMs)
    throw new Problem('wrong_state', 'This visit is on another day.');
}

/** Until when an appointment can be cancelled or moved by those it is for, in epoch milliseconds. */
export const deadline = ({ starts, noticeMinutes }: { starts: EpochMs; noticeMinutes: number }): EpochMs =>
  starts - noticeMinutes * MINUTE_MS;

/** Moves at the desk can be taken back for so long. */
export const undoMinutes = 10;
