import { answerBooking } from '../features/booking/booking-page.tsx';
import { emptyInput, longestReason, newKey, readInput } from '../features/booking/confirm-input.ts';
import { readOrder } from '../features/booking/find-choice.ts';
import { giveBack } from '../features/booking/keep-place.ts';
import { isHoldOf, readHold, withHold } from '../features/booking/kept-hold.ts';
import { guestDetails, readGuest, withGuest } from '../features/booking/kept-guest.ts';
import { showBooked } from '../features/booking/own-booking.tsx';
import { placeOrder } from '../features/booking/place-order.ts';
import { LimitHelp } from '../features/booking/limit-help.tsx';
import { readWhoFor } from '../features/booking/who-for.tsx';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, typed, type Visit, withQuery } from '../lib/visit.ts';

export const book: PageRoute = {
  path: '/book/:slug',
  get: (visit, { slug = '' }) => {
    const input = { ...emptyInput(visit.query.get('patient') ?? ''), ...guestDetails(visit) };
    const ended = visit.query.get('guest') === 'ended';
    return answerBooking(visit, slug, { input, ...(ended ? { why: visit.m.guest.startAgain } : {}) });
  },
  post: async (visit, { slug = '' }, form) => {
    const { m, session } = visit;
    const input = readInput(form);
    if (typed(form, 'only') === 'show') return await showAnother(visit, slug, input);
    const guestToken = session ? null : (readGuest(visit)?.guestToken ?? null);
    // The sign-in has ended meanwhile: the page asks who is there.
    if (!session && !guestToken)
      return await answerBooking(visit, slug, { input, why: m.details.signInEnded, status: 401 });
    if (input.reason.length > longestReason) {
      const errors = { reason: m.booking.reasonTooLong };
      return await answerBooking(visit, slug, { input, errors, status: 422 });
    }
    const forWhom = session ? await readWhoFor(visit, session, input) : { patientId: null };
    if ('errors' in forWhom)
      return await answerBooking(visit, slug, { input, errors: forWhom.errors, status: 422 });
    const order = await readOrder(visit, slug, visit.query);
    if (!order) return await answerBooking(visit, slug, { input, status: 422 });
    const by = session ? { session } : { guestToken: guestToken ?? '' };
    const { patientId } = forWhom;
    // The form may have lost what the browser still keeps.
    const kept = readHold(visit);
    const hold = input.hold ?? (kept && isHoldOf(kept, order) ? kept : null);
    const result = await placeOrder(visit, by, { order, patientId, input: { ...input, hold } });
    if ('appointment' in result) return showBooked(visit, result.appointment);
    const { refusal } = result;
    if (refusal.guestEnded) {
      const again = { ...Object.fromEntries(visit.query), guest: 'ended' };
      return seeOther(withGuest(visit, null), withQuery(link(visit, `/book/${slug}`), again));
    }
    const known = patientId === null ? input : { ...input, patientId: String(patientId) };
    const idempotencyKey = refusal.keepKey ? input.idempotencyKey : newKey();
    // What the press itself had kept was given back.
    const holdKey = refusal.keepKey || hold ? input.holdKey : newKey();
    return await answerBooking((hold ?? kept) ? visit : withHold(visit, null), slug, {
      input: { ...known, idempotencyKey, holdKey },
      ...refusal,
      help: <LimitHelp visit={visit} code={refusal.code} />,
    });
  },
};

/** Another place or kind of visit with what was filled in; what was kept for the first is free for others. */
async function showAnother(
  visit: Visit,
  slug: string,
  typedIn: ReturnType<typeof readInput>,
): Promise<Response> {
  const input = { ...typedIn, idempotencyKey: newKey(), holdKey: newKey(), hold: null };
  const kept = readHold(visit);
  const order = await readOrder(visit, slug, visit.query);
  if (!kept || (order && isHoldOf(kept, order))) return answerBooking(visit, slug, { input });
  await giveBack(visit, kept);
  return answerBooking(withHold(visit, null), slug, { input });
}
