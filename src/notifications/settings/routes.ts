import type { FastifyInstance } from 'fastify';
import { getNotificationSettings, putNotificationSettings } from '../../contract/notifications.ts';
import { serve } from '../../platform/http.ts';
import { changeSettings } from './change-settings.ts';
import { findSettings } from './queries.ts';

export function settingsRoutes(app: FastifyInstance): void {
  const { db, config } = app.deps;

  serve(app, getNotificationSettings, ({ actor }) => findSettings(db, actor, config));

  serve(app, putNotificationSettings, async ({ body, actor }) => {
    await db.transaction().execute((tx) => changeSettings(tx, body, actor));
    return findSettings(db, actor, config);
  });
}
