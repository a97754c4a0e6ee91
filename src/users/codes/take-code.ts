import { sql, type ExpressionBuilder } from 'kysely';
import type { DB } from '../../platform/database-schema.ts';
import type { Tx } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { lockOfCodes } from './issue-code.ts';
import { isAmong, mostTries, type Purpose } from './policy.ts';

export type GivenCode = {
  codeId: string;
  code: string;
  purpose: Purpose;
  /** Whose it must be; left out where the code itself tells. */
  userId?: number;
};

export type TakenCode = {
  destination: string;
  userId: number | null;
  fullName: string | null;
};

/**
 * Looks once at a code that is given back; null when it is not right, or there is nothing left to look at. An earlier code
 * to the same number is as right, as long as it lasts. The right one ends them all.
 *
 * The look is counted in the statement that allows it, so that guesses that come together share five looks. The caller must
 * commit: what throws after a wrong code would take the count back.
 */
export async function takeCode(
  tx: Tx,
  secrets: Secrets,
  given: GivenCode,
  now: Temporal.Instant,
): Promise<TakenCode | null> {
  const { codeId, code, purpose, userId } = given;
  const live = liveAt(now);
  // Who guesses on at a code that is used up is sent away here, without a lock.
  const locked = await tx
    .selectFrom('verification_codes')
    .select(lockOfCodes(sql.ref('destination')).as('lock'))
    .where('id', '=', codeId)
    .where('purpose', '=', purpose)
    .where('tries', '<', mostTries)
    .where(live)
    .$if(userId !== undefined, (one) => one.where('user_id', '=', userId ?? null))
    .executeTakeFirst();
  if (!locked) return null;
  const looked = await tx
    .updateTable('verification_codes')
    .set({ tries: sql`tries + 1` })
    .where('id', '=', codeId)
    .where('tries', '<', mostTries)
    .where(live)
    .returning(['destination', 'user_id', 'full_name'])
    .executeTakeFirst();
  if (!looked) return null;
  const issued = tx
    .selectFrom('verification_codes')
    .select(['id', 'digest'])
    .where('destination', '=', looked.destination)
    .where('purpose', '=', purpose)
    .where((where) => where.or([where('id', '=', codeId), where('tries', '<', mostTries)]))
    .where(live);
  if (!isAmong(secrets, code, await issued.execute())) return null;
  await tx
    .updateTable('verification_codes')
    .set({ used_at: now.toString(), sealed: null })
    .where('destination', '=', looked.destination)
    .where('purpose', '=', purpose)
    .where(live)
    .execute();
  return {
    destination: looked.destination,
    userId: looked.user_id,
    fullName: looked.full_name,
  };
}

const liveAt = (now: Temporal.Instant) => (where: ExpressionBuilder<DB, 'verification_codes'>) =>
  where.and([
    where('used_at', 'is', null),
    where('expires_at', '>', sql<Temporal.Instant>`${now.toString()}`),
  ]);
