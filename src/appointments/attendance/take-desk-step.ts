import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { lockAppointment, moveAppointment, type Change } from '../booking/move-appointment.ts';
import { makeRoom } from './make-room.ts';
import { refuseTooEarly, type Step } from '../booking/policy.ts';

/** What the desk does with one press. */
export type DeskStep = Extract<
  Step,
  'approved' | 'declined' | 'arrived' | 'started' | 'completed' | 'missed'
>;

/**
 * One step at the desk. Refuses with `wrong_state` what the table of moves does not have, and visits of another day; with
 * `patient_busy` the arrival of a no-show who has another visit at that time by now.
 */
export async function takeDeskStep(
  tx: Tx,
  input: {
    appointmentId: number;
    doctorId: number;
    step: DeskStep;
    reason: string | null;
    version: number | null;
  },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<Change> {
  const { doctorId, step, reason } = input;
  await lockParties(tx, { doctorIds: [doctorId] });
  const current = await lockAppointment(tx, input.appointmentId, input.version);
  if (step === 'arrived' && current.status === 'no_show') await makeRoom(tx, current, reason, now);
  const change = await moveAppointment(tx, current, { step, as: 'desk', by: by.userId, reason }, now).catch(
    (error: unknown) => {
      if (brokenConstraint(error) === 'appointments_patient_free') throw new Problem('patient_busy');
      throw error;
    },
  );
  refuseTooEarly(step, { starts: current.starts, now: now.epochMilliseconds });
  return change;
}
