import type pg from 'pg';
import type { AccessTokens, Actor } from './access-tokens.ts';
import { actorHeader, actorHeaders } from './actor-header.ts';
import type { Clock } from './clock.ts';
import { run, type Statement } from './database.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problems.ts';

const standing: Statement = {
  name: 'user-standing',
  text: `select u.status, (s.ended_at is null) as signed_in
         from users u join sign_ins s on s.user_id = u.id
         where u.id = $1 and s.id = $2`,
};

// A suspension or a sign-out elsewhere takes at most this long to reach every process.
const rememberedMilliseconds = 5_000;

/** Of these sign-ins the ones whose user is not active, or that have ended: a Bearer token of theirs would be refused. */
export async function findEndedSignIns(
  pool: pg.Pool,
  ids: readonly string[],
): Promise<Map<string, 'token_expired' | 'account_inactive'>> {
  const rows = await run<{ id: string; inactive: boolean }>(pool, ended, [ids]);
  return new Map(rows.map(({ id, inactive }) => [id, inactive ? 'account_inactive' : 'token_expired']));
}

const ended: Statement = {
  name: 'ended-sign-ins',
  text: `select asked.id, coalesce(u.status <> 'active', false) as inactive
         from (select distinct unnest($1::uuid[]) as id) asked
           left join sign_ins s on s.id = asked.id left join users u on u.id = s.user_id
         where s.id is null or s.ended_at is not null or u.status <> 'active'`,
};

export type Authenticate = (authorization: string | undefined) => Promise<Actor | null>;

type Headers = Record<string, string | string[] | undefined>;

/** Whether a request says who is calling. */
export const saysWho = (headers: Headers): boolean =>
  headers.authorization !== undefined || headers[actorHeader] !== undefined;

/**
 * Tells who is calling a service; null when the request does not say. Behind a gateway its signed header is enough; the
 * gateway itself believes nobody's. A Bearer token is checked in full wherever it is shown.
 */
export function identifier(options: { deps: Deps; authenticate: Authenticate }) {
  const { deps, authenticate } = options;
  const { read } = actorHeaders(deps.secrets);
  const here = [...deps.config.services];
  return async (headers: Headers): Promise<Actor | null> => {
    const told = headers[actorHeader];
    if (told === undefined || here.includes('gateway'))
      return authenticate(headers.authorization?.toString());
    for (const service of here) {
      const finding = typeof told === 'string' ? await read(told, service, deps.clock.now()) : null;
      if (!finding) continue;
      if ('refusal' in finding) throw new Problem(finding.refusal);
      return finding.actor;
    }
    throw new Problem('token_expired');
  };
}

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
