import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProblemBody, ProblemCode } from '../../src/contract/problems.ts';
import { apiPrefix } from '../../src/contract/route.ts';
import { routesByService } from '../../src/contract/routes.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { expectProblem } from '../harness/refusals.ts';

let t: TestApp;
let doctor: Doctor;
let tokens: { admin: string; doctor: string; patient: string };

beforeAll(async () => {
  t = await startApp();
  doctor = await aDoctor(t);
  tokens = {
    admin: await signedIn(t, await anAdmin(t)),
    doctor: await signedIn(t, { userId: doctor.doctorId }),
    patient: await signedIn(t, await aPatient(t)),
  };
});

afterAll(async () => {
  await expectNoPersonalData(t, Object.values(tokens));
  await t.close();
});

type Sent = { method: string; url: string; body?: unknown; as?: string; headers?: Record<string, string> };

async function send({ method, url, body, as, headers = {} }: Sent) {
  const answer = await t.inject({
    method: method as 'GET',
    url: `${apiPrefix}${url}`,
    headers: {
      ...(as ? { authorization: `Bearer ${as}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return answer;
}

async function expectRefusal(sent: Sent, code: ProblemCode, field?: string): Promise<void> {
  const answer = await send(sent);
  const body: ProblemBody = answer.json();
  expect(body.code, `${sent.method} ${sent.url} ${JSON.stringify(sent.body)}`.slice(0, 200)).toBe(code);
  expectProblem(body, code);
  expect(answer.statusCode).toBe(body.status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.headers['x-request-id']).toBe(body.requestId);
  if (field !== undefined) expect([...new Set(body.errors?.map((error) => error.path))]).toEqual([field]);
}

const hours = { from: '10:00', to: '11:00', mode: 'timed', slotMinutes: 15 };
const day = { from: '2026-11-09', until: '2026-11-09' };
const sampleBodies: Record<string, object> = {
  'POST /doctors/{id}/schedules': { chamberId: 1, weekday: 1, ...hours },
  'PATCH /doctors/{id}/schedules/{scheduleId}': {},
  'PUT /doctors/{id}/schedules': { chamberId: 1, hours: [{ weekday: 1, ...hours }] },
  'POST /doctors/{id}/exceptions': { kind: 'time_off', ...day },
  'PATCH /doctors/{id}/exceptions/{exceptionId}': {},
  'POST /holidays': { name: 'Eid', nameBn: 'ঈদ', ...day },
  'PATCH /holidays/{id}': {},
  'POST /holidays/public': { year: 2027 },
};

/** Whoever may call it. */
const allowed = ({ access }: { access: unknown }): string =>
  Array.isArray(access) && !access.includes('admin') ? tokens.doctor : tokens.admin;

const named: Record<string, string> = { kind: 'booked', channel: 'sms', language: 'en', name: 'outcomes' };
const filled = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: string) => named[name] ?? '1');
const routes = routesByService.appointments.map((route) => ({
  ...route,
  name: `${route.method} ${route.path}`,
}));

const closed = routes.filter(({ access }) => access !== 'public' && access !== 'anyone');

test.each(closed)('$name wants a sign-in', async (route) => {
  const answer = await send({
    method: route.method,
    url: filled(route.path),
    ...('body' in route ? { body: {} } : {}),
  });
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Bearer');
  expectProblem(answer.json(), 'not_signed_in');
});

test.each(routes.filter((route) => Array.isArray(route.access)))('$name refuses patients', async (route) => {
  await expectRefusal(
    {
      method: route.method,
      url: filled(route.path),
      as: tokens.patient,
      ...('body' in route ? { body: {} } : {}),
    },
    'not_allowed',
  );
});

// Where a body has a kind, the kind decides which fields it knows.
const kinds: Record<string, object> = { 'POST /doctors/{id}/exceptions': { kind: 'time_off' } };

test.each(routes.filter((route) => 'body' in route))('$name refuses unknown fields', async (route) => {
  const url = filled(route.path.replace('{token}', 'A'.repeat(30)).replace('{id}', String(doctor.doctorId)));
  const body = { ...kinds[route.name], surprise: true };
  const answer = await send({ method: route.method, url, as: allowed(route), body });
  const problem: ProblemBody = answer.json();
  expectProblem(problem, 'invalid_input');
  expect(problem.errors).toContainEqual({ path: 'surprise', message: 'This field is not known here' });
});

test.each(routes.filter((route) => 'query' in route))('$name refuses unknown parameters', async (route) => {
  // What the framework looks at first must be good.
  const goodBody = 'body' in route ? sampleBodies[route.name] : undefined;
  const answer = await send({
    method: route.method,
    url: `${filled(route.path)}?surprise=1`,
    as: allowed(route),
    ...(goodBody ? { body: goodBody } : {}),
  });
  const body: ProblemBody = answer.json();
  expectProblem(body, 'invalid_input');
  expect(body.errors).toContainEqual({ path: 'surprise', message: 'This field is not known here' });
});

const badIds = ['0', '-1', '1.5', '1e3', '2147483648', '99999999999999999999', 'abc', '%00', "1'or'1", '১'];
test.each(routes.filter((route) => route.path.includes('{id}') && route.path !== '/doctors/{id}'))(
  '$name refuses ids that are none',
  async (route) => {
    for (const id of badIds) {
      const url = route.path
        .replace('{id}', encodeURIComponent(decodeURIComponent(id)))
        .replace(/\{\w+\}/, '1');
      await expectRefusal(
        { method: route.method, url, as: allowed(route), ...('body' in route ? { body: {} } : {}) },
        'invalid_input',
        'id',
      );
    }
  },
);

test('a doctor’s page is found by id or slug and nothing else', async () => {
  for (const id of ['0', '2147483648', '99999999999', 'no-such-doctor'])
    await expectRefusal({ method: 'GET', url: `/doctors/${id}` }, 'not_found');
  for (const id of ['Salma', 'a--b', '-a', 'a%00', '১', 'a'.repeat(121)])
    await expectRefusal(
      { method: 'GET', url: `/doctors/${encodeURIComponent(decodeURIComponent(id))}` },
      'invalid_input',
    );
});

test('a parameter given twice is refused', async () => {
  for (const url of [
    '/doctors?q=a&q=b',
    '/appointments?limit=1&limit=2',
    '/appointments?status=confirmed&status=confirmed',
    `/doctors/${doctor.doctorId}/availability?from=2026-11-02&from=2026-11-03&to=2026-11-03`,
  ])
    await expectRefusal({ method: 'GET', url, as: tokens.patient }, 'invalid_input');
});

test('limits of pages', async () => {
  for (const limit of ['0', '101', '-1', '1e2', 'all', ''])
    await expectRefusal({ method: 'GET', url: `/doctors?limit=${limit}` }, 'invalid_input', 'limit');
});

const cursorOf = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
const madeUpCursors = [
  'nonsense',
  '',
  cursorOf([]),
  cursorOf([1]),
  cursorOf([1, 2, 3]),
  cursorOf({ 0: 1, 1: 2, length: 2 }),
  cursorOf(['1', 2]),
  cursorOf([1, 1e30]),
  cursorOf([1, 1.5]),
  cursorOf([1, null]),
  cursorOf([1, -5]),
  cursorOf([1, 3_000_000_000]),
  cursorOf([-9e15, 1]),
  Buffer.from('[1e308,1]').toString('base64url'),
];
test.each(['/appointments?', '/doctors?', '/doctors?sort=fee&'])(
  'a cursor made up for %s is refused',
  async (url) => {
    for (const cursor of madeUpCursors)
      await expectRefusal(
        { method: 'GET', url: `${url}cursor=${cursor}`, as: tokens.admin },
        'invalid_input',
        'cursor',
      );
  },
);

test('a cursor made up for the list of chambers is refused', async () => {
  for (const position of [[], [null], [1.5], [-1], [3_000_000_000], ['1'], [1, 2]])
    await expectRefusal(
      { method: 'GET', url: `/chambers?cursor=${cursorOf(position)}`, as: tokens.doctor },
      'invalid_input',
      'cursor',
    );
});

test('dates that are none, and too many of them', async () => {
  const base = `/doctors/${doctor.doctorId}/availability`;
  for (const [from, to, field] of [
    ['2026-02-30', '2026-03-01', 'from'],
    ['02-11-2026', '2026-11-03', 'from'],
    ['2026-11-03', '2026-11-02', 'to'],
    ['2026-11-01', '2027-01-02', 'to'],
    ['2026-11-01', '9999-12-31', 'to'],
  ])
    await expectRefusal({ method: 'GET', url: `${base}?from=${from}&to=${to}` }, 'invalid_input', field);
  const longest = await send({ method: 'GET', url: `${base}?from=2026-11-01&to=2027-01-01` });
  expect(longest.json().days).toHaveLength(62);
});

const body = (more: Record<string, unknown>) => ({
  doctorId: doctor.doctorId,
  chamberId: doctor.chamberId,
  visitTypeId: doctor.visitTypeId,
  startsAt: '2026-11-02T17:00:00+06:00',
  ...more,
});

// JSON.stringify cannot spell these.
const spelt = (field: string, json: string) => JSON.stringify(body({ [field]: '@@' })).replace('"@@"', json);

test('booking refuses bad fields', async () => {
  const send = (sent: unknown, field: string) =>
    expectRefusal(
      { method: 'POST', url: '/appointments', as: tokens.patient, body: sent },
      'invalid_input',
      field,
    );
  for (const field of ['doctorId', 'chamberId', 'visitTypeId', 'patientId']) {
    for (const json of [
      '1e308',
      '-1e308',
      '0',
      '-1',
      '1.5',
      '2147483648',
      '"1"',
      'null',
      'true',
      '[1]',
      '{}',
    ])
      await send(spelt(field, json), field);
  }
  for (const startsAt of [
    '2026-11-02',
    '2026-11-02T17:00:00',
    '2026-11-02T25:00:00Z',
    '2026-02-30T17:00:00Z',
    '2026-11-02T17:00:00+25:00',
    '2026-11-02T17:00:00.1234567891Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    'soon',
    1793610000,
  ])
    await send(body({ startsAt }), 'startsAt');
  for (const sessionKey of [
    '1',
    '1.2026-02-30',
    '0.2026-11-03',
    '1.2026-11-03 ',
    '1.9999-12-31',
    '1.0000-01-01',
    'x.2026-11-03',
  ])
    await send({ ...body({ sessionKey }), startsAt: undefined }, 'sessionKey');
  await send(body({ sessionKey: '1.2026-11-03' }), 'startsAt');
  await send({ ...body({}), startsAt: undefined }, 'startsAt');
  await send(body({ notes: 'x'.repeat(501) }), 'notes');
  await send(body({ notes: 'a\u0000b' }), 'notes');
  await send(body({ notes: 'a\u0007b' }), 'notes');
  await send(body({ surprise: 1 }), 'surprise');
  await send(body({ fee: '0' }), 'fee');
});

test('the list refuses bad filters', async () => {
  for (const [query, field] of [
    ['from=yesterday', 'from'],
    ['from=0000-01-01T00:00:00Z', 'from'],
    ['to=2026-11-02T17:00:00.1234567891Z', 'to'],
    ['status=lost', 'status'],
    ['doctorId=abc', 'doctorId'],
    ['patientId=0', 'patientId'],
  ])
    await expectRefusal(
      { method: 'GET', url: `/appointments?${query}`, as: tokens.patient },
      'invalid_input',
      field,
    );
  for (const offset of ['%2B23:00', '-23:59']) {
    const answer = await send({
      method: 'GET',
      url: `/appointments?from=2026-11-02T00:00:00${offset}`,
      as: tokens.patient,
    });
    expect(answer.statusCode).toBe(200);
    const search = await send({
      method: 'GET',
      url: `/doctors?availableBefore=2026-11-02T00:00:00${offset}`,
    });
    expect(search.statusCode).toBe(200);
  }
});

test('search refuses bad filters', async () => {
  for (const [query, field] of [
    ['gender=other', 'gender'],
    ['maxFee=-1', 'maxFee'],
    ['maxFee=1e308', 'maxFee'],
    ['sort=name', 'sort'],
    ['availableBefore=tomorrow', 'availableBefore'],
    ['availableBefore=0000-01-01T00:00:00Z', 'availableBefore'],
    [`q=${'a'.repeat(101)}`, 'q'],
    ['q=a%00b', 'q'],
  ])
    await expectRefusal({ method: 'GET', url: `/doctors?${query}` }, 'invalid_input', field);
});

test('what cannot be read is 400, 413 or 415', async () => {
  const at = { method: 'POST', url: '/appointments', as: tokens.patient };
  await expectRefusal({ ...at, body: '{"doctorId":' }, 'malformed_request');
  await expectRefusal({ ...at, body: '' }, 'malformed_request');
  await expectRefusal({ ...at, body: '{"__proto__":{"x":1}}' }, 'malformed_request');
  await expectRefusal({ ...at, body: JSON.stringify({ notes: 'x'.repeat(70_000) }) }, 'payload_too_large');
  await expectRefusal(
    { ...at, body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    'unsupported_media_type',
  );
  await expectRefusal(
    { ...at, body: '<a/>', headers: { 'content-type': 'text/xml' } },
    'unsupported_media_type',
  );
  await expectRefusal(
    { ...at, body: `{"notes":${'['.repeat(30_000)}${']'.repeat(30_000)}}` },
    'invalid_input',
  );
});

test('a body that is no object is refused', async () => {
  for (const json of ['null', '[]', '1', '"text"', 'true'])
    await expectRefusal(
      { method: 'POST', url: '/appointments', as: tokens.patient, body: json },
      'invalid_input',
    );
});

test('an Idempotency-Key must be a key', async () => {
  for (const key of ['short', 'x'.repeat(101), 'with space inside', 'ক'.repeat(3)])
    await expectRefusal(
      {
        method: 'POST',
        url: '/appointments',
        as: tokens.patient,
        body: body({}),
        headers: { 'idempotency-key': key },
      },
      'invalid_input',
      'Idempotency-Key',
    );
});

test('a token that is not ours, was changed, has ended or was never signed opens nothing', async () => {
  const patient = await aPatient(t);
  const good = await signedIn(t, patient);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const other = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const forged = await new SignJWT({ ...claims, typ: 'admin' })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
    .sign('privateKey' in other ? other.privateKey : other);
  const hmac = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .sign(t.deps.secrets.signing.publicKey.export({ format: 'der', type: 'spki' }));
  const own = (changed: Record<string, unknown>, kind = 'at+jwt') =>
    new SignJWT({ ...claims, ...changed })
      .setProtectedHeader({ alg: 'EdDSA', typ: kind })
      .sign(t.deps.secrets.signing.privateKey);
  const bad = {
    'other payload': `${header}.${encoded({ ...claims, typ: 'admin' })}.${signature}`,
    'other signature': `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    'alg none': `${encoded({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
    'public key as HMAC secret': hmac,
    'another key': forged,
    'another audience': await own({ aud: 'elsewhere' }),
    'another issuer': await own({ iss: 'elsewhere' }),
    'another kind': await own({}, 'JWT'),
    'a sign-in that never was': await own({ sid: randomUUID() }),
    ended: await own({ exp: claims.iat - 1 }),
    nothing: '',
    nonsense: 'a.b.c',
  };
  for (const [what, token] of Object.entries(bad)) {
    const answer = await send({
      method: 'GET',
      url: '/appointments',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.statusCode, what).toBe(401);
    expect(answer.headers['www-authenticate'], what).toBe('Bearer');
    expect(answer.json().code, what).toBe('token_expired');
  }
  expect((await send({ method: 'GET', url: '/appointments', as: good })).statusCode).toBe(200);
  const before = t.clock.now();
  t.clock.set(before.add({ minutes: 15 }).toString());
  await expectRefusal({ method: 'GET', url: '/appointments', as: good }, 'token_expired');
  t.clock.set(before.toString());
});

test('a suspended user is out within five seconds', async () => {
  const patient = await aPatient(t);
  const token = await signedIn(t, patient);
  expect((await send({ method: 'GET', url: '/appointments', as: token })).statusCode).toBe(200);
  await t.db.updateTable('users').set({ status: 'suspended' }).where('id', '=', patient.userId).execute();
  const before = t.clock.now();
  t.clock.set(before.add({ milliseconds: 5_000 }).toString());
  await expectRefusal({ method: 'GET', url: '/appointments', as: token }, 'account_inactive');
  t.clock.set(before.toString());
});

test('addresses that cannot be read, and addresses of nothing, are problems too', async () => {
  await expectRefusal({ method: 'GET', url: '/doctors/%zz' }, 'malformed_request');
  await expectRefusal({ method: 'GET', url: `/live/${'A'.repeat(150)}` }, 'invalid_input', 'token');
  await expectRefusal({ method: 'GET', url: '/nothing/here' }, 'not_found');
  await expectRefusal({ method: 'DELETE', url: '/appointments' }, 'not_found');
});

test('the request id of the caller comes back when it is a plain one', async () => {
  const mine = await send({ method: 'GET', url: '/nothing', headers: { 'x-request-id': 'abc-123_def' } });
  expect(mine.headers['x-request-id']).toBe('abc-123_def');
  expect(mine.json().requestId).toBe('abc-123_def');
  for (const sent of ['short', 'x'.repeat(65), 'with space', '<script>1234']) {
    const answer = await send({ method: 'GET', url: '/nothing', headers: { 'x-request-id': sent } });
    expect(answer.headers['x-request-id']).not.toBe(sent);
  }
});
