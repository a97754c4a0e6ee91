import { afterAll, beforeAll, expect, test } from 'vitest';
import { listMessages, resolveMessage } from '../../src/contract/messages.ts';
import type { TestApp } from '../harness/app.ts';
import { anAdmin, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';
import { aMailServer } from './capture.ts';
import { allSent, aVisit, ledgerOf, startNow, timePasses } from './visits.ts';

let t: TestApp;
let mail: Awaited<ReturnType<typeof aMailServer>>;
let admin: { accessToken: string };
let drop = false;

beforeAll(async () => {
  mail = await aMailServer({
    answer: (recipient) =>
      recipient.startsWith('gone')
        ? Object.assign(new Error('no such mailbox'), { responseCode: 550 })
        : recipient.startsWith('full')
          ? Object.assign(new Error('mailbox full'), { responseCode: 452 })
          : null,
    drop: () => drop,
  });
  t = await startNow({ SMTP_URL: mail.url, MAIL_FROM: 'Shomoy <desk@shomoy.example>' });
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(async () => {
  await t.close();
  await mail.close();
});

const mailOf = async (appointmentId: number) =>
  (await ledgerOf(t, appointmentId, { kind: 'booked', channel: 'email' }))[0];
const mailsTo = (address: string) => mail.mails.filter(({ to }) => to === address).length;

test('a mail whose answer is lost becomes unknown; a person says that it arrived, or has it sent again', async () => {
  drop = true;
  const { appointment } = await aVisit(t, { email: 'lost@example.com' });
  await allSent(t);
  const row = await mailOf(appointment.id);
  expect(row).toMatchObject({ state: 'unknown', provider: 'smtp', tries: 1 });
  // Nothing ever sends it by itself.
  await timePasses(t, '1 day');
  await allSent(t);
  expect(mailsTo('lost@example.com')).toBe(1);
  const uncertain = await t.call(listMessages, { query: { state: 'unknown' } }, admin);
  expect(uncertain.items.map(({ id }) => id)).toEqual([row?.id]);

  drop = false;
  const params = { id: row?.id ?? 0 };
  await t.call(resolveMessage, { params, body: { decision: 'send_again' } }, admin);
  await allSent(t);
  expect(mailsTo('lost@example.com')).toBe(2);
  expect(await mailOf(appointment.id)).toMatchObject({
    state: 'sent',
    resolvedBy: { id: expect.any(Number) },
  });
  await refused(t.call(resolveMessage, { params, body: { decision: 'sent' } }, admin), 'changed_meanwhile');
  await refused(
    t.call(resolveMessage, { params, body: { decision: 'give_up' } }, admin),
    'changed_meanwhile',
  );
  await refused(
    t.call(resolveMessage, { params: { id: 2_000_000_000 }, body: { decision: 'sent' } }, admin),
    'not_found',
  );
  const { accessToken } = await aSignedInPatient(t);
  await refused(
    t.call(resolveMessage, { params, body: { decision: 'sent' } }, { accessToken }),
    'not_allowed',
  );
});

test('a person gives a message up: it counts as failed, and nothing sends it', async () => {
  drop = true;
  const { appointment } = await aVisit(t, { email: 'given-up@example.com' });
  await allSent(t);
  drop = false;
  const params = { id: (await mailOf(appointment.id))?.id ?? 0 };
  const { message } = await t.call(resolveMessage, { params, body: { decision: 'give_up' } }, admin);
  expect(message).toMatchObject({ state: 'failed', resolvedBy: { id: expect.any(Number) } });
  await timePasses(t, '1 hour');
  await allSent(t);
  expect(mailsTo('given-up@example.com')).toBe(1);
  expect((await t.call(listMessages, { query: { state: 'unknown' } }, admin)).items).toEqual([]);
});

test('an address that is refused fails, a full mailbox is tried again, and both keep nobody waiting', async () => {
  const gone = await aVisit(t, { email: 'gone@example.com' });
  const full = await aVisit(t, { email: 'full@example.com' });
  const fine = await aVisit(t, { email: 'fine@example.com' });
  await allSent(t);
  expect(await mailOf(fine.appointment.id)).toMatchObject({ state: 'sent', tries: 1 });
  expect(await mailOf(gone.appointment.id)).toMatchObject({
    state: 'failed',
    tries: 1,
    answer: expect.stringContaining('550'),
  });
  expect(await mailOf(full.appointment.id)).toMatchObject({
    state: 'pending',
    tries: 1,
    answer: expect.stringContaining('452'),
  });
  // It stays so until enough was tried.
  for (let tries = 2; tries <= 10; tries++) {
    await t.deps.pool.query(`update messages set try_at = now() where state = 'pending' and tries > 0`);
    await allSent(t);
  }
  expect(await mailOf(full.appointment.id)).toMatchObject({ state: 'failed', tries: 10 });
});

test('a way that is not configured is said in the ledger', async () => {
  const { appointment } = await aVisit(t);
  await allSent(t);
  expect(await ledgerOf(t, appointment.id, { kind: 'booked', channel: 'sms' })).toMatchObject([
    { state: 'suppressed', answer: 'no way to send it is configured' },
  ]);
});

test('a message that can never be written fails after bounded tries and keeps nobody waiting', async () => {
  await t.db
    .insertInto('message_templates')
    .values({
      kind: 'approved',
      channel: 'email',
      language: 'en',
      title: 'x',
      text: '{nonsense}',
      updated_at: t.clock.now().toString(),
    })
    .execute();
  const { appointment } = await aVisit(t);
  const { rows } = await t.deps.pool.query<{ id: number }>(
    `insert into messages (appointment_id, kind, channel, recipient, language, state, due_at, try_at, stale_at)
     values ($1, 'approved', 'email', 'poison@example.com', 'en', 'pending', now(), now(), now() + interval '2 days')
     returning id`,
    [appointment.id],
  );
  const poison = rows[0]?.id;
  for (let tries = 1; tries <= 10; tries++) {
    await t.deps.pool.query(`update messages set try_at = now() where id = $1 and state = 'pending'`, [
      poison,
    ]);
    await allSent(t);
  }
  expect(await ledgerOf(t, appointment.id, { kind: 'approved' })).toMatchObject([
    { state: 'failed', tries: 10, answer: 'it could not be written' },
  ]);
  expect(await mailOf(appointment.id)).toMatchObject({ state: 'sent' });
});

test('the ledger is searched by what is asked about, a page at a time', async () => {
  const { appointment, patient } = await aVisit(t, { email: 'findme@example.com' });
  await allSent(t);
  const search = (query: object) => t.call(listMessages, { query }, admin);
  const byAddress = await search({ recipient: 'FindMe@' });
  expect(new Set(byAddress.items.map(({ appointmentId }) => appointmentId))).toEqual(
    new Set([appointment.id]),
  );
  expect(byAddress.items.every(({ channel }) => channel === 'email')).toBe(true);
  const byUser = await search({ userId: patient.userId, kind: 'reminder' });
  expect(byUser.items).toHaveLength(6);
  const first = await search({ userId: patient.userId, limit: 4 });
  const second = await search({ userId: patient.userId, limit: 100, cursor: first.nextCursor ?? '' });
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  expect(new Set(ids).size).toBe(9);
  const soon = await search({ userId: patient.userId, to: t.clock.now().add({ hours: 1 }).toString() });
  expect(soon.items.every(({ kind }) => kind === 'booked')).toBe(true);
});
