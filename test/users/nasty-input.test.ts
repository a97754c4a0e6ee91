import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';
import { doctorBody, makeAdmin, patientBody, sendRaw, signUp, type Person } from './people.ts';

let app: TestApp;
let people: Record<'admin' | 'doctor', Person>;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
  people = { admin: await makeAdmin(app), doctor: await signUp(app, doctorBody()) };
});
afterAll(() => app.close());

const nasty: unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  2 ** 31,
  '',
  ' ',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b',
  'x'.repeat(20_000),
  "'; drop table users; --",
  '{"$ne":1}',
  '-9223372036854775809',
  [],
  [[]],
  [null],
  {},
  { toString: 'x' },
];

const place = { division: 'Dhaka', district: 'Dhaka', thana: 'Dhanmondi', language: 'bn' } as const;

const codeId = '00000000-0000-4000-8000-000000000000';

const requests = [
  ['POST', '/auth/register', null, patientBody({ ...place, email: 'nasty@example.com' })],
  ['POST', '/auth/register', null, doctorBody(place)],
  ['POST', '/auth/login', null, { login: 'x', password: 'x' }],
  ['POST', '/auth/refresh', null, { refreshToken: 'x' }],
  ['POST', '/auth/logout', null, { refreshToken: 'x' }],
  ['POST', '/guests', null, { fullName: 'A', mobile: '01700000002', language: 'bn' }],
  ['POST', '/guests', null, { fullName: 'A', email: 'nasty@example.com' }],
  ['POST', `/guests/${codeId}/confirmation`, null, { code: '123456' }],
  ['POST', '/auth/otp', null, { login: '01700000003', language: 'en' }],
  ['POST', '/auth/otp/confirmation', null, { codeId, code: '123456' }],
  ['POST', '/auth/password-reset', null, { login: 'nasty@example.com' }],
  ['POST', '/auth/password-reset/confirmation', null, { codeId, code: '123456', password: 'Kodom@phul7' }],
  ['POST', '/me/verification', 'doctor', { channel: 'email' }],
  ['POST', '/me/verification/confirmation', 'doctor', { codeId, code: '123456' }],
  [
    'PATCH',
    '/me',
    'doctor',
    {
      ...place,
      fullName: 'Salma',
      email: 'salma@example.com',
      mobile: '01700000001',
      experienceYears: 1,
      consultationFee: '1',
      specializations: [1],
      nameBn: 'সালমা',
      gender: 'female',
      qualifications: 'MBBS',
      aboutEn: 'x',
      aboutBn: 'x',
    },
  ],
  ['POST', '/me/patients', 'doctor', { fullName: 'A', relation: 'child', gender: 'male', birthYear: 2000 }],
  ['PATCH', '/patients/1', 'doctor', { fullName: 'A', gender: 'male', birthYear: 2000 }],
  ['PATCH', '/admin/users/1', 'admin', { status: 'active' }],
  ['POST', '/admin/doctors/1/approval', 'admin', { decision: 'approved' }],
] as const;

test.each(requests)('%s %s never fails on nasty fields', async (method, url, who, good) => {
  const as = who === null ? {} : { as: people[who] };
  for (const field of Object.keys(good)) {
    for (const value of nasty) {
      const { status } = await sendRaw(app, { method, url, ...as, body: { ...good, [field]: value } });
      expect(status, `${field} = ${JSON.stringify(value).slice(0, 40)}`).toBeLessThan(500);
    }
  }
  for (const body of [...nasty, '__proto__', '{"__proto__":{"a":1}}'])
    expect((await sendRaw(app, { method, url, ...as, body })).status).toBeLessThan(500);
});

test.each([
  ['GET', '/admin/users?q=', 'admin'],
  ['GET', '/admin/users?cursor=', 'admin'],
  ['GET', '/admin/users?limit=', 'admin'],
  ['GET', '/locations/districts?division=', 'doctor'],
  ['GET', '/locations/thanas?district=', 'doctor'],
  ['DELETE', '/me/sessions/', 'doctor'],
  ['PATCH', '/patients/', 'doctor'],
  ['PATCH', '/admin/users/', 'admin'],
] as const)('%s %s never fails on nasty text', async (method, url, who) => {
  for (const thing of nasty) {
    const value = typeof thing === 'string' ? thing : JSON.stringify(thing);
    const end = encodeURIComponent(value.toWellFormed()).slice(0, 5_000);
    const body = method === 'PATCH' ? { body: { fullName: 'A' } } : {};
    const { status } = await sendRaw(app, { method, url: url + end, as: people[who], ...body });
    expect(status, value.slice(0, 40)).toBeLessThan(500);
  }
  for (const broken of ['%', '%ff', '%c0%80'])
    expect((await sendRaw(app, { method, url: url + broken, as: people[who] })).status).toBeLessThan(500);
});
