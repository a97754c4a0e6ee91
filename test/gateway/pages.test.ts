import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const browser = 'Mozilla/5.0 (X11; Linux x86_64)';

test('a sign-in by the web app is listed under the browser it was made with', async () => {
  await t.inject({
    method: 'POST',
    url: '/en/register',
    headers: {
      'sec-fetch-site': 'same-origin',
      'user-agent': browser,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: String(
      new URLSearchParams({ fullName: 'Ada Khan', mobile: '01799000111', password: 'Jui-2468' }),
    ),
  });
  const signIns = await t.db.selectFrom('sign_ins').select('user_agent').execute();
  expect(signIns.map((one) => one.user_agent)).toContain(browser);
});

test('whoever asks too often gets a page, and the API its problem', async () => {
  const limited = await startApp({ RATE_LIMIT: 'on' });
  try {
    const ask = (url: string) => limited.inject({ url });
    let passed = 0;
    // One whose count Redis answers too late passes uncounted.
    while (passed < 1_200 && (await ask('/robots.txt')).statusCode !== 429) passed += 1;
    expect(passed).toBeGreaterThanOrEqual(600);
    const page = await ask('/en/sign-in');
    expect(page.statusCode).toBe(429);
    expect(page.headers['content-type']).toContain('text/html');
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    expect(page.body).toMatch(/<html lang="en">.*Too many tries/s);
    const api = await ask('/api/v1/nothing');
    expect(api.headers['content-type']).toContain('application/problem+json');
  } finally {
    await limited.close();
  }
});

test('a page counts as one request, however often it asks the API; a sign-in counts each time', async () => {
  const limited = await startApp({ RATE_LIMIT: 'on' });
  try {
    const left = async (headers: Record<string, string> = {}) =>
      Number((await limited.inject({ url: '/en', headers })).headers['x-ratelimit-remaining']);
    const first = await left();
    expect(await left()).toBe(first - 1);
    // Nobody outside knows the value that sets inner calls apart.
    expect(await left({ 'x-inner-call': 'yes' })).toBe(first - 2);
    const guess = (login: string) =>
      limited.inject({
        method: 'POST',
        url: '/en/sign-in',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
        payload: String(new URLSearchParams({ login, password: 'Wrong-2468' })),
      });
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++) statuses.push((await guess(`nobody${i}@example.com`)).statusCode);
    expect(statuses.slice(0, 20)).not.toContain(429);
    expect(statuses[20]).toBe(429);
  } finally {
    await limited.close();
  }
});
