import type { refundPayment as refundRoute } from '../../contract/payments.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Tx } from '../../platform/database.ts';
import { providerFor } from '../../platform/payments.ts';
import { Problem } from '../../platform/problems.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { lockAppointment } from '../booking/move-appointment.ts';
import type { AppointmentWithParties } from '../booking/queries.ts';
import { kept, refundable, spellPoisha, toPoisha, type Account, type Poisha } from './policy.ts';
import { findAccount, findPayments, type PaymentRow } from './queries.ts';
import { recordPayment } from './record-payment.ts';

type Wish = RouteRequest<typeof refundRoute>['body'];

/**
 * Gives money back, what the chamber's policy says unless an amount is named. Answers the refund's id. Refuses with
 * `payment_refused` what is more than was paid, and a refund without an amount when the policy gives nothing.
 */
export async function refundPayment(
  tx: Tx,
  { appointment, wish }: { appointment: AppointmentWithParties; wish: Wish },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<number> {
  const { method, reference = null, reason } = wish;
  await lockParties(tx, { doctorIds: [appointment.doctor.id] });
  const current = await lockAppointment(tx, appointment.id);
  const account = await findAccount(tx, current.id);
  const amount = amountOf(wish, account);
  const of = onlyPayment(await findPayments(tx, current.id));
  const provider = providerFor(method);
  if (!provider)
    throw new Problem('payment_refused', 'Nobody here gives money back that way; choose another.');
  const given = await provider.refund({
    key: `${current.id}-${account.entries + 1}`,
    amount: { amount: spellPoisha(amount), currency: account.currency },
    method,
    reference,
    of,
  });
  if (!given.done) throw new Problem('payment_refused', given.why);
  return recordPayment(
    tx,
    {
      appointmentId: current.id,
      patientId: current.patientId,
      kind: 'refund',
      amount,
      currency: account.currency,
      method,
      provider: provider.name,
      reference: given.reference,
      refundOf: of?.id ?? null,
      note: reason,
      timeZone: appointment.timeZone,
    },
    by,
    now,
  );
}

function amountOf({ amount }: Wish, account: Account): Poisha {
  const most = kept(account);
  if (most <= 0) throw new Problem('payment_refused', 'There is nothing to give back.');
  const wanted = amount === undefined ? refundable(account) : toPoisha(amount);
  if (wanted === 0)
    throw new Problem(
      'payment_refused',
      'The chamber’s policy gives nothing back as things stand; name an amount to give it all the same.',
    );
  if (wanted > most)
    throw new Problem(
      'payment_refused',
      `Only ${spellPoisha(most)} ${account.currency} can be given back; give that or less.`,
    );
  return wanted;
}

/** Where several were made, a refund is of all of them together. */
function onlyPayment(rows: readonly PaymentRow[]): PaymentRow | null {
  const [first, ...more] = rows.filter(({ kind }) => kind === 'payment');
  return first && more.length === 0 ? first : null;
}
