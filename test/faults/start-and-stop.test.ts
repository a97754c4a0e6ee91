import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { end, waitForNoProcess } from '../embedded-postgres/hosts.ts';
import { newDataDir, runToEnd, startApplication } from './application.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await newDataDir();
  // Makes the demonstration once; the tests start on what it leaves.
  const { child } = await startApplication({ DATA_DIR: dataDir });
  await end(child, 'SIGTERM');
});

afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

test('a second copy on the same data says who has it, and leaves the first alone', async () => {
  const first = await startApplication({ DATA_DIR: dataDir });
  const { code, errors } = await runToEnd({ DATA_DIR: dataDir });
  expect(code).toBe(1);
  expect(errors).toContain(String(first.child.pid));
  expect(errors).toContain('DATA_DIR');
  expect((await fetch(`${first.url}/health`)).status).toBe(200);
  await end(first.child, 'SIGTERM');
  expect(first.child.exitCode).toBe(0);
});

test('a taken port is said before anything is made', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const fresh = await newDataDir();
  const { code, errors } = await runToEnd({ DATA_DIR: fresh, PORT: String(port) });
  other.close();
  expect(code).toBe(1);
  expect(errors).toContain(`Port ${port} is already in use`);
  await waitForNoProcess(fresh, 100);
  await rm(fresh, { recursive: true });
});

test('a wrong configuration is told whole, and nothing starts', async () => {
  const { code, errors } = await runToEnd({
    PORT: 'eight',
    DATABASE_URL: 'mysql://x',
    RATE_LIMIT: 'perhaps',
  });
  expect(code).toBe(1);
  for (const name of ['PORT', 'DATABASE_URL', 'RATE_LIMIT']) expect(errors).toContain(`${name}:`);
});

test('a secret that was cut short is refused, not used', async () => {
  const fresh = await newDataDir();
  await mkdir(fresh, { recursive: true });
  await writeFile(path.join(fresh, 'jwt.secret'), '');
  const { code, errors } = await runToEnd({ DATA_DIR: fresh });
  expect(code).toBe(1);
  expect(errors).toContain('jwt.secret');
  await waitForNoProcess(fresh, 2_000);
  await rm(fresh, { recursive: true, force: true });
});

/** Over a connection of its own. `sent`: it has left this process. */
function ask(url: string): { sent: Promise<unknown>; status: Promise<number | undefined> } {
  const request = get(url, { agent: false });
  const sent = Promise.all([
    once(request, 'finish'),
    once(request, 'socket').then(async ([socket]: Socket[]) => socket?.connecting && once(socket, 'connect')),
  ]);
  const status = once(request, 'response').then(([answer]: IncomingMessage[]) => {
    answer?.resume();
    return answer?.statusCode;
  });
  return { sent, status };
}

test('SIGTERM answers what is under way, cuts what never ends, and leaves no process', async () => {
  const { child, url } = await startApplication({ DATA_DIR: dataDir });
  const { port, hostname } = new URL(url);
  const half = connect(Number(port), hostname);
  half.on('error', () => undefined);
  half.write(
    'POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
  );
  await once(half, 'connect');
  await new Promise((done) => setTimeout(done, 200));
  const asked = Array.from({ length: 20 }, () => ask(`${url}/api/v1/doctors?limit=50`));
  await Promise.all(asked.map(({ sent }) => sent));
  const began = performance.now();
  await end(child, 'SIGTERM');
  expect(child.exitCode).toBe(0);
  // Eight seconds of grace for the half-sent request, then the end.
  expect(performance.now() - began).toBeLessThan(12_000);
  const answers = await Promise.all(asked.map(({ status }) => status));
  expect(answers.every((status) => status === 200 || status === 503)).toBe(true);
  await waitForNoProcess(dataDir, 500);
  half.destroy();
});

test('a service alone says at once what of the shared is not there, without passwords', async () => {
  const nobody = createServer().listen(0, '127.0.0.1');
  await once(nobody, 'listening');
  const address = nobody.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  nobody.close();
  await once(nobody, 'close');
  const { code, errors } = await runToEnd({
    DATA_DIR: dataDir,
    SERVICES: 'users',
    JWT_SECRET: 'x'.repeat(32),
    TRUSTED_PROXIES: '127.0.0.1',
    DATABASE_URL: `postgres://somebody:hush-1@127.0.0.1:${port}/shomoy`,
    RABBITMQ_URL: `amqp://somebody:hush-2@127.0.0.1:${port}`,
    REDIS_URL: `redis://:hush-3@127.0.0.1:${port}`,
  });
  expect(code).toBe(1);
  for (const name of ['DATABASE_URL', 'RABBITMQ_URL', 'REDIS_URL'])
    expect(errors).toMatch(
      new RegExp(`^  ${name}: .*127\\.0\\.0\\.1:${port} \\(nothing listens there\\)`, 'm'),
    );
  expect(errors).not.toContain('hush');
});
