import type { Payment } from '../../contract/payments.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { epochOf } from '../availability/queries.ts';
import type { Account } from './policy.ts';

export type PaymentRow = Pick<
  Payment,
  'id' | 'kind' | 'method' | 'reference' | 'receiptNumber' | 'by' | 'note'
> & {
  /** A decimal string. */
  amount: string;
  currency: string;
  at: EpochMs;
};

/** The money of an appointment that exists. */
export async function findAccount(on: Queryable, appointmentId: number): Promise<Account> {
  const [account] = await run<Account>(on, accountOf, [appointmentId]);
  if (!account) throw new Error(`appointment ${appointmentId} is gone`);
  return account;
}

/** SQL: whole hundredths of a sum of money. */
const poishaOf = (sum: string): string => `(coalesce(${sum}, 0) * 100)::bigint`;

// The desk took the last step when staff did and it was not their own visit: a doctor may be a colleague's patient.
const accountOf: Statement = {
  name: 'account-of-appointment',
  text: `
    select a.status, a.currency, ${poishaOf('a.fee')} as fee, ${epochOf('lower(a.period)')} as starts,
      books.paid, books.refunded, books."refundedSince", books.entries,
      c.cancel_notice_minutes as "cancelNoticeMinutes", c.refund_percent as "refundPercent",
      c.late_refund_percent as "lateRefundPercent",
      json_build_object('step', h.step, 'from', h.from_status, 'at', ${epochOf('h.at')},
        'byDesk', coalesce(u.user_type <> 'patient' and (u.id = a.doctor_id or u.id is distinct from p.user_id), false)
      ) as last
    from appointments a
      join chambers c on c.id = a.chamber_id
      join appointment_history h on h.appointment_id = a.id and h.version = a.version
      left join users u on u.id = h.by_user
      left join patients p on p.id = a.patient_id
      cross join lateral (
        select ${poishaOf(`sum(m.amount) filter (where m.kind = 'payment')`)} as paid,
          ${poishaOf(`sum(m.amount) filter (where m.kind = 'refund')`)} as refunded,
          ${poishaOf(`sum(m.amount) filter (where m.kind = 'refund' and m.appointment_version = a.version)`)}
            as "refundedSince",
          count(*)::int as entries
        from payments m where m.appointment_id = a.id) books
    where a.id = $1`,
};

/** Every payment and refund of an appointment, oldest first. */
export const findPayments = (on: Queryable, appointmentId: number): Promise<PaymentRow[]> =>
  run<PaymentRow>(on, paymentsOf, [appointmentId]);

const paymentsOf: Statement = {
  name: 'payments-of-appointment',
  text: `
    select p.id, p.kind, p.amount::text as amount, p.currency, p.method, p.provider_reference as reference,
      p.receipt_number as "receiptNumber", ${epochOf('p.at')} as at, p.note,
      json_build_object('id', u.id, 'fullName', u.full_name) as by
    from payments p join users u on u.id = p.taken_by
    where p.appointment_id = $1 order by p.id`,
};
