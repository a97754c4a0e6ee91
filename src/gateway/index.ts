import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { mountUpstreams } from './mount-upstreams.ts';
import { serveDocs } from './serve-docs.ts';
import { serveHealth } from './serve-health.ts';
import { servePages } from './serve-pages.ts';
import { serveStreams } from './streams/index.ts';

/** The one door: the web app, the API of every service and its streams, its documentation, everybody's health. */
export const gateway = fp(async (app: FastifyInstance): Promise<void> => {
  await serveStreams(app);
  await mountUpstreams(app);
  await serveDocs(app);
  serveHealth(app);
  await servePages(app);
});
