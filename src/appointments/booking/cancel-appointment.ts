import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { canCancel } from './policy.ts';

/**
 * Cancels: the place is free from the moment this commits, since the constraints leave cancelled rows out.
 * `userId` is null when the private link was used.
 */
export async function cancelAppointment(
  tx: Tx,
  input: { appointmentId: number; reason: string | null },
  by: { userId: number | null; staff: boolean },
  now: Temporal.Instant,
): Promise<{ status: 'cancelled'; version: number }> {
  const current = await tx
    .selectFrom('appointments')
    .select(['id', 'status', 'version', 'period', 'doctor_id'])
    .where('id', '=', input.appointmentId)
    .forUpdate()
    .executeTakeFirst();
  if (!current) throw new Problem('not_found');
  const starts = current.period.start.epochMilliseconds;
  if (!canCancel({ status: current.status, starts }, { staff: by.staff, now: now.epochMilliseconds }))
    throw new Problem('wrong_state', whyNot(current.status));
  const version = current.version + 1;
  await tx
    .updateTable('appointments')
    .set({ status: 'cancelled', version })
    .where('id', '=', current.id)
    .execute();
  await tx
    .insertInto('appointment_history')
    .values({
      appointment_id: current.id,
      version,
      from_status: current.status,
      to_status: 'cancelled',
      by_user: by.userId,
      at: now.toString(),
      reason: input.reason,
    })
    .execute();
  await publish(tx, {
    name: 'appointment.cancelled',
    data: { appointmentId: current.id, doctorId: current.doctor_id, version },
  });
  return { status: 'cancelled', version };
}

function whyNot(status: string): string {
  if (status === 'cancelled') return 'This appointment is already cancelled.';
  if (status === 'completed') return 'This visit has already taken place.';
  return 'This appointment has started and can no longer be cancelled.';
}
