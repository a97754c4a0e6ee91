import { newKey, readKey } from '../features/booking/confirm-input.ts';
import { findAlternatives, findChoice, readOrder } from '../features/booking/find-choice.ts';
import { HoldPanel, NotKept } from '../features/booking/hold-panel.tsx';
import { giveBack, keepOn, keepPlace } from '../features/booking/keep-place.ts';
import {
  isHoldOf,
  type KeptHold,
  readHold,
  secondsLeft,
  toKept,
  withHold,
} from '../features/booking/kept-hold.ts';
import { LostPlace } from '../features/booking/lost-place.tsx';
import type { Order } from '../features/booking/order.ts';
import { explainRefusal, type Refusal } from '../features/booking/place-order.ts';
import { answerFragment, answerNothing } from '../features/site/fragment.tsx';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, seeOther, typed, type Visit, withQuery } from '../lib/visit.ts';

/**
 * Keeps the place of a page with details, keeps it on, or gives it back. Only by POST, so that whatever follows a link for
 * a preview keeps nothing.
 */
export const bookHold: PageRoute = {
  path: '/book/:slug/hold',
  get: (visit, { slug = '' }) =>
    seeOther(visit, withQuery(link(visit, `/book/${slug}`), Object.fromEntries(visit.query))),
  post: async (visit, { slug = '' }, form) => {
    const act = typed(form, 'act');
    const held = readHold(visit);
    if (act === 'end') {
      if (held) await giveBack(visit, held);
      return answerNothing(withHold(visit, null));
    }
    const order = await readOrder(visit, slug, visit.query);
    if (!order) return answerFragment(visit, 422, <NotKept text={visit.m.hold.notKept} />);
    try {
      const kept = await keep(visit, { order, held, longer: act === 'renew', key: readKey(form, 'holdKey') });
      return answerFragment(withHold(visit, kept), 200, <HoldPanel visit={visit} slug={slug} held={kept} />);
    } catch (error) {
      const body = refusalOf(error);
      if (!body || body.status === 401) throw error;
      // It lasts as long as it did: only more of it is refused.
      if (body.code === 'too_many_renewals' && held && secondsLeft(visit, held) > 0) {
        const panel = <HoldPanel visit={visit} slug={slug} held={held} last={visit.m.hold.last} />;
        return answerFragment(visit, 200, panel);
      }
      return await showRefusal(visit, slug, explainRefusal(visit.m, body));
    }
  },
};

type Wish = { order: Order; held: KeptHold | null; longer: boolean; key: string };

async function keep(visit: Visit, { order, held, longer, key }: Wish): Promise<KeptHold> {
  const same = held && isHoldOf(held, order) ? held : null;
  if (same && !longer && secondsLeft(visit, same) > 0) return same;
  const renewed = same && longer ? await keepOn(visit, same) : null;
  if (renewed) return toKept(renewed, order);
  // One browser keeps one place; what was looked at before is free for others.
  if (held && !same) await giveBack(visit, held);
  // Under the old key the answer would be the hold that has ended.
  return toKept(await keepPlace(visit, order, longer ? newKey() : key), order);
}

async function showRefusal(visit: Visit, slug: string, { status, why, lost }: Refusal): Promise<Response> {
  const { query } = visit;
  if (!lost) return answerFragment(visit, status, <NotKept text={why} />);
  const wanted = await findChoice(visit, slug, query);
  const alternatives = await findAlternatives(visit, wanted, { query, named: lost.offered });
  return answerFragment(
    withHold(visit, null),
    status,
    <LostPlace visit={visit} wanted={wanted} why={why} alternatives={alternatives} input={null} />,
  );
}
