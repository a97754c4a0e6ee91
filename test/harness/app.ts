import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { inject } from 'vitest';
import { readConfig, type Config } from '../../src/config.ts';
import { createClient, type Call } from '../../src/contract/client.ts';
import { accessTokens } from '../../src/platform/access-tokens.ts';
import { openDatabase, type Database } from '../../src/platform/database.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { createLog } from '../../src/platform/log.ts';
import { deriveSecrets } from '../../src/platform/secrets.ts';
import { composeServices } from '../../src/services/index.ts';
import { createDatabase, databaseUrl } from './databases.ts';

/** A whole Shomoy on a database of its own, at an instant the test sets. */
export type TestApp = {
  /** The gateway. */
  app: FastifyInstance;
  deps: Deps;
  db: Database;
  /** The API through HTTP semantics, typed by the contract. */
  call: Call;
  inject: FastifyInstance['inject'];
  /** Sets or reads the clock of the app. */
  clock: { now(): Temporal.Instant; set(instant: string): void };
  /** Log lines so far, as JSON text. */
  logs: string[];
  close(): Promise<void>;
};

/** Monday 2 November 2026, 10:00 in Dhaka. */
export const aMonday = '2026-11-02T10:00:00+06:00';

export async function startApp(env: Record<string, string> = {}): Promise<TestApp> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await createDatabase(serverUrl, name, 'shomoy_template');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'shomoy-app-'));
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl(serverUrl, name),
    JWT_SECRET: 'a secret for tests only, long enough to be accepted',
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'debug',
    DATABASE_CONNECTIONS: '8',
    ...env,
  });
  const logs: string[] = [];
  const clock = settableClock();
  const connections = openDatabase({
    url: config.databaseUrl ?? '',
    connections: config.databaseConnections,
    onError: () => undefined,
  });
  const secrets = deriveSecrets(config.jwtSecret ?? '');
  const deps: Deps = {
    config,
    clock,
    log: createLog(config.logLevel, { write: (line) => void logs.push(line) }),
    pool: connections.pool,
    db: connections.db,
    secrets,
    tokens: accessTokens(secrets),
    demoLogins: [],
  };
  const { app, closeAll } = await startShape(deps);
  return {
    app,
    deps,
    db: connections.db,
    call: createClient(async ({ method, url, headers, body }) => {
      const request: InjectOptions = {
        method,
        url,
        headers,
        ...(body === undefined ? {} : { payload: body }),
      };
      const answer = await app.inject(request);
      return { status: answer.statusCode, body: answer.body };
    }),
    inject: app.inject.bind(app),
    clock,
    logs,
    async close() {
      await closeAll();
      await connections.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** In one process, or, with `SHAPE=separate`, as services on ports of their own behind the gateway. */
async function startShape(deps: Deps): Promise<{ app: FastifyInstance; closeAll(): Promise<void> }> {
  const { config } = deps;
  const whole = config.services.size === 4;
  if (!whole || process.env['SHAPE'] !== 'separate') {
    const app = await composeServices(deps);
    await app.ready();
    return { app, closeAll: () => app.close() };
  }
  const alone = async (names: Config['services'], more: Partial<Config> = {}) =>
    composeServices({ ...deps, config: { ...config, ...more, services: names } });
  const users = await alone(new Set(['users']));
  const appointments = await alone(new Set(['appointments']));
  const worker = await alone(new Set(['worker']));
  const usersUrl = await users.listen({ port: 0, host: '127.0.0.1' });
  const appointmentsUrl = await appointments.listen({ port: 0, host: '127.0.0.1' });
  await worker.ready();
  const app = await alone(new Set(['gateway']), { usersUrl, appointmentsUrl });
  await app.ready();
  return {
    app,
    async closeAll() {
      for (const each of [app, worker, users, appointments]) await each.close();
    },
  };
}

function settableClock(): TestApp['clock'] {
  let now = Temporal.Instant.from(aMonday);
  return {
    now: () => now,
    set: (instant) => {
      now = Temporal.Instant.from(instant);
    },
  };
}
