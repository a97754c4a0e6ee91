import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { recordStep, type Before } from '../booking/record-step.ts';

/**
 * Ends holds that have run out: all, or a doctor's and some patients', whose new places they can be in the way of. Those
 * that somebody else is working on are left to them; whoever writes about one, a message to its patient, holds it by its
 * foreign key alone, and no lock here minds that. Answers whose doctors' places became free.
 */
export async function expireOverdue(
  tx: Tx,
  which: { of?: { doctorId: number; patientIds?: number[] }; most?: number },
  now: Temporal.Instant,
): Promise<number[]> {
  const { of, most = 500 } = which;
  const { rows } = await sql<Before & { doctorId: number }>`
    with overdue as (
      select id from appointments
      where status = 'held' and expires_at <= ${now.toString()}::timestamptz
        and (${of === undefined} or doctor_id = ${of?.doctorId ?? null}
             or patient_id = any (${of?.patientIds ?? []}::int[]))
      order by id limit ${most}
      for no key update skip locked
    )
    update appointments a set status = 'expired', expires_at = null, version = a.version + 1
    from overdue where a.id = overdue.id
    returning a.id, a.doctor_id as "doctorId", 'held' as status, a.version - 1 as version`.execute(tx);
  await recordAll(tx, rows, now);
  return [...new Set(rows.map((row) => row.doctorId))];
}

/** Ends requests that nobody has decided on before their time came. */
export async function expireRequests(tx: Tx, now: Temporal.Instant): Promise<void> {
  const { rows } = await sql<Before>`
    with overdue as (
      select id from appointments
      where status = 'pending' and lower(period) <= ${now.toString()}::timestamptz
      order by id limit 500
      for no key update skip locked
    )
    update appointments a set status = 'expired', version = a.version + 1
    from overdue where a.id = overdue.id
    returning a.id, a.doctor_id as "doctorId", 'pending' as status, a.version - 1 as version`.execute(tx);
  await recordAll(tx, rows, now);
}

async function recordAll(tx: Tx, expired: readonly Before[], now: Temporal.Instant): Promise<void> {
  for (const before of expired)
    await recordStep(tx, before, {
      step: 'expired',
      to: 'expired',
      by: null,
      now,
      event: 'appointment.expired',
    });
}
