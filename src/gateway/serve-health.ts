import type { FastifyInstance } from 'fastify';
import { checkHealth } from '../platform/health.ts';
import { probe } from '../platform/probe.ts';

/** `/health`: every service's state as one document; 503 when one of them cannot work. */
export function serveHealth(app: FastifyInstance): void {
  const { config, pool } = app.deps;
  const elsewhere = { users: config.usersUrl, appointments: config.appointmentsUrl };

  app.get('/health', async (_, reply) => {
    const own = await checkHealth(pool);
    const services: Record<string, string> = {};
    for (const name of config.services) services[name] = own.status;
    for (const name of ['users', 'appointments'] as const) {
      const url = elsewhere[name];
      if (!config.services.has(name) && url) services[name] = await probe(new URL('/health/ready', url).href);
    }
    const status = Object.values(services).every((state) => state === 'ok') ? 'ok' : 'unavailable';
    return reply
      .code(status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, services, checks: own.checks });
  });
}
