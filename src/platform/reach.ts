import { Redis } from 'ioredis';
import pg from 'pg';
import { Connection } from 'rabbitmq-client';
import type { Config } from '../config.ts';

const patience = 5_000;

/** What the configuration names and nobody answers at, each in a line for a person, all at once. */
export async function findUnreachable(config: Config): Promise<string[]> {
  const { databaseUrl, rabbitmqUrl, redisUrl } = config;
  const lines = await Promise.all([
    databaseUrl && tellIfAway('DATABASE_URL', 'PostgreSQL', databaseUrl, askDatabase),
    rabbitmqUrl && tellIfAway('RABBITMQ_URL', 'RabbitMQ', rabbitmqUrl, askBroker),
    redisUrl && tellIfAway('REDIS_URL', 'Redis', redisUrl, askRedis),
  ]);
  return lines.filter((line): line is string => typeof line === 'string' && line !== '');
}

async function tellIfAway(
  setting: string,
  what: string,
  url: string,
  ask: (url: string) => Promise<void>,
): Promise<string | undefined> {
  try {
    await ask(url);
    return undefined;
  } catch (error) {
    const { host } = new URL(url);
    // The address may carry a password, so only its host is told.
    return `${setting}: ${what} does not let us in at ${host} (${reason(error)}). Is it running, and are name and password right?`;
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND') return 'no such host';
  return code ?? 'no answer in time';
}

async function askDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: patience });
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function askBroker(url: string): Promise<void> {
  const connection = new Connection({ url, connectionTimeout: patience });
  let refused: unknown;
  connection.on('error', (error) => (refused ??= error));
  try {
    await connection.onConnect(patience);
    await connection.close();
  } catch (error) {
    connection.unsafeDestroy();
    throw refused ?? error;
  }
}

async function askRedis(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: patience, retryStrategy: () => null });
  let refused: unknown;
  redis.on('error', (error) => (refused ??= error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw refused ?? error;
  } finally {
    redis.disconnect();
  }
}
