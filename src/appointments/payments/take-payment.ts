import type { takePayment as takeRoute } from '../../contract/payments.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Tx } from '../../platform/database.ts';
import { providerFor } from '../../platform/payments.ts';
import { Problem } from '../../platform/problems.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { lockAppointment, moveAppointment, type Locked } from '../booking/move-appointment.ts';
import type { AppointmentWithParties } from '../booking/queries.ts';
import { due, hasEnded, kept, spellPoisha, toPoisha, type Account, type Poisha } from './policy.ts';
import { findAccount } from './queries.ts';
import { recordPayment } from './record-payment.ts';

type Wish = RouteRequest<typeof takeRoute>['body'];

/**
 * Takes money for an appointment, all that is due unless an amount is named; a booking that waits for its deposit stands
 * once that is reached. Answers the payment's id. Refuses with `payment_refused`, with `hold_ended` when the place was
 * not kept any longer, and with `wrong_state` when the visit does not take place.
 */
export async function takePayment(
  tx: Tx,
  { appointment, wish }: { appointment: AppointmentWithParties; wish: Wish },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<number> {
  const { method, reference = null, note = null } = wish;
  await lockParties(tx, { doctorIds: [appointment.doctor.id] });
  const current = await lockAppointment(tx, appointment.id);
  const account = await findAccount(tx, current.id);
  refuseEnded(current, account, now);
  const amount = amountOf(wish, account);
  const provider = providerFor(method);
  if (!provider) throw new Problem('payment_refused', 'Nobody here takes money that way; choose another.');
  const taken = await provider.take({
    key: `${current.id}-${account.entries + 1}`,
    amount: { amount: spellPoisha(amount), currency: account.currency },
    method,
    reference,
  });
  if (!taken.done) throw new Problem('payment_refused', taken.why);
  const id = await recordPayment(
    tx,
    {
      appointmentId: current.id,
      patientId: current.patientId,
      kind: 'payment',
      amount,
      currency: account.currency,
      method,
      provider: provider.name,
      reference: taken.reference,
      refundOf: null,
      note: note || null,
      timeZone: appointment.timeZone,
    },
    by,
    now,
  );
  if (current.status === 'held') await settleDeposit(tx, current, kept(account) + amount, { by, now });
  return id;
}

function refuseEnded(current: Locked, account: Account, now: Temporal.Instant): void {
  const { status, expires, deposit } = current;
  // A place that is held for no deposit is an offer or a form half filled in.
  if (status === 'held' && deposit === null)
    throw new Problem('wrong_state', 'This place is not booked yet, so nothing can be paid for it.');
  const ranOut = status === 'held' && expires !== null && expires <= now.epochMilliseconds;
  if (ranOut || (status === 'expired' && account.last.from === 'held'))
    throw new Problem(
      'hold_ended',
      'The time to pay the deposit has run out, and the place with it. Book it anew.',
    );
  if (hasEnded(account))
    throw new Problem('wrong_state', 'This visit does not take place, so nothing can be paid for it.');
}

function amountOf({ amount }: Wish, account: Account): Poisha {
  const most = due(account);
  if (most <= 0) throw new Problem('payment_refused', 'Nothing is due for this visit any more.');
  const wanted = amount === undefined ? most : toPoisha(amount);
  if (wanted > most)
    throw new Problem(
      'payment_refused',
      `Only ${spellPoisha(most)} ${account.currency} is due; take that or less.`,
    );
  return wanted;
}

/** The doctor's wish to be asked first holds as for every other booking online. */
async function settleDeposit(
  tx: Tx,
  held: Locked,
  paid: Poisha,
  { by, now }: { by: { userId: number }; now: Temporal.Instant },
): Promise<void> {
  if (held.deposit === null || paid < toPoisha(held.deposit)) return;
  const settings = await tx
    .selectFrom('doctor_settings')
    .select('needs_approval')
    .where('doctor_id', '=', held.doctorId)
    .executeTakeFirst();
  const to = settings?.needs_approval ? 'pending' : 'confirmed';
  await moveAppointment(tx, held, { step: 'booked', as: 'desk', by: by.userId, to }, now);
}
