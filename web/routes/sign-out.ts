import type { PageRoute } from '../lib/route-table.ts';
import { signOut as endSignIn } from '../lib/session.ts';
import { link, seeOther } from '../lib/visit.ts';

export const signOut: PageRoute = {
  path: '/sign-out',
  // An old bookmark or a reload must not sign anybody out.
  get: (visit) => seeOther(visit, link(visit, '/')),
  post: async (visit) => {
    const { session, context } = visit;
    const cookies = await endSignIn(visit.request, visit.call, { session, onError: context.onError });
    return seeOther({ ...visit, cookies }, link(visit, '/'));
  },
};
