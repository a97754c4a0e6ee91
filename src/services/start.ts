import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, runsAlone, type Config } from '../config.ts';
import { accessTokens } from '../platform/access-tokens.ts';
import { systemClock } from '../platform/clock.ts';
import { openDatabase } from '../platform/database.ts';
import type { Deps } from '../platform/deps.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { createLog, endLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { migrate, refuseOldSchema } from '../platform/migrate.ts';
import { findUnreachable } from '../platform/reach.ts';
import { deriveSecrets } from '../platform/secrets.ts';
import { startTraces } from '../platform/traces.ts';
import { demoLogins, seedDemo } from './demo/seed-demo.ts';
import { composeServices } from './index.ts';
import { ownSecret } from './own-secret.ts';

export type Running = {
  url: string;
  /** What a person is told once it runs. */
  greeting: string[];
  stop(): Promise<void>;
};

/** Requests under way when a stop begins have this long to finish. */
const graceMilliseconds = 8_000;

/** So long new ones are told 503 before the door is shut: whoever still comes then meets a connection that is cut. */
const farewellMilliseconds = 1_000;

/** Starts everything the configuration names, telling a person what happens meanwhile. Undoes what it began on failure. */
export async function startShomoy(options: {
  config: Config;
  say: (line: string) => void;
}): Promise<Running> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    // Last begun, first ended; what fails to end must not keep the database from ending.
    const failures: unknown[] = [];
    for (const end of undo.splice(0).toReversed())
      await end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { ...(await start({ ...options, undo })), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function start(options: {
  config: Config;
  say: (line: string) => void;
  undo: (() => Promise<void>)[];
}): Promise<Pick<Running, 'url' | 'greeting'>> {
  const { config, say, undo } = options;
  // Found out before a database is made for nothing.
  await refuseTakenPort(config);
  if (!runsAlone(config)) await refuseUnreachable(config);
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: config.dataDir, say });
  if (embedded) undo.push(() => embedded.stop());
  const databaseUrl = embedded?.url ?? config.databaseUrl ?? '';
  if (runsAlone(config)) {
    const applied = await migrate(databaseUrl);
    if (applied.length > 0) say(`Database schema is up to date (${applied.length} new).`);
  } else await refuseOldSchema(databaseUrl);

  const log = createLog(config.logLevel);
  undo.push(() => endLog(log));
  const traces = await startTraces({ config, log });
  undo.push(() => traces.stop());
  const database = openDatabase({
    url: databaseUrl,
    connections: config.databaseConnections,
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
    traced: config.tracesUrl !== undefined,
  });
  undo.push(() => database.close());
  const secrets = deriveSecrets(config.jwtSecret ?? (await ownSecret(config.dataDir)));
  const deps: Deps = {
    config,
    clock: systemClock,
    log,
    metrics: createMetrics(),
    pool: database.pool,
    db: database.db,
    secrets,
    tokens: accessTokens(secrets),
    demoLogins: embedded ? demoLogins : [],
  };
  if (embedded) await seedDemo(deps, say);
  const app = await composeServices(deps);
  app.addHook('preClose', () => sleep(farewellMilliseconds));
  undo.push(async () => {
    // Node stops timing slow requests once it is closing: without this one half-sent request would hold it for ever.
    const cut = setTimeout(() => app.server.closeAllConnections(), graceMilliseconds);
    await app.close().finally(() => clearTimeout(cut));
  });
  const url = await app.listen({ port: config.port, host: config.host });
  const greeting = [
    `\nShomoy is ready at ${url}`,
    ...(config.services.has('gateway') ? [`API documentation: ${url}/user-auth/api/v1/api-docs`] : []),
    ...deps.demoLogins.map(({ who, login, password }) => `  ${who.padEnd(10)} ${login} / ${password}`),
  ];
  return { url, greeting };
}

/** Some services alone need what they share, at least once; later they wait for it. */
async function refuseUnreachable(config: Config): Promise<void> {
  const problems = await findUnreachable(config);
  if (problems.length > 0)
    throw new ConfigError(
      `What these services share is not there:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
}

async function refuseTakenPort({ port, host }: Config): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} is already in use. Stop the other program, or choose another port: PORT=${port + 1} npm start`,
            )
          : error,
      ),
    );
    probe.listen(port, host, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}
