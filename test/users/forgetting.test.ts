import { afterAll, beforeAll, expect, test } from 'vitest';
import { login } from '../../src/contract/auth.ts';
import { signInTasks } from '../../src/users/sign-ins/tasks.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { refusal, signIn, signUp } from './people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
});
afterAll(() => app.close());

test('old tries and ended sign-ins are dropped, live ones stay', async () => {
  const { user } = await signUp(app);
  const name = user.mobile ?? '';
  await refusal(app.call(login, { body: { login: 'nobody', password: 'x' } }), 'wrong_credentials');
  app.clock.set(
    app.clock
      .now()
      .add({ hours: 61 * 24 })
      .toString(),
  );
  const live = await signIn(app, name);
  await refusal(app.call(login, { body: { login: 'somebody', password: 'x' } }), 'wrong_credentials');

  for (const task of Object.values(signInTasks(app.deps))) await task({});

  const signIns = await app.db.selectFrom('sign_ins').select('id').execute();
  expect(signIns.map(({ id }) => id)).toEqual([live.refreshToken.split('.')[0]]);
  const tries = await app.db.selectFrom('sign_in_attempts').select('attempts').execute();
  expect(tries).toHaveLength(1);
});
