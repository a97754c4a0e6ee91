import type { WebhookEvent } from '../../contract/messages.ts';
import type { Database } from '../../platform/database.ts';

export async function listWebhooks(db: Database) {
  const rows = await db
    .selectFrom('webhooks')
    .select(['id', 'url', 'events', 'created_at'])
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(presentWebhook);
}

/** `events` holds what the route has let in. */
export const presentWebhook = (row: {
  id: number;
  url: string;
  events: string[];
  created_at: Temporal.Instant;
}) => ({
  id: row.id,
  url: row.url,
  events: row.events as WebhookEvent[],
  createdAt: row.created_at.toString(),
});
