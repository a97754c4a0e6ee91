import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { lockParties } from './lock-parties.ts';
import { lockAppointment, moveAppointment, type Change } from './move-appointment.ts';
import { deadline } from './policy.ts';

/** Who cancels; `userId` is null when the private link was used. */
export type Canceller = { userId: number | null; staff: boolean };

/**
 * Cancels: the place is free from the moment this commits, since the constraints leave cancelled rows out. Those it is
 * for may do so as long before as their chamber asks, staff until the patient goes in.
 */
export async function cancelAppointment(
  tx: Tx,
  input: { appointmentId: number; doctorId: number; reason: string | null; version: number | null },
  by: Canceller,
  now: Temporal.Instant,
): Promise<Change> {
  await lockParties(tx, { doctorIds: [input.doctorId] });
  const appointment = await lockAppointment(tx, input.appointmentId, input.version);
  const taken = {
    step: 'cancelled',
    as: by.staff ? 'desk' : 'patient',
    by: by.userId,
    reason: input.reason,
  } as const;
  const change = await moveAppointment(tx, appointment, taken, now);
  if (!by.staff) await refuseTooLate(tx, appointment, now);
  return change;
}

/** After the step, whose own refusal says more than the clock. */
async function refuseTooLate(
  tx: Tx,
  { chamberId, starts }: { chamberId: number; starts: number },
  now: Temporal.Instant,
): Promise<void> {
  const { cancel_notice_minutes: noticeMinutes } = await tx
    .selectFrom('chambers')
    .select('cancel_notice_minutes')
    .where('id', '=', chamberId)
    .executeTakeFirstOrThrow();
  if (now.epochMilliseconds < deadline({ starts, noticeMinutes })) return;
  if (now.epochMilliseconds >= starts)
    throw new Problem('wrong_state', 'This appointment has started and can no longer be cancelled.');
  throw new Problem(
    'too_late',
    `This chamber takes cancellations until ${noticeMinutes} minutes before the visit. Please call the chamber.`,
  );
}
