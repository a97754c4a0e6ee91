import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { findMissedNotifications } from '../../src/contract/inner.ts';
import { gatewayWords } from '../../src/platform/gateway-words.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aSignedInPatient } from '../harness/builders.ts';
import { startNow } from '../notifications/visits.ts';
import { aNote, listen } from './stream-client.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const { path } = findMissedNotifications;

async function started(app: Promise<TestApp>): Promise<TestApp> {
  const t = await app;
  closing.push(() => t.close());
  return t;
}

const appointmentsAlone = () => started(startNow({ SERVICES: 'appointments' }));

const ask = (t: TestApp, payload: object, url = path) => t.inject({ method: 'POST', url, payload });

test('nobody outside finds what services ask each other, not even with the right words', async () => {
  const t = await started(startNow());
  const asked = { readers: [{ userId: 1, after: 0 }] };
  const { sign } = gatewayWords(t.deps.secrets, 'innerCall');
  const signed = await sign({ path, asked }, 'appointments', t.clock.now());
  const nowhere = await ask(t, {}, '/inner/nowhere');
  expect(nowhere.statusCode).toBeGreaterThanOrEqual(400);
  for (const body of [asked, { signed }]) expect((await ask(t, body)).statusCode).toBe(nowhere.statusCode);
});

test('a service answers what a gateway has signed for it, for a minute, and nothing else', async () => {
  const t = await appointmentsAlone();
  const { userId, accessToken } = await aSignedInPatient(t);
  const note = await aNote(t, userId);
  const { sign } = gatewayWords(t.deps.secrets, 'innerCall');
  const now = t.clock.now();
  const said = { path, asked: { readers: [{ userId, after: 0 }] } };
  const signed = await sign(said, 'appointments', now);
  const answer = await ask(t, { signed });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject([{ lastId: note, unread: 1, missed: [{ id: note }] }]);

  const actor = await gatewayWords(t.deps.secrets, 'actor').sign(said, 'appointments', now);
  const [head, , signature] = signed.split('.');
  const others = Buffer.from(JSON.stringify({ ...said, aud: 'appointments' })).toString('base64url');
  const refused = [
    {},
    said,
    said.asked,
    { signed: accessToken },
    { signed: actor },
    { signed: await sign(said, 'users', now) },
    { signed: await sign({ ...said, path: '/inner/other' }, 'appointments', now) },
    { signed: `${head}.${others}.${signature}` },
  ];
  for (const body of refused) {
    const refusal = await ask(t, body);
    expect([refusal.statusCode, refusal.json().code]).toEqual([404, 'not_found']);
  }
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await t.inject({ method: 'POST', url: path, payload: said, headers })).statusCode).toBe(404);
  t.clock.set(now.add({ seconds: 80 }).toString());
  expect((await ask(t, { signed })).statusCode).toBe(404);
});

test('while the service is away its readers’ lines stay, and what they missed comes when it is back', async () => {
  const service = await appointmentsAlone();
  const url = await service.app.listen({ port: 0, host: '127.0.0.1' });
  let away = false;
  const between = createServer((request, response) => {
    if (away) response.writeHead(503).end();
    else void relay(url, request).then(({ status, text }) => response.writeHead(status).end(text));
  });
  await new Promise<void>((done) => between.listen(0, '127.0.0.1', done));
  closing.push(() => new Promise((done) => between.close(done)));
  const address = between.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const gateway = await started(
    startApp({
      SERVICES: 'gateway',
      USERS_URL: url,
      APPOINTMENTS_URL: `http://127.0.0.1:${address.port}`,
      DATABASE_URL: service.deps.config.databaseUrl ?? '',
    }),
  );
  gateway.clock.set(service.clock.now().toString());
  const reader = await aSignedInPatient(service);
  const client = await listen(gateway, reader);
  away = true;
  const notes = [await aNote(service, reader.userId), await aNote(service, reader.userId)];
  await expect.poll(() => gateway.logs.join('')).toContain('trying again');
  expect(client.heard).toHaveLength(1);
  away = false;
  await expect
    .poll(() => client.heard.flatMap((each) => (each.type === 'notification' ? [each.notification.id] : [])))
    .toEqual(notes);
  await client.leave();
});

async function relay(
  url: string,
  request: AsyncIterable<Buffer> & { url?: string | undefined },
): Promise<{ status: number; text: string }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const answer = await fetch(new URL(request.url ?? '', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.concat(parts),
  });
  return { status: answer.status, text: await answer.text() };
}
