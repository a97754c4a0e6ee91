import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getMe, listPatients, patchMe } from '../../src/contract/me.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import {
  doctorBody,
  patientBody,
  refusal,
  refusedFields,
  sendRaw,
  signUp,
  type Person,
  password,
} from './people.ts';

let app: TestApp;
let patient: Person;
let doctor: Person;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
  const place = { division: 'Dhaka', district: 'Dhaka', thana: 'Dhanmondi' };
  patient = await signUp(app, patientBody({ email: 'nusrat@example.com', ...place }));
  doctor = await signUp(app, doctorBody());
});
afterAll(() => app.close());

const change = (person: Person, body: RouteInput<typeof patchMe>['body']) =>
  app.call(patchMe, { body }, person).then((answer) => answer.user);

describe('the own profile', () => {
  test('is shown to who is signed in', async () => {
    expect((await app.call(getMe, {}, patient)).user).toEqual(patient.user);
  });

  test.each([undefined, 'Bearer', 'Bearer nonsense', 'Basic YTpi'])(
    'is not shown with %j',
    async (authorization) => {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await app.inject({ method: 'GET', url: '/api/v1/me', headers });
      expect(answer.statusCode).toBe(401);
    },
  );

  test('changes what is given and nothing else', async () => {
    const before = (await app.call(getMe, {}, patient)).user;
    expect(await change(patient, { language: 'en' })).toEqual({ ...before, language: 'en' });
    expect(await change(patient, {})).toEqual({ ...before, language: 'en' });
    expect(await change(patient, { email: 'Nusrat.New@example.com' })).toMatchObject({
      email: 'nusrat.new@example.com',
    });
  });

  test('a new name is also the name of the patient who is the user', async () => {
    await change(patient, { fullName: ' Nusrat Rahman ' });
    const { items } = await app.call(listPatients, {}, patient);
    expect(items).toMatchObject([{ fullName: 'Nusrat Rahman', relation: 'self' }]);
  });

  test('keeps an e-mail or a mobile', async () => {
    const person = await signUp(app);
    expect(await refusedFields(change(person, { mobile: null }))).toEqual(['mobile']);
    await change(person, { email: 'reachable@example.com', mobile: null });
    expect(await refusedFields(change(person, { email: null }))).toEqual(['email']);
  });

  test('does not take what has an account', async () => {
    const other = await signUp(app, patientBody({ email: 'other@example.com' }));
    await refusal(change(patient, { email: 'OTHER@example.com' }), 'email_taken');
    await refusal(change(patient, { mobile: other.user.mobile }), 'mobile_taken');
  });

  test.each([
    ['an empty name', { fullName: ' ' }, 'fullName'],
    ['a name with NUL', { fullName: 'a\u0000' }, 'fullName'],
    ['a huge name', { fullName: 'a'.repeat(5_000) }, 'fullName'],
    ['no name', { fullName: null }, 'fullName'],
    ['a mobile in words', { mobile: 'my mobile' }, 'mobile'],
    ['an e-mail in numbers', { email: 7 }, 'email'],
    ['another type', { userType: 'admin' }, 'userType'],
    ['another status', { status: 'active' }, 'status'],
    ['a password', { passwordHash: 'x' }, 'passwordHash'],
  ])('refuses %s', async (_, body, field) => {
    const answer = await sendRaw(app, { method: 'PATCH', url: '/me', body, as: patient });
    expect(answer).toMatchObject({ status: 422, fields: [field] });
  });
});

describe('the own place', () => {
  test('moves as a whole', async () => {
    const moved = await change(patient, { division: 'Khulna', district: 'Jashore', thana: null });
    expect(moved).toMatchObject({ division: 'Khulna', district: 'Jashore', thana: null });
    await change(patient, { division: 'Dhaka', district: 'Dhaka', thana: 'Dhanmondi' });
  });

  test.each([
    [{ division: 'Khulna' }, 'district'],
    [{ division: 'Khulna', district: 'Jashore' }, 'thana'],
    [{ district: 'Gazipur' }, 'thana'],
    [{ division: null }, 'division'],
    [{ district: null }, 'district'],
    [{ thana: 'Atlantis' }, 'thana'],
  ])('does not change to %j under the rest of it', async (body, field) => {
    expect(await refusedFields(change(patient, body))).toEqual([field]);
    expect((await app.call(getMe, {}, patient)).user).toMatchObject({
      division: 'Dhaka',
      thana: 'Dhanmondi',
    });
  });

  test('can be taken away', async () => {
    const person = await signUp(app, patientBody({ division: 'Sylhet' }));
    expect(await change(person, { division: null })).toMatchObject({ division: null });
  });
});

describe('a doctor', () => {
  const about = {
    experienceYears: 13,
    consultationFee: '950.50',
    specializations: [7, 2, 2],
    nameBn: 'ডা. সালমা আক্তার',
    gender: 'female',
    qualifications: 'MBBS, FCPS',
    aboutEn: 'Sees children.',
    aboutBn: 'শিশুদের দেখেন।',
  } as const;

  test('changes what patients see, and the search is told', async () => {
    const count = async () => {
      const { rows } = await app.deps.pool.query(
        `select 1 from graphile_worker._private_jobs where payload #>> '{data,doctorId}' = $1`,
        [String(doctor.user.id)],
      );
      return rows.length;
    };
    const before = await count();
    const changed = await change(doctor, { ...about, specializations: [...about.specializations] });
    expect(changed.doctor).toMatchObject({ ...about, specializations: [2, 7] });
    expect(await count()).toBe(before + 1);
    expect((await change(doctor, { specializations: [], gender: null })).doctor).toMatchObject({
      specializations: [],
      gender: null,
      nameBn: about.nameBn,
    });
  });

  test('keeps the specializations when one is not on the list', async () => {
    await change(doctor, { specializations: [4] });
    expect(await refusedFields(change(doctor, { specializations: [5, 999] }))).toEqual(['specializations']);
    expect((await app.call(getMe, {}, doctor)).user.doctor?.specializations).toEqual([4]);
  });

  test('who changes the list twice at once gets one of the two lists', async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        change(doctor, { specializations: index % 2 ? [1, 2] : [3, 4] }),
      ),
    );
    const list = (await app.call(getMe, {}, doctor)).user.doctor?.specializations;
    expect([
      [1, 2],
      [3, 4],
    ]).toContainEqual(list);
  });

  test.each(Object.keys(about))('has %s, a patient does not', async (field) => {
    const body = { [field]: Object.entries(about).find(([name]) => name === field)?.[1] };
    const answer = await sendRaw(app, { method: 'PATCH', url: '/me', body, as: patient });
    expect(answer).toMatchObject({ status: 422, fields: [field] });
  });

  test('cannot approve or rename themself in the address', async () => {
    for (const body of [{ approval: 'approved' }, { slug: 'me' }, { licenseNumber: 'B-1' }])
      expect(await sendRaw(app, { method: 'PATCH', url: '/me', body, as: doctor })).toMatchObject({
        status: 422,
      });
  });
});

test('the logs name nobody', () => expectNoPersonalData(app, [password]));
