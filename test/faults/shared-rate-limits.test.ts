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

/** Statuses of `count` sign-ins with a wrong password, taken by the apps in turn, each for another login. */
async function guess(between: TestApp[], count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < count; i++) {
    const app = between[i % between.length];
    if (!app) break;
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { login: `nobody${i}@example.com`, password: 'Wrong@123' },
    });
    statuses.push(answer.statusCode);
  }
  return statuses;
}

test('gateways that share Redis share the count of an address; each alone counts for itself', async () => {
  const alone = await guess([await newApp({}), await newApp({})], 24);
  expect(alone.filter((status) => status === 429)).toHaveLength(0);

  const shared = await guess(
    [await newApp({ REDIS_URL: redis.url }), await newApp({ REDIS_URL: redis.url })],
    24,
  );
  expect(shared.slice(0, 20).every((status) => status === 401)).toBe(true);
  expect(shared.slice(20)).toEqual([429, 429, 429, 429]);
});

test('without Redis the site stays open; when it is back, the count is shared again', async () => {
  const between = [await newApp({ REDIS_URL: redis.url }), await newApp({ REDIS_URL: redis.url })];
  await redis.stop();
  expect(await guess(between, 4)).toEqual([401, 401, 401, 401]);
  await redis.start();
  await expect.poll(() => between.map(({ app }) => app.redis?.state())).toEqual(['ok', 'ok']);
  const statuses = await guess(between, 24);
  expect(statuses.slice(20)).toEqual([429, 429, 429, 429]);
});
