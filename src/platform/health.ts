import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { run, type Statement } from './database.ts';

export type Health = {
  status: 'ok' | 'unavailable';
  checks: Record<string, 'ok' | 'behind' | 'unavailable'>;
};

/** `/health/live`: the process answers. `/health/ready`: it can do its work. */
export function healthRoutes(app: FastifyInstance): void {
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_, reply) => {
    const health = await checkHealth(app.deps.pool);
    return reply
      .code(health.status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(health);
  });
}

// A due job that nobody has taken for so long means that no worker runs.
const behindSeconds = 60;

/** The database answers, and jobs are being done. Late jobs are said, but stop nobody from booking. */
export async function checkHealth(pool: pg.Pool): Promise<Health> {
  try {
    const [row] = await run<{ late: number | null }>(pool, oldestJob, []);
    return {
      status: 'ok',
      checks: { database: 'ok', jobs: (row?.late ?? 0) > behindSeconds ? 'behind' : 'ok' },
    };
  } catch {
    return { status: 'unavailable', checks: { database: 'unavailable' } };
  }
}

const oldestJob: Statement = {
  name: 'oldest-due-job',
  text: `select extract(epoch from now() - min(run_at))::float8 as late
         from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts`,
};
