import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { SmsGateway } from '../../src/config.ts';
import { lookUpSms, sendSms } from '../../src/platform/sms.ts';
import { isPublic, postWebhook } from '../../src/platform/webhooks.ts';
import { anHttpServer } from '../notifications/capture.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const gateway = (url: string, more: Partial<SmsGateway> = {}): SmsGateway => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"to":"{to}","text":"{text}","key":"{key}"}',
  success: 'any',
  retryOn: [429, 503],
  keyed: false,
  lookupUrl: undefined,
  ...more,
});
const sms = { to: '+8801711111111', text: 'একটি "কথা"\nও {key}', key: 'k-1' };

async function answering(status: number, body = '') {
  const server = await anHttpServer((_, response) => void response.writeHead(status).end(body));
  closing.push(server.close);
  return server;
}

test('values are escaped as the content asks, and a value is not read as a placeholder', async () => {
  const server = await answering(200);
  await sendSms(gateway(server.url), sms);
  expect(JSON.parse(server.calls[0]?.body ?? '')).toEqual({ to: sms.to, text: sms.text, key: 'k-1' });
  const form = {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'to={to}&text={text}',
  };
  await sendSms(gateway(server.url, form), sms);
  expect(Object.fromEntries(new URLSearchParams(server.calls[1]?.body))).toEqual({
    to: sms.to,
    text: sms.text,
  });
  await sendSms(gateway(`${server.url}/s?to={to}&text={text}`, { method: 'GET' }), sms);
  const asked = new URL(server.calls[2]?.path ?? '', server.url).searchParams;
  expect([server.calls[2]?.method, asked.get('to'), asked.get('text')]).toEqual(['GET', sms.to, sms.text]);
});

test.each([
  [200, 'anything', 'any', 'taken'],
  [200, '{"response_code":202}', 'json:response_code=202', 'taken'],
  [200, '{"a":{"b":"SENT"}}', 'json:a.b=OK|SENT', 'taken'],
  [200, '{"response_code":1007}', 'json:response_code=202', 'refused'],
  [200, 'no json', 'json:response_code=202', 'refused'],
  [200, 'SMS SUBMITTED', 'text:SUBMITTED', 'taken'],
  [200, 'INVALID NUMBER', 'text:SUBMITTED', 'refused'],
  [302, '', 'any', 'refused'],
  [400, 'bad', 'any', 'refused'],
  [429, '', 'any', 'not_taken'],
  [503, '', 'any', 'not_taken'],
  [500, '', 'any', 'uncertain'],
  [504, '', 'any', 'uncertain'],
] as const)('status %i with %j by the rule %s is %s', async (status, body, success, state) => {
  const server = await answering(status, body);
  expect(await sendSms(gateway(server.url, { success }), sms)).toMatchObject({ state });
});

test('nobody there is surely not taken; a line that breaks after the request is uncertain', async () => {
  const gone = await answering(200);
  await gone.close();
  closing.splice(0);
  expect(await sendSms(gateway(gone.url), sms)).toMatchObject({ state: 'not_taken' });
  const dropping = await anHttpServer((_, response) => void response.destroy());
  closing.push(dropping.close);
  expect(await sendSms(gateway(dropping.url), sms)).toMatchObject({ state: 'uncertain' });
  expect(dropping.calls).toHaveLength(1);
});

test('a gateway that can be asked says what it took', async () => {
  const asked = async (status: number, body: string) => {
    const { url, calls } = await answering(status, body);
    const found = await lookUpSms(
      gateway(url, { success: 'text:SENT', lookupUrl: `${url}/sent?key={key}` }),
      'k 1',
    );
    expect(calls[0]?.path).toBe('/sent?key=k%201');
    return found.state;
  };
  expect(await asked(200, 'SENT')).toBe('taken');
  expect(await asked(404, '')).toBe('not_taken');
  expect(await asked(200, 'QUEUED')).toBe('uncertain');
  expect(await asked(500, 'SENT')).toBe('uncertain');
});

test.each([
  ['8.8.8.8', true],
  ['103.4.145.245', true],
  ['2606:4700::1111', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.31.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['localhost', false],
] as const)('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

const hook = { secret: Buffer.from('secret'), id: 'm-1', timestamp: 1_700_000_000, body: '{}' };

test('a webhook reaches no private address, by number, by name or by redirect', async () => {
  const server = await anHttpServer(
    (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
  );
  closing.push(server.close);
  const { port } = new URL(server.url);
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433'])
    expect(await postWebhook({ ...hook, url: `http://${host}:${port}/`, anywhere: false })).toMatchObject({
      state: 'refused',
    });
  expect(server.calls).toHaveLength(0);
  // Where private ones are allowed, a redirect is an answer like any other, not a way on.
  expect(await postWebhook({ ...hook, url: server.url, anywhere: true })).toMatchObject({
    state: 'not_taken',
  });
  expect(server.calls.map(({ path }) => path)).toEqual(['/']);
});

test('an answer that never ends is read to its limit', async () => {
  const endless = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const pour = () => {
      while (socket.writable && socket.write('x'.repeat(16_384)));
    };
    socket.on('drain', pour);
    pour();
  });
  endless.listen(0, '127.0.0.1');
  await once(endless, 'listening');
  closing.push(() => new Promise((done) => endless.close(done)));
  const address = endless.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const sent = await postWebhook({ ...hook, url: `http://127.0.0.1:${port}/`, anywhere: true });
  expect(sent).toMatchObject({ state: 'taken' });
});
