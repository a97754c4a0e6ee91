import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';

let redis: ChildProcess | undefined;
let url: string;
const apps: TestApp[] = [];

beforeAll(async () => {
  const port = await freePort();
  url = `redis://127.0.0.1:${port}`;
  redis = await startRedis(port);
});

afterAll(async () => {
  for (const app of apps) await app.close();
  redis?.kill('SIGKILL');
});

const newApp = async (env: Record<string, string>): Promise<TestApp> => {
  const app = await startApp({ RATE_LIMIT: 'on', SERVICES: 'gateway,users,appointments,worker', ...env });
  apps.push(app);
  return app;
};

/** Statuses of `count` sign-ins with a wrong password, taken by the apps in turn, each for another login. */
async function guess(between: TestApp[], count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < count; i++) {
    const app = between[i % between.length];
    if (!app) break;
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { login: `nobody${i}@example.com`, password: 'Wrong@123' },
    });
    statuses.push(answer.statusCode);
  }
  return statuses;
}

test('gateways that share Redis share the count of an address; each alone counts for itself', async () => {
  const alone = await guess([await newApp({}), await newApp({})], 24);
  expect(alone.filter((status) => status === 429)).toHaveLength(0);

  const shared = await guess([await newApp({ REDIS_URL: url }), await newApp({ REDIS_URL: url })], 24);
  expect(shared.slice(0, 20).every((status) => status === 401)).toBe(true);
  expect(shared.slice(20)).toEqual([429, 429, 429, 429]);
});

test('without Redis the site stays open', async () => {
  const app = await newApp({ REDIS_URL: url });
  if (!redis) throw new Error('redis was never started');
  redis.kill('SIGKILL');
  await once(redis, 'exit');
  const statuses = await guess([app], 3);
  expect(statuses).toEqual([401, 401, 401]);
});

async function startRedis(port: number): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] });
  const failed = once(child, 'error').then(() => {
    throw new Error('redis-server could not be started: install it to run the fault suite');
  });
  await Promise.race([untilReady(child), failed]);
  return child;
}

/** One reader from the first byte on: the line may be in the first chunk, and a second reader would miss it. */
async function untilReady({ stdout }: ChildProcessByStdio<null, Readable, null>): Promise<void> {
  for await (const line of createInterface({ input: stdout })) {
    if (!line.includes('Ready to accept connections')) continue;
    stdout.resume();
    return;
  }
  throw new Error('redis-server stopped before it was ready');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
