import { createHold, endHold, type Hold, renewHold } from '../../../src/contract/holds.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { callAs, type Visit } from '../../lib/visit.ts';
import type { Order } from './order.ts';
import type { KeptHold } from './kept-hold.ts';

/** Holds a place. The same key gives the same hold again. Refusals are thrown as `ApiProblem`. */
export const keepPlace = (visit: Visit, order: Order, key: string): Promise<Hold> =>
  callAsVisitor(visit)(createHold, { body: order }, { idempotencyKey: key });

/** The same for whom nothing is lost when it cannot be held: null then. */
export async function keepIfPossible(visit: Visit, order: Order, key: string): Promise<Hold | null> {
  try {
    return await keepPlace(visit, order, key);
  } catch (error) {
    if (!refusalOf(error)) throw error;
    return null;
  }
}

/** Holds it for as long again; null when it has ended for good. Other refusals are thrown as `ApiProblem`. */
export async function keepOn(visit: Visit, { id, token }: KeptHold): Promise<Hold | null> {
  try {
    return await callAsVisitor(visit)(renewHold, { params: { id }, body: { token } });
  } catch (error) {
    const code = refusalOf(error)?.code;
    if (code !== 'hold_ended' && code !== 'not_found') throw error;
    return null;
  }
}

/** Gives a held place back. It ends by itself too, so a failure is nobody's trouble. */
export async function giveBack(visit: Visit, { id, token }: Pick<KeptHold, 'id' | 'token'>): Promise<void> {
  try {
    await callAsVisitor(visit)(endHold, { params: { id }, query: { token } });
  } catch (error) {
    if (!refusalOf(error)) visit.context.onError(error);
  }
}

const callAsVisitor = (visit: Visit) => (visit.session ? callAs(visit, visit.session) : visit.call);
