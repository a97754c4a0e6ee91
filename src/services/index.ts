import type { FastifyInstance } from 'fastify';
import type { ServiceName } from '../config.ts';
import type { Deps } from '../platform/deps.ts';
import { compressAnswers, createServer } from '../platform/http.ts';

/** A service is a plugin; it is loaded only in the processes that run it. */
const services: Record<ServiceName, () => Promise<(app: FastifyInstance) => Promise<void>>> = {
  users: async () => (await import('../users/index.ts')).users,
  appointments: async () => (await import('./appointments.ts')).appointmentsWithReports,
  worker: async () => (await import('./worker.ts')).worker,
  // Last: it mounts the docs of, and proxies to, whatever the others do not serve here.
  gateway: async () => (await import('../gateway/index.ts')).gateway,
};

/** One server with the services that the configuration names; not yet listening. */
export async function composeServices(deps: Deps): Promise<FastifyInstance> {
  const app = await createServer(deps);
  // Compression hooks into routes as they are registered, so it comes before them all.
  if (deps.config.services.has('gateway')) await compressAnswers(app);
  for (const [name, load] of Object.entries(services) as [ServiceName, (typeof services)[ServiceName]][]) {
    if (deps.config.services.has(name)) await app.register(await load());
  }
  return app;
}
