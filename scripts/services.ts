// `npm run services`: gateway, users, appointments and worker as processes of their own on this machine, without Docker.
// Needs RabbitMQ and Redis (RABBITMQ_URL, REDIS_URL; by default on localhost). `-- --check` ends once everything was seen
// to work.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { readConfig, serviceNames, type Config, type ServiceName } from '../src/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { systemClock } from '../src/platform/clock.ts';
import { roleOf } from '../src/platform/roles.ts';
import { seedDemo } from '../src/services/demo/seed-demo.ts';
import { ownSecret } from '../src/services/own-secret.ts';
import { buildWebIfStale } from './build-web.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const undo: (() => Promise<void>)[] = [];
let stopping = false;

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The services could not be started.'}\n`);
  process.exitCode = 1;
  await stopAll();
}

async function run(): Promise<void> {
  process.once('SIGINT', () => void stopAll());
  process.once('SIGTERM', () => void stopAll());
  const config = readConfig({
    ...process.env,
    SERVICES: '',
    RABBITMQ_URL: process.env['RABBITMQ_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672',
    REDIS_URL: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379',
  });
  await buildWebIfStale(say);
  const databaseUrl = await prepareDatabase(config);
  const secret = config.jwtSecret ?? (await ownSecret(config.dataDir));
  const ports = {
    gateway: config.port,
    users: config.port + 1,
    appointments: config.port + 2,
    worker: config.port + 3,
  };
  const urlOf = (service: ServiceName) => `http://127.0.0.1:${ports[service]}`;
  const passwords = new Map(serviceNames.map((service) => [service, randomBytes(24).toString('base64url')]));
  await migrate(databaseUrl, { passwords });
  const own = (service: ServiceName): Record<string, string> => {
    const url = new URL(databaseUrl);
    url.username = roleOf(service);
    url.password = passwords.get(service) ?? '';
    return {
      SERVICES: service,
      PORT: String(ports[service]),
      // Only the gateway is anybody's to reach.
      HOST: service === 'gateway' ? config.host : '127.0.0.1',
      DATABASE_URL: url.href,
      TRUSTED_PROXIES: service === 'gateway' ? config.trustedProxies.join(',') : '127.0.0.1',
    };
  };
  const common = {
    ...process.env,
    JWT_SECRET: secret,
    RABBITMQ_URL: config.rabbitmqUrl,
    REDIS_URL: config.redisUrl,
    USERS_URL: urlOf('users'),
    APPOINTMENTS_URL: urlOf('appointments'),
    WORKER_URL: urlOf('worker'),
  };
  // The gateway last: then whoever opens it finds the others.
  for (const service of serviceNames.toReversed()) start(service, { ...common, ...own(service) });
  for (const service of serviceNames) await waitUntilReady(`${urlOf(service)}/health/ready`, service);
  const health = await fetch(`${urlOf('gateway')}/health`);
  say(`health: ${await health.text()}`);
  for (const seen of ['/api/v1/locations/divisions', '/api/v1/doctors?limit=1', '/en'])
    await expectAnswer(urlOf('gateway') + seen);
  say(`\nShomoy runs as four services; the gateway is at ${urlOf('gateway')}`);
  if (process.argv.includes('--check')) await stopAll();
}

/** The database of the configuration, or the embedded one with the demonstration, migrated. */
async function prepareDatabase(config: Config): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, say });
  undo.push(() => embedded.stop());
  await migrate(embedded.url);
  const connections = openDatabase({ url: embedded.url, connections: 4, onError: () => undefined });
  try {
    await seedDemo({ ...connections, clock: systemClock }, say);
  } finally {
    await connections.close();
  }
  return embedded.url;
}

function start(service: ServiceName, env: NodeJS.ProcessEnv): void {
  const child: ChildProcess = spawn(process.execPath, ['src/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface(stream).on('line', (line) => say(`${service.padEnd(12)} ${line}`));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('exit', (code) => {
    if (stopping) return;
    say(`${service} ended (${code ?? 'by a signal'}): stopping the others`);
    process.exitCode = 1;
    void stopAll();
  });
  undo.push(async () => {
    child.kill('SIGTERM');
    await ended;
  });
}

async function waitUntilReady(url: string, service: ServiceName): Promise<void> {
  for (let tries = 0; tries < 240 && !stopping; tries++) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${service} did not get ready`);
}

async function expectAnswer(url: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  say(`checked ${url}`);
}

async function stopAll(): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Last begun, first ended; the database after everybody.
  for (const end of undo.toReversed()) await end();
}
