import { readConfig } from '../src/config.ts';
import { accessTokens } from '../src/platform/access-tokens.ts';
import { openDatabase } from '../src/platform/database.ts';
import type { Deps } from '../src/platform/deps.ts';
import { createLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { deriveSecrets } from '../src/platform/secrets.ts';
import { composeServices } from '../src/services/index.ts';
import { answerParent, readOptions } from './child-process.ts';
import { benchClock } from './clock.ts';

/** Shomoy in a process of its own, on the clock of the stored data. Started by `startServer`. */
const config = readConfig({
  RATE_LIMIT: 'off',
  LOAD_SHEDDING: 'off',
  LOG_LEVEL: 'warn',
  PORT: '0',
  // Services without a worker must be told of these, and use neither here.
  RABBITMQ_URL: 'amqp://127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  ...readOptions(),
});
const log = createLog(config.logLevel);
const database = openDatabase({
  url: config.databaseUrl ?? '',
  connections: config.databaseConnections,
  onError: (error) => log.warn({ err: error }, 'database connection lost'),
});
const secrets = deriveSecrets(config.jwtSecret ?? '');
const deps: Deps = {
  config,
  clock: benchClock(),
  log,
  pool: database.pool,
  db: database.db,
  secrets,
  tokens: accessTokens(secrets),
  metrics: createMetrics(),
  demoLogins: [],
};
const app = await composeServices(deps);
const url = await app.listen({ port: config.port, host: config.host });
answerParent(url, async () => {
  await app.close();
  await database.close();
});
