import type pg from 'pg';
import type { AccessTokens, Actor } from './access-tokens.ts';
import type { Clock } from './clock.ts';
import { run, type Statement } from './database.ts';
import { Problem } from './problems.ts';

const standing: Statement = {
  name: 'user-standing',
  text: `select u.status, (s.ended_at is null) as signed_in
         from users u join sign_ins s on s.user_id = u.id
         where u.id = $1 and s.id = $2`,
};

// A suspension or a sign-out elsewhere takes at most this long to reach every process.
const rememberedMilliseconds = 5_000;

export type Authenticate = (authorization: string | undefined) => Promise<Actor | null>;

/**
 * Tells who an `Authorization: Bearer …` header stands for; null without one. Refuses tokens that have ended, sign-ins
 * that were ended and users who are not active.
 */
export function authenticator(options: { pool: pg.Pool; tokens: AccessTokens; clock: Clock }): Authenticate {
  const { pool, tokens, clock } = options;
  const good = new Map<string, number>();
  return async (authorization) => {
    if (authorization === undefined) return null;
    const token = /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1];
    const now = clock.now();
    const actor = token ? await tokens.verify(token, now) : null;
    if (!actor) throw new Problem('token_expired');
    const until = good.get(actor.signInId);
    if (until !== undefined && until > now.epochMilliseconds) return actor;
    const [user] = await run<{ status: string; signed_in: boolean }>(pool, standing, [
      actor.userId,
      actor.signInId,
    ]);
    if (!user?.signed_in) throw new Problem('token_expired');
    if (user.status !== 'active') throw new Problem('account_inactive');
    if (good.size >= 20_000) good.clear();
    good.set(actor.signInId, now.epochMilliseconds + rememberedMilliseconds);
    return actor;
  };
}
