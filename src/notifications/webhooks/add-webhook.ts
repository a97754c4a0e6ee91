import { randomBytes } from 'node:crypto';
import type { WebhookEvent } from '../../contract/messages.ts';
import type { Tx } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { presentWebhook } from './queries.ts';

/** Makes a secret as the Standard Webhooks specification spells it; it is told here and nowhere again. */
export async function addWebhook(
  tx: Tx,
  { url, events }: { url: string; events: WebhookEvent[] },
  by: { userId: number; secrets: Secrets },
  now: Temporal.Instant,
) {
  const secret = randomBytes(32).toString('base64');
  const row = await tx
    .insertInto('webhooks')
    .values({
      url,
      events,
      secret: by.secrets.seal('webhook', secret),
      created_by: by.userId,
      created_at: now.toString(),
    })
    .returning(['id', 'url', 'events', 'created_at'])
    .executeTakeFirstOrThrow();
  return { webhook: presentWebhook(row), secret: `whsec_${secret}` };
}
