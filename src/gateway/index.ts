import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { mountUpstreams } from './mount-upstreams.ts';
import { serveDocs } from './serve-docs.ts';
import { serveHealth } from './serve-health.ts';
import { servePages } from './serve-pages.ts';

/** The one door: the web app, the API of every service, its documentation, everybody's health. */
export const gateway = fp(async (app: FastifyInstance): Promise<void> => {
  await app.register(compress, { threshold: 1_024, brotliOptions: { params: { [brotliQuality]: 5 } } });
  await mountUpstreams(app);
  await serveDocs(app);
  serveHealth(app);
  await servePages(app);
});

// zlib.constants.BROTLI_PARAM_QUALITY
const brotliQuality = 1;
