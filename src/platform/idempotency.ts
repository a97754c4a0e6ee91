import type { Database, Tx } from './database.ts';
import { brokenConstraint } from './database.ts';
import { Problem } from './problems.ts';

/** The `Idempotency-Key` of a request and a digest of what it asked for. */
export type Idempotency = { key: string; fingerprint: Buffer } | null;

/**
 * Does `work` in a transaction and keeps its answer with it, so that the same key gives the same answer; without a key,
 * just does it. Two at once: the second's transaction is undone by the primary key and it gets the first's answer.
 */
export async function answerOnce<Answer extends object | void>(
  db: Database,
  request: { userId: number; idempotency: Idempotency; status: number; now: Temporal.Instant },
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const { userId, idempotency, status, now } = request;
  if (!idempotency) return db.transaction().execute(work);
  const stored = await findAnswer<Answer>(db, userId, idempotency);
  if (stored) return stored;
  try {
    return await db.transaction().execute(async (tx) => {
      const answer = await work(tx);
      await tx
        .insertInto('idempotency_keys')
        .values({
          user_id: userId,
          key: idempotency.key,
          fingerprint: idempotency.fingerprint,
          status,
          answer: JSON.stringify(answer ?? null),
          created_at: now.toString(),
        })
        .execute();
      return answer;
    });
  } catch (error) {
    const first = await findAnswer<Answer>(db, userId, idempotency);
    if (first && (brokenConstraint(error) === 'idempotency_keys_pkey' || error instanceof Problem))
      return first;
    throw error;
  }
}

async function findAnswer<Answer>(
  db: Database,
  userId: number,
  { key, fingerprint }: NonNullable<Idempotency>,
): Promise<Answer | null> {
  const row = await db
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'answer'])
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return null;
  if (!row.fingerprint.equals(fingerprint)) throw new Problem('key_reused');
  // Written by `answerOnce` under the same route, whose fingerprint has just been compared.
  return row.answer as Answer;
}
