import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { register } from '../../src/contract/auth.ts';
import { apiPrefix, type Route } from '../../src/contract/route.ts';
import { routesByService, streams } from '../../src/contract/routes.ts';
import type { serve } from '../../src/platform/http.ts';
import { composeServices } from '../../src/services/index.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aSignedInPatient } from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { expectProblem } from '../harness/refusals.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

test('the server answers the routes of the contract and a known few', async () => {
  // In one process, whatever shape the suite runs in: a gateway alone knows the services' paths only as prefixes.
  const whole = await composeServices(t.deps);
  await whole.ready();
  const handshakes = streams.map(({ path }) => ({ method: 'GET', path }));
  const contract = [...Object.values(routesByService).flat(), ...handshakes].map(
    (each: Pick<Route, 'path'> & { method: string }) =>
      `${each.method} ${apiPrefix}${each.path.replace(/\{(\w+)\}/g, ':$1')}`,
  );
  const others = [
    /^GET \/health(\/live|\/ready)?$/,
    /^GET \/api\/v1\/(openapi|asyncapi)\.json$/,
    /^GET \/photos\/:name$/,
    /^GET \/user-auth\/api\/v1\/api-docs(\/.*)?$/,
    /^GET \/assets\/\*$/,
    /^(GET|POST) \/?\*$/,
  ];
  const found = registered(whole).filter((each) => !each.startsWith('HEAD '));
  expect(contract.filter((each) => !found.includes(each))).toEqual([]);
  const unknown = found.filter(
    (each) => !contract.includes(each) && !others.some((known) => known.test(each)),
  );
  expect(unknown).toEqual([]);
  await whole.close();
});

/** `METHOD /path` of everything the router knows. */
function registered(app: FastifyInstance): string[] {
  const lines = app.printRoutes({ commonPrefix: false }).split('\n');
  const found: string[] = [];
  const parents: string[] = [];
  for (const line of lines) {
    const match = /^([│ ]*)(?:├──|└──) (\S*)(?: \(([A-Z, ]+)\))?$/u.exec(line);
    if (!match) continue;
    const [, indent = '', part = '', methods] = match;
    const depth = indent.length / 4;
    parents.length = depth;
    parents[depth] = part;
    for (const method of methods?.split(', ') ?? []) found.push(`${method} ${parents.join('')}`);
  }
  return found;
}

test('a route says who may call it, or it is no route', () => {
  const open = { method: 'GET', path: '/open', summary: 'Open', tag: 'x', ok: { status: 204 } } as const;
  // @ts-expect-error: `access` has no default, so a route without it does not pass the type check.
  const unguarded: Route = open;
  // @ts-expect-error: nor does the server take it.
  type Served = Parameters<typeof serve<typeof open>>;
  expect<Served | Route>(unguarded).not.toHaveProperty('access');
  for (const each of Object.values(routesByService).flat()) expect(each.access, each.path).toBeDefined();
});

test('answers of the API say that they are what they are, and are not kept', async () => {
  const patient = await aSignedInPatient(t);
  for (const [url, status] of [
    ['/doctors', 200],
    ['/appointments', 200],
    ['/nothing', 404],
    ['/appointments/0', 422],
  ] as const) {
    const answer = await t.inject({
      url: `${apiPrefix}${url}`,
      headers: { authorization: `Bearer ${patient.accessToken}` },
    });
    expect(answer.statusCode, url).toBe(status);
    expect(answer.headers['x-content-type-options'], url).toBe('nosniff');
    expect(answer.headers['cache-control'], url).toBe('no-store');
    expect(answer.headers['x-request-id'], url).toMatch(/^[\w-]{8,64}$/);
    expect(answer.headers['x-powered-by'], url).toBeUndefined();
    expect(answer.headers['access-control-allow-origin'], url).toBeUndefined();
  }
});

test('an unknown path of the API is a problem, by any method', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const answer = await t.inject({ method, url: `${apiPrefix}/no/such/thing` });
    expect(answer.statusCode, method).toBe(404);
    expect(answer.headers['content-type'], method).toContain('application/problem+json');
    expectProblem(answer.json(), 'not_found');
  }
});

test('what goes wrong inside is told without details and logged once without data', async () => {
  const patient = await aSignedInPatient(t);
  await t.deps.pool.query('alter table appointments rename to appointments_gone');
  const before = t.logs.length;
  const answer = await t.inject({
    url: `${apiPrefix}/appointments?patientId=${patient.patientId}`,
    headers: { authorization: `Bearer ${patient.accessToken}`, 'x-request-id': 'find-me-again' },
  });
  await t.deps.pool.query('alter table appointments_gone rename to appointments');
  expectProblem(answer.json(), 'internal_error');
  expect(answer.body).not.toMatch(/relation|appointments|select|at /i);
  const errors = t.logs.slice(before).filter((line) => JSON.parse(line).level === 'error');
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('find-me-again');
  expect(errors[0]).toContain('42P01');
  await expectNoPersonalData(t, [patient.accessToken]);
});

test('bodies are compressed when that is asked for', async () => {
  const answer = await t.inject({ url: `${apiPrefix}/openapi.json`, headers: { 'accept-encoding': 'br' } });
  expect(answer.headers['content-encoding']).toBe('br');
});

test('a process that cannot keep up refuses at once and says when to come back, but is said to be alive', async () => {
  const late = await startApp({ LOAD_SHEDDING: 'on' });
  try {
    const ask = () => late.inject({ url: `${apiPrefix}/doctors` });
    // Its own start is a load, too.
    await expect.poll(async () => (await ask()).statusCode).toBe(200);
    let answer = await ask();
    // Lateness is told as a mean of a second, so that one late turn changes nothing.
    for (let turn = 0; turn < 20 && answer.statusCode === 200; turn++) {
      const until = performance.now() + 1_500;
      while (performance.now() < until);
      await new Promise(setImmediate);
      answer = await ask();
    }
    expect(answer.statusCode).toBe(503);
    expectProblem(answer.json(), 'unavailable');
    expect(answer.headers['retry-after']).toBe('2');
    for (const url of ['/health/live', '/health/ready'])
      expect((await late.inject({ url })).statusCode, url).toBe(200);
    await expect.poll(async () => (await ask()).statusCode).toBe(200);
  } finally {
    await late.close();
  }
});

test('too many requests are told when to come back', async () => {
  const limited = await startApp({ RATE_LIMIT: 'on' });
  try {
    const attempt = () =>
      limited.inject({
        method: 'POST',
        url: `${apiPrefix}${register.path}`,
        payload: {},
      });
    for (let count = 0; count < register.perMinute; count++) expect((await attempt()).statusCode).toBe(422);
    const answer = await attempt();
    expectProblem(answer.json(), 'too_many_requests');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await limited.inject({ url: `${apiPrefix}/doctors` })).statusCode).toBe(200);
  } finally {
    await limited.close();
  }
});
