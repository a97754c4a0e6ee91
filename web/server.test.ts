import { expect, test } from 'vitest';
import { ApiProblem, type Call } from '../src/contract/client.ts';
import { type ProblemCode, problems } from '../src/contract/problems.ts';
import { usualSettings } from '../src/contract/settings.ts';
import { renderPage } from './server.tsx';

const origin = 'http://shomoy.example';

test('an unknown address is answered with a page, in the language of its path', async () => {
  const bangla = await visit('/nowhere');
  expect(bangla.status).toBe(404);
  expect(await bangla.text()).toContain('<html lang="bn">');
  const english = await (await visit('/en/nowhere')).text();
  expect(english).toMatch(/<html lang="en">.*Page not found/s);
  expect(english).toContain('href="/nowhere"');
});

test('a form from another site is refused before anything is called', async () => {
  const foreign = {
    origin: 'https://evil.example',
    'sec-fetch-site': 'cross-site',
    cookie: 'shomoy-refresh=r',
  };
  const posts: Record<string, string>[] = [foreign, { origin: 'null' }, {}];
  for (const headers of posts) {
    const calls: string[] = [];
    const answer = await visit('/sign-out', { method: 'POST', headers, call: recording(calls) });
    expect([answer.status, calls]).toEqual([403, []]);
  }
});

test('a failure shows the request’s number and is reported', async () => {
  const errors: unknown[] = [];
  const answer = await visit('/en', { call: broken, errors });
  const html = await answer.text();
  expect(answer.status).toBe(500);
  expect(html).toContain('request-1');
  expect(html).not.toContain('secret detail');
  expect(errors).toHaveLength(1);
});

test('a sign-in leads to its next page, and never to another site', async () => {
  const next = '/book/dr-smith?slot=2026-11-25T09%3A30%3A00%2B06%3A00';
  expect((await signIn(`/sign-in?next=${encodeURIComponent(next)}`)).headers.get('location')).toBe(next);
  for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example'])
    expect((await signIn(`/en/sign-in?next=${encodeURIComponent(evil)}`)).headers.get('location')).toBe(
      '/en/me/appointments',
    );
});

test('tokens go into cookies that scripts cannot read, and by https only where there is https', async () => {
  const plain = (await signIn('/sign-in')).headers.getSetCookie();
  expect(plain).toContainEqual(expect.stringMatching(/^shomoy-refresh=refresh-1; .*HttpOnly; SameSite=Lax$/));
  const secure = (await signIn('/sign-in', 'https://shomoy.example')).headers.getSetCookie();
  expect(secure).toContainEqual(expect.stringMatching(/^__Host-shomoy-refresh=refresh-1; .*; Secure$/));
});

test('a wrong password keeps what was typed, but never the password', async () => {
  const answer = await post(
    '/en/sign-in',
    { login: '০১৭১২ ৩৪৫৬৭৮', password: 'Wrong@123' },
    refusing('wrong_credentials'),
  );
  const html = await answer.text();
  expect(answer.status).toBe(422);
  expect(html).toContain('<title>Error: Sign in');
  expect(html).toContain('value="০১৭১২ ৩৪৫৬৭৮"');
  expect(html).not.toContain('Wrong@123');
});

test('a sign-in that has ended is taken away, and the address kept for after', async () => {
  const cookie = 'shomoy-access=old; shomoy-refresh=r; shomoy-name=Rahima';
  const answer = await visit('/en/me/appointments', { headers: { cookie }, call: refusing('token_expired') });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/en/sign-in?next=%2Fen%2Fme%2Fappointments');
  expect(answer.headers.getSetCookie()).toContainEqual(
    expect.stringMatching(/^shomoy-refresh=; .*Max-Age=0/),
  );
});

test('a busy service signs nobody out', async () => {
  const answer = await visit('/nowhere', {
    headers: { cookie: 'shomoy-refresh=r; shomoy-name=Rahima' },
    call: refusing('unavailable'),
  });
  expect(answer.headers.getSetCookie().join()).not.toContain('shomoy-refresh');
});

test('a file neither takes a session along nor uses one up', async () => {
  for (const path of ['/favicon.svg', '/robots.txt', '/en/a/token/calendar.ics']) {
    const calls: string[] = [];
    const cookie = 'shomoy-refresh=r; shomoy-name=Rahima';
    const answer = await visit(path, { headers: { cookie }, call: recording(calls) });
    expect(calls, path).not.toContain('/auth/refresh');
    expect(answer.headers.getSetCookie().join(), path).not.toContain('shomoy-refresh');
  }
});

test('signing out ends the sign-in even when its session could not be opened', async () => {
  const ended: unknown[] = [];
  const call: Call = (route, input) => {
    if (route.path === '/auth/logout') ended.push(input);
    return refuse('unavailable');
  };
  const cookie = 'shomoy-refresh=r-1; shomoy-name=Rahima';
  const answer = await visit('/sign-out', { method: 'POST', headers: { origin, cookie }, call });
  expect(answer.status).toBe(303);
  expect(ended).toEqual([{ body: { refreshToken: 'r-1' } }]);
  expect(answer.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^shomoy-refresh=; /));
});

test('no link of a page leads to another site, whatever the address is', async () => {
  const addresses = ['/en//evil.example', '//evil.example', '/en///evil.example/'];
  for (const address of addresses)
    for (const call of [refusing('not_found'), broken]) {
      const headers = { cookie: 'shomoy-refresh=r' };
      const html = await (await visit(address, { headers, call })).text();
      expect(html, address).not.toMatch(/href="\/[/\\]/);
    }
});

test('a body that no form of ours sends is refused, not stumbled over', async () => {
  for (const type of ['application/json', 'text/plain']) {
    const errors: unknown[] = [];
    const headers = { origin, 'content-type': type };
    const answer = await visit('/sign-in', { method: 'POST', headers, body: '{}', errors });
    expect([answer.status, errors]).toEqual([403, []]);
  }
});

const ada = { fullName: 'Ada', mobile: '01712345678', password: 'Patient@1' };

test('a registration that is sent twice leads in, like the first', async () => {
  const twice: Call = (route, input) =>
    route.path === '/auth/register' ? refuse('mobile_taken') : signedIn(route, input);
  const answer = await post('/en/register', ada, twice);
  expect(answer.headers.get('location')).toBe('/en/me/appointments');
  expect(answer.headers.getSetCookie().join()).toContain('shomoy-refresh=refresh-1');
});

test('a number that somebody else has says so, whatever the sign-in says', async () => {
  for (const code of ['wrong_credentials', 'account_inactive', 'too_many_requests'] as const) {
    const taken: Call = (route) => refuse(route.path === '/auth/register' ? 'mobile_taken' : code);
    const answer = await post('/en/register', ada, taken);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('already has an account');
  }
});

test('a password that is refused though it keeps the rules is said to be too well known', async () => {
  const html = await (await post('/en/register', ada, refusing('invalid_input', 'password'))).text();
  expect(html).toContain('among the first that are guessed');
});

test('fonts are left out for Android and for whoever saves data', async () => {
  const withFonts = async (headers: Record<string, string>): Promise<boolean> =>
    (await (await visit('/nowhere', { headers })).text()).includes('/assets/fonts.css');
  expect(await withFonts({ 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' })).toBe(true);
  expect(await withFonts({ 'user-agent': 'Mozilla/5.0 (Linux; Android 13)' })).toBe(false);
  expect(await withFonts({ 'save-data': 'on' })).toBe(false);
});

test('what a visitor sends stands in the page as text', async () => {
  const html = await (
    await post(
      '/en/sign-in',
      { login: '"><script>alert(1)</script>', password: '' },
      refusing('wrong_credentials'),
    )
  ).text();
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('&lt;script&gt;alert');
});

test('staff begin at their desk and patients at their appointments', async () => {
  expect((await signIn('/en/sign-in')).headers.get('location')).toBe('/en/me/appointments');
  for (const userType of ['doctor', 'assistant', 'admin']) {
    const asStaff: Call = () =>
      Promise.resolve(JSON.parse(JSON.stringify({ ...answered, user: { fullName: 'Nusrat', userType } })));
    const form = { login: 'nusrat@example.com', password: 'Doctor@1' };
    const answer = await post('/en/sign-in', form, asStaff);
    expect(answer.headers.get('location')).toBe('/en/staff');
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    expect(await (await visit('/en/nowhere', { headers: { cookie } })).text()).toContain('href="/en/staff"');
  }
});

const cookie = 'shomoy-access=access-1; shomoy-refresh=refresh-1; shomoy-name=Nusrat';

test('the staff app’s frame is the same at every address below /staff, and only for who is signed in', async () => {
  for (const path of ['/en/staff', '/en/staff/', '/en/staff/doctors/3/hours?day=5']) {
    const html = await (await visit(path, { headers: { cookie } })).text();
    expect(html, path).toContain('<script type="module" src="/assets/staff.js"></script>');
    expect(html, path).toContain('id="app"');
  }
  const stranger = await visit('/en/staff/chambers?a=1');
  expect(stranger.headers.get('location')).toBe('/en/sign-in?next=%2Fen%2Fstaff%2Fchambers%3Fa%3D1');
  expect((await visit('/en/stafford', { headers: { cookie } })).status).toBe(404);
});

test('the staff app is told of the sign-in, never of what renews it', async () => {
  const answer = await openStaff({ headers: { origin, cookie } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({
    accessToken: 'access-1',
    endsInSeconds: 60,
    name: 'Nusrat',
    now: '2026-11-22T09:20:00+06:00',
  });
  const token = `h.${btoa(JSON.stringify({ exp: 1_795_317_600 + 300 }))}.s`;
  const withEnd = await openStaff({ headers: { origin, cookie: cookie.replace('access-1', token) } });
  expect(await withEnd.json()).toMatchObject({ endsInSeconds: 300 });
});

test('a token that is to be had afresh is exchanged although it has not ended', async () => {
  const call: Call = (route) =>
    route.path === '/auth/refresh'
      ? Promise.resolve(JSON.parse('{"accessToken":"access-2","expiresIn":900,"refreshToken":"refresh-2"}'))
      : refuse('not_found');
  const answer = await openStaff({ headers: { origin, cookie }, call }, '?afresh=yes');
  expect(await answer.json()).toMatchObject({ accessToken: 'access-2' });
  expect(answer.headers.getSetCookie().join()).toContain('shomoy-refresh=refresh-2');
});

test('who has no sign-in is told so; a busy service is not the end of one; a foreign page learns nothing', async () => {
  expect((await openStaff({ headers: { origin } })).status).toBe(401);
  const old = 'shomoy-refresh=refresh-1; shomoy-name=Nusrat';
  const ended = await openStaff({ headers: { origin, cookie: old }, call: refusing('token_expired') });
  expect(ended.status).toBe(401);
  expect(ended.headers.getSetCookie().join()).toContain('shomoy-refresh=;');
  const busy = await openStaff({ headers: { origin, cookie: old }, call: refusing('unavailable') });
  expect([busy.status, busy.headers.getSetCookie().join()]).toEqual([
    503,
    expect.not.stringContaining('shomoy-refresh'),
  ]);
  const foreign = await openStaff({ headers: { origin: 'https://evil.example', cookie } });
  expect(foreign.status).toBe(403);
  expect(await foreign.text()).not.toContain('access-1');
});

const openStaff = (sent: Sent, query = ''): Promise<Response> =>
  visit(`/staff/session${query}`, { ...sent, method: 'POST' });

type Sent = {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  call?: Call;
  errors?: unknown[];
};

function visit(path: string, sent: Sent = {}, at = origin): Promise<Response> {
  const { method = 'GET', headers = {}, body, call = refusing('not_found'), errors = [] } = sent;
  return renderPage(new Request(at + path, { method, headers, ...(body === undefined ? {} : { body }) }), {
    call,
    now: Temporal.Instant.from('2026-11-22T03:20:00Z').epochMilliseconds,
    requestId: 'request-1',
    assets: {
      script: '/assets/script.js',
      styles: '/assets/styles.css',
      fonts: '/assets/fonts.css',
      staff: '/assets/staff.js',
    },
    settings: usualSettings,
    demoLogins: [],
    onError: (error) => errors.push(error),
  });
}

const post = (path: string, form: Record<string, string>, call: Call, at = origin): Promise<Response> =>
  visit(
    path,
    {
      method: 'POST',
      headers: { origin: at, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      call,
    },
    at,
  );

const signIn = (path: string, at = origin): Promise<Response> =>
  post(path, { login: 'rahima@example.com', password: 'Patient@1' }, signedIn, at);

const answered = {
  accessToken: 'access-1',
  tokenType: 'bearer',
  expiresIn: 900,
  refreshToken: 'refresh-1',
  user: { fullName: 'Rahima Begum', userType: 'patient' },
};
const signedIn: Call = (route) =>
  route.path === '/auth/login' ? Promise.resolve(JSON.parse(JSON.stringify(answered))) : refuse('not_found');

const broken: Call = () => Promise.reject(new Error('secret detail'));

const refusing =
  (code: ProblemCode, path?: string): Call =>
  () =>
    refuse(code, path);

const recording =
  (calls: string[]): Call =>
  (route) => {
    calls.push(route.path);
    return refuse('not_found');
  };

function refuse(code: ProblemCode, path?: string): Promise<never> {
  const { status, title } = problems[code];
  const errors = path === undefined ? {} : { errors: [{ path, message: title }] };
  return Promise.reject(
    new ApiProblem({ type: 'about:blank', title, status, code, detail: title, requestId: '', ...errors }),
  );
}
