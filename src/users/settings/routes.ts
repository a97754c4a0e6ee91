import type { FastifyInstance } from 'fastify';
import {
  getAdminSettings,
  getSettings,
  listSettingsHistory,
  patchSettings,
  takeBackSettings as takeBackRoute,
} from '../../contract/settings.ts';
import { serve } from '../../platform/http.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { readSettings, readVersionedSettings } from '../../platform/settings.ts';
import { changeSettings } from './change-settings.ts';
import { presentChanges } from './present.ts';
import { findVersions } from './queries.ts';
import { takeBackSettings } from './take-back-settings.ts';

export async function settingsRoutes(app: FastifyInstance): Promise<void> {
  const { db, pool } = app.deps;

  serve(app, getSettings, async () => ({ settings: await readSettings(pool) }));

  serve(app, getAdminSettings, async () => ({ settings: await readVersionedSettings(pool) }));

  serve(app, patchSettings, async ({ body: { expectedVersion, ...values }, actor, now }) =>
    db.transaction().execute(async (tx) => ({
      settings: await changeSettings(tx, { expectedVersion, values, takesBack: null }, actor, now),
    })),
  );

  serve(app, listSettingsHistory, async ({ query: { limit = defaultLimit, cursor } }) => {
    const [before = null] = readCursor(cursor, 1) ?? [];
    // One more to know whether a page follows, and the version that the last change of this one began from.
    const found = await findVersions(pool, { before, limit: limit + 2 });
    const { page, nextCursor } = cutPage(presentChanges(found), limit, ({ version }) => [version]);
    return { items: page, nextCursor };
  });

  serve(app, takeBackRoute, async ({ params, body, actor, now }) =>
    db.transaction().execute(async (tx) => ({
      settings: await takeBackSettings(tx, { ...params, ...body }, actor, now),
    })),
  );
}
