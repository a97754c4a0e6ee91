import type { AppointmentStatus, HistoryStep } from '../../contract/appointments.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { deadline } from '../booking/policy.ts';

/** Hundredths of the fee's currency; always whole. */
export type Poisha = number;

/** The money of an appointment and what its refunds are judged by, as things stand. */
export type Account = {
  fee: Poisha;
  currency: string;
  /** All that was ever taken, and all that was ever given back. */
  paid: Poisha;
  refunded: Poisha;
  /** Of that, since the appointment took its last step. */
  refundedSince: Poisha;
  /** Payments and refunds so far. */
  entries: number;
  status: AppointmentStatus;
  starts: EpochMs;
  /** How it came to its status; `byDesk`: the chamber did it, not the patient. */
  last: { step: HistoryStep; from: AppointmentStatus | null; at: EpochMs; byDesk: boolean };
  cancelNoticeMinutes: number;
  refundPercent: number;
  lateRefundPercent: number;
};

/** Visits that do not take place: nothing is due for them. */
const ended: ReadonlySet<AppointmentStatus> = new Set<AppointmentStatus>(['cancelled', 'expired', 'no_show']);

export const hasEnded = ({ status }: Pick<Account, 'status'>): boolean => ended.has(status);

/** What the chamber has of the patient's money. */
export const kept = ({ paid, refunded }: Pick<Account, 'paid' | 'refunded'>): Poisha => paid - refunded;

export const due = (account: Account): Poisha => (hasEnded(account) ? 0 : account.fee - kept(account));

/**
 * What the policy gives back now: its share of what had been paid when the visit ended, less what was given back since.
 * Nothing while the visit is to come or has taken place.
 */
export function refundable(account: Account): Poisha {
  const { refundedSince } = account;
  return Math.max(0, shareOf(kept(account) + refundedSince, refundPercent(account)) - refundedSince);
}

function refundPercent(account: Account): number {
  const { status, last, starts, cancelNoticeMinutes: noticeMinutes, lateRefundPercent } = account;
  if (status === 'expired') return 100;
  if (status === 'no_show') return lateRefundPercent;
  if (status !== 'cancelled') return 0;
  if (last.step === 'declined' || last.byDesk) return 100;
  return last.at < deadline({ starts, noticeMinutes }) ? account.refundPercent : lateRefundPercent;
}

/** Half a poisha goes to the patient. Whole numbers below 2^53 throughout. */
function shareOf(amount: Poisha, percent: number): Poisha {
  const hundredfold = amount * percent + 50;
  return (hundredfold - (hundredfold % 100)) / 100;
}

/** Of a decimal string that the contract has let in, or the database. */
export function toPoisha(amount: string): Poisha {
  const [whole = '', part = ''] = amount.split('.');
  return Number(whole + part.padEnd(2, '0'));
}

/** `80050` is `800.50`. */
export function spellPoisha(amount: Poisha): string {
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
