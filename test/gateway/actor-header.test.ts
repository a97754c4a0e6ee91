import { afterEach, expect, test } from 'vitest';
import { SignJWT } from 'jose';
import { actorHeader, actorHeaders } from '../../src/platform/actor-header.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aSignedInPatient } from '../harness/builders.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A gateway before a service, on the service's database. */
async function aGateway(users: TestApp): Promise<TestApp> {
  const url = await users.app.listen({ port: 0, host: '127.0.0.1' });
  const gateway = await startApp({
    SERVICES: 'gateway',
    USERS_URL: url,
    APPOINTMENTS_URL: url,
    DATABASE_URL: users.deps.config.databaseUrl ?? '',
  });
  closing.push(() => gateway.close());
  return gateway;
}

async function usersAlone(): Promise<TestApp> {
  const users = await startApp({ SERVICES: 'users' });
  closing.push(() => users.close());
  return users;
}

const me = (t: TestApp, headers: Record<string, string>) => t.inject({ url: '/api/v1/me', headers });

test('a gateway tells a service who is calling, and keeps the access token for itself', async () => {
  const users = await usersAlone();
  const patient = await aSignedInPatient(users);
  const seen: Record<string, unknown>[] = [];
  users.app.server.on('request', ({ headers }) => seen.push(headers));
  const gateway = await aGateway(users);
  const answer = await me(gateway, { authorization: `Bearer ${patient.accessToken}` });
  expect([answer.statusCode, answer.json().user.id]).toEqual([200, patient.userId]);
  expect(seen).toHaveLength(1);
  expect(seen[0]).not.toHaveProperty('authorization');
  expect(seen[0]?.[actorHeader]).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
});

test('what a caller claims to be is not handed on', async () => {
  const users = await usersAlone();
  const gateway = await aGateway(users);
  const { userId } = await aSignedInPatient(users);
  const { sign } = actorHeaders(users.deps.secrets);
  const actor = { userId, userType: 'admin', signInId: '00000000-0000-4000-8000-000000000000' } as const;
  const forged = await sign({ actor }, 'users', users.clock.now());
  // Even the right words, when they do not come from the gateway itself.
  expect((await me(gateway, { [actorHeader]: forged })).json().code).toBe('not_signed_in');
});

test('a service believes a header that a gateway signed for it, for a minute, and no other', async () => {
  const users = await usersAlone();
  const { userId, accessToken } = await aSignedInPatient(users);
  const actor = { userId, userType: 'patient', signInId: '00000000-0000-4000-8000-000000000000' } as const;
  const { sign } = actorHeaders(users.deps.secrets);
  const now = users.clock.now();
  const ask = async (header: string) => (await me(users, { [actorHeader]: header })).statusCode;

  const good = await sign({ actor }, 'users', now);
  expect(await ask(good)).toBe(200);
  expect(await ask(await sign({ actor }, 'appointments', now))).toBe(401);
  expect(await ask(JSON.stringify({ userId, userType: 'admin' }))).toBe(401);
  expect(await ask(String(userId))).toBe(401);
  expect(await ask(accessToken)).toBe(401);
  const [, body = ''] = good.split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'actor+jwt' })).toString('base64url');
  expect(await ask(`${none}.${body}.`)).toBe(401);
  const otherKey = await new SignJWT(JSON.parse(Buffer.from(body, 'base64url').toString()))
    .setProtectedHeader({ alg: 'HS256', typ: 'actor+jwt' })
    .sign(new Uint8Array(32));
  expect(await ask(otherKey)).toBe(401);
  users.clock.set(now.add({ seconds: 80 }).toString());
  expect(await ask(good)).toBe(401);
  // A Bearer token is checked in full wherever it is shown.
  expect((await me(users, { authorization: `Bearer ${accessToken}` })).statusCode).toBe(200);
});

test('a token that has ended is refused where one is needed, and stops nobody elsewhere', async () => {
  const users = await usersAlone();
  const gateway = await aGateway(users);
  const { accessToken } = await aSignedInPatient(users);
  gateway.clock.set('2026-11-02T11:00:00+06:00');
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await me(gateway, headers)).json().code).toBe('token_expired');
  expect((await gateway.inject({ url: '/api/v1/locations/divisions', headers })).statusCode).toBe(200);
});
