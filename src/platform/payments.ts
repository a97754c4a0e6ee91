import type { PaymentMethod } from '../contract/payments.ts';

/**
 * A way of moving money. Asked inside the transaction that records what moved, with a key that stays the same when that
 * has to be tried again: a provider that moves money elsewhere passes it on, so that nothing moves twice.
 */
export type PaymentProvider = {
  readonly name: string;
  readonly methods: readonly PaymentMethod[];
  take(order: Order): Promise<Outcome>;
  /** Gives money back: of that payment, or of several together. */
  refund(order: Order & { of: { reference: string | null } | null }): Promise<Outcome>;
};

type Order = {
  key: string;
  /** A decimal string. */
  amount: { amount: string; currency: string };
  method: PaymentMethod;
  /** What whoever paid was told, such as a transaction id. */
  reference: string | null;
};

/** `why` says to a person what to do instead. */
type Outcome = { done: true; reference: string | null } | { done: false; why: string };

/**
 * The desk: somebody has the money in their hand, or sees on a phone or a terminal that it has come, and says so. Complete
 * without any connection.
 */
export const cashDesk: PaymentProvider = {
  name: 'cash_desk',
  methods: ['cash', 'card', 'bkash', 'nagad', 'rocket', 'bank'],
  take: ({ reference }) => Promise.resolve({ done: true, reference }),
  refund: ({ reference }) => Promise.resolve({ done: true, reference }),
};

const providers: readonly PaymentProvider[] = [cashDesk];

/** Who moves money by a method; null: nobody here. */
export const providerFor = (method: PaymentMethod): PaymentProvider | null =>
  providers.find(({ methods }) => methods.includes(method)) ?? null;
