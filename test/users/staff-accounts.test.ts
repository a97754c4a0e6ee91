import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addUser, getUser, inviteUser, listUsers, patchUser } from '../../src/contract/admin.ts';
import { confirmPasswordReset, login, requestPasswordReset } from '../../src/contract/auth.ts';
import { getMe } from '../../src/contract/me.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { codeOf, later } from './codes.ts';
import {
  doctorBody,
  makeAdmin,
  next,
  password,
  refusal,
  refusedFields,
  sendRaw,
  signUp,
  untilSomeoneWaits,
  type Person,
} from './people.ts';

let app: TestApp;
let admin: Person;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
  admin = await makeAdmin(app);
});
afterAll(() => app.close());

type Body = RouteInput<typeof addUser>['body'];
const newMobile = () => `0181${String(next()).padStart(7, '0')}`;
const someone = (more: Partial<Body> = {}): Body => ({
  fullName: 'Jahanara Begum',
  mobile: newMobile(),
  userType: 'assistant',
  ...more,
});
const add = (body: Body, as = admin, idempotencyKey?: string) =>
  app.call(addUser, { body }, { ...as, ...(idempotencyKey ? { idempotencyKey } : {}) });
const invite = (id: number) => app.call(inviteUser, { params: { id } }, admin);
const setStatus = (id: number, status: 'active' | 'inactive' | 'suspended', as = admin) =>
  app.call(patchUser, { params: { id }, body: { status } }, as);

const audited = (action: string, userId: number) =>
  app.db
    .selectFrom('audit_log')
    .select(['by_user', 'detail'])
    .where('action', '=', action)
    .where(sql<boolean>`detail->>'userId' = ${String(userId)}`)
    .orderBy('id')
    .execute();

const invitationsOf = (userId: number) =>
  app.db.selectFrom('invitations').select('invited_by').where('user_id', '=', userId).execute();

describe('an assistant', () => {
  test('gets an account with nobody’s password, and chooses one by the usual reset', async () => {
    const { user } = await add(someone({ mobile: '০১৮১২-৩৪৫৬৭৮', language: 'en' }));
    expect(user).toMatchObject({
      fullName: 'Jahanara Begum',
      mobile: '+8801812345678',
      email: null,
      userType: 'assistant',
      status: 'active',
      language: 'en',
      mobileVerified: false,
    });
    await refusal(app.call(login, { body: { login: '01812345678', password } }), 'wrong_credentials');
    const { codeId } = await app.call(requestPasswordReset, { body: { login: '01812345678' } });
    await app.call(confirmPasswordReset, { body: { codeId, code: await codeOf(app, codeId), password } });
    const signedIn = await app.call(login, { body: { login: '01812345678', password } });
    expect((await app.call(getMe, {}, signedIn)).user).toMatchObject({
      id: user.id,
      userType: 'assistant',
      mobileVerified: true,
    });
    expect(await audited('user.added', user.id)).toEqual([
      { by_user: admin.user.id, detail: { userId: user.id, userType: 'assistant' } },
    ]);
    expect(await invitationsOf(user.id)).toEqual([{ invited_by: admin.user.id }]);
  });

  test('is made once under one key, and told once', async () => {
    const body = someone();
    const first = await add(body, admin, 'add-once');
    expect((await add(body, admin, 'add-once')).user.id).toBe(first.user.id);
    expect(await invitationsOf(first.user.id)).toHaveLength(1);
    await refusal(add(someone(), admin, 'add-once'), 'key_reused');
  });

  test('is made once, though ten press at once without a key', async () => {
    const body = someone();
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => add(body)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await refusal(add(body), 'mobile_taken');
  });

  test('reads the organisation’s language unless another is given', async () => {
    expect((await add(someone())).user.language).toBe('bn');
  });

  test('has no number or address that somebody else has', async () => {
    const { user } = await signUp(app, doctorBody({ email: 'taken@example.com', mobile: '01899000001' }));
    await refusal(add(someone({ mobile: user.mobile ?? '' })), 'mobile_taken');
    await refusal(add(someone({ email: 'Taken@example.com' })), 'email_taken');
  });

  test('can be reached somehow, by something that a code can be sent to', async () => {
    const { mobile: _, ...nowhere } = someone();
    expect(await refusedFields(add(nowhere))).toEqual(['mobile']);
    const abroad = await startApp({ SERVICES: 'users', SMS_PREFIXES: '+88017' });
    try {
      const by = await makeAdmin(abroad);
      const asked = (body: Body) => abroad.call(addUser, { body }, by);
      expect(await refusedFields(asked(someone()))).toEqual(['mobile']);
      await asked(someone({ email: 'jahanara@example.com' }));
    } finally {
      await abroad.close();
    }
  });

  test.each([
    [{ userType: 'doctor' }, 'userType'],
    [{ userType: 'patient' }, 'userType'],
    [{ fullName: '  ' }, 'fullName'],
    [{ fullName: 'a'.repeat(101) }, 'fullName'],
    [{ mobile: '12345' }, 'mobile'],
    [{ email: 'nobody' }, 'email'],
    [{ language: 'fr' }, 'language'],
    [{ password: 'Kodom@phul7' }, 'password'],
    [{ status: 'active' }, 'status'],
  ])('is not made with %j', async (wrong, field) => {
    const answer = await sendRaw(app, {
      method: 'POST',
      url: '/admin/users',
      body: { ...someone(), ...wrong },
      as: admin,
    });
    expect(answer).toMatchObject({ status: 422, fields: [field] });
  });
});

test('an administrator makes another, who then administers', async () => {
  const { user } = await add(someone({ userType: 'admin', email: 'second@example.com' }));
  const { codeId } = await app.call(requestPasswordReset, { body: { login: 'second@example.com' } });
  await app.call(confirmPasswordReset, { body: { codeId, code: await codeOf(app, codeId), password } });
  const second = await app.call(login, { body: { login: 'second@example.com', password } });
  expect(second.user.id).toBe(user.id);
  await add(someone(), second);
});

test('an administrator who is being suspended makes no account any more', async () => {
  const leaving = await makeAdmin(app);
  await app.call(getMe, {}, leaving);
  const adding = await app.db.transaction().execute(async (tx) => {
    await tx.updateTable('users').set({ status: 'suspended' }).where('id', '=', leaving.user.id).execute();
    const asked = refusal(add(someone({ userType: 'admin' }), leaving), 'account_inactive');
    await untilSomeoneWaits(app);
    return { asked };
  });
  await adding.asked;
});

describe('an invitation', () => {
  test('is sent again, but not at once, and ten times a day at most', async () => {
    const { user } = await add(someone());
    await refusal(invite(user.id), 'too_many_requests');
    for (let count = 1; count < 10; count += 1) {
      later(app, { minutes: 1 });
      await invite(user.id);
    }
    later(app, { minutes: 1 });
    await refusal(invite(user.id), 'too_many_requests');
    expect(await invitationsOf(user.id)).toHaveLength(10);
    expect(await audited('user.invited', user.id)).toHaveLength(10);
    later(app, { hours: 25 });
    admin = await makeAdmin(app);
    await invite(user.id);
  });

  test('is sent once, though five press at once', async () => {
    const { user } = await signUp(app);
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => invite(user.id)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('is for whoever is active, and for whoever there is', async () => {
    const { user } = await signUp(app);
    await setStatus(user.id, 'suspended');
    await refusal(invite(user.id), 'changed_meanwhile');
    await refusal(invite(2_147_483_647), 'not_found');
  });
});

describe('what an administrator sees of a user', () => {
  const standingOf = async (id: number) => (await app.call(getUser, { params: { id } }, admin)).standing;

  test('is whether they are signed in, and when they were invited', async () => {
    const { user } = await add(someone());
    expect(await standingOf(user.id)).toEqual({
      devices: 0,
      lastUsedAt: null,
      invitedAt: app.clock.now().toString(),
      comingVisits: 0,
      desks: 0,
    });
    const person = await signUp(app);
    expect(await standingOf(person.user.id)).toMatchObject({
      devices: 1,
      lastUsedAt: app.clock.now().toString(),
      invitedAt: null,
    });
    await setStatus(person.user.id, 'inactive');
    expect(await standingOf(person.user.id)).toMatchObject({ devices: 0, lastUsedAt: null });
  });

  test('of nobody is nothing', () =>
    refusal(app.call(getUser, { params: { id: 2_147_483_647 } }, admin), 'not_found'));

  test('can be narrowed by status, and is written down where patients are among it', async () => {
    const person = await signUp(app, doctorBody({ fullName: 'Only Suspended' }));
    await setStatus(person.user.id, 'suspended');
    const ids = async (query: RouteInput<typeof listUsers>['query']) =>
      (await app.call(listUsers, { query }, admin)).items.map(({ id }) => id);
    const looks = async () => {
      const { n } = await app.db
        .selectFrom('audit_log')
        .select((select) => select.fn.countAll<number>().as('n'))
        .where('action', '=', 'users.looked_up')
        .executeTakeFirstOrThrow();
      return n;
    };
    const before = await looks();
    expect(await ids({ q: 'Only Suspended', status: 'suspended' })).toEqual([person.user.id]);
    expect(await ids({ q: 'Only Suspended', status: 'active' })).toEqual([]);
    expect(await looks()).toBe(before);
    const { user } = await signUp(app);
    expect(await ids({ q: user.mobile ?? '', userType: 'patient' })).toEqual([user.id]);
    expect(await looks()).toBe(before + 1);
  });
});

describe('a change of status', () => {
  test('is written down with what it was before, and once', async () => {
    const { user } = await signUp(app);
    await setStatus(user.id, 'suspended');
    await setStatus(user.id, 'suspended');
    await setStatus(user.id, 'active');
    expect((await audited('user.status_changed', user.id)).map(({ detail }) => detail)).toEqual([
      { userId: user.id, from: 'active', to: 'suspended' },
      { userId: user.id, from: 'suspended', to: 'active' },
    ]);
  });

  test('leaves an active administrator, though all of them switch each other off at once', async () => {
    const own = await startApp({ SERVICES: 'users' });
    try {
      for (let round = 0; round < 4; round += 1) {
        const admins = await Promise.all(Array.from({ length: 4 }, () => makeAdmin(own)));
        // What remained of the last round is not there to save this one.
        await own.db
          .updateTable('users')
          .set({ status: 'inactive' })
          .where('user_type', '=', 'admin')
          .where(
            'id',
            'not in',
            admins.map(({ user }) => user.id),
          )
          .execute();
        const status = round % 2 === 0 ? 'suspended' : 'inactive';
        await Promise.allSettled(
          admins.flatMap((by) =>
            admins
              .filter((other) => other !== by)
              .map(({ user }) => own.call(patchUser, { params: { id: user.id }, body: { status } }, by)),
          ),
        );
        const active = await own.db
          .selectFrom('users')
          .select('id')
          .where('user_type', '=', 'admin')
          .where('status', '=', 'active')
          .execute();
        expect(active).toHaveLength(1);
      }
    } finally {
      await own.close();
    }
  });
});

test('nobody but an administrator does any of it', async () => {
  const requests = [
    { method: 'POST', url: '/admin/users', body: someone() },
    { method: 'GET', url: '/admin/users/1' },
    { method: 'POST', url: '/admin/users/1/invitations' },
  ] as const;
  for (const as of [await signUp(app), await signUp(app, doctorBody())])
    for (const request of requests)
      expect(await sendRaw(app, { ...request, as })).toMatchObject({ status: 403, code: 'not_allowed' });
  for (const request of requests)
    expect(await sendRaw(app, request)).toMatchObject({ status: 401, code: 'not_signed_in' });
});

test('the logs name nobody', () => expectNoPersonalData(app, [password]));
