import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Problem } from './problems.ts';

/** `/metrics` for Prometheus, for whoever shows METRICS_TOKEN; without one set it does not exist. */
export function metricsRoute(app: FastifyInstance): void {
  const { config, metrics } = app.deps;
  const { metricsToken } = config;
  if (metricsToken === undefined) return;
  const expected = digest(`Bearer ${metricsToken}`);
  app.get('/metrics', { config: { forWatchers: true } }, async (request, reply) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected))
      throw new Problem('not_found');
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
