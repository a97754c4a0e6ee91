import type { HistoryStep } from '../../contract/appointments.ts';
import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { lockAppointment, moveAppointment, type Change } from '../booking/move-appointment.ts';
import { moves, undoMinutes } from '../booking/policy.ts';
import type { AppointmentWithParties } from '../booking/queries.ts';
import { expireOverdue } from '../holds/expire-holds.ts';

const undoable: ReadonlySet<HistoryStep> = new Set<HistoryStep>([
  'arrived',
  'started',
  'completed',
  'missed',
]);

/** `version`: of the step that is meant; whoever else has taken one since is not undone. */
type Undo = { appointment: AppointmentWithParties; reason: string | null; version: number | null };

/**
 * Takes the last move at the desk back. Refuses with `wrong_state` when the last step was another one or is too long
 * ago, and with `slot_taken` when somebody has the place that a no-show had left.
 */
export async function undoMove(
  tx: Tx,
  { appointment, reason, version }: Undo,
  by: { userId: number },
  now: Temporal.Instant,
): Promise<Change> {
  const doctorId = appointment.doctor.id;
  await lockParties(tx, { doctorIds: [doctorId], patientIds: [appointment.patient.id] });
  const current = await lockAppointment(tx, appointment.id, version);
  const last = await tx
    .selectFrom('appointment_history')
    .select(['step', 'from_status', 'at'])
    .where('appointment_id', '=', current.id)
    .where('version', '=', current.version)
    .executeTakeFirst();
  const move = moves.find(
    ({ step, from, to }) => step === 'undone' && from === current.status && to === last?.from_status,
  );
  if (!last || !move || !undoable.has(last.step))
    throw new Problem('wrong_state', 'The last step cannot be taken back.');
  if (last.at.add({ minutes: undoMinutes }).epochMilliseconds < now.epochMilliseconds)
    throw new Problem(
      'wrong_state',
      `A step can be taken back for ${undoMinutes} minutes; this one was earlier.`,
    );
  await expireOverdue(tx, { of: { doctorId, patientIds: [appointment.patient.id] } }, now);
  try {
    return await moveAppointment(
      tx,
      current,
      { step: 'undone', as: 'desk', by: by.userId, reason, to: move.to },
      now,
    );
  } catch (error) {
    if (brokenConstraint(error)?.startsWith('appointments_')) throw new Problem('slot_taken');
    throw error;
  }
}
