import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { inject } from 'vitest';
import { readConfig, runsAlone, serviceNames, type Config, type ServiceName } from '../../src/config.ts';
import { createClient, type Call } from '../../src/contract/client.ts';
import { accessTokens } from '../../src/platform/access-tokens.ts';
import type { Consumers } from '../../src/platform/bus.ts';
import { openDatabase, type Database } from '../../src/platform/database.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics, type Metrics } from '../../src/platform/metrics.ts';
import { roleOf } from '../../src/platform/roles.ts';
import { deriveSecrets } from '../../src/platform/secrets.ts';
import { consumersOf } from '../../src/services/consumers.ts';
import { composeServices } from '../../src/services/index.ts';
import { aBrokerCorner } from './broker.ts';
import { createDatabase, databaseUrl, rolePassword } from './databases.ts';

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
  /** How many events were handed on, once its consumers have taken each; null before that. */
  eventsTaken(): Promise<number | null>;
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
    LOAD_SHEDDING: 'off',
    RECURRING_JOBS: 'off',
    LOG_LEVEL: 'debug',
    DATABASE_CONNECTIONS: '8',
    // Some services alone must be told of these; nobody calls there unless a test asks for it.
    ...(serviceNames.every((name) => (env['SERVICES'] ?? name).includes(name)) ? {} : nominal),
    ...env,
  });
  const logs: string[] = [];
  const clock = settableClock();
  const connections = openDatabase({
    url: config.databaseUrl ?? '',
    connections: config.databaseConnections,
    onError: () => undefined,
    traced: config.tracesUrl !== undefined,
  });
  const secrets = deriveSecrets(config.jwtSecret ?? '');
  const deps: Deps = {
    config,
    clock,
    log: createLog(config.logLevel, { write: (line) => void logs.push(line) }),
    metrics: createMetrics(),
    pool: connections.pool,
    db: connections.db,
    secrets,
    tokens: accessTokens(secrets),
    demoLogins: [],
  };
  const { app, eventsTaken, closeAll } = await startShape(deps);
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
    eventsTaken,
    async close() {
      await closeAll();
      await connections.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const nominal = { RABBITMQ_URL: 'amqp://127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:1' };

type Shape = {
  app: FastifyInstance;
  eventsTaken(): Promise<number | null>;
  closeAll(): Promise<void>;
};

/**
 * In one process, or, with `SHAPE=separate`, as services on ports of their own behind the gateway, each signed in with its
 * own role, their events by RabbitMQ.
 */
async function startShape(deps: Deps): Promise<Shape> {
  const { config } = deps;
  if (!runsAlone(config) || process.env['SHAPE'] !== 'separate') {
    const app = await composeServices(deps);
    await app.ready();
    // Handing one on is a job there, and done when it is taken.
    return { app, eventsTaken: async () => 0, closeAll: () => app.close() };
  }
  const corner = await aBrokerCorner();
  const common = {
    ...config,
    rabbitmqUrl: corner.env.RABBITMQ_URL,
    installation: corner.env.INSTALLATION,
    redisUrl: process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379',
  };
  const ends: (() => Promise<void>)[] = [];
  const alone = async (service: ServiceName, more: Partial<Config> = {}) => {
    const url = new URL(config.databaseUrl ?? '');
    url.username = roleOf(service);
    url.password = rolePassword;
    const connections = openDatabase({
      url: url.href,
      connections: config.databaseConnections,
      onError: () => undefined,
      traced: config.tracesUrl !== undefined,
    });
    const app = await composeServices({
      ...deps,
      ...connections,
      metrics: createMetrics(),
      config: { ...common, ...more, databaseUrl: url.href, services: new Set([service]) },
    });
    ends.push(
      () => connections.close(),
      () => app.close(),
    );
    return app;
  };
  const listen = (app: FastifyInstance) => app.listen({ port: 0, host: '127.0.0.1' });
  const usersUrl = await listen(await alone('users'));
  const appointmentsUrl = await listen(await alone('appointments'));
  const worker = await alone('worker');
  const workerUrl = await listen(worker);
  const app = await alone('gateway', { usersUrl, appointmentsUrl, workerUrl });
  await app.ready();
  const consumers = consumersOf(worker.deps);
  return {
    app,
    eventsTaken: () => allTaken(worker.deps.metrics, consumers),
    async closeAll() {
      for (const end of ends.toReversed()) await end();
      await corner.clear(Object.keys(consumers));
    },
  };
}

/** Counted by the worker itself: everyone who subscribed to an event that the broker confirmed has taken it. */
async function allTaken(metrics: Metrics, consumers: Consumers): Promise<number | null> {
  const relayed = (await metrics.relayed.get()).values;
  // One that was kept comes again.
  const delivered = (await metrics.delivered.get()).values.filter(({ labels }) => labels.outcome !== 'kept');
  const taken = relayed.every(({ labels: { event }, value }) =>
    Object.entries(consumers)
      .filter(([, subscribers]) => String(event) in subscribers)
      .every(([consumer]) => {
        const came = delivered.filter(({ labels }) => labels.consumer === consumer && labels.event === event);
        return came.reduce((sum, each) => sum + each.value, 0) >= value;
      }),
  );
  return taken ? relayed.reduce((sum, { value }) => sum + value, 0) : null;
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
