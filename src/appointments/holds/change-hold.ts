import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { MINUTE_MS } from '../../scheduling/range.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { lockAppointment, moveAppointment } from '../booking/move-appointment.ts';
import { recordStep } from '../booking/record-step.ts';
import { holdMinutes, mostRenewals } from './policy.ts';

type OneHold = { id: number; doctorId: number };

/**
 * Keeps a held place for as long again from now on. Answers until when, in epoch milliseconds. Refuses with `hold_ended`,
 * since one that has run out no longer counts among those a person may keep, and with `too_many_renewals`.
 */
export async function renewHold(
  tx: Tx,
  { id, doctorId }: OneHold,
  by: number | null,
  now: Temporal.Instant,
): Promise<number> {
  await lockParties(tx, { doctorIds: [doctorId] });
  const hold = await lockAppointment(tx, id);
  const { epochMilliseconds } = now;
  if (hold.status !== 'held' || (hold.expires ?? 0) <= epochMilliseconds || hold.starts <= epochMilliseconds)
    throw new Problem('hold_ended');
  if (hold.version > mostRenewals) throw new Problem('too_many_renewals');
  const expires = now.epochMilliseconds + holdMinutes * MINUTE_MS;
  await tx
    .updateTable('appointments')
    .set({
      expires_at: Temporal.Instant.fromEpochMilliseconds(expires).toString(),
      version: hold.version + 1,
    })
    .where('id', '=', id)
    .execute();
  await recordStep(tx, hold, { step: 'renewed', to: 'held', by, now, event: null });
  return expires;
}

/** Gives a held place back; one that has ended already stays so. */
export async function endHold(
  tx: Tx,
  { id, doctorId }: OneHold,
  by: number | null,
  now: Temporal.Instant,
): Promise<void> {
  await lockParties(tx, { doctorIds: [doctorId] });
  const hold = await lockAppointment(tx, id);
  if (hold.status !== 'held') return;
  await moveAppointment(tx, hold, { step: 'cancelled', as: 'patient', by }, now);
}
