import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cancelAppointment } from '../../src/contract/appointments.ts';
import { patchUser } from '../../src/contract/admin.ts';
import { endSignIn, listSignIns } from '../../src/contract/me.ts';
import { listNotifications, readNotifications } from '../../src/contract/notifications.ts';
import type { TestApp } from '../harness/app.ts';
import { anAdmin, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { allSent, aVisit, startNow } from '../notifications/visits.ts';
import {
  addressOf,
  aNote,
  aPlannedNote,
  connect,
  listen,
  putIntoApp,
  refusedHandshake,
  type Heard,
} from './stream-client.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startNow({ MAILBOX: 'on', MAX_STREAMS_PER_USER: '3' });
});
afterAll(() => t.close());

const idsOf = (heard: readonly Heard[]) =>
  heard.flatMap((each) => (each.type === 'notification' ? [each.notification.id] : []));

test('what happens to an appointment comes at once, in the shape of the list, and so does the unread count', async () => {
  const { patient, appointment } = await aVisit(t);
  await allSent(t);
  const by = { accessToken: patient.accessToken };
  const program = await connect(t, { authorization: `Bearer ${patient.accessToken}` });
  program.say({ type: 'hello' });
  const [ready] = await program.hears(1);
  const before = await t.call(listNotifications, {}, by);
  expect(ready).toEqual({
    type: 'ready',
    lastId: before.items[0]?.id,
    unread: before.unread,
    complete: true,
  });

  await t.call(cancelAppointment, { params: { id: appointment.id }, body: {} }, by);
  await allSent(t);
  const [, told] = await program.hears(2);
  const after = await t.call(listNotifications, {}, by);
  expect(told).toEqual({ type: 'notification', notification: after.items[0], unread: before.unread + 1 });

  const window = await listen(t, by);
  await t.call(readNotifications, { body: { upTo: after.items[0]?.id ?? 0 } }, by);
  for (const client of [program, window]) {
    // Nothing but what was told brings it: there is no later look.
    await expect.poll(() => client.heard.at(-1)).toEqual({ type: 'unread', unread: 0 });
    await client.leave();
  }
});

test('whoever comes back gets what they missed, in order and once, reminders that were planned long before among it', async () => {
  const { userId, accessToken } = await aSignedInPatient(t);
  const reminder = await aPlannedNote(t, userId);
  const seen = await aNote(t, userId);
  const [late = 0] = await putIntoApp(t, userId, [reminder]);
  expect(late).toBeGreaterThan(seen);
  const second = await aNote(t, userId);
  const back = await listen(t, { accessToken, after: seen });
  expect(idsOf(back.heard)).toEqual([late, second]);
  expect(back.heard.at(-1)).toEqual({ type: 'ready', lastId: second, unread: 3, complete: true });
  const live = await aNote(t, userId);
  await expect.poll(() => idsOf(back.heard)).toEqual([late, second, live]);
  // Told again without anything new, nothing comes again.
  await t.app.live.tell(`user:${userId}`);
  const next = await aNote(t, userId);
  await expect.poll(() => idsOf(back.heard)).toEqual([late, second, live, next]);
  await back.leave();
});

test('of one reader the second of two at the same time waits, so that no number comes after a later one', async () => {
  const { userId, accessToken } = await aSignedInPatient(t);
  const [one, two] = [await aPlannedNote(t, userId), await aPlannedNote(t, userId)];
  const slow = await t.deps.pool.connect();
  const add = `insert into notifications (message_id, user_id, kind, title, text) values ($1, $2, 'reminder', 'A', 'B')`;
  await slow.query('begin');
  await slow.query(add, [one, userId]);
  const fast = await t.deps.pool.connect();
  await fast.query(`set lock_timeout = '200ms'`);
  await expect(fast.query(add, [two, userId])).rejects.toThrow('lock timeout');
  await slow.query('commit');
  await fast.query(add, [two, userId]);
  for (const client of [slow, fast]) client.release(true);
  const { items } = await t.call(listNotifications, {}, { accessToken });
  const { rows } = await t.deps.pool.query(
    'select message_id from notifications where user_id = $1 order by id desc',
    [userId],
  );
  expect(rows.map((row) => row.message_id)).toEqual([two, one]);
  expect(items).toHaveLength(2);
});

test('who missed more than a hundred is told to read the list', async () => {
  const { userId, accessToken } = await aSignedInPatient(t);
  const planned: number[] = [];
  for (let i = 0; i < 101; i++) planned.push(await aPlannedNote(t, userId));
  const ids = await putIntoApp(t, userId, planned);
  const back = await listen(t, { accessToken, after: 0 });
  expect(back.heard).toEqual([{ type: 'ready', lastId: ids.at(-1), unread: 101, complete: false }]);
  const next = await aNote(t, userId);
  await expect.poll(() => idsOf(back.heard)).toEqual([next]);
  await back.leave();
});

test('only who may read over HTTP may connect, and only from this site’s own pages', async () => {
  const { accessToken } = await aSignedInPatient(t);
  const origin = `http://${await addressOf(t)}`;
  const page = await connect(t, { origin });
  page.say({ type: 'hello', accessToken });
  expect((await page.hears(1))[0]?.type).toBe('ready');
  await page.leave();
  for (const foreign of ['https://evil.example', 'null', `${origin}.evil.example`]) {
    const refusal = await refusedHandshake(t, { origin: foreign });
    expect([refusal.status, refusal.body.code]).toEqual([403, 'not_allowed']);
  }
  const forged = await refusedHandshake(t, { authorization: 'Bearer a.b.c' });
  expect([forged.status, forged.body.code]).toEqual([401, 'token_expired']);
  expect((await t.inject('/api/v1/notifications/stream')).statusCode).toBe(400);
  expect((await refusedHandshake(t, { 'sec-websocket-version': '7' })).status).toBe(400);

  const [nobody, guesser] = [await connect(t), await connect(t)];
  nobody.say({ type: 'hello' });
  await nobody.endsWith('token_expired');
  guesser.say({ type: 'hello', accessToken: 'a.b.c' });
  await guesser.endsWith('token_expired');
});

test('nobody hears of another', async () => {
  const [one, other] = [await aSignedInPatient(t), await aSignedInPatient(t)];
  const ours = await listen(t, one);
  const theirs = await listen(t, other);
  await aNote(t, one.userId);
  await expect.poll(() => idsOf(ours.heard)).toHaveLength(1);
  await aNote(t, other.userId);
  await expect.poll(() => idsOf(theirs.heard)).toHaveLength(1);
  expect(idsOf(ours.heard)).toHaveLength(1);
  for (const client of [ours, theirs]) await client.leave();
});

test('of many who are told at once each hears their own, and whoever may not read any more hears nothing', async () => {
  const readers = [];
  for (let i = 0; i < 25; i++) readers.push(await aSignedInPatient(t));
  const clients = [];
  for (const reader of readers) clients.push(await listen(t, reader));
  const { pool } = t.deps;
  const planned = [];
  for (const { userId } of readers) planned.push(await aPlannedNote(t, userId));
  const { rows } = await pool.query<{ id: number; user_id: number }>(
    `insert into notifications (message_id, user_id, kind, title, text)
     select id, user_id, 'reminder', 'For ' || user_id, 'Text' from messages where id = any ($1::bigint[])
     returning id, user_id`,
    [planned],
  );
  // By hand and at the last moment: neither the look every few seconds nor what is remembered would know.
  await pool.query(`update users set status = 'suspended' where id = $1`, [readers[3]?.userId]);
  await pool.query(`update sign_ins set ended_at = now(), ended_because = 'sign_out' where user_id = $1`, [
    readers[7]?.userId,
  ]);
  await Promise.all(readers.map(({ userId }) => t.app.live.tell(`user:${userId}`)));
  const idOf = new Map(rows.map(({ id, user_id }) => [user_id, id]));
  for (const [index, client] of clients.entries()) {
    const { userId = 0 } = readers[index] ?? {};
    if (index === 3 || index === 7) {
      await client.endsWith(index === 3 ? 'account_inactive' : 'token_expired');
      expect(idsOf(client.heard)).toEqual([]);
    } else {
      await expect.poll(() => idsOf(client.heard)).toEqual([idOf.get(userId)]);
      expect(client.heard.at(-1)).toMatchObject({ notification: { title: `For ${userId}` }, unread: 1 });
      await client.leave();
    }
  }
});

test('a suspension, a sign-out and the end of the token end the stream', async () => {
  const [suspended, leaving, staying] = [
    await aSignedInPatient(t),
    await aSignedInPatient(t),
    await aSignedInPatient(t),
  ];
  const first = await listen(t, suspended);
  const second = await listen(t, leaving);
  const third = await listen(t, staying);
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  await t.call(patchUser, { params: { id: suspended.userId }, body: { status: 'suspended' } }, admin);
  const elsewhere = { accessToken: await signedIn(t, leaving) };
  const { items: signIns } = await t.call(listSignIns, {}, elsewhere);
  const other = signIns.find(({ current }) => !current);
  await t.call(endSignIn, { params: { id: other?.id ?? '' } }, elsewhere);
  await Promise.all([first.endsWith('account_inactive'), second.endsWith('token_expired')]);

  // Another token of the same user carries it on; another user's ends it.
  const now = t.clock.now();
  t.clock.set(now.add({ minutes: 10 }).toString());
  const renewed = await signedIn(t, staying);
  const checks = vi.spyOn(t.deps.tokens, 'verify');
  third.say({ type: 'token', accessToken: renewed });
  // Once as it comes, and then by every look: from there on the one before it may end.
  await expect.poll(() => checks.mock.calls.filter(([token]) => token === renewed).length).toBeGreaterThan(1);
  checks.mockRestore();
  t.clock.set(now.add({ minutes: 20 }).toString());
  const unrenewed = await listen(t, { accessToken: await signedIn(t, staying) });
  await new Promise((passed) => setTimeout(passed, 6_000));
  await aNote(t, staying.userId);
  await expect.poll(() => idsOf(third.heard)).toHaveLength(1);
  t.clock.set(now.add({ minutes: 40 }).toString());
  await Promise.all([third.endsWith('token_expired'), unrenewed.endsWith('token_expired')]);

  const owner = await aSignedInPatient(t);
  const mixed = await listen(t, owner);
  mixed.say({ type: 'token', accessToken: (await aSignedInPatient(t)).accessToken });
  await mixed.endsWith('bad_message');
  t.clock.set(now.toString());
});

test('what nobody can read, too long, or too often, ends the stream; so does silence', async () => {
  const { accessToken } = await aSignedInPatient(t);
  const silent = await connect(t);
  for (const message of ['{', '[]', '{"type":"hello","more":1}', '{"type":"token","accessToken":"x"}']) {
    const client = await connect(t);
    client.say(message);
    await client.endsWith('bad_message');
  }
  const twice = await listen(t, { accessToken });
  twice.say({ type: 'hello', accessToken });
  await twice.endsWith('bad_message');
  const long = await connect(t);
  long.say('x'.repeat(5_000));
  await long.endsWith(1009);
  const chatty = await listen(t, { accessToken });
  for (let i = 0; i < 31; i++) chatty.say({ type: 'token', accessToken });
  await chatty.endsWith('bad_message');
  await silent.endsWith('silent');
});

test('a user has so many streams at once, and a place again when one has ended', async () => {
  const by = await aSignedInPatient(t);
  const open = [await listen(t, by), await listen(t, by), await listen(t, by)];
  const surplus = await connect(t);
  surplus.say({ type: 'hello', accessToken: by.accessToken });
  await surplus.endsWith('too_many');
  await open.pop()?.leave();
  await vi.waitFor(async () => open.push(await listen(t, by)), { timeout: 30_000 });
  for (const client of open) await client.leave();
});

test('a gateway that is full says so before the handshake', async () => {
  const full = await startNow({ MAX_STREAMS: '1' });
  const by = await aSignedInPatient(full);
  const only = await listen(full, by);
  const refusal = await refusedHandshake(full, {});
  expect([refusal.status, refusal.body.code]).toEqual([503, 'unavailable']);
  await only.leave();
  await full.close();
});

test('a gateway that stops tells everybody to come back, and does not wait for the others', async () => {
  const stopping = await startNow();
  const client = await listen(stopping, await aSignedInPatient(stopping));
  const began = performance.now();
  await Promise.all([client.endsWith('restarting'), stopping.close()]);
  expect(performance.now() - began).toBeLessThan(8_000);
});

test('the log names nobody and no token', async () => {
  const by = await aSignedInPatient(t);
  await (await listen(t, by)).leave();
  await expectNoPersonalData(t, [by.accessToken]);
});
