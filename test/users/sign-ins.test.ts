import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login, logout, refresh } from '../../src/contract/auth.ts';
import { endSignIn, getMe, listSignIns } from '../../src/contract/me.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { next, password, patientBody, refusal, sendRaw, signIn, signUp } from './people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
});
afterAll(() => app.close());

const later = (duration: Temporal.DurationLike) => app.clock.set(app.clock.now().add(duration).toString());
const tryLogin = (name: string, word = password) =>
  app.call(login, { body: { login: name, password: word } });

describe('signing in', () => {
  test('by e-mail in any case and by mobile in any form', async () => {
    const { user } = await signUp(app, patientBody({ mobile: '01712345678', email: 'moyna@example.com' }));
    const forms = [' Moyna@EXAMPLE.com', '01712345678', '+880 1712-345678', '8801712345678', '০১৭১২৩৪৫৬৭৮'];
    for (const form of forms) expect((await tryLogin(form)).user.id).toBe(user.id);
  });

  test('gives tokens that open the own profile', async () => {
    const { user, accessToken } = await signUp(app);
    const answer = await tryLogin(user.mobile ?? '');
    expect(answer).toMatchObject({ tokenType: 'bearer', expiresIn: 900, user: { id: user.id } });
    expect((await app.call(getMe, {}, { accessToken })).user.id).toBe(user.id);
  });

  test('a wrong password and an unknown login get the same answer', async () => {
    const { user } = await signUp(app);
    const wrong = await refusal(tryLogin(user.mobile ?? '', 'Wrong@word9'), 'wrong_credentials');
    for (const unknown of ['01700000000', 'nobody@example.com', 'nobody', '%', "' or 1=1 --"]) {
      const body = await refusal(tryLogin(unknown), 'wrong_credentials');
      expect({ ...body, requestId: '' }).toEqual({ ...wrong, requestId: '' });
    }
  });

  test('a wrong password and an unknown login take the same work', async () => {
    const { user } = await signUp(app);
    const time = async (name: string) => {
      const start = performance.now();
      await refusal(tryLogin(name, 'Wrong@word9'), 'wrong_credentials');
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      known.push(await time(user.mobile ?? ''));
      unknown.push(await time(`0179${String(next()).padStart(7, '0')}`));
    }
    // Without the same work the unknown login is answered at least five times as fast.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
  });

  test('the hash of the login is all that a try leaves', async () => {
    await refusal(tryLogin('private.person@example.com'), 'wrong_credentials');
    const rows = await app.db.selectFrom('sign_in_attempts').select('login_hash').execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.login_hash).toHaveLength(32);
    expect(app.logs.join('')).not.toContain('private.person');
  });

  test.each(['inactive', 'suspended'] as const)(
    'a user who is %s is told so only after the right password',
    async (status) => {
      const { user } = await signUp(app);
      await app.db.updateTable('users').set({ status }).where('id', '=', user.id).execute();
      await refusal(tryLogin(user.mobile ?? '', 'Wrong@word9'), 'wrong_credentials');
      await refusal(tryLogin(user.mobile ?? ''), 'account_inactive');
    },
  );

  test.each([
    ['nothing', {}, ['login', 'password']],
    ['a list', { login: ['a'], password }, ['login']],
    ['NUL', { login: 'a\u0000b', password }, ['login']],
    ['a huge login', { login: 'a'.repeat(5_000), password }, ['login']],
    ['a huge password', { login: 'a', password: 'a'.repeat(5_000) }, ['password']],
    ['an unknown field', { login: 'a', password, admin: true }, ['admin']],
  ])('%s is refused', async (_, body, fields) => {
    expect(await sendRaw(app, { method: 'POST', url: '/auth/login', body })).toMatchObject({
      status: 422,
      fields,
    });
  });
});

describe('tries', () => {
  test('end after ten, also with the right password, and begin anew after the quarter hour', async () => {
    app.clock.set(aMonday);
    const { user } = await signUp(app);
    const name = user.mobile ?? '';
    for (let count = 0; count < 10; count += 1)
      await refusal(tryLogin(name, 'Wrong@word9'), 'wrong_credentials');
    await refusal(tryLogin(name), 'too_many_requests');
    later({ minutes: 5 });
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { login: name, password },
    });
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('600');
    later({ minutes: 10 });
    await tryLogin(name);
  });

  test('are forgotten after the right password', async () => {
    const { user } = await signUp(app);
    const name = user.mobile ?? '';
    for (let round = 0; round < 2; round += 1) {
      for (let count = 0; count < 9; count += 1)
        await refusal(tryLogin(name, 'Wrong@word9'), 'wrong_credentials');
      await tryLogin(name);
    }
  });

  test('that come together cannot pass together, whichever form the login has', async () => {
    const { user } = await signUp(app);
    const plain = (user.mobile ?? '').slice(3);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        sendRaw(app, {
          method: 'POST',
          url: '/auth/login',
          body: { login: index % 2 ? plain : `+88 ${plain}`, password: `Wrong@word${index}` },
        }),
      ),
    );
    expect(answers.filter(({ code }) => code === 'wrong_credentials')).toHaveLength(10);
    expect(answers.filter(({ code }) => code === 'too_many_requests')).toHaveLength(50);
  });
});

describe('signing out', () => {
  test('ends the sign-in and no other', async () => {
    const first = await signUp(app);
    const second = await signIn(app, first.user.mobile ?? '');
    await app.call(logout, { body: { refreshToken: first.refreshToken } });
    await refusal(app.call(refresh, { body: { refreshToken: first.refreshToken } }), 'token_expired');
    await app.call(refresh, { body: { refreshToken: second.refreshToken } });
    later({ seconds: 6 });
    await refusal(app.call(getMe, {}, first), 'token_expired');
  });

  test('works twice, and with what never was a token', async () => {
    const { refreshToken } = await signUp(app);
    await app.call(logout, { body: { refreshToken } });
    await app.call(logout, { body: { refreshToken } });
    await app.call(logout, { body: { refreshToken: 'nonsense' } });
    expect(await sendRaw(app, { method: 'POST', url: '/auth/logout', body: {} })).toMatchObject({
      status: 422,
    });
  });

  test('with a guessed secret signs nobody out', async () => {
    const { refreshToken } = await signUp(app);
    await app.call(logout, { body: { refreshToken: `${refreshToken.split('.')[0]}.${'A'.repeat(43)}` } });
    await app.call(refresh, { body: { refreshToken } });
  });
});

describe('devices', () => {
  test('are listed, the last used first, with the one that asks marked', async () => {
    const first = await signUp(app);
    later({ minutes: 1 });
    const second = await signIn(app, first.user.mobile ?? '');
    const { items } = await app.call(listSignIns, {}, first);
    expect(items.map((item) => item.current)).toEqual([false, true]);
    expect(items[0]).toMatchObject({ lastUsedAt: app.clock.now().toString(), userAgent: 'lightMyRequest' });
    expect(items[0]?.id).toBe(second.refreshToken.split('.')[0]);
  });

  test('can be signed out one by one, by their owner alone', async () => {
    const owner = await signUp(app);
    const other = await signUp(app);
    const id = owner.refreshToken.split('.')[0] ?? '';
    await refusal(app.call(endSignIn, { params: { id } }, other), 'not_found');
    await app.call(endSignIn, { params: { id } }, owner);
    await refusal(app.call(refresh, { body: { refreshToken: owner.refreshToken } }), 'token_expired');
    await refusal(
      app.call(endSignIn, { params: { id } }, await signIn(app, owner.user.mobile ?? '')),
      'not_found',
    );
  });

  test('are for those who are signed in, by ids that are ids', async () => {
    expect(await sendRaw(app, { method: 'GET', url: '/me/sessions' })).toMatchObject({
      code: 'not_signed_in',
    });
    const as = await signUp(app);
    expect(await sendRaw(app, { method: 'DELETE', url: '/me/sessions/7', as })).toMatchObject({
      status: 422,
    });
  });
});

test('the logs name nobody', () => expectNoPersonalData(app, [password]));
