import type { FastifyInstance } from 'fastify';
import { login, logout, refresh } from '../../contract/auth.ts';
import { endSignIn as endSignInRoute, listSignIns } from '../../contract/me.ts';
import { serve } from '../../platform/http.ts';
import { Problem } from '../../platform/problems.ts';
import { presentUser } from '../present.ts';
import { getUser } from '../queries.ts';
import { checkCredentials } from './check-credentials.ts';
import { endSignIn, signOut } from './end-sign-in.ts';
import { splitToken } from './policy.ts';
import { listSignInsOf } from './queries.ts';
import { refreshSignIn } from './refresh-sign-in.ts';
import { signTokens } from './sign-tokens.ts';
import { startSignIn } from './start-sign-in.ts';

export async function signInRoutes(app: FastifyInstance): Promise<void> {
  const { deps } = app;
  const { db, secrets, log } = deps;

  serve(app, login, async ({ body, now, raw }) => {
    const userId = await checkCredentials(deps, body, now);
    const userAgent = raw.headers['user-agent'] ?? null;
    const started = await db.transaction().execute((tx) => startSignIn(tx, { userId, userAgent }, now));
    return { ...(await signTokens(deps, started, now)), user: presentUser(await getUser(db, userId)) };
  });

  serve(app, refresh, async ({ body, now }) => {
    const token = splitToken(body.refreshToken);
    if (!token) throw new Problem('token_expired');
    const result = await db.transaction().execute((tx) => refreshSignIn(tx, { token, secrets }, now));
    switch (result.outcome) {
      case 'refreshed':
        return signTokens(deps, result, now);
      case 'reused':
        log.warn({ signIn: token.id }, 'refresh token reused: sign-in ended');
        throw new Problem('token_expired');
      case 'over':
        throw new Problem('token_expired');
      case 'inactive':
        throw new Problem('account_inactive');
      default:
        return result satisfies never;
    }
  });

  serve(app, logout, async ({ body, now }) => {
    const token = splitToken(body.refreshToken);
    if (token) await signOut(db, token, now);
  });

  serve(app, listSignIns, async ({ actor, now }) => {
    const rows = await listSignInsOf(db, actor.userId, now);
    return {
      items: rows.map((row) => ({
        id: row.id,
        createdAt: row.created_at.toString(),
        lastUsedAt: row.rotated_at.toString(),
        userAgent: row.user_agent,
        current: row.id === actor.signInId,
      })),
    };
  });

  serve(app, endSignInRoute, async ({ actor, params, now }) => {
    const ended = await endSignIn(db, { id: params.id, userId: actor.userId, because: 'revoked' }, now);
    if (ended === 0) throw new Problem('not_found');
  });
}
