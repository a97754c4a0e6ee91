import { expect } from 'vitest';
import { login, register } from '../../src/contract/auth.ts';
import { ApiProblem } from '../../src/contract/client.ts';
import type { ProblemBody, ProblemCode } from '../../src/contract/problems.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import type { User } from '../../src/contract/users.ts';
import { hashPassword } from '../../src/platform/passwords.ts';
import { registerUser } from '../../src/users/accounts/register-user.ts';
import type { TestApp } from '../harness/app.ts';
import { lockWaits } from '../harness/lock-waits.ts';

export const password = 'Kodom@phul7';

/** Someone who is signed in. */
export type Person = { user: User; accessToken: string; refreshToken: string };

type Registration = RouteInput<typeof register>['body'];
type Part<Type> = Partial<Extract<Registration, { userType: Type }>>;

let serial = 0;
/** Never the same twice in a file. */
export const next = (): number => (serial += 1);

export const patientBody = (more: Part<'patient'> = {}): Registration => ({
  userType: 'patient',
  fullName: 'Nusrat Jahan',
  mobile: `0171${String(next()).padStart(7, '0')}`,
  password,
  ...more,
});

export const doctorBody = (more: Part<'doctor'> = {}): Registration => ({
  userType: 'doctor',
  fullName: 'Salma Akter',
  email: `doctor${next()}@example.com`,
  password,
  licenseNumber: `A-${String(next()).padStart(5, '0')}`,
  experienceYears: 12,
  consultationFee: '800',
  specializations: [3, 1],
  ...more,
});

export async function signUp(app: TestApp, body: Registration = patientBody()): Promise<Person> {
  await app.call(register, { body });
  return signIn(app, body.email ?? body.mobile ?? '');
}

export async function signIn(app: TestApp, loginName: string): Promise<Person> {
  const { user, accessToken, refreshToken } = await app.call(login, { body: { login: loginName, password } });
  return { user, accessToken, refreshToken };
}

export async function makeAdmin(app: TestApp): Promise<Person> {
  const email = `admin${next()}@example.com`;
  const passwordHash = await hashPassword(password);
  await app.db
    .transaction()
    .execute((tx) =>
      registerUser(tx, { userType: 'admin', fullName: 'Rezaul Karim', email, passwordHash }, app.clock.now()),
    );
  return signIn(app, email);
}

export async function refusal(answer: Promise<unknown>, code: ProblemCode): Promise<ProblemBody> {
  const error = await answer.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiProblem)) throw error;
  expect(error.body.code).toBe(code);
  return error.body;
}

/** The fields that an `invalid_input` names. */
export async function refusedFields(answer: Promise<unknown>): Promise<string[]> {
  const { errors = [] } = await refusal(answer, 'invalid_input');
  return errors.map((error) => error.path);
}

/** Resolves when a statement on the app's database waits for a lock; a password is hashed before it comes to that. */
export const untilSomeoneWaits = (app: TestApp): Promise<void> =>
  expect.poll(() => lockWaits(app), { interval: 10 }).toBeGreaterThan(0);

/** Sends what the typed client would not, and returns the status and the fields complained about. */
export async function sendRaw(
  app: TestApp,
  request: { method: 'POST' | 'PATCH' | 'GET' | 'DELETE' | 'PUT'; url: string; body?: unknown; as?: Person },
): Promise<{ status: number; code: string; fields: string[] }> {
  const { method, url, body, as } = request;
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: {
      ...(as ? { authorization: `Bearer ${as.accessToken}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const problem: Partial<ProblemBody> = answer.body === '' ? {} : answer.json();
  const fields = (problem.errors ?? []).map((error) => error.path);
  return { status: answer.statusCode, code: problem.code ?? '', fields };
}
