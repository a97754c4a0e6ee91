import type { FastifyInstance } from 'fastify';
import type { Health } from '../contract/health.ts';
import { run, type Statement } from './database.ts';
import { expectedAtSql } from './job-priority.ts';

/** `/health/live`: the process answers. `/health/ready`: it can do its work. */
export function healthRoutes(app: FastifyInstance): void {
  const config = { forWatchers: true } as const;
  app.get('/health/live', { config }, async () => ({ status: 'ok' }));
  app.get('/health/ready', { config }, async (_, reply) => {
    const health = await checkHealth(app);
    return reply
      .code(health.status === 'unavailable' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send(health);
  });
}

// A due job that nobody has taken for so long means that no worker runs.
const behindSeconds = 60;

/** The database answers, jobs are being done, Redis and the broker are there. Only the first stops anybody from booking. */
export async function checkHealth({ deps, watched }: FastifyInstance): Promise<Health> {
  try {
    const [row] = await run<{ late: number | null }>(deps.pool, oldestJob, []);
    const checks: Health['checks'] = {
      database: 'ok',
      jobs: (row?.late ?? 0) > behindSeconds ? 'behind' : 'ok',
      ...Object.fromEntries([...watched].map(([name, state]) => [name, state()])),
    };
    const fine = Object.values(checks).every((state) => state === 'ok');
    return { status: fine ? 'ok' : 'degraded', checks };
  } catch {
    return { status: 'unavailable', checks: { database: 'unavailable' } };
  }
}

const oldestJob: Statement = {
  name: 'oldest-due-job',
  text: `select extract(epoch from now() - min(${expectedAtSql}))::float8 as late
         from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts`,
};
