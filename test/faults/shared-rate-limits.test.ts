import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';
import { ownRedis, type OwnRedis } from './redis.ts';

let redis: OwnRedis;
const apps: TestApp[] = [];

beforeAll(async () => {
  redis = await ownRedis();
  await redis.start();
});

afterAll(async () => {
  for (const app of apps) await app.close();
  await redis.stop();
});

const newApp = async (env: Record<string, string>): Promise<TestApp> => {
  const app = await startApp({ RATE_LIMIT: 'on', SERVICES: 'gateway,users,appointments,worker', ...env });
  apps.push(app);
  return app;
};

type Guess = { status: number; counted: boolean };

/** So many counted sign-ins with a wrong password, taken by the apps in turn, each for another login. */
async function guess(between: readonly TestApp[], count: number): Promise<Guess[]> {
  const guesses: Guess[] = [];
  for (let i = 0; guesses.filter(({ counted }) => counted).length < count; i++) {
    const app = between[i % between.length];
    if (!app || i === mostGuesses) throw new Error('nobody counts');
    const answer = await guessAt(app, i);
    const { 'x-ratelimit-remaining': left, 'x-ratelimit-limit': limit } = answer.headers;
    guesses.push({ status: answer.statusCode, counted: left !== limit });
  }
  return guesses;
}

const mostGuesses = 60;

const guessAt = ({ app }: TestApp, i: number) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { login: `nobody${i}@example.com`, password: 'Wrong@123' },
  });

/** Expects twenty to be let in, by whichever of the apps they came, and then nobody. */
function expectOneCount(guesses: readonly Guess[]): void {
  const first = guesses.findIndex(({ status }) => status === 429);
  const before = guesses.slice(0, first);
  expect(before.every(({ status }) => status === 401)).toBe(true);
  // For whom Redis took too long is let in, and whether it has counted them nobody knows.
  const unheard = before.filter(({ counted }) => !counted).length;
  expect(before.length).toBeGreaterThanOrEqual(20);
  expect(before.length).toBeLessThanOrEqual(20 + unheard);
  const after = guesses.slice(first).filter(({ counted }) => counted);
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set([429]));
}

test('gateways that share Redis share the count of an address; each alone counts for itself', async () => {
  const alone = await guess([await newApp({}), await newApp({})], 24);
  expect(alone.filter(({ status }) => status === 429)).toHaveLength(0);

  expectOneCount(
    await guess([await newApp({ REDIS_URL: redis.url }), await newApp({ REDIS_URL: redis.url })], 24),
  );
});

test('without Redis the site stays open; when it is back, the count is shared again', async () => {
  const between = [await newApp({ REDIS_URL: redis.url }), await newApp({ REDIS_URL: redis.url })];
  await redis.stop();
  for (const [i, app] of [...between, ...between].entries())
    expect((await guessAt(app, i)).statusCode).toBe(401);
  await redis.start();
  await expect.poll(() => between.map(({ app }) => app.redis?.state())).toEqual(['ok', 'ok']);
  expectOneCount(await guess(between, 24));
});
