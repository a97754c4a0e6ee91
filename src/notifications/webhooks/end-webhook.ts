import { run, type Statement, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

/** Tells an address no more. Refuses with `not_found`. */
export async function endWebhook(tx: Tx, id: number, now: Temporal.Instant): Promise<void> {
  const ended = await tx
    .updateTable('webhooks')
    .set({ ended_at: now.toString() })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (ended.numUpdatedRows === 0n) throw new Problem('not_found');
  await run(tx, cancelWaiting, [String(id)]);
}

const cancelWaiting: Statement = {
  name: 'cancel-messages-of-webhook',
  text: `update messages set state = 'cancelled', finished_at = now(), answer = 'the webhook was removed'
         where channel = 'webhook' and recipient = $1 and state = 'pending'`,
};
