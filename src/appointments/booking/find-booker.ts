import type { Actor } from '../../platform/access-tokens.ts';
import type { Deps } from '../../platform/deps.ts';
import { readGuest } from '../../platform/guest-tokens.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { isStaffFor } from '../attachments/queries.ts';
import type { Booking, Wish } from './book-appointment.ts';

type Asker = Pick<Wish, 'doctorId' | 'chamberId' | 'patientId' | 'guestToken' | 'channel' | 'overbookReason'>;

/** As whom a booking is made: a guest, somebody with an account, or the desk for whoever calls or stands there. */
export async function findBooker(
  { pool, secrets }: Pick<Deps, 'pool' | 'secrets'>,
  { body, actor, now }: { body: Asker; actor: Actor | null; now: Temporal.Instant },
): Promise<Pick<Booking, 'by' | 'comer' | 'channel' | 'staff'>> {
  const { patientId = null, channel, overbookReason } = body;
  if (actor === null) {
    if (body.guestToken === undefined) throw new Problem('not_signed_in');
    const guest = readGuest(secrets, body.guestToken, now);
    if (guest === null)
      throw invalidInput({ path: 'guestToken', message: 'Confirm your mobile number once more' });
    if ((patientId !== null && patientId !== guest) || channel !== undefined || overbookReason !== undefined)
      throw new Problem('not_allowed');
    return { by: null, comer: { of: 'anybody', patientId: guest }, channel: 'online', staff: false };
  }
  const { userId } = actor;
  if (patientId !== null && (await isStaffFor(pool, actor, body)))
    return { by: userId, comer: { of: 'anybody', patientId }, channel: channel ?? 'phone', staff: true };
  if (channel !== undefined || overbookReason !== undefined) throw new Problem('not_allowed');
  return { by: userId, comer: { of: 'account', userId, patientId }, channel: 'online', staff: false };
}
