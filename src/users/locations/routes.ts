import type { FastifyInstance } from 'fastify';
import { listDistricts, listDivisions, listSpecializations, listThanas } from '../../contract/locations.ts';
import { serve } from '../../platform/http.ts';
import { readDistricts, readDivisions, readSpecializations, readThanas } from './queries.ts';

export async function locationRoutes(app: FastifyInstance): Promise<void> {
  const { db } = app.deps;

  // These change with a release only.
  app.addHook('onSend', async (_, reply) => {
    if (reply.statusCode === 200) void reply.header('cache-control', 'public, max-age=3600');
  });

  serve(app, listDivisions, async () => ({ items: await readDivisions(db) }));
  serve(app, listDistricts, async ({ query }) => ({ items: await readDistricts(db, query) }));
  serve(app, listThanas, async ({ query }) => ({ items: await readThanas(db, query) }));
  serve(app, listSpecializations, async () => ({ items: await readSpecializations(db) }));
}
