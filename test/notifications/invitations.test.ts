import { afterAll, beforeAll, expect, test } from 'vitest';
import { addUser, inviteUser, patchUser } from '../../src/contract/admin.ts';
import { confirmPasswordReset, login, requestPasswordReset } from '../../src/contract/auth.ts';
import {
  listMessages,
  listTemplates,
  previewTemplate,
  putTemplate,
  type LedgerMessage,
} from '../../src/contract/messages.ts';
import { getNotificationSettings, listNotifications } from '../../src/contract/notifications.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { addInvitation } from '../../src/notifications/planning/add-invitation.ts';
import type { TestApp } from '../harness/app.ts';
import { anAdmin, next, password, signedIn } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refusedFields } from '../harness/refusals.ts';
import { subjectOf, textOf } from './capture.ts';
import { allSent, startReachable, type Reachable } from './visits.ts';

let t: TestApp;
let mail: Reachable['mail'];
let sms: Reachable['sms'];
let close: Reachable['close'];
let admin: { accessToken: string };

beforeAll(async () => {
  ({ t, mail, sms, close } = await startReachable({
    PUBLIC_URL: 'https://shomoy.example',
    TRUSTED_PROXIES: '127.0.0.1',
    // It does not wait for the morning.
    QUIET_HOURS: '00:00-23:59',
  }));
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => close());

type Body = RouteInput<typeof addUser>['body'];
const newMobile = () => `+88018${String(next()).padStart(8, '0')}`;
const add = async (body: Partial<Body>) =>
  (await t.call(addUser, { body: { fullName: 'Jahanara Begum', userType: 'assistant', ...body } }, admin))
    .user;
const smsTo = (mobile: string) =>
  sms.calls
    .map(({ body }) => JSON.parse(body) as { to: string; text: string })
    .filter(({ to }) => to === mobile)
    .map(({ text }) => text);
const mailsTo = (email: string) => mail.mails.filter(({ to }) => to === email);
const ledgerOf = async (userId: number): Promise<LedgerMessage[]> =>
  (await t.call(listMessages, { query: { userId, kind: 'invitation' } }, admin)).items;

test.each([
  ['en', 'you have an account here', 'https://shomoy.example/en/password-reset'],
  ['bn', 'আপনার অ্যাকাউন্ট আছে', 'https://shomoy.example/password-reset'],
] as const)(
  'an assistant is told once, in %s, where to choose a password, and does',
  async (language, says, link) => {
    const mobile = newMobile();
    const { id } = await add({ mobile, language });
    await allSent(t);
    const texts = smsTo(mobile);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(says);
    expect(texts[0]?.endsWith(` ${link}`)).toBe(true);
    expect(await ledgerOf(id)).toMatchObject([
      { channel: 'sms', recipient: mobile, state: 'sent', language },
    ]);
    const { codeId } = await t.call(requestPasswordReset, { body: { login: mobile } });
    await allSent(t);
    const code = /[0-9]{6}/.exec(smsTo(mobile)[1] ?? '')?.[0] ?? '';
    await t.call(confirmPasswordReset, { body: { codeId, code, password } });
    const { user } = await t.call(login, { body: { login: mobile, password } });
    expect(user).toMatchObject({ id, userType: 'assistant' });
  },
);

test('an e-mail names its reader and the account, and nothing secret', async () => {
  const email = `jahanara${next()}@example.com`;
  await add({ email, userType: 'admin', language: 'en' });
  await allSent(t);
  const [sent, ...more] = mailsTo(email);
  expect(more).toEqual([]);
  if (!sent) throw new Error('no mail came');
  expect(subjectOf(sent)).toBe('Choose your password for Shomoy');
  expect(textOf(sent)).toContain('Jahanara Begum, you have an account at Shomoy.');
  expect(textOf(sent)).toContain('https://shomoy.example/en/password-reset');
  expect(textOf(sent)).not.toMatch(/[0-9]{6}/);
});

test('both addresses are told as long as either opens the account, then only the proven one', async () => {
  const [mobile, email] = [newMobile(), `two${next()}@example.com`];
  const { id } = await add({ mobile, email, language: 'en' });
  await allSent(t);
  expect([smsTo(mobile).length, mailsTo(email).length]).toEqual([1, 1]);
  await t.db
    .updateTable('users')
    .set({ mobile_verified_at: t.clock.now().toString() })
    .where('id', '=', id)
    .execute();
  t.clock.set(t.clock.now().add({ minutes: 1 }).toString());
  await t.call(inviteUser, { params: { id } }, admin);
  await allSent(t);
  expect([smsTo(mobile).length, mailsTo(email).length]).toEqual([2, 1]);
});

test('a repeated event tells nobody twice', async () => {
  const mobile = newMobile();
  const { id } = await add({ mobile });
  await allSent(t);
  const { invitation_id } = await t.db
    .selectFrom('messages')
    .select('invitation_id')
    .where('user_id', '=', id)
    .executeTakeFirstOrThrow();
  await t.db.transaction().execute((tx) => addInvitation(tx, invitation_id ?? 0));
  await allSent(t);
  expect(smsTo(mobile)).toHaveLength(1);
});

test('whoever has been suspended before it left is told nothing', async () => {
  const { id } = await add({ mobile: newMobile() });
  await t.call(patchUser, { params: { id }, body: { status: 'suspended' } }, admin);
  await allSent(t);
  for (const { state } of await ledgerOf(id)) expect(['cancelled', 'sent']).toContain(state);
  // By now nothing of it is under way, so what is written next is not seen by a delivery that began before.
  await t.db
    .updateTable('messages')
    .set({ state: 'pending', finished_at: null, handed_at: null })
    .where('user_id', '=', id)
    .execute();
  const before = sms.calls.length;
  await allSent(t);
  expect(await ledgerOf(id)).toMatchObject([{ state: 'cancelled', answer: 'it is no longer true' }]);
  expect(sms.calls).toHaveLength(before);
});

test('its wording can be changed, keeps its link, and is no note in the app and nobody’s choice', async () => {
  const { items } = await t.call(listTemplates, { query: { kind: 'invitation' } }, admin);
  expect(items.map(({ channel, language }) => `${channel} ${language}`).toSorted()).toEqual([
    'email bn',
    'email en',
    'sms bn',
    'sms en',
  ]);
  const wording = { kind: 'invitation', channel: 'sms', language: 'en' } as const;
  const put = (text: string) => t.call(putTemplate, { params: wording, body: { title: null, text } }, admin);
  expect(await refusedFields(put('{sender}: come in'))).toEqual(['text']);
  expect(await refusedFields(put('{sender}: {code} {link}'))).toEqual(['text']);
  const preview = { ...wording, title: null, text: '{sender}: {name}, choose: {link}' };
  const { text } = await t.call(previewTemplate, { body: preview }, admin);
  expect(text).toBe('Shomoy: Jahanara Begum, choose: https://shomoy.example/en/password-reset');
  const { choices } = await t.call(getNotificationSettings, {}, admin);
  expect(choices.some((choice) => (choice.kind as string) === 'invitation')).toBe(false);
  const mobile = newMobile();
  const { id } = await add({ mobile });
  await jobsDone(t);
  const own = { accessToken: await signedIn(t, { userId: id }) };
  expect((await t.call(listNotifications, { query: {} }, own)).items).toEqual([]);
});
