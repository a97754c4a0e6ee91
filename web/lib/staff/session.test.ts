import { expect, test } from 'vitest';
import { getMe } from '../../../src/contract/me.ts';
import { problems } from '../../../src/contract/problems.ts';
import { createStaffCall, mayPass } from './api.ts';
import { ConnectionProblem } from './connection-problem.ts';
import { createStaffSession, SignedOut } from './session.ts';

test('a token is asked for once by all who need it, and kept until shortly before it ends', async () => {
  const { session, posts, pass } = aSession();
  expect(await Promise.all([session.accessToken(), session.accessToken()])).toEqual(['token-1', 'token-1']);
  pass(800);
  expect(await session.accessToken()).toBe('token-1');
  pass(60);
  expect(await session.accessToken()).toBe('token-2');
  expect(posts).toEqual([{ afresh: false }, { afresh: false }]);
});

test('a refused token is replaced once, however many requests met the refusal', async () => {
  const { session, posts } = aSession();
  const first = await session.accessToken();
  expect(await Promise.all([session.replaceToken(first), session.replaceToken(first)])).toEqual([
    'token-2',
    'token-2',
  ]);
  // One that comes late does not use the next one up.
  expect(await session.replaceToken(first)).toBe('token-2');
  expect(posts).toEqual([{ afresh: false }, { afresh: true }]);
});

test('no sign-in, and no answer, are two things', async () => {
  await expect(aSession({ status: 401 }).session.accessToken()).rejects.toThrow(SignedOut);
  for (const status of [503, 500, 429, 502])
    await expect(aSession({ status }).session.accessToken()).rejects.toThrow(ConnectionProblem);
});

test('the chambers’ clock runs on from the server’s, over midnight', async () => {
  const { session, pass } = aSession({ now: '2026-11-30T23:59:30+06:00' });
  expect(session.wallClock()).toBeNull();
  await session.accessToken();
  expect(session.wallClock()).toBe('2026-11-30T23:59:30');
  pass(45);
  expect(session.wallClock()).toBe('2026-12-01T00:00:15');
});

test('a request that was refused for its token is sent again with another, once', async () => {
  const sent: (string | undefined)[] = [];
  const send = (takes: string) =>
    createStaffCall(aSession().session, ({ headers }) => {
      sent.push(headers['authorization']);
      return Promise.resolve(headers['authorization'] === `Bearer ${takes}` ? answer : refusal);
    });
  await expect(send('token-2')(getMe, {})).resolves.toEqual({ user: {} });
  expect(sent).toEqual(['Bearer token-1', 'Bearer token-2']);
  sent.length = 0;
  await expect(send('none')(getMe, {})).rejects.toThrow(SignedOut);
  expect(sent).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('only what nobody answered is worth asking again', async () => {
  expect(mayPass(new ConnectionProblem('slow'))).toBe(true);
  expect(mayPass(new SignedOut())).toBe(false);
  const call = createStaffCall(aSession().session, () => Promise.resolve({ status: 502, body: '<html>' }));
  expect(await call(getMe, {}).catch(mayPass)).toBe(true);
});

const answer = { status: 200, body: '{"user":{}}' };
const { status, title } = problems.token_expired;
const refusal = {
  status,
  body: JSON.stringify({
    code: 'token_expired',
    status,
    title,
    type: 'about:blank',
    detail: '',
    requestId: '',
  }),
};

/** A session of tokens that live a quarter of an hour, on a clock that the test moves. */
function aSession(given: { status?: number; now?: string } = {}) {
  const posts: { afresh: boolean }[] = [];
  let elapsed = 1000;
  const session = createStaffSession({
    post: (options) => {
      posts.push(options);
      const accessToken = `token-${posts.length}`;
      const now = given.now ?? '2026-11-22T22:00:00+06:00';
      const body = JSON.stringify({ accessToken, endsInSeconds: 900, name: 'Nusrat', now });
      return Promise.resolve({ status: given.status ?? 200, body });
    },
    elapsed: () => elapsed,
  });
  return { session, posts, pass: (seconds: number) => void (elapsed += seconds * 1000) };
}
