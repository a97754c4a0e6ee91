import type { FastifyInstance } from 'fastify';
import {
  addWebhook as addRoute,
  endWebhook as endRoute,
  listWebhooks as listRoute,
} from '../../contract/messages.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { invalidInput } from '../../platform/problems.ts';
import { addWebhook } from './add-webhook.ts';
import { endWebhook } from './end-webhook.ts';
import { listWebhooks } from './queries.ts';

export function webhookRoutes(app: FastifyInstance): void {
  const { db, config, secrets } = app.deps;

  serve(app, listRoute, async () => ({ items: await listWebhooks(db) }));

  serve(app, addRoute, async ({ body, actor, now, idempotency }) => {
    if (!config.privateWebhooks && !body.url.startsWith('https:'))
      throw invalidInput({ path: 'url', message: 'Use an address that begins with https://' });
    return answerOnce(db, { userId: actor.userId, idempotency, status: 201, now }, (tx) =>
      addWebhook(tx, body, { userId: actor.userId, secrets }, now),
    );
  });

  serve(app, endRoute, ({ params, now }) => db.transaction().execute((tx) => endWebhook(tx, params.id, now)));
}
