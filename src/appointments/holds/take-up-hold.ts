import { sql } from 'kysely';
import { brokenConstraint, run, type Tx } from '../../platform/database.ts';
import { nobody } from '../../platform/idempotency.ts';
import { Problem } from '../../platform/problems.ts';
import { MINUTE_MS } from '../../scheduling/range.ts';
import type { Booking } from '../booking/book-appointment.ts';
import { checkParties, refuseByRules, refuseOldVisit } from '../booking/check-parties.ts';
import { againstHeld, around } from '../booking/judge-place.ts';
import { lockParties, takeLock } from '../booking/lock-parties.ts';
import { lockAppointment } from '../booking/move-appointment.ts';
import type { AppointmentRow } from '../booking/present.ts';
import { findSituation } from '../booking/queries.ts';
import { recordStep } from '../booking/record-step.ts';
import { refuseBooking } from '../booking/refuse-booking.ts';
import { expireOverdue } from './expire-holds.ts';
import type { HoldRow } from './queries.ts';

/**
 * Makes a booking of a held place: the same row goes on, so nobody can come in between. Null when the hold has ended or
 * is of another place; the place may be free all the same. Refuses like a booking.
 */
export async function takeUpHold(tx: Tx, hold: HoldRow, booking: Booking): Promise<AppointmentRow | null> {
  const { wish, by, comer, channel, staff, now } = booking;
  if (!comer || !isSamePlace(hold, wish)) return null;
  await lockParties(tx, { doctorIds: [wish.doctorId] });
  const current = await lockAppointment(tx, hold.id);
  const lives = current.expires !== null && current.expires > now.epochMilliseconds;
  if (current.status !== 'held' || !lives || current.patientId !== hold.patientId) return null;
  const stretch = around(wish);
  const situation = await findSituation(tx, {
    keeper: nobody,
    key: null,
    ...wish,
    comer,
    ...stretch,
    now: now.epochMilliseconds,
    besides: hold.id,
  });
  const { doctor, visit, patient } = checkParties(situation, wish);
  const reasons = againstHeld(situation, {
    wish,
    dates: stretch.dates,
    now,
    channel,
    visitMinutes: visit.minutes,
    serial: hold.serial,
  });
  if (reasons.length > 0)
    throw await refuseBooking(tx, { verdict: { free: false, reasons }, wish, channel, now });
  const why = channel === 'online' ? refuseByRules(situation, { visit }) : null;
  if (why !== null) throw new Problem('patient_limit', why);
  if (!(staff && wish.overbookReason)) refuseOldVisit(situation, { visit }, hold.starts);
  await run(tx, takeLock, [`patient ${patient.id}`]);
  await expireOverdue(tx, { of: { doctorId: wish.doctorId, patientIds: [patient.id] } }, now);

  const deposit = staff ? null : visit.deposit;
  const status = deposit !== null ? 'held' : !staff && doctor.needsApproval ? 'pending' : 'confirmed';
  const expires =
    deposit === null ? null : Math.min(now.epochMilliseconds + visit.depositMinutes * MINUTE_MS, hold.starts);
  const notes = wish.notes || null;
  try {
    await sql`
      update appointments
      set patient_id = ${patient.id}, status = ${status}, channel = ${channel}, notes = ${notes},
          booked_by = ${by}, held_from = null, fee = ${visit.fee}, deposit = ${deposit},
          expires_at = ${expires === null ? null : Temporal.Instant.fromEpochMilliseconds(expires).toString()},
          version = version + 1
      where id = ${hold.id}`.execute(tx);
  } catch (error) {
    const broken = brokenConstraint(error);
    if (broken === 'appointments_patient_limit') throw new Problem('patient_limit');
    if (broken === 'appointments_patient_free') throw new Problem('patient_busy');
    throw error;
  }
  const version = await recordStep(tx, current, {
    step: status === 'held' ? 'held' : 'booked',
    to: status,
    by,
    now,
    event: `appointment.${status === 'held' ? 'held' : status === 'pending' ? 'requested' : 'booked'}`,
  });
  return {
    ...hold,
    status,
    fee: visit.fee,
    patient,
    channel,
    overbooked: false,
    expires,
    deposit,
    reschedules: 0,
    policy: visit.policy,
    notes,
    version,
    created: now.epochMilliseconds,
  };
}

const isSamePlace = (hold: HoldRow, wish: Booking['wish']): boolean =>
  hold.doctor.id === wish.doctorId &&
  hold.chamber.id === wish.chamberId &&
  hold.visitTypeId === wish.visitTypeId &&
  (wish.startsAt === undefined
    ? hold.sessionKey === wish.sessionKey
    : hold.mode === 'timed' && Temporal.Instant.from(wish.startsAt).epochMilliseconds === hold.starts);
