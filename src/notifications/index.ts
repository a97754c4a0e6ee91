import type { FastifyInstance } from 'fastify';
import { inboxRoutes } from './inbox/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { mailboxRoutes } from './mailbox/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { templateRoutes } from './templates/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';
import type { Links } from './wording/present.ts';

/** The reader's notifications and choices; for administrators the ledger, templates, webhooks and the mailbox. */
export const notifications =
  (links: Links) =>
  async (app: FastifyInstance): Promise<void> => {
    inboxRoutes(app);
    settingsRoutes(app);
    ledgerRoutes(app);
    templateRoutes(app, links);
    webhookRoutes(app);
    mailboxRoutes(app);
  };
