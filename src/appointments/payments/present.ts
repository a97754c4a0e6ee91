import type { Account as Shown, Payment } from '../../contract/payments.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import { due, refundable, spellPoisha, type Account, type Poisha } from './policy.ts';
import type { PaymentRow } from './queries.ts';

/** What of an account is not its receipts. */
export function presentBalance(account: Account): Omit<Shown, 'items'> {
  const { currency, paid, refunded } = account;
  const money = (amount: Poisha) => ({ amount: spellPoisha(amount), currency });
  return {
    paid: money(paid),
    refunded: money(refunded),
    due: money(due(account)),
    refundable: money(refundable(account)),
  };
}

/** A receipt in the chamber's time; notes are for staff. */
export function presentPayment(row: PaymentRow, to: { timeZone: string; staff: boolean }): Payment {
  const { amount, currency, at, note, ...facts } = row;
  return {
    ...facts,
    amount: { amount, currency },
    at: formatInstant(at, to.timeZone),
    note: to.staff ? note : null,
  };
}
