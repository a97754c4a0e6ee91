import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refresh } from '../../src/contract/auth.ts';
import { getMe } from '../../src/contract/me.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { refusal, sendRaw, signIn, signUp, untilSomeoneWaits, password } from './people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
});
afterAll(() => app.close());

const later = (duration: Temporal.DurationLike) => app.clock.set(app.clock.now().add(duration).toString());

describe('a refresh token', () => {
  const exchange = (refreshToken: string) => app.call(refresh, { body: { refreshToken } });

  test('is exchanged for the next, again and again', async () => {
    const { refreshToken, user } = await signUp(app);
    const tokens = [refreshToken];
    for (let count = 0; count < 4; count += 1) {
      later({ minutes: 14 });
      const answer = await exchange(tokens.at(-1) ?? '');
      expect((await app.call(getMe, {}, answer)).user.id).toBe(user.id);
      tokens.push(answer.refreshToken);
    }
    expect(new Set(tokens).size).toBe(5);
  });

  test('has exactly one successor, though fifty ask at once', async () => {
    const { refreshToken } = await signUp(app);
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(refreshToken)));
    const successors = new Set(answers.map((answer) => answer.refreshToken));
    expect(successors.size).toBe(1);
    expect(successors).not.toContain(refreshToken);
    await exchange([...successors][0] ?? '');
  });

  test('waits for whoever is ending the sign-in at that moment', async () => {
    const { refreshToken } = await signUp(app);
    const id = refreshToken.split('.')[0] ?? '';
    const answer = await app.db.transaction().execute(async (tx) => {
      await tx
        .updateTable('sign_ins')
        .set({ ended_at: app.clock.now().toString(), ended_because: 'revoked' })
        .where('id', '=', id)
        .execute();
      const exchanging = refusal(exchange(refreshToken), 'token_expired');
      await untilSomeoneWaits(app);
      // Wrapped, since a promise that is returned is awaited before the commit it waits for.
      return { exchanging };
    });
    await answer.exchanging;
  });

  test('can be repeated for thirty seconds when the answer got lost', async () => {
    const { refreshToken } = await signUp(app);
    const first = await exchange(refreshToken);
    later({ seconds: 30 });
    expect((await exchange(refreshToken)).refreshToken).toBe(first.refreshToken);
    await exchange(first.refreshToken);
  });

  test('that comes later than that ends the sign-in for thief and owner', async () => {
    const { refreshToken, accessToken } = await signUp(app);
    const { refreshToken: successor } = await exchange(refreshToken);
    later({ seconds: 31 });
    await refusal(exchange(refreshToken), 'token_expired');
    await refusal(exchange(successor), 'token_expired');
    later({ seconds: 6 });
    await refusal(app.call(getMe, {}, { accessToken }), 'token_expired');
    const id = refreshToken.split('.')[0] ?? '';
    const row = await app.db
      .selectFrom('sign_ins')
      .select('ended_because')
      .where('id', '=', id)
      .executeTakeFirst();
    expect(row?.ended_because).toBe('token_reused');
  });

  test('two exchanges old ends the sign-in at once', async () => {
    const { refreshToken } = await signUp(app);
    const second = await exchange(refreshToken);
    const third = await exchange(second.refreshToken);
    await refusal(exchange(refreshToken), 'token_expired');
    await refusal(exchange(third.refreshToken), 'token_expired');
  });

  test('with a guessed secret ends the sign-in', async () => {
    const { refreshToken } = await signUp(app);
    const [id] = refreshToken.split('.');
    await refusal(exchange(`${id}.${'A'.repeat(43)}`), 'token_expired');
    await refusal(exchange(refreshToken), 'token_expired');
  });

  test('lives thirty days unused, and at most 180', async () => {
    const idle = await signUp(app);
    later({ hours: 30 * 24 });
    await refusal(exchange(idle.refreshToken), 'token_expired');
    let { refreshToken } = await signIn(app, idle.user.mobile ?? '');
    for (let days = 20; days < 180; days += 20) {
      later({ hours: 20 * 24 });
      ({ refreshToken } = await exchange(refreshToken));
    }
    later({ hours: 20 * 24 });
    await refusal(exchange(refreshToken), 'token_expired');
  });

  test('is kept as a hash only', async () => {
    const { refreshToken } = await signUp(app);
    const [id = '', secret = ''] = refreshToken.split('.');
    const row = await app.db
      .selectFrom('sign_ins')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.token_hash).toHaveLength(32);
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(app.logs.join('')).not.toContain(secret);
  });

  test.each(['', 'x', 'a.b', `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.${'A'.repeat(43)}`, 7, null])(
    '%j is refused',
    async (refreshToken) => {
      const answer = await sendRaw(app, { method: 'POST', url: '/auth/refresh', body: { refreshToken } });
      expect(answer.status).toBe(typeof refreshToken === 'string' && refreshToken !== '' ? 401 : 422);
    },
  );

  test('of a user who was switched off in the database opens nothing', async () => {
    const { refreshToken, user } = await signUp(app);
    await app.db.updateTable('users').set({ status: 'inactive' }).where('id', '=', user.id).execute();
    await refusal(exchange(refreshToken), 'account_inactive');
  });
});

test('the logs name nobody', () => expectNoPersonalData(app, [password]));
