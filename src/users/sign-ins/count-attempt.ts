import { sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

const attemptsAllowed = 10;
const windowSeconds = 900;

/**
 * Counts a try to sign in before its password is looked at, and refuses with `too_many_requests` past the tenth within
 * a quarter of an hour. One statement, outside any transaction: parallel guesses cannot pass together.
 */
export async function countAttempt(db: Database, loginHash: Buffer, now: Temporal.Instant): Promise<void> {
  const seconds = Math.floor(now.epochMilliseconds / 1000);
  const windowStart = seconds - (seconds % windowSeconds);
  const { attempts } = await db
    .insertInto('sign_in_attempts')
    .values({ login_hash: loginHash, window_start: sql`to_timestamp(${windowStart}::bigint)`, attempts: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['login_hash', 'window_start'])
        .doUpdateSet({ attempts: sql`sign_in_attempts.attempts + 1` }),
    )
    .returning('attempts')
    .executeTakeFirstOrThrow();
  if (attempts > attemptsAllowed)
    throw new Problem('too_many_requests', 'Too many tries to sign in. Wait some minutes and try again.', {
      retryAfter: windowStart + windowSeconds - seconds,
    });
}

/** After the right password the count starts anew. */
export async function forgetAttempts(db: Database, loginHash: Buffer): Promise<void> {
  await db.deleteFrom('sign_in_attempts').where('login_hash', '=', loginHash).execute();
}
