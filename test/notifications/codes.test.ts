import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGuest, confirmGuest } from '../../src/contract/guests.ts';
import { listMessages, resolveMessage } from '../../src/contract/messages.ts';
import { patchSettings } from '../../src/contract/settings.ts';
import type { TestApp } from '../harness/app.ts';
import { anAdmin, signedIn } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';
import { subjectOf, textOf } from './capture.ts';
import { allSent, startReachable, type Reachable } from './visits.ts';

let t: TestApp;
let mail: Reachable['mail'];
let sms: Reachable['sms'];
let close: Reachable['close'];
let status = 200;
let drop = false;

beforeAll(async () => {
  const answerSms: Parameters<typeof startReachable>[1] = {
    answerSms: (_, response) => {
      if (drop) response.destroy();
      else response.writeHead(status).end('OK');
    },
  };
  // Codes never wait for the morning.
  ({ t, mail, sms, close } = await startReachable({ QUIET_HOURS: '00:00-23:59' }, answerSms));
});
afterAll(() => close());

const lastSms = () => JSON.parse(sms.calls.at(-1)?.body ?? '{}') as { to: string; text: string };
const sealedOf = async (codeId: string) =>
  (
    await t.db
      .selectFrom('verification_codes')
      .select('sealed')
      .where('id', '=', codeId)
      .executeTakeFirstOrThrow()
  ).sealed;
const ledger = async () => {
  const accessToken = await signedIn(t, await anAdmin(t));
  return { accessToken, items: (await t.call(listMessages, { query: {} }, { accessToken })).items };
};

test('a guest’s code comes by SMS in their language, once, and is then kept nowhere', async () => {
  const { codeId } = await t.call(createGuest, {
    body: { fullName: 'Karim Mia', mobile: '01711000001', language: 'bn' },
  });
  await allSent(t);
  expect(sms.calls).toHaveLength(1);
  expect(lastSms()).toMatchObject({ to: '+8801711000001' });
  const code = /কোড ([0-9]{6})/.exec(lastSms().text)?.[1] ?? '';
  expect(await sealedOf(codeId)).toBeNull();
  const { items } = await ledger();
  expect(items[0]).toMatchObject({
    kind: 'guest',
    channel: 'sms',
    state: 'sent',
    recipient: '+8801711000001',
  });
  expect(JSON.stringify(items)).not.toContain(code);
  expect(t.logs.join()).not.toContain(code);
  const { guestToken } = await t.call(confirmGuest, { params: { codeId }, body: { code } });
  expect(guestToken).toEqual(expect.any(String));
});

test('messages begin with the organisation’s name once it has one', async () => {
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  await t.call(
    patchSettings,
    { body: { name: 'Padma Clinic', nameBn: 'পদ্মা ক্লিনিক', expectedVersion: 1 } },
    admin,
  );
  const textIn = async (mobile: string, language?: 'bn' | 'en') => {
    await t.call(createGuest, { body: { fullName: 'Karim Mia', mobile, ...(language ? { language } : {}) } });
    await allSent(t);
    return lastSms().text;
  };
  expect(await textIn('01711000081', 'en')).toContain('Padma Clinic');
  expect(await textIn('01711000082')).toContain('পদ্মা ক্লিনিক');
  await t.call(
    patchSettings,
    { body: { name: null, nameBn: null, language: 'en', expectedVersion: 2 } },
    admin,
  );
  // Nobody said a language: the organisation's holds.
  expect(await textIn('01711000083')).toMatch(/Shomoy.*code/);
  await t.call(patchSettings, { body: { language: 'bn', expectedVersion: 3 } }, admin);
});

test('a code by e-mail has neither code nor name in its subject', async () => {
  await t.call(createGuest, { body: { fullName: 'Karim Mia', email: 'karim@example.com', language: 'en' } });
  await allSent(t);
  const [got] = mail.mails;
  if (!got) throw new Error('no mail came');
  expect(subjectOf(got)).toBe('Your code for Shomoy');
  expect(textOf(got)).toMatch(/\n[0-9]{6}\n/);
});

test('a gateway that says later gets it again within seconds; one that refuses does not', async () => {
  const before = sms.calls.length;
  status = 503;
  await t.call(createGuest, { body: { fullName: 'Karim Mia', mobile: '01711000002' } });
  await expect.poll(() => sms.calls.length, { timeout: 15_000 }).toBe(before + 1);
  status = 200;
  await expect.poll(() => sms.calls.length, { timeout: 15_000 }).toBe(before + 2);
  await allSent(t);
  expect((await ledger()).items[0]).toMatchObject({ state: 'sent', tries: 2 });

  status = 400;
  const { codeId } = await t.call(createGuest, { body: { fullName: 'Karim Mia', mobile: '01711000003' } });
  await expect
    .poll(async () => (await ledger()).items[0], { timeout: 15_000 })
    .toMatchObject({ recipient: '+8801711000003', state: 'failed', answer: '400 OK', tries: 1 });
  // It never left, so an administrator may have it sent after all.
  expect(await sealedOf(codeId)).not.toBeNull();
  status = 200;
  const { items, accessToken } = await ledger();
  const { id = 0 } = items[0] ?? {};
  await t.call(resolveMessage, { params: { id }, body: { decision: 'send_again' } }, { accessToken });
  await allSent(t);
  expect((await ledger()).items[0]).toMatchObject({ id, state: 'sent' });
});

test('a code whose fate is unknown is sent to nobody again', async () => {
  drop = true;
  const { codeId } = await t.call(createGuest, { body: { fullName: 'Karim Mia', mobile: '01711000004' } });
  await expect
    .poll(async () => (await ledger()).items[0], { timeout: 15_000 })
    .toMatchObject({ recipient: '+8801711000004', state: 'unknown' });
  drop = false;
  expect(await sealedOf(codeId)).toBeNull();
  const { items, accessToken } = await ledger();
  const params = { id: items[0]?.id ?? 0 };
  await refused(
    t.call(resolveMessage, { params, body: { decision: 'send_again' } }, { accessToken }),
    'changed_meanwhile',
  );
  const { message } = await t.call(resolveMessage, { params, body: { decision: 'sent' } }, { accessToken });
  expect(message).toMatchObject({ state: 'sent', resolvedBy: { id: expect.any(Number) } });
  await refused(
    t.call(resolveMessage, { params, body: { decision: 'sent' } }, { accessToken }),
    'changed_meanwhile',
  );
});
