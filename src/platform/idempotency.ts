import { run, type Database, type Tx } from './database.ts';
import { Problem } from './problems.ts';

/** The `Idempotency-Key` of a request and a digest of what it asked for. */
export type Idempotency = { key: string; fingerprint: Buffer } | null;

/**
 * Does `work` in a transaction and keeps its answer with it, so that the same key gives the same answer; without a key,
 * just does it. Two at once: the second is told `request_in_progress`, and gets the first's answer when it asks again. Many
 * who ask again do not stand in each other's way: what has been answered is read without the turn.
 * `userId` null: nobody is signed in.
 */
export async function answerOnce<Answer extends object | void>(
  db: Database,
  request: { userId: number | null; idempotency: Idempotency; status: number; now: Temporal.Instant },
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const { idempotency, status, now } = request;
  const userId = request.userId ?? nobody;
  return db.transaction().execute(async (tx) => {
    if (!idempotency) return work(tx);
    const mine = await takeTurn(tx, userId, idempotency.key);
    const stored = await findAnswer<Answer>(tx, userId, idempotency);
    if (stored) return stored;
    if (!mine) throw inProgress();
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
}

/** The keys of those who are not signed in; a browser makes each at random. */
export const nobody = 0;

/** SQL: whether this transaction is the only one that works under the key. */
export const turnOf = (userId: string, key: string): string =>
  `pg_try_advisory_xact_lock(hashtextextended('key ' || ${userId} || ' ' || ${key}, 0))`;

export const inProgress = (): Problem => new Problem('request_in_progress', undefined, { retryAfter: 1 });

async function takeTurn(tx: Tx, userId: number, key: string): Promise<boolean> {
  const [row] = await run<{ mine: boolean }>(
    tx,
    { text: `select ${turnOf('$1::int', '$2::text')} as mine` },
    [userId, key],
  );
  return row?.mine ?? false;
}

async function findAnswer<Answer>(
  tx: Tx,
  userId: number,
  { key, fingerprint }: NonNullable<Idempotency>,
): Promise<Answer | null> {
  const row = await tx
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
