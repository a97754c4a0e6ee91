import { formatInstant } from '../../src/scheduling/format-instant.ts';
import { refusalOf } from '../lib/refusal.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { continueSession } from '../lib/session.ts';
import type { OpenedStaffSession } from '../lib/staff/opened-session.ts';
import { link, seeOther, type Visit } from '../lib/visit.ts';
import { homeZone } from '../lib/when.ts';

/**
 * Opens the browser's sign-in to the staff app: 200 `OpenedStaffSession`, 401 when there is none, 503 when that cannot be
 * said now. `?afresh=yes` exchanges the access token although it has not ended. The refresh token stays in its cookie.
 */
export const staffSession: PageRoute = {
  path: '/staff/session',
  // The session is opened here, so that a busy service is told from a sign-in that has ended.
  sessionless: true,
  get: (visit) => seeOther(visit, link(visit, '/staff')),
  post: async (visit) => {
    const { request, call, context } = visit;
    try {
      const afresh = visit.query.get('afresh') === 'yes';
      const { session, cookies } = await continueSession(request, call, { afresh });
      if (!session) return answerJson(401, {}, cookies);
      const { accessToken, name } = session;
      const endsInSeconds = secondsLeft(accessToken, context.now);
      const now = formatInstant(context.now, homeZone);
      return answerJson(200, { accessToken, endsInSeconds, name, now } satisfies OpenedStaffSession, cookies);
    } catch (error) {
      if (!refusalOf(error)) context.onError(error);
      return answerJson(503, {}, visit.cookies);
    }
  },
};

/** The access cookie outlives no token by design (`keepSession`), so a token whose end cannot be read has a minute. */
function secondsLeft(accessToken: string, now: number): number {
  const payload = accessToken.split('.')[1] ?? '';
  try {
    const { exp }: { exp?: unknown } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof exp === 'number' ? Math.max(0, Math.floor(exp - now / 1000)) : 60;
  } catch {
    return 60;
  }
}

function answerJson(status: number, body: object, cookies: Visit['cookies']): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(JSON.stringify(body), { status, headers });
}
