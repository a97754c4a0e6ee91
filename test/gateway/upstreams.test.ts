import { createServer, type Server } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { composeServices } from '../../src/services/index.ts';
import { startApp, type TestApp } from '../harness/app.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function anUpstream(status: number): Promise<{ url: string; asked: () => number; server: Server }> {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response
      .writeHead(status, { 'retry-after': '2', 'content-type': 'application/json' })
      .end('{"status":"ok"}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => new Promise((done) => server.close(done)));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, asked: () => asked, server };
}

async function aGateway(upstream: string): Promise<TestApp> {
  const app = await startApp({ SERVICES: 'gateway', USERS_URL: upstream, APPOINTMENTS_URL: `${upstream}/` });
  closing.push(() => app.close());
  return app;
}

test('a service that refuses is asked once', async () => {
  const { url, asked } = await anUpstream(503);
  const gateway = await aGateway(url);
  const answer = await gateway.inject('/api/v1/locations/divisions');
  expect(answer.statusCode).toBe(503);
  expect(asked()).toBe(1);
});

test('pages stand, with the name that Shomoy brings along, while the settings cannot be read', async () => {
  const { url, asked } = await anUpstream(503);
  const gateway = await aGateway(url);
  // Within one second, however long the first page takes.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(60_000);
  try {
    const page = await gateway.inject('/en/nowhere');
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain('Page not found · Shomoy');
    await gateway.inject('/en/nowhere');
  } finally {
    clock.mockRestore();
  }
  // Once for both pages.
  expect(asked()).toBe(1);
});

test('a service that is gone is a 503 that says so', async () => {
  const { url, server } = await anUpstream(200);
  await new Promise((done) => server.close(done));
  const gateway = await aGateway(url);
  const answer = await gateway.inject('/api/v1/doctors');
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ code: 'unavailable' });
  expect((await gateway.inject('/health')).json()).toMatchObject({
    status: 'unavailable',
    // Nobody is at the address of its Redis either.
    services: { gateway: 'degraded', users: 'unavailable', appointments: 'unavailable' },
  });
});

test('services that share a first segment are told apart by the second', async () => {
  const users = await anUpstream(200);
  const appointments = await anUpstream(200);
  const gateway = await startApp({
    SERVICES: 'gateway',
    USERS_URL: users.url,
    APPOINTMENTS_URL: appointments.url,
  });
  closing.push(() => gateway.close());
  for (const path of ['/admin/users', '/guests', '/guests/x/confirmation'])
    await gateway.inject(`/api/v1${path}`);
  for (const path of ['/admin/messages', '/guests/appointments', '/notifications/settings'])
    await gateway.inject(`/api/v1${path}`);
  expect([users.asked(), appointments.asked()]).toEqual([3, 3]);
});

test('health asks a service under an address with or without a slash at its end', async () => {
  const gateway = await aGateway((await anUpstream(200)).url);
  expect((await gateway.inject('/health')).json()).toMatchObject({
    services: { users: 'ok', appointments: 'ok' },
  });
});

test('behind the gateway the limits count each caller, not the gateway', async () => {
  const users = await startApp({ SERVICES: 'users', RATE_LIMIT: 'on', TRUSTED_PROXIES: '127.0.0.1' });
  closing.push(() => users.close());
  // Counted in memory: nothing here shares the count.
  const config = { ...users.deps.config, redisUrl: undefined };
  const service = await composeServices({ ...users.deps, config });
  closing.push(() => service.close());
  const url = await service.listen({ port: 0, host: '127.0.0.1' });
  const gateway = await aGateway(url);
  let logins = 0;
  const guess = (remoteAddress: string) =>
    gateway.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      remoteAddress,
      payload: { login: `nobody${logins++}@example.com`, password: 'Wrong@123' },
    });
  for (let i = 0; i < 20; i++) expect((await guess(`192.0.2.${i}`)).statusCode).toBe(401);
  expect((await guess('192.0.2.100')).statusCode).toBe(401);
  // The same address without end is limited, whatever it claims of others.
  const statuses: number[] = [];
  for (let i = 0; i < 21; i++) statuses.push((await guess('192.0.2.200')).statusCode);
  expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
  expect(statuses[20]).toBe(429);
});
