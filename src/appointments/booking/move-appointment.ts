import type { AppointmentStatus } from '../../contract/appointments.ts';
import type { EventName } from '../../contract/events.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { leadsTo, type Mover, type Step } from './policy.ts';
import { recordStep } from './record-step.ts';

export type Locked = {
  id: number;
  doctorId: number;
  chamberId: number;
  patientId: number | null;
  status: AppointmentStatus;
  version: number;
  starts: EpochMs;
  deposit: string | null;
  /** Until when a held place is kept. */
  expires: EpochMs | null;
};

/**
 * The appointment as it is now, locked until the transaction ends. Refuses with `not_found`, and with
 * `changed_meanwhile` when it is no longer the version that the caller `saw`.
 */
export async function lockAppointment(
  tx: Tx,
  appointmentId: number,
  saw: number | null = null,
): Promise<Locked> {
  const row = await tx
    .selectFrom('appointments')
    .select([
      'id',
      'doctor_id',
      'chamber_id',
      'patient_id',
      'status',
      'version',
      'period',
      'deposit',
      'expires_at',
    ])
    .where('id', '=', appointmentId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('not_found');
  if (saw !== null && saw !== row.version) throw new Problem('changed_meanwhile');
  return {
    id: row.id,
    doctorId: row.doctor_id,
    chamberId: row.chamber_id,
    patientId: row.patient_id,
    status: row.status,
    version: row.version,
    starts: row.period.start.epochMilliseconds,
    deposit: row.deposit,
    expires: row.expires_at?.epochMilliseconds ?? null,
  };
}

export type Change = { status: AppointmentStatus; version: number };

const events: Partial<Record<Step, Extract<EventName, `appointment.${string}`>>> = {
  approved: 'appointment.approved',
  declined: 'appointment.declined',
  cancelled: 'appointment.cancelled',
  expired: 'appointment.expired',
};

/**
 * Takes one step in the life of a locked appointment, with its row in the history and its event. Refuses with
 * `wrong_state` what the table of moves does not have.
 */
export async function moveAppointment(
  tx: Tx,
  appointment: Locked,
  taken: { step: Step; as: Mover; by: number | null; reason?: string | null; to?: AppointmentStatus },
  now: Temporal.Instant,
): Promise<Change> {
  const { step, as, by, reason = null } = taken;
  const to = taken.to ?? leadsTo(step, appointment.status, as);
  if (!to) throw new Problem('wrong_state', whyNot(step, appointment.status));
  await tx
    .updateTable('appointments')
    .set({ status: to, expires_at: null, version: appointment.version + 1 })
    .where('id', '=', appointment.id)
    .execute();
  const booked = to === 'pending' ? 'appointment.requested' : 'appointment.booked';
  const event = step === 'booked' ? booked : (events[step] ?? 'appointment.attended');
  const version = await recordStep(tx, appointment, { step, to, by, now, reason, event });
  return { status: to, version };
}

const whyNot = (step: Step, status: AppointmentStatus): string =>
  step === 'approved' || step === 'declined' ? 'This request has already been decided.' : standing[status];

const standing: Record<AppointmentStatus, string> = {
  held: 'This booking is not confirmed yet.',
  pending: 'This booking is not confirmed yet.',
  confirmed: 'This visit has not begun yet.',
  arrived: 'The patient has arrived already.',
  in_consultation: 'This visit has begun and can no longer be changed in this way.',
  completed: 'This visit has already taken place.',
  cancelled: 'This appointment is already cancelled.',
  no_show: 'The patient did not come to this visit.',
  expired: 'The time to finish this booking has run out.',
};
