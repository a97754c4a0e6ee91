import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confirmGuest, createGuest } from '../../src/contract/guests.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { digestOfAddress } from '../../src/platform/address-digests.ts';
import { readGuest } from '../../src/platform/guest-tokens.ts';
import { codeTasks } from '../../src/users/codes/tasks.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { codeOf, inBangla, later, sentCode, wrongCode } from './codes.ts';
import { refusal, refusedFields, sendRaw } from './people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
});
afterAll(() => app.close());
// The day's limits are counted anew for each test, since all of them come from one address.
beforeEach(() => later(app, { hours: 25 }));

let numbers = 0;
const nextMobile = () => `0172${String((numbers += 1)).padStart(7, '0')}`;

type Guest = RouteInput<typeof createGuest>['body'];
const ask = (body: Guest, idempotencyKey?: string) =>
  app.call(createGuest, { body }, idempotencyKey === undefined ? {} : { idempotencyKey });
const give = (codeId: string, code: string, idempotencyKey?: string) =>
  app.call(
    confirmGuest,
    { params: { codeId }, body: { code } },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  );

describe('a guest', () => {
  test('is told where the code went, and no more', async () => {
    const now = app.clock.now();
    const answer = await ask({ fullName: 'রহিমা খাতুন', mobile: '০১৭১২-৩৪৫৬৭৮' });
    expect(answer).toEqual({
      codeId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sentTo: '017••••5678',
      expiresAt: now.add({ minutes: 15 }).toString(),
      resendAfter: now.add({ seconds: 30 }).toString(),
      demoCode: null,
    });
    const email = await ask({ fullName: 'Rahima', email: 'Rahima.Khatun@Example.com' });
    expect(email.sentTo).toBe('r•••@example.com');
  });

  test('gives the code back, in Bangla digits too, and may book for whom they named', async () => {
    const mobile = nextMobile();
    const { codeId } = await ask({ fullName: 'Karim Mia', mobile });
    const code = await codeOf(app, codeId);
    expect(code).toMatch(/^[0-9]{6}$/);
    const { guestToken, patient } = await give(codeId, ` ${inBangla(code).slice(0, 3)} ${code.slice(3)} `);
    expect(patient?.fullName).toBe('Karim Mia');
    expect(readGuest(app.deps.secrets, guestToken ?? '', app.clock.now())).toBe(patient?.id);
    later(app, { hours: 2, seconds: 1 });
    expect(readGuest(app.deps.secrets, guestToken ?? '', app.clock.now())).toBeNull();
  });

  test('is one person by name and number, and by name and e-mail', async () => {
    for (const reached of [{ mobile: nextMobile() }, { email: 'family@example.com' }]) {
      const ids: (number | undefined)[] = [];
      for (const fullName of ['Mina Begum', 'mina begum', 'Her Son']) {
        const { codeId } = await ask({ fullName, ...reached });
        ids.push((await give(codeId, await codeOf(app, codeId))).patient?.id);
        later(app, { seconds: 30 });
      }
      expect(ids[1]).toBe(ids[0]);
      expect(ids[2]).not.toBe(ids[0]);
    }
  });

  test('without a name finds who is there already, and makes nobody', async () => {
    const mobile = nextMobile();
    const nobody = await ask({ mobile });
    expect(await give(nobody.codeId, await codeOf(app, nobody.codeId))).toEqual({
      guestToken: null,
      patient: null,
    });
    later(app, { seconds: 30 });
    const named = await ask({ fullName: 'Anis Khan', mobile });
    const known = await give(named.codeId, await codeOf(app, named.codeId));
    later(app, { seconds: 30 });
    const again = await ask({ mobile });
    expect((await give(again.codeId, await codeOf(app, again.codeId))).patient).toEqual(known.patient);
  });

  test.each([
    ['neither number nor e-mail', { fullName: 'A' }, ['mobile']],
    ['both', { fullName: 'A', mobile: '01712345678', email: 'a@example.com' }, ['mobile']],
    ['a foreign number', { fullName: 'A', mobile: '+447700900123' }, ['mobile']],
    ['a nameless name', { fullName: '  ', mobile: '01712345678' }, ['fullName']],
    ['an unknown field', { fullName: 'A', mobile: '01712345678', admin: true }, ['admin']],
  ])('with %s is told what to mend', async (_, body, fields) => {
    expect(await sendRaw(app, { method: 'POST', url: '/guests', body })).toMatchObject({
      status: 422,
      fields,
    });
  });

  test('presses twice: the same key sends one code, and confirms once with one answer', async () => {
    const mobile = nextMobile();
    const keys = [randomUUID(), randomUUID()] as const;
    const [first, second] = await Promise.all([1, 2].map(() => ask({ fullName: 'Abul', mobile }, keys[0])));
    expect(second).toEqual(first);
    const { codeId = '' } = first ?? {};
    const code = await codeOf(app, codeId);
    const answers = await Promise.all([1, 2].map(() => give(codeId, code, keys[1])));
    expect(answers[0]?.guestToken).toMatch(/^[\w-]{30,}$/);
    expect(answers[1]).toEqual(answers[0]);
    // A bearer's right is not left lying in the database.
    const { rows } = await app.deps.pool.query('select answer::text from idempotency_keys');
    expect(JSON.stringify(rows)).not.toContain(answers[0]?.guestToken);
  });
});

describe('a code', () => {
  test('works once, and of several that come together one is taken', async () => {
    const { codeId } = await ask({ fullName: 'A', mobile: nextMobile() });
    const code = await codeOf(app, codeId);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => give(codeId, code)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await refusal(give(codeId, code), 'wrong_code');
    expect(await sentCode(app, codeId)).toBeNull();
  });

  test('is looked at five times, however many guesses come together', async () => {
    const { codeId } = await ask({ fullName: 'A', mobile: nextMobile() });
    const code = await codeOf(app, codeId);
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        sendRaw(app, {
          method: 'POST',
          url: `/guests/${codeId}/confirmation`,
          body: { code: wrongCode(code, String(index)) },
        }),
      ),
    );
    // A slow machine may send some away unread.
    for (const answer of answers) expect(['wrong_code', 'unavailable']).toContain(answer.code);
    const { tries } = await app.db
      .selectFrom('verification_codes')
      .select('tries')
      .where('id', '=', codeId)
      .executeTakeFirstOrThrow();
    expect(tries).toBe(5);
    await refusal(give(codeId, code), 'wrong_code');
  });

  test('is right at the fifth look and over after it', async () => {
    const mobile = nextMobile();
    const { codeId } = await ask({ fullName: 'A', mobile });
    const code = await codeOf(app, codeId);
    for (let count = 0; count < 4; count += 1) await refusal(give(codeId, wrongCode(code)), 'wrong_code');
    expect((await give(codeId, code)).patient?.fullName).toBe('A');
    later(app, { seconds: 30 });
    const second = await ask({ fullName: 'A', mobile });
    for (let count = 0; count < 5; count += 1)
      await refusal(give(second.codeId, wrongCode(await codeOf(app, second.codeId))), 'wrong_code');
    later(app, { seconds: 30 });
    // Not under a later code's id either.
    const third = await ask({ fullName: 'A', mobile });
    await refusal(give(third.codeId, await codeOf(app, second.codeId)), 'wrong_code');
  });

  test('lasts 15 minutes', async () => {
    const { codeId } = await ask({ fullName: 'A', mobile: nextMobile() });
    const code = await codeOf(app, codeId);
    later(app, { minutes: 15 });
    await refusal(give(codeId, code), 'wrong_code');
  });

  test('can be asked for again after 30 seconds; the earlier stays valid, and ends with the later', async () => {
    const mobile = nextMobile();
    const first = await ask({ fullName: 'A', mobile });
    later(app, { seconds: 29 });
    await refusal(ask({ fullName: 'A', mobile }), 'too_many_requests');
    later(app, { seconds: 1 });
    const second = await ask({ fullName: 'A', mobile });
    const [early, late] = [await codeOf(app, first.codeId), await codeOf(app, second.codeId)];
    expect((await give(second.codeId, early)).patient?.fullName).toBe('A');
    await refusal(give(first.codeId, early), 'wrong_code');
    await refusal(give(second.codeId, late), 'wrong_code');
  });

  test('of one number is no other’s', async () => {
    const [mine, theirs] = [
      await ask({ fullName: 'A', mobile: nextMobile() }),
      await ask({ fullName: 'B', mobile: nextMobile() }),
    ];
    const code = await codeOf(app, theirs.codeId);
    if (code !== (await codeOf(app, mine.codeId))) await refusal(give(mine.codeId, code), 'wrong_code');
    await refusal(give(randomUUID(), code), 'wrong_code');
    expect(await refusedFields(give('00000000-0000-4000-8000-00000000000x', code))).toEqual(['codeId']);
    for (const typed of ['', '12345', '1234567', 'abcdef', '12 34'])
      expect(await refusedFields(give(mine.codeId, typed))).toEqual(['code']);
  });

  test('is stored as a digest and sealed; the event carries its id alone; logs carry nothing', async () => {
    const mobile = nextMobile();
    const { codeId } = await ask({ fullName: 'Secretive Person', mobile });
    const code = await codeOf(app, codeId);
    const row = await app.db
      .selectFrom('verification_codes')
      .selectAll()
      .where('id', '=', codeId)
      .executeTakeFirstOrThrow();
    expect(row.digest).toHaveLength(32);
    expect(JSON.stringify({ ...row, id: '', destination: '' })).not.toContain(code);
    const { rows } = await app.deps.pool.query(
      `select payload::text from graphile_worker._private_jobs where payload::text like '%' || $1 || '%'`,
      [codeId],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0].payload)).toMatchObject({ name: 'code.issued', data: { codeId } });
    await give(codeId, code);
    await expectNoPersonalData(app, [`+88${mobile}`, mobile]);
  });

  test('that has ended is emptied, and an old one forgotten', async () => {
    const { codeId } = await ask({ fullName: 'A', mobile: nextMobile() });
    later(app, { minutes: 14 });
    const fresh = await ask({ fullName: 'B', mobile: nextMobile() });
    later(app, { minutes: 1 });
    const tidy = async () => {
      for (const task of Object.values(codeTasks(app.deps))) await task({});
    };
    await tidy();
    expect(await sentCode(app, codeId)).toBeNull();
    expect(await sentCode(app, fresh.codeId)).not.toBeNull();
    later(app, { hours: 49 });
    await tidy();
    expect(await app.db.selectFrom('verification_codes').select('id').execute()).toEqual([]);
  });
});

describe('limits', () => {
  test('ten codes a day go to one number', async () => {
    const mobile = nextMobile();
    for (let count = 0; count < 10; count += 1) {
      await ask({ fullName: 'A', mobile });
      later(app, { minutes: 2 });
    }
    await refusal(ask({ fullName: 'A', mobile }), 'too_many_codes');
    await ask({ fullName: 'A', mobile: nextMobile() });
    later(app, { hours: 24 });
    await ask({ fullName: 'A', mobile });
  });

  test('one of many that come together for one number is sent', async () => {
    const mobile = nextMobile();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        sendRaw(app, { method: 'POST', url: '/guests', body: { fullName: 'A', mobile } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'too_many_requests')).toHaveLength(29);
  });

  test('a hundred a day are sent for one address, and its IPv6 network is one', async () => {
    const from = (remoteAddress: string) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/guests',
        remoteAddress,
        payload: { fullName: 'A', mobile: nextMobile() },
      });
    for (let count = 0; count < 100; count += 1)
      expect((await from(`2001:db8::${count.toString(16)}`)).statusCode).toBe(201);
    expect((await from('2001:db8:0:0:ffff::1')).json().code).toBe('too_many_codes');
    expect((await from('2001:db8:0:1::1')).statusCode).toBe(201);
    const { secrets } = app.deps;
    const digest = (address: string) => digestOfAddress(secrets, 'x', address).toString('hex');
    expect(digest('::ffff:10.0.0.1')).toBe(digest('10.0.0.1'));
    expect(digest('10.0.0.2')).not.toBe(digest('10.0.0.1'));
  });

  test('SMS go only where the configuration lets them', async () => {
    const narrow = await startApp({ SERVICES: 'users', SMS_PREFIXES: '+88017, +88019' });
    try {
      const body = (mobile: string) => ({ body: { fullName: 'A', mobile } });
      await narrow.call(createGuest, body('01912345678'));
      expect(await refusedFields(narrow.call(createGuest, body('01812345678')))).toEqual(['mobile']);
      await narrow.call(createGuest, { body: { fullName: 'A', email: 'a@example.com' } });
    } finally {
      await narrow.close();
    }
  });
});

test('only a demonstration tells the code', async () => {
  const { codeId, demoCode } = await ask({ fullName: 'A', mobile: nextMobile() });
  expect(demoCode).toBeNull();
  app.deps.demoLogins = [{ who: 'patient', login: 'patient1@example.com', password: 'x' }];
  const shown = await ask({ fullName: 'A', mobile: nextMobile() });
  app.deps.demoLogins = [];
  expect(shown.demoCode).toBe(await codeOf(app, shown.codeId));
  expect(await codeOf(app, codeId)).not.toBeNull();
});
