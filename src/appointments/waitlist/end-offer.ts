import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { recordStep, type Before } from '../booking/record-step.ts';

type Offer = { id: number; doctorId: number; version: number };

/**
 * Ends an offer: its place is free, and its patient waits on. `declined`: somebody gave it back; otherwise time did, or
 * the hours have gone. Nobody had booked it, so what is told is only that a hold has ended.
 */
export async function endOffer(
  tx: Tx,
  offer: Offer,
  end: { declined: boolean; by: number | null; quietly?: boolean },
  now: Temporal.Instant,
): Promise<void> {
  const to = end.declined ? 'cancelled' : 'expired';
  await tx
    .updateTable('appointments')
    .set({ status: to, expires_at: null, version: offer.version + 1 })
    .where('id', '=', offer.id)
    .execute();
  const before: Before = { id: offer.id, doctorId: offer.doctorId, status: 'held', version: offer.version };
  const event = end.quietly ? null : 'appointment.expired';
  await recordStep(tx, before, { step: to, to, by: end.by, now, event });
}

/** Ends a doctor's offers that have run out, or whose patient waits no longer. */
export async function lapseOffers(tx: Tx, doctorId: number, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<Offer>`
    select a.id, a.doctor_id as "doctorId", a.version
    from appointments a join waitlist_entries e on e.id = a.offered_to
    where a.doctor_id = ${doctorId} and a.status = 'held'
      and (a.offered_until <= ${now.toString()}::timestamptz or e.status <> 'waiting')
    order by a.id
    for no key update of a skip locked`.execute(tx);
  for (const offer of rows) await endOffer(tx, offer, { declined: false, by: null }, now);
}
