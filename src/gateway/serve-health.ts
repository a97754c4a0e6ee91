import type { FastifyInstance } from 'fastify';
import type { WholeHealth } from '../contract/health.ts';
import { checkHealth } from '../platform/health.ts';
import { probe } from '../platform/probe.ts';

/** `/health`: every service's state as one document; 503 when one of them cannot work. */
export function serveHealth(app: FastifyInstance): void {
  const { config } = app.deps;
  const elsewhere = {
    users: config.usersUrl,
    appointments: config.appointmentsUrl,
    worker: config.workerUrl,
  };

  app.get('/health', async (_, reply) => {
    const own = await checkHealth(app);
    const services: WholeHealth['services'] = {};
    const parts: WholeHealth['parts'] = {};
    for (const name of config.services) {
      services[name] = own.status;
      parts[name] = own.checks;
    }
    const others = (['users', 'appointments', 'worker'] as const).map(async (name) => {
      const url = elsewhere[name];
      if (config.services.has(name) || !url) return;
      const { status, checks } = await probe(new URL('/health/ready', url).href);
      services[name] = status;
      if (Object.keys(checks).length > 0) parts[name] = checks;
    });
    await Promise.all(others);
    const states = new Set(Object.values(services));
    // A worker that is away delays messages and reports; what people do here and now goes on.
    const stopped = Object.entries(services).some(
      ([name, state]) => state === 'unavailable' && name !== 'worker',
    );
    const status = stopped ? 'unavailable' : states.size === 1 && states.has('ok') ? 'ok' : 'degraded';
    return reply
      .code(stopped ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ status, services, parts, checks: own.checks } satisfies WholeHealth);
  });
}
