import { sql } from 'kysely';
import type { AppointmentStatus, HistoryStep } from '../../contract/appointments.ts';
import type { EventName } from '../../contract/events.ts';
import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';

/** What an appointment was before a step; `version` is raised by one. */
export type Before = { id: number; doctorId: number; status: AppointmentStatus; version: number };

type Happened = {
  step: HistoryStep;
  to: AppointmentStatus;
  /** Null: by private link, as a guest, or by time itself. */
  by: number | null;
  now: Temporal.Instant;
  reason?: string | null;
  /** Null: nobody is told. */
  event: Extract<EventName, `appointment.${string}`> | null;
};

/**
 * Writes the step that the appointment has just taken into its history, with the place it has now, and tells about it.
 * Answers the new version.
 */
export async function recordStep(tx: Tx, before: Before, happened: Happened): Promise<number> {
  const { step, to, by, now, reason = null, event } = happened;
  const version = before.version + 1;
  await sql`
    insert into appointment_history
      (appointment_id, version, step, from_status, to_status, by_user, at, reason, period, serial)
    select id, ${version}, ${step}, ${before.status}, ${to}, ${by}, ${now.toString()}, ${reason}, period, serial
    from appointments where id = ${before.id}`.execute(tx);
  if (event)
    await publish(tx, {
      name: event,
      data: { appointmentId: before.id, doctorId: before.doctorId, version },
    });
  return version;
}
