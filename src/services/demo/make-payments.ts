import { sql } from 'kysely';
import type { PaymentMethod } from '../../contract/payments.ts';
import type { Tx } from '../../platform/database.ts';
import { cashDesk } from '../../platform/payments.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import type { Random } from './random.ts';

/** A visit that somebody came to. */
export type Attended = { appointmentId: number; arrived: EpochMs; fee: string; zone: string; desk: number };

/** Most pay the whole fee when they arrive, each with a receipt and a row in the audit log. */
export async function makePayments(
  tx: Tx,
  { random, attended }: { random: Random; attended: readonly Attended[] },
): Promise<void> {
  const rows = attended
    .filter(({ fee }) => Number(fee) > 0 && random.chance(0.92))
    .toSorted((a, b) => a.arrived - b.arrived)
    .map(({ appointmentId, arrived, fee, zone, desk }) => {
      const at = Temporal.Instant.fromEpochMilliseconds(arrived);
      const { method } = random.pickWeighted(methods, ({ share }) => share);
      return {
        appointment_id: appointmentId,
        amount: fee,
        method,
        provider_reference: method === 'cash' ? null : inventReference(random),
        receipt_year: at.toZonedDateTimeISO(zone).year,
        taken_by: desk,
        at: at.toString(),
      };
    });
  for (let from = 0; from < rows.length; from += batchSize)
    await sql`
      with taken as (
        insert into payments (appointment_id, kind, amount, currency, method, provider, provider_reference, receipt_year,
                              taken_by, at)
        select appointment_id, 'payment', amount, 'BDT', method, ${cashDesk.name}, provider_reference, receipt_year,
               taken_by, at
        from jsonb_populate_recordset(null::payments, ${JSON.stringify(rows.slice(from, from + batchSize))}::jsonb)
        returning id, appointment_id, amount, currency, method, taken_by, at
      )
      insert into audit_log (at, by_user, action, appointment_id, patient_id, detail)
      select t.at, t.taken_by, 'payments.taken', a.id, a.patient_id,
             jsonb_build_object('paymentId', t.id, 'amount', t.amount::text, 'currency', t.currency, 'method', t.method,
                                'reason', null)
      from taken t join appointments a on a.id = t.appointment_id`.execute(tx);
}

const batchSize = 2_000;

const methods: readonly { method: PaymentMethod; share: number }[] = [
  { method: 'cash', share: 0.71 },
  { method: 'bkash', share: 0.17 },
  { method: 'nagad', share: 0.06 },
  { method: 'card', share: 0.05 },
  { method: 'bank', share: 0.01 },
];

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const inventReference = (random: Random): string =>
  Array.from({ length: 10 }, () => letters[random.whole(0, letters.length - 1)]).join('');
