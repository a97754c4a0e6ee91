import { z } from 'zod';
import { appointment } from './appointments.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Payments';
const desk = ['assistant', 'doctor', 'admin'] as const;

export const paymentMethods = ['cash', 'card', 'bkash', 'nagad', 'rocket', 'bank'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];
const method = z.enum(paymentMethods);

const payment = z.object({
  id: z.int(),
  kind: z.enum(['payment', 'refund']),
  amount: fields.money,
  method,
  /** What the provider calls it, such as the transaction id of a mobile wallet. */
  reference: z.string().nullable(),
  /** `2026-000017`: counted by chamber and calendar year. */
  receiptNumber: z.string(),
  at: fields.toldInstant,
  by: z.object({ id: z.int(), fullName: z.string() }),
  /** Of a refund, its reason. Staff only; null for everybody else. */
  note: z.string().nullable(),
});
export type Payment = z.output<typeof payment>;

const balance = {
  /** All that was ever taken, and all that was ever given back. */
  paid: fields.money,
  refunded: fields.money,
  /** Still to be paid; nothing for a visit that does not take place. */
  due: fields.money,
  /** What the chamber's policy gives back as things stand. */
  refundable: fields.money,
};

const params = z.strictObject({ id: fields.idInUrl });

export const listPayments = route({
  method: 'GET',
  path: '/appointments/{id}/payments',
  summary: 'What was paid for an appointment and given back, oldest first, and what is due',
  tag,
  access: 'signed-in',
  params,
  ok: { status: 200, body: z.object({ items: z.array(payment), ...balance }) },
});
export type Account = z.output<typeof listPayments.ok.body>;

const moved = z.object({ payment, ...balance, appointment });

const amount = fields.amount.refine((value) => !/^[0.]+$/.test(value), 'Use an amount above 0').optional();
const reference = fields.line(100).optional();

export const takePayment = route({
  method: 'POST',
  path: '/appointments/{id}/payment',
  summary: 'Record money taken at the desk; a booking that waits for its deposit stands once that is paid',
  tag,
  access: desk,
  idempotent: true,
  params,
  body: z.strictObject({
    /** All that is due when left out. */
    amount,
    method,
    reference,
    note: fields.text(500).optional(),
  }),
  ok: { status: 201, body: moved },
  problems: ['payment_refused', 'hold_ended', 'wrong_state', 'key_reused', 'request_in_progress'],
});

export const refundPayment = route({
  method: 'POST',
  path: '/appointments/{id}/refund',
  summary: 'Record money given back at the desk',
  tag,
  access: desk,
  idempotent: true,
  params,
  body: z.strictObject({
    /** What the chamber's policy gives back when left out. */
    amount,
    method,
    reference,
    reason: fields.line(500),
  }),
  ok: { status: 201, body: moved },
  problems: ['payment_refused', 'key_reused', 'request_in_progress'],
});
