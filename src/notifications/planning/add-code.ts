import { run, type Statement, type Tx } from '../../platform/database.ts';

/** Writes into the ledger that a code is to be sent, for as long as it is valid. */
export const addCode = (tx: Tx, codeId: string): Promise<unknown> => run(tx, insertCode, [codeId]);

// How long it is valid is the difference of two times of one clock; whether that is over is the database's to say.
const insertCode: Statement = {
  name: 'insert-code-message',
  text: `
    insert into messages (code_id, kind, channel, recipient, user_id, language, state, due_at, try_at, stale_at)
    select id, purpose, channel, destination, user_id, language, 'pending', now(), now(), now() + (expires_at - created_at)
    from verification_codes where id = $1 and sealed is not null and used_at is null
    on conflict do nothing`,
};
