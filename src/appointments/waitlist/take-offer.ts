import { sql } from 'kysely';
import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { nobody, type Idempotency } from '../../platform/idempotency.ts';
import { Problem } from '../../platform/problems.ts';
import { checkDoctor } from '../booking/check-parties.ts';
import { againstHeld, around } from '../booking/judge-place.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { lockAppointment } from '../booking/move-appointment.ts';
import { isMovable } from '../booking/policy.ts';
import { findAppointment, findSituation } from '../booking/queries.ts';
import { recordStep } from '../booking/record-step.ts';
import { refuseBooking } from '../booking/refuse-booking.ts';
import { refuseByPolicy } from '../booking/reschedule-appointment.ts';
import { findOffer, type HoldRow } from '../holds/queries.ts';
import { takeUpHold } from '../holds/take-up-hold.ts';
import { endOffer } from './end-offer.ts';
import { offerPlaces } from './offer-places.ts';
import type { EntryRow } from './queries.ts';

/** Who answers an offer; `userId` null: by the private link. */
export type Answerer = { userId: number | null; staff: boolean };

/**
 * Makes a booking of the offered place, or moves the booking that it is to be instead of: the offer is given up and the
 * place taken in one transaction, so that whatever is refused leaves everything as it was. Answers the appointment's id.
 * Refuses with `offer_ended`, and like a booking or a move.
 */
export async function takeOffer(
  tx: Tx,
  entry: EntryRow,
  {
    by,
    meant,
    now,
    idempotency,
  }: { by: Answerer; meant: number | undefined; now: Temporal.Instant; idempotency: Idempotency },
): Promise<number> {
  await lockParties(tx, { doctorIds: [entry.doctor.id], patientIds: [entry.patient.id] });
  const offer = await findOpenOffer(tx, entry, { meant, now });
  const id =
    entry.earlierThan === null
      ? await bookOffer(tx, entry, { offer, by, now, idempotency })
      : await moveIntoOffer(tx, entry, { bookingId: entry.earlierThan.id, offer, by, now });
  await tx
    .updateTable('waitlist_entries')
    .set({ status: 'accepted', appointment_id: id, ended_at: now.toString() })
    .where('id', '=', entry.id)
    .execute();
  return id;
}

/** Gives the offered place to the next in line. The patient waits on, but not for this place. */
export async function declineOffer(
  tx: Tx,
  entry: EntryRow,
  { by, meant, now }: { by: Answerer; meant: number | undefined; now: Temporal.Instant },
): Promise<void> {
  await lockParties(tx, { doctorIds: [entry.doctor.id] });
  const offer = await findOpenOffer(tx, entry, { meant, now });
  await giveBack(tx, offer, { by, now });
  await offerPlaces(tx, { doctorId: entry.doctor.id, near: offer.starts }, now);
}

/** Takes a patient out of the line; who has left already stays so. */
export async function leaveLine(
  tx: Tx,
  entry: EntryRow,
  { by, now }: { by: Answerer; now: Temporal.Instant },
): Promise<void> {
  await lockParties(tx, { doctorIds: [entry.doctor.id] });
  const offer = await findOffer(tx, { entryId: entry.id, now: now.epochMilliseconds });
  await tx
    .updateTable('waitlist_entries')
    .set({ status: 'left', ended_at: now.toString() })
    .where('id', '=', entry.id)
    .where('status', '=', 'waiting')
    .execute();
  if (!offer) return;
  await giveBack(tx, offer, { by, now });
  await offerPlaces(tx, { doctorId: entry.doctor.id, near: offer.starts }, now);
}

/** Under the doctor's lock, which every change of an offer takes. */
async function findOpenOffer(
  tx: Tx,
  entry: EntryRow,
  { meant, now }: { meant: number | undefined; now: Temporal.Instant },
): Promise<HoldRow> {
  const offer = await findOffer(tx, { entryId: entry.id, now: now.epochMilliseconds });
  if (!offer || (meant !== undefined && meant !== offer.id)) throw new Problem('offer_ended');
  return offer;
}

async function giveBack(
  tx: Tx,
  offer: HoldRow,
  { by, now, quietly = false }: { by: Answerer; now: Temporal.Instant; quietly?: boolean },
): Promise<void> {
  const { version, doctorId } = await lockAppointment(tx, offer.id);
  await endOffer(tx, { id: offer.id, doctorId, version }, { declined: true, by: by.userId, quietly }, now);
}

async function bookOffer(
  tx: Tx,
  entry: EntryRow,
  taken: { offer: HoldRow; by: Answerer; now: Temporal.Instant; idempotency: Idempotency },
): Promise<number> {
  const { offer, by, now, idempotency } = taken;
  await tx
    .updateTable('appointments')
    .set({ offered_to: null, offered_until: null })
    .where('id', '=', offer.id)
    .execute();
  const { patient } = entry;
  const booked = await takeUpHold(tx, offer, {
    wish: { ...wishFor(entry, offer), patientId: patient.id },
    by: by.userId,
    comer: { of: 'anybody', patientId: patient.id },
    channel: by.staff ? 'phone' : entry.channel,
    staff: by.staff,
    now,
    idempotency,
  });
  if (!booked) throw new Problem('offer_ended');
  return booked.id;
}

/** One update: the old place is free exactly when the offered one is taken. */
async function moveIntoOffer(
  tx: Tx,
  entry: EntryRow,
  { bookingId, offer, by, now }: { bookingId: number; offer: HoldRow; by: Answerer; now: Temporal.Instant },
): Promise<number> {
  const current = await lockAppointment(tx, bookingId);
  const booking = await findAppointment(tx, bookingId, null);
  if (!booking || !isMovable(current.status, by.staff ? 'desk' : 'patient'))
    throw new Problem('wrong_state', 'This appointment can no longer be moved.');
  if (!by.staff) refuseByPolicy(booking, now);
  await giveBack(tx, offer, { by, now, quietly: true });
  await refuseAgainstHours(tx, entry, { bookingId, offer, now });
  await sql`
    update appointments a
    set session_id = o.session_id, period = o.period, occupied = o.occupied, serial = o.serial,
        promised_local = o.promised_local, time_zone = o.time_zone, overbook_reason = null,
        reschedules = a.reschedules + ${by.staff ? 0 : 1}, version = a.version + 1
    from appointments o
    where a.id = ${bookingId} and o.id = ${offer.id}`
    .execute(tx)
    .catch((error: unknown) => {
      if (brokenConstraint(error) === 'appointments_patient_free') throw new Problem('patient_busy');
      throw error;
    });
  await recordStep(tx, current, {
    step: 'rescheduled',
    to: current.status,
    by: by.userId,
    now,
    event: 'appointment.rescheduled',
  });
  await offerPlaces(tx, { doctorId: entry.doctor.id, near: current.starts }, now);
  return bookingId;
}

/** The notice that was kept when the place was offered is kept; hours can have changed since. */
async function refuseAgainstHours(
  tx: Tx,
  entry: EntryRow,
  { bookingId, offer, now }: { bookingId: number; offer: HoldRow; now: Temporal.Instant },
): Promise<void> {
  const wish = wishFor(entry, offer);
  const stretch = around(wish);
  const { channel, patient } = entry;
  const situation = await findSituation(tx, {
    keeper: nobody,
    key: null,
    ...wish,
    comer: { of: 'anybody', patientId: patient.id },
    ...stretch,
    now: now.epochMilliseconds,
    besides: bookingId,
  });
  const { visit } = checkDoctor(situation);
  const { dates } = stretch;
  const held = { wish, dates, now, channel, visitMinutes: visit.minutes, serial: offer.serial };
  const reasons = againstHeld(situation, held);
  if (reasons.length > 0)
    throw await refuseBooking(tx, { verdict: { free: false, reasons }, wish, channel, now });
}

/** The offered place as somebody would ask for it. */
const wishFor = ({ doctor, chamber, visitTypeId }: EntryRow, { mode, sessionKey, starts }: HoldRow) => ({
  doctorId: doctor.id,
  chamberId: chamber.id,
  visitTypeId,
  ...(mode === 'serial'
    ? { sessionKey }
    : { startsAt: Temporal.Instant.fromEpochMilliseconds(starts).toString() }),
});
