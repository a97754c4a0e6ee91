import type { Config } from '../config.ts';
import { accessTokens } from '../platform/access-tokens.ts';
import { openDatabase } from '../platform/database.ts';
import type { Deps } from '../platform/deps.ts';
import { createLog, endLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { inRequest } from '../platform/request-scope.ts';
import { deriveSecrets } from '../platform/secrets.ts';
import { doWork } from '../platform/works/run-work.ts';
import { ownSecret } from './own-secret.ts';
import { worksOf } from './works.ts';

/** What the worker tells it. */
export type WorkOrder = {
  workId: number;
  config: Config;
  databaseUrl: string;
  /** RFC 3339: the worker's clock, which runs on here. */
  now: string;
  requestId: string | null;
};

/** Does one long work with everything it needs of its own. False: it broke, and is to be tried again. */
export async function doOrder(
  { workId, config, databaseUrl, now, requestId }: WorkOrder,
  stopping: AbortSignal,
): Promise<boolean> {
  const began = Temporal.Instant.from(now);
  const since = performance.now();
  const log = createLog(config.logLevel);
  const database = openDatabase({
    url: databaseUrl,
    connections: 3,
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
  });
  const secrets = deriveSecrets(config.jwtSecret ?? (await ownSecret(config.dataDir)));
  const deps: Deps = {
    config,
    clock: { now: () => began.add({ milliseconds: Math.round(performance.now() - since) }) },
    log,
    metrics: createMetrics(),
    pool: database.pool,
    db: database.db,
    secrets,
    tokens: accessTokens(secrets),
    demoLogins: [],
  };
  try {
    await inRequest(requestId, () => doWork(deps, { works: worksOf(deps), id: workId, stopping }));
    return true;
  } catch (error) {
    log.error({ err: error, work: workId }, 'a work broke');
    return false;
  } finally {
    await database.close();
    await endLog(log);
  }
}
