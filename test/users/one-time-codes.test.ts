import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  confirmOtp,
  confirmPasswordReset,
  login,
  refresh,
  requestOtp,
  requestPasswordReset,
} from '../../src/contract/auth.ts';
import { confirmVerification, getMe, patchMe, requestVerification } from '../../src/contract/me.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { codeOf, later, sentCode, wrongCode } from './codes.ts';
import {
  password,
  patientBody,
  refusal,
  refusedFields,
  sendRaw,
  signIn,
  signUp,
  type Person,
} from './people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
});
afterAll(() => app.close());
beforeEach(() => later(app, { hours: 25 }));

const askOtp = (name: string) => app.call(requestOtp, { body: { login: name } });
const askReset = (name: string) => app.call(requestPasswordReset, { body: { login: name } });
const newPassword = 'Notun@pata8';

async function verify(person: Person, channel: 'sms' | 'email'): Promise<void> {
  const { accessToken } = person;
  const { codeId } = await app.call(requestVerification, { body: { channel } }, { accessToken });
  const body = { codeId, code: await codeOf(app, codeId) };
  await app.call(confirmVerification, { body }, { accessToken });
}

describe('signing in with a code', () => {
  test('gives tokens, by mobile in any form and by e-mail, and proves the address', async () => {
    const { user } = await signUp(app, patientBody({ mobile: '01755512345' }));
    const { codeId, sentTo } = await askOtp('+880 1755-512345');
    expect(sentTo).toBe('017••••2345');
    const answer = await app.call(confirmOtp, { body: { codeId, code: await codeOf(app, codeId) } });
    expect(answer).toMatchObject({ tokenType: 'bearer', user: { id: user.id, mobileVerified: true } });
    expect((await app.call(getMe, {}, answer)).user.id).toBe(user.id);
    await app.call(refresh, { body: { refreshToken: answer.refreshToken } });

    const other = await signUp(app, patientBody({ email: 'moyna@example.com' }));
    const mail = await askOtp(' Moyna@Example.com');
    const signedIn = await app.call(confirmOtp, {
      body: { codeId: mail.codeId, code: await codeOf(app, mail.codeId) },
    });
    expect(signedIn.user).toMatchObject({ id: other.user.id, emailVerified: true, mobileVerified: false });
  });

  test('is told to nobody who has no account: the same answer, the same work, and nothing to send', async () => {
    const { user } = await signUp(app);
    const known = await askOtp(user.mobile ?? '');
    const unknown = await askOtp('01799999999');
    expect(Object.keys(unknown)).toEqual(Object.keys(known));
    expect({ ...unknown, codeId: '', sentTo: '' }).toEqual({ ...known, codeId: '', sentTo: '' });
    expect(await sentCode(app, known.codeId)).not.toBeNull();
    expect(await sentCode(app, unknown.codeId)).toBeNull();
    const { rows } = await app.deps.pool.query(
      `select payload->'data'->>'codeId' as id from graphile_worker._private_jobs
       where payload->'data'->>'codeId' = any ($1)`,
      [[known.codeId, unknown.codeId]],
    );
    expect(rows).toHaveLength(2);
    const wrong = await refusal(
      app.call(confirmOtp, {
        body: { codeId: known.codeId, code: wrongCode(await codeOf(app, known.codeId)) },
      }),
      'wrong_code',
    );
    for (const codeId of [unknown.codeId, randomUUID()]) {
      const body = await refusal(app.call(confirmOtp, { body: { codeId, code: '123456' } }), 'wrong_code');
      expect({ ...body, requestId: '' }).toEqual({ ...wrong, requestId: '' });
    }
    // The limits tell nothing either.
    for (const name of [user.mobile ?? '', '01799999999']) await refusal(askOtp(name), 'too_many_requests');
    expect(await refusedFields(askOtp('nobody'))).toEqual(['login']);
  });

  test('and asking does the same work whether there is an account', async () => {
    const { user } = await signUp(app);
    const queries = vi.spyOn(pg.Client.prototype, 'query');
    const statementsOf = async (ask: () => Promise<unknown>) => {
      queries.mockClear();
      await ask();
      return queries.mock.calls.map(([statement]: unknown[]) =>
        typeof statement === 'string'
          ? statement
          : statement && typeof statement === 'object' && 'text' in statement
            ? statement.text
            : '',
      );
    };
    try {
      for (const ask of [askOtp, askReset]) {
        const known = await statementsOf(() => ask(user.mobile ?? ''));
        const unknown = await statementsOf(() => ask('01988880000'));
        expect(known.length).toBeGreaterThan(5);
        expect(unknown).toEqual(known);
      }
    } finally {
      queries.mockRestore();
    }
  });

  test('wrong codes stay counted, and a code of one purpose is none of another', async () => {
    const { user } = await signUp(app);
    const { codeId } = await askOtp(user.mobile ?? '');
    const code = await codeOf(app, codeId);
    await refusal(
      app.call(confirmPasswordReset, { body: { codeId, code, password: newPassword } }),
      'wrong_code',
    );
    for (let count = 0; count < 5; count += 1)
      await refusal(app.call(confirmOtp, { body: { codeId, code: wrongCode(code) } }), 'wrong_code');
    await refusal(app.call(confirmOtp, { body: { codeId, code } }), 'wrong_code');
  });

  test.each(['inactive', 'suspended'] as const)(
    'a user who is %s is told so only after the right code',
    async (status) => {
      const { user } = await signUp(app);
      await app.db.updateTable('users').set({ status }).where('id', '=', user.id).execute();
      const { codeId } = await askOtp(user.mobile ?? '');
      const code = await codeOf(app, codeId);
      await refusal(app.call(confirmOtp, { body: { codeId, code: wrongCode(code) } }), 'wrong_code');
      await refusal(app.call(confirmOtp, { body: { codeId, code } }), 'account_inactive');
    },
  );

  test('a number that has moved to nobody opens nothing', async () => {
    const person = await signUp(app, patientBody({ email: 'leaver@example.com' }));
    const { codeId } = await askOtp(person.user.mobile ?? '');
    const code = await codeOf(app, codeId);
    await app.call(patchMe, { body: { mobile: null } }, person);
    await refusal(app.call(confirmOtp, { body: { codeId, code } }), 'wrong_code');
  });
});

describe('a new password', () => {
  test('signs out everywhere, opens the account, and unlocks what too many tries had locked', async () => {
    const person = await signUp(app);
    const name = person.user.mobile ?? '';
    const second = await signIn(app, name);
    for (let count = 0; count < 10; count += 1)
      await refusal(app.call(login, { body: { login: name, password: 'Wrong@word9' } }), 'wrong_credentials');
    const { codeId } = await askReset(name);
    const code = await codeOf(app, codeId);
    const body = { codeId, code, password: newPassword };
    expect(
      await refusedFields(app.call(confirmPasswordReset, { body: { ...body, password: 'short' } })),
    ).toContain('password');
    expect(
      await refusedFields(app.call(confirmPasswordReset, { body: { ...body, password: 'P@ssword1' } })),
    ).toEqual(['password']);
    await app.call(confirmPasswordReset, { body });
    for (const { refreshToken } of [person, second])
      await refusal(app.call(refresh, { body: { refreshToken } }), 'token_expired');
    await refusal(app.call(login, { body: { login: name, password } }), 'wrong_credentials');
    const { user } = await app.call(login, { body: { login: name, password: newPassword } });
    expect(user).toMatchObject({ id: person.user.id, mobileVerified: true });
    await refusal(app.call(confirmPasswordReset, { body }), 'wrong_code');
  });

  test('is not for a user who is not active', async () => {
    const { user } = await signUp(app);
    await app.db.updateTable('users').set({ status: 'suspended' }).where('id', '=', user.id).execute();
    const { codeId } = await askReset(user.mobile ?? '');
    const body = { codeId, code: await codeOf(app, codeId), password: newPassword };
    await refusal(app.call(confirmPasswordReset, { body }), 'account_inactive');
  });

  test('an address that was never proven opens nothing once another one is', async () => {
    const email = 'not.mine@example.com';
    const { user } = await signUp(app, patientBody({ email }));
    const before = await askReset(email);
    expect(await sentCode(app, before.codeId)).not.toBeNull();
    const { codeId } = await askReset(user.mobile ?? '');
    const body = { codeId, code: await codeOf(app, codeId), password: newPassword };
    await app.call(confirmPasswordReset, { body });
    later(app, { minutes: 1 });
    expect(await sentCode(app, (await askReset(email)).codeId)).toBeNull();
    expect(await sentCode(app, (await askReset(user.mobile ?? '')).codeId)).not.toBeNull();
  });
});

describe('verifying one’s own', () => {
  test('number and e-mail, each by its own code; another address has to be proven anew', async () => {
    const person = await signUp(app, patientBody({ email: 'verify.me@example.com' }));
    expect(person.user).toMatchObject({ emailVerified: false, mobileVerified: false });
    await verify(person, 'sms');
    await verify(person, 'email');
    const me = async () => (await app.call(getMe, {}, person)).user;
    expect(await me()).toMatchObject({ emailVerified: true, mobileVerified: true });
    await app.call(patchMe, { body: { fullName: 'Nusrat', email: 'verify.me@example.com' } }, person);
    expect(await me()).toMatchObject({ emailVerified: true, mobileVerified: true });
    await app.call(patchMe, { body: { email: 'verify.me.too@example.com' } }, person);
    expect(await me()).toMatchObject({ emailVerified: false, mobileVerified: true });
  });

  test('is for oneself: another’s code proves nothing, and stays theirs', async () => {
    const [mine, theirs] = [await signUp(app), await signUp(app)];
    const { codeId } = await app.call(requestVerification, { body: { channel: 'sms' } }, theirs);
    const body = { codeId, code: await codeOf(app, codeId) };
    await refusal(app.call(confirmVerification, { body }, mine), 'wrong_code');
    expect((await app.call(getMe, {}, mine)).user.mobileVerified).toBe(false);
    expect((await app.call(confirmVerification, { body }, theirs)).user.mobileVerified).toBe(true);
  });

  test('needs an address, and a sign-in', async () => {
    const person = await signUp(app);
    expect(
      await refusedFields(app.call(requestVerification, { body: { channel: 'email' } }, person)),
    ).toEqual(['channel']);
    const body = { channel: 'sms' };
    expect(await sendRaw(app, { method: 'POST', url: '/me/verification', body })).toMatchObject({
      status: 401,
    });
  });
});
