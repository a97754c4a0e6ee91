import { z } from 'zod';
import { type Keep, readKept, withKept } from '../../lib/kept.ts';
import type { Visit } from '../../lib/visit.ts';
import { sentCode } from '../codes/sent-code.ts';

const keptGuest = z.object({
  fullName: z.string(),
  /** As they were typed; the code went to the mobile, or without one to the e-mail. */
  mobile: z.string(),
  email: z.string(),
  /** Of the code that was sent last. */
  ...sentCode,
  /** Once the code was right: lets the guest book, another place too, without one more code. */
  guestToken: z.string().nullable(),
});

/** Somebody without an account, on the way from their number to the booking. What ails them is never kept here. */
export type KeptGuest = z.output<typeof keptGuest>;

const keep: Keep<KeptGuest> = { name: 'guest', schema: keptGuest, seconds: 30 * 60 };

export const readGuest = (visit: Visit): KeptGuest | null => readKept(visit, keep);

export const withGuest = (visit: Visit, guest: KeptGuest | null): Visit => withKept(visit, keep, guest);

/** What a guest has filled in before: stands in the form again when they come back to it. */
export function guestDetails(visit: Visit): Partial<Pick<KeptGuest, 'fullName' | 'mobile' | 'email'>> {
  const guest = readGuest(visit);
  return guest ? { fullName: guest.fullName, mobile: guest.mobile, email: guest.email } : {};
}
