import type { Tx } from '../../platform/database.ts';
import { run, type Statement } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

/**
 * A person's word on a message whose fate is unknown, or that failed. Sent again it gets a fresh fence, so that nothing a
 * late worker writes can touch it; a code that is no longer kept cannot be. Refuses with `not_found`, `changed_meanwhile`.
 */
export async function settleMessage(
  tx: Tx,
  { id, decision }: { id: number; decision: 'sent' | 'send_again' | 'give_up' },
  by: { userId: number },
): Promise<void> {
  const [row] = await run<{ state: string; readable: boolean }>(tx, lockMessage, [id]);
  if (!row) throw new Problem('not_found');
  if (row.state !== 'unknown' && row.state !== 'failed') throw new Problem('changed_meanwhile');
  if (decision === 'send_again' && !row.readable)
    throw new Problem(
      'changed_meanwhile',
      'This code is no longer kept. Whoever needs one asks for a new code.',
    );
  await run(tx, statements[decision], [id, by.userId]);
}

const lockMessage: Statement = {
  name: 'lock-message',
  text: `select m.state,
           m.code_id is null or exists (select from verification_codes v
                                        where v.id = m.code_id and v.sealed is not null) as readable
         from messages m where m.id = $1 for update of m`,
};

const markSent: Statement = {
  name: 'mark-message-sent',
  text: `update messages set state = 'sent', resolved_by = $2, resolved_at = now() where id = $1`,
};

const giveUp: Statement = {
  name: 'give-up-message',
  text: `update messages set state = 'failed', resolved_by = $2, resolved_at = now() where id = $1`,
};

const sendAgain: Statement = {
  name: 'send-message-again',
  text: `update messages
         set state = 'pending', fence = fence + 1, tries = 0, handed_at = null, finished_at = null, try_at = now(),
           stale_at = greatest(stale_at, now() + interval '1 hour'), resolved_by = $2, resolved_at = now()
         where id = $1`,
};

const statements = { sent: markSent, send_again: sendAgain, give_up: giveUp };
