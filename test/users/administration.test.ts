import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideDoctor, listUsers, patchUser } from '../../src/contract/admin.ts';
import { login, refresh } from '../../src/contract/auth.ts';
import { getMe } from '../../src/contract/me.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import {
  doctorBody,
  makeAdmin,
  password,
  patientBody,
  refusal,
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

const list = (query: RouteInput<typeof listUsers>['query'] = {}) => app.call(listUsers, { query }, admin);
const setStatus = (id: number, status: 'active' | 'inactive' | 'suspended', as = admin) =>
  app.call(patchUser, { params: { id }, body: { status } }, as);
const decide = (id: number, decision: 'approved' | 'refused') =>
  app.call(decideDoctor, { params: { id }, body: { decision } }, admin);

describe('the list of users', () => {
  test('is read page by page, newest first, each user once', async () => {
    const made: number[] = [];
    for (let count = 0; count < 7; count += 1) made.push((await signUp(app)).user.id);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 3, userType: 'patient', ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(made.toReversed());
  });

  test('is found by part of a name, e-mail, licence or mobile', async () => {
    const { user } = await signUp(
      app,
      doctorBody({
        fullName: 'Shirin_100% Sultana',
        email: 'shirin@example.com',
        licenseNumber: 'ZX-4711',
        mobile: '01899776655',
      }),
    );
    for (const q of ['shirin_100%', 'SULTANA', 'shirin@', 'zx-47', '99776655', '০১৮৯৯-৭৭৬৬', '+880 1899'])
      expect((await list({ q })).items.map(({ id }) => id)).toEqual([user.id]);
    for (const q of ['%%', '\\', "' or true --"]) expect((await list({ q })).items).toEqual([]);
  });

  test('shows the doctors who wait', async () => {
    const { user } = await signUp(app, doctorBody());
    const waiting = async () =>
      (await list({ approval: 'pending', userType: 'doctor' })).items.map(({ id }) => id);
    expect(await waiting()).toContain(user.id);
    await decide(user.id, 'refused');
    expect(await waiting()).not.toContain(user.id);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=dTk5OTk5OTk5OTk5', 'cursor'],
    ['userType=king', 'userType'],
    ['approval=maybe', 'approval'],
    ['q=%00', 'q'],
    [`q=${'a'.repeat(101)}`, 'q'],
    ['order=asc', 'order'],
  ])('refuses %s', async (query, field) => {
    const answer = await sendRaw(app, { method: 'GET', url: `/admin/users?${query}`, as: admin });
    expect(answer).toMatchObject({ status: 422, fields: [field] });
  });
});

describe('a status', () => {
  test.each(['suspended', 'inactive'] as const)(
    '%s ends every sign-in, and active lets in again',
    async (status) => {
      const person = await signUp(app);
      expect((await setStatus(person.user.id, status)).user.status).toBe(status);
      await refusal(app.call(refresh, { body: { refreshToken: person.refreshToken } }), 'token_expired');
      await refusal(app.call(getMe, {}, person), 'token_expired');
      const credentials = { login: person.user.mobile ?? '', password };
      await refusal(app.call(login, { body: credentials }), 'account_inactive');
      await setStatus(person.user.id, 'active');
      await app.call(login, { body: credentials });
      await refusal(app.call(refresh, { body: { refreshToken: person.refreshToken } }), 'token_expired');
    },
  );

  test('reaches who has just been let in within five seconds', async () => {
    const person = await signUp(app);
    await app.call(getMe, {}, person);
    await setStatus(person.user.id, 'suspended');
    app.clock.set(app.clock.now().add({ seconds: 5 }).toString());
    await refusal(app.call(getMe, {}, person), 'token_expired');
  });

  test('leaves no live sign-in, whatever signs in at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { user } = await signUp(app);
      const credentials = { login: user.mobile ?? '', password };
      await Promise.allSettled([
        ...Array.from({ length: 6 }, () => app.call(login, { body: credentials })),
        setStatus(user.id, 'suspended'),
      ]);
      const live = await app.db
        .selectFrom('sign_ins')
        .select('id')
        .where('user_id', '=', user.id)
        .where('ended_at', 'is', null)
        .execute();
      expect(live).toEqual([]);
    }
  });

  test('is waited for by who signs in at that moment', async () => {
    const { user } = await signUp(app);
    const answer = await app.db.transaction().execute(async (tx) => {
      await tx.updateTable('users').set({ status: 'suspended' }).where('id', '=', user.id).execute();
      const credentials = { login: user.mobile ?? '', password };
      const signingIn = refusal(app.call(login, { body: credentials }), 'account_inactive');
      await untilSomeoneWaits(app);
      // Wrapped, since a promise that is returned is awaited before the commit it waits for.
      return { signingIn };
    });
    await answer.signingIn;
  });

  test('of the own account stays', async () => {
    await refusal(setStatus(admin.user.id, 'inactive'), 'not_allowed');
    expect((await app.call(getMe, {}, admin)).user.status).toBe('active');
  });

  test('of two admins who switch each other off, one stays', async () => {
    const one = await makeAdmin(app);
    const two = await makeAdmin(app);
    await Promise.allSettled([
      setStatus(two.user.id, 'suspended', one),
      setStatus(one.user.id, 'suspended', two),
    ]);
    const active = await app.db
      .selectFrom('users')
      .select('id')
      .where('id', 'in', [one.user.id, two.user.id])
      .where('status', '=', 'active')
      .execute();
    expect(active).toHaveLength(1);
  });

  test('of nobody is not found', async () => {
    await refusal(setStatus(2_147_483_647, 'active'), 'not_found');
  });

  test.each([
    ['/admin/users/x', { status: 'active' }],
    ['/admin/users/1', { status: 'deleted' }],
    ['/admin/users/1', {}],
    ['/admin/users/1', { status: 'active', userType: 'admin' }],
  ])('PATCH %s with %j is refused', async (url, body) => {
    expect(await sendRaw(app, { method: 'PATCH', url, body, as: admin })).toMatchObject({ status: 422 });
  });
});

describe('a doctor who waits', () => {
  test.each(['approved', 'refused'] as const)('is %s once', async (decision) => {
    const { user } = await signUp(app, doctorBody());
    expect((await decide(user.id, decision)).user.doctor?.approval).toBe(decision);
    await refusal(decide(user.id, 'approved'), 'approval_decided');
    const row = await app.db
      .selectFrom('doctors')
      .select(['approval', 'approval_decided_by', 'approval_decided_at'])
      .where('user_id', '=', user.id)
      .executeTakeFirstOrThrow();
    expect({ ...row, approval_decided_at: row.approval_decided_at?.toString() }).toEqual({
      approval: decision,
      approval_decided_by: admin.user.id,
      approval_decided_at: app.clock.now().toString(),
    });
  });

  test('is decided on once, though ten admins press at once', async () => {
    const { user } = await signUp(app, doctorBody());
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        sendRaw(app, {
          method: 'POST',
          url: `/admin/doctors/${user.id}/approval`,
          body: { decision: 'approved' },
          as: admin,
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'approval_decided')).toHaveLength(9);
  });

  test('is told apart from who is no doctor', async () => {
    const { user } = await signUp(app, patientBody());
    await refusal(decide(user.id, 'approved'), 'not_found');
  });

  test.each([{}, { decision: 'undecided' }, { decision: 'approved', note: 'x' }])(
    '%j is no decision',
    async (body) => {
      const answer = await sendRaw(app, {
        method: 'POST',
        url: '/admin/doctors/1/approval',
        body,
        as: admin,
      });
      expect(answer).toMatchObject({ status: 422 });
    },
  );
});

test('nobody but an admin administers', async () => {
  const requests = [
    { method: 'GET', url: '/admin/users' },
    { method: 'PATCH', url: '/admin/users/1', body: { status: 'active' } },
    { method: 'POST', url: '/admin/doctors/1/approval', body: { decision: 'approved' } },
  ] as const;
  for (const as of [await signUp(app), await signUp(app, doctorBody())])
    for (const request of requests)
      expect(await sendRaw(app, { ...request, as })).toMatchObject({ status: 403, code: 'not_allowed' });
  for (const request of requests)
    expect(await sendRaw(app, request)).toMatchObject({ status: 401, code: 'not_signed_in' });
});

test('the logs name nobody', () => expectNoPersonalData(app, [password]));
