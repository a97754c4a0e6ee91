import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelAppointment } from '../../src/contract/appointments.ts';
import { addWebhook, endWebhook, listWebhooks } from '../../src/contract/messages.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { anAdmin, signedIn } from '../harness/builders.ts';
import { refusedFields } from '../harness/refusals.ts';
import { anHttpServer } from './capture.ts';
import { allSent, aVisit, ledgerOf, startNow, timePasses } from './visits.ts';

let t: TestApp;
let receiver: Awaited<ReturnType<typeof anHttpServer>>;
let admin: { accessToken: string };
let answer = 200;

beforeAll(async () => {
  receiver = await anHttpServer((_, response) => {
    if (answer === 0) response.destroy();
    else response.writeHead(answer).end();
  });
  t = await startNow({ WEBHOOK_TARGETS: 'any', MAILBOX: 'on' });
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(async () => {
  await t.close();
  await receiver.close();
});

test('an event is posted once, signed, without a name or a number; a lost answer is made up for under the same id', async () => {
  const { webhook, secret } = await t.call(
    addWebhook,
    {
      body: {
        url: `${receiver.url}/hook`,
        events: ['appointment.booked', 'appointment.cancelled', 'appointment.booked'],
      },
    },
    admin,
  );
  expect(webhook.events).toEqual(['appointment.booked', 'appointment.cancelled']);
  expect(JSON.stringify(await t.call(listWebhooks, {}, admin))).not.toContain(secret);
  const { appointment, patient } = await aVisit(t);
  await allSent(t);
  const [call] = receiver.calls;
  if (!call) throw new Error('nothing was posted');
  const body = JSON.parse(call.body) as { type: string; data: object };
  expect(body).toMatchObject({
    type: 'appointment.booked',
    timestamp: expect.any(String),
    data: {
      appointmentId: appointment.id,
      version: 1,
      status: 'confirmed',
      period: appointment.period,
      serial: null,
    },
  });
  for (const personal of [patient.mobile, 'Rahim', 'Salma', 'example.com'])
    expect(call.body).not.toContain(personal);
  const { 'webhook-id': id, 'webhook-timestamp': timestamp } = call.headers;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${call.body}`)
    .digest('base64');
  expect(call.headers['webhook-signature']).toBe(`v1,${expected}`);

  answer = 0;
  await t.call(
    cancelAppointment,
    { params: { id: appointment.id }, body: {} },
    { accessToken: patient.accessToken },
  );
  await expect.poll(() => receiver.calls.length).toBe(2);
  answer = 200;
  await expect
    .poll(async () => (await ledgerOf(t, appointment.id, { channel: 'webhook' })).at(-1)?.state)
    .toBe('pending');
  await timePasses(t, '30 seconds');
  await expect.poll(() => receiver.calls.length).toBe(3);
  await allSent(t);
  const [, lost, again] = receiver.calls;
  expect(again?.headers['webhook-id']).toBe(lost?.headers['webhook-id']);
  expect(again?.body).toBe(lost?.body);
  expect((await ledgerOf(t, appointment.id, { channel: 'webhook' })).at(-1)).toMatchObject({
    state: 'sent',
    tries: 2,
  });

  await t.call(endWebhook, { params: { id: webhook.id } }, admin);
  await aVisit(t);
  await allSent(t);
  expect(receiver.calls).toHaveLength(3);
  expect((await t.call(listWebhooks, {}, admin)).items).toEqual([]);
});

test('only https, and no name or password in the address', async () => {
  const strict = await startApp();
  const by = { accessToken: await signedIn(strict, await anAdmin(strict)) };
  const add = (url: string) => strict.call(addWebhook, { body: { url, events: ['appointment.booked'] } }, by);
  for (const url of ['http://a.example/', 'ftp://a.example/', 'https://user:pass@a.example/', 'a.example'])
    expect(await refusedFields(add(url)), url).toEqual(['url']);
  expect((await add('https://a.example/hook')).secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await strict.close();
});
