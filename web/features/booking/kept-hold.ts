import { z } from 'zod';
import type { Hold } from '../../../src/contract/holds.ts';
import { type Keep, readKept, withKept } from '../../lib/kept.ts';
import type { Visit } from '../../lib/visit.ts';
import { readBooked } from './kept-booking.ts';
import type { Order } from './order.ts';

const keptHold = z.object({
  id: z.int(),
  token: z.string().max(64),
  doctorId: z.int(),
  chamberId: z.int(),
  visitTypeId: z.int(),
  sessionKey: z.string().nullable(),
  startsAt: z.string(),
  serial: z.int().nullable(),
  expiresAt: z.string(),
});

/** The place that is kept for this browser while its visitor fills in the details; one at a time. */
export type KeptHold = z.output<typeof keptHold>;

// Longer than a hold lasts: what has ended can be kept on, and is told apart by its own time.
const keep: Keep<KeptHold> = { name: 'hold', schema: keptHold, seconds: 30 * 60 };

export function readHold(visit: Visit): KeptHold | null {
  const held = readKept(visit, keep);
  // It is a booking by now: the script heard of the hold only after the press had booked it.
  return held && held.id === readBooked(visit)?.id ? null : held;
}

export const withHold = (visit: Visit, hold: KeptHold | null): Visit => withKept(visit, keep, hold);

export const toKept = (hold: Hold, order: Order): KeptHold => ({
  id: hold.id,
  token: hold.token,
  doctorId: order.doctorId,
  chamberId: order.chamberId,
  visitTypeId: order.visitTypeId,
  sessionKey: 'sessionKey' in order ? order.sessionKey : null,
  startsAt: hold.period.start,
  serial: hold.serial ?? null,
  expiresAt: hold.expiresAt,
});

/** Whether a hold is of the place that an order names. */
export const isHoldOf = (hold: KeptHold, order: Order): boolean =>
  hold.doctorId === order.doctorId &&
  hold.chamberId === order.chamberId &&
  hold.visitTypeId === order.visitTypeId &&
  ('sessionKey' in order
    ? hold.sessionKey === order.sessionKey
    : hold.sessionKey === null && epoch(hold.startsAt) === epoch(order.startsAt));

/** Whole seconds a hold still lasts; 0 when it has ended. */
export const secondsLeft = (visit: Visit, { expiresAt }: KeptHold): number =>
  Math.max(0, Math.floor((epoch(expiresAt) - visit.context.now) / 1000));

const epoch = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
