import { sql } from 'kysely';
import type { PaymentMethod } from '../../contract/payments.ts';
import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { spellPoisha, type Poisha } from './policy.ts';

type Moved = {
  appointmentId: number;
  patientId: number | null;
  kind: 'payment' | 'refund';
  amount: Poisha;
  currency: string;
  method: PaymentMethod;
  provider: string;
  reference: string | null;
  refundOf: number | null;
  note: string | null;
};

/**
 * Writes money that has changed hands into the books, with its receipt, and into the audit log. Answers its id. Refuses
 * with `payment_refused` what would exceed the fee, or the payments.
 */
export async function recordPayment(
  tx: Tx,
  moved: Moved & { timeZone: string },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<number> {
  const { appointmentId, patientId, kind, currency, method, provider, note } = moved;
  const amount = spellPoisha(moved.amount);
  const year = now.toZonedDateTimeISO(moved.timeZone).year;
  const { rows } = await sql<{ id: number }>`
    insert into payments (appointment_id, kind, amount, currency, method, provider, provider_reference, receipt_year,
                          taken_by, at, refund_of, note)
    values (${appointmentId}, ${kind}, ${amount}, ${currency}, ${method}, ${provider}, ${moved.reference}, ${year},
            ${by.userId}, ${now.toString()}, ${moved.refundOf}, ${note})
    returning id`
    .execute(tx)
    .catch((error: unknown) => {
      throw explain(error);
    });
  const [row] = rows;
  if (!row) throw new Error('an insert returned nothing');
  await tx
    .insertInto('audit_log')
    .values({
      at: now.toString(),
      by_user: by.userId,
      action: kind === 'payment' ? 'payments.taken' : 'payments.refunded',
      appointment_id: appointmentId,
      patient_id: patientId,
      detail: JSON.stringify({ paymentId: row.id, amount, currency, method, reason: note }),
    })
    .execute();
  return row.id;
}

function explain(error: unknown): unknown {
  switch (brokenConstraint(error)) {
    case 'payments_within_fee':
      return new Problem('payment_refused', 'More than the fee cannot be taken.');
    case 'payments_refunds_within':
      return new Problem('payment_refused', 'More than was paid cannot be given back.');
    default:
      return error;
  }
}
