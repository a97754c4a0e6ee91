import { sql } from 'kysely';
import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { lockAppointment, type Locked } from '../booking/move-appointment.ts';
import { isMovable } from '../booking/policy.ts';
import { type AppointmentWithParties } from '../booking/queries.ts';
import { recordStep } from '../booking/record-step.ts';
import { expireOverdue } from '../holds/expire-holds.ts';

type Swap = { first: AppointmentWithParties; second: AppointmentWithParties; reason: string | null };

/**
 * Two appointments of one doctor and chamber change places. Each keeps its own length, so in a timed session the longer
 * one must have room: `slot_taken` else, and `patient_busy` when one of the two is elsewhere at the other's time.
 */
export async function swapAppointments(
  tx: Tx,
  { first, second, reason }: Swap,
  by: { userId: number },
  now: Temporal.Instant,
): Promise<void> {
  refuseStrangers(first, second);
  const doctorId = first.doctor.id;
  const patientIds = [first.patient.id, second.patient.id];
  await lockParties(tx, { doctorIds: [doctorId], patientIds });
  const [low, high] = first.id < second.id ? [first, second] : [second, first];
  const a = await lockAppointment(tx, low.id);
  const b = await lockAppointment(tx, high.id);
  for (const each of [a, b])
    if (!isMovable(each.status, 'desk'))
      throw new Problem('wrong_state', 'Both visits must still be to come to change places.');
  await expireOverdue(tx, { of: { doctorId, patientIds } }, now);
  try {
    await exchange(tx, a, b);
  } catch (error) {
    throw explain(error);
  }
  for (const each of [a, b])
    await recordStep(tx, each, {
      step: 'swapped',
      to: each.status,
      by: by.userId,
      now,
      reason,
      event: 'appointment.rescheduled',
    });
  await tx
    .insertInto('audit_log')
    .values([
      {
        at: now.toString(),
        by_user: by.userId,
        action: 'appointments.swapped',
        appointment_id: a.id,
        detail: JSON.stringify({ with: b.id, reason }),
      },
    ])
    .execute();
}

function refuseStrangers(first: AppointmentWithParties, second: AppointmentWithParties): void {
  if (
    first.doctor.id !== second.doctor.id ||
    first.chamber.id !== second.chamber.id ||
    first.id === second.id
  )
    throw new Problem('invalid_input', 'Choose two appointments of the same doctor and chamber.', {
      errors: [{ path: 'second', message: 'Choose another appointment of the same doctor and chamber' }],
    });
  if (first.patient.id === second.patient.id)
    throw new Problem('invalid_input', 'Both appointments are the same patient’s.', {
      errors: [{ path: 'second', message: 'Choose an appointment of another patient' }],
    });
}

/**
 * Constraints look at every single update, so the first steps aside for a moment: beside the others' time, under a number
 * that nobody can have.
 */
async function exchange(tx: Tx, a: Locked, b: Locked): Promise<void> {
  const places = await sql<Place>`
    select id, session_id as "sessionId", period::text, occupied::text, serial, promised_local as "promisedLocal",
      time_zone as "timeZone", overbook_reason as "overbookReason"
    from appointments where id in (${a.id}, ${b.id}) order by id`.execute(tx);
  const [ofA, ofB] = places.rows;
  if (!ofA || !ofB) throw new Error('a locked appointment is gone');
  await sql`
    update appointments
    set overbook_reason = 'swap', serial = case when serial is not null then 32767 end
    where id = ${a.id}`.execute(tx);
  await take(tx, b, ofA);
  await take(tx, a, ofB);
}

type Place = {
  id: number;
  sessionId: number;
  period: string;
  occupied: string;
  serial: number | null;
  promisedLocal: string;
  timeZone: string;
  overbookReason: string | null;
};

/** In a timed session the visit keeps its own length and buffers, from the other's start on. */
async function take(tx: Tx, { id, version }: Locked, place: Place): Promise<void> {
  await sql`
    update appointments a
    set session_id = ${place.sessionId}, serial = ${place.serial}, promised_local = ${place.promisedLocal},
        time_zone = ${place.timeZone}, overbook_reason = ${place.overbookReason}, version = ${version + 1},
        period = case when ${place.serial}::int is not null then ${place.period}::tstzrange else
          tstzrange(lower(${place.period}::tstzrange),
                    lower(${place.period}::tstzrange) + (upper(a.period) - lower(a.period))) end,
        occupied = case when ${place.serial}::int is not null then ${place.occupied}::tstzrange else
          tstzrange(lower(${place.period}::tstzrange) - (lower(a.period) - lower(a.occupied)),
                    lower(${place.period}::tstzrange) + (upper(a.occupied) - lower(a.period))) end
    where id = ${id}`.execute(tx);
}

function explain(error: unknown): unknown {
  switch (brokenConstraint(error)) {
    case 'appointments_patient_free':
      return new Problem('patient_busy', 'One of the two has another appointment at the other’s time.');
    case 'appointments_doctor_free':
    case 'appointments_in_session':
      return new Problem('slot_taken', 'The longer visit does not fit at the other’s time.');
    default:
      return error;
  }
}
