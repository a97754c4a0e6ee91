import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPatient, listPatients, patchPatient } from '../../src/contract/me.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { doctorBody, refusal, refusedFields, sendRaw, signUp, type Person, password } from './people.ts';

let app: TestApp;
let person: Person;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
  person = await signUp(app);
});
afterAll(() => app.close());

const child = { fullName: 'Arafat Rahman', relation: 'child', gender: 'male', birthYear: 2019 } as const;

test('a family is kept, oneself first', async () => {
  const { patient } = await app.call(addPatient, { body: child }, person);
  expect(patient).toEqual({ id: patient.id, ...child });
  const { patient: mother } = await app.call(
    addPatient,
    { body: { fullName: ' আমেনা বেগম ', relation: 'parent' } },
    person,
  );
  expect(mother).toMatchObject({ fullName: 'আমেনা বেগম', gender: null, birthYear: null });
  const { items } = await app.call(listPatients, {}, person);
  expect(items.map(({ relation }) => relation)).toEqual(['self', 'child', 'parent']);
});

test('details change one by one', async () => {
  const { patient } = await app.call(addPatient, { body: child }, person);
  const change = async (body: object) => {
    const answer = await app.call(patchPatient, { params: { id: patient.id }, body }, person);
    return answer.patient;
  };
  expect(await change({ birthYear: null })).toEqual({ ...patient, birthYear: null });
  expect(await change({ fullName: 'Arafat R.', gender: 'other' })).toMatchObject({
    fullName: 'Arafat R.',
    gender: 'other',
  });
  expect(await change({})).toMatchObject({ fullName: 'Arafat R.', gender: 'other', birthYear: null });
});

test('nobody changes or sees the patients of another', async () => {
  const other = await signUp(app);
  const { patient } = await app.call(addPatient, { body: child }, person);
  const body = { fullName: 'Stolen' };
  await refusal(app.call(patchPatient, { params: { id: patient.id }, body }, other), 'not_found');
  await refusal(app.call(patchPatient, { params: { id: 2_147_483_647 }, body }, other), 'not_found');
  const { items } = await app.call(listPatients, {}, other);
  expect(items).toHaveLength(1);
  const row = await app.db
    .selectFrom('patients')
    .select('full_name')
    .where('id', '=', patient.id)
    .executeTakeFirst();
  expect(row?.full_name).toBe(child.fullName);
});

test('a list holds twenty people, though thirty are added at once', async () => {
  const busy = await signUp(app);
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      sendRaw(app, { method: 'POST', url: '/me/patients', body: child, as: busy }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(19);
  expect(answers.filter(({ code }) => code === 'family_full')).toHaveLength(11);
  expect((await app.call(listPatients, {}, busy)).items).toHaveLength(20);
});

test('a doctor can keep a family too', async () => {
  const doctor = await signUp(app, doctorBody());
  await app.call(addPatient, { body: child }, doctor);
  expect((await app.call(listPatients, {}, doctor)).items).toHaveLength(1);
});

test('nobody is born next year', async () => {
  expect(await refusedFields(app.call(addPatient, { body: { ...child, birthYear: 2027 } }, person))).toEqual([
    'birthYear',
  ]);
  await app.call(addPatient, { body: { ...child, birthYear: 2026 } }, person);
});

test.each([
  [{ ...child, relation: 'self' }, 'relation'],
  [{ ...child, relation: 'friend' }, 'relation'],
  [{ ...child, relation: undefined }, 'relation'],
  [{ ...child, fullName: '' }, 'fullName'],
  [{ ...child, fullName: 'a\u0000b' }, 'fullName'],
  [{ ...child, fullName: 'a'.repeat(9_000) }, 'fullName'],
  [{ ...child, gender: 'none' }, 'gender'],
  [{ ...child, birthYear: 1899 }, 'birthYear'],
  [{ ...child, birthYear: 2019.5 }, 'birthYear'],
  [{ ...child, birthYear: '2019' }, 'birthYear'],
  [{ ...child, userId: 1 }, 'userId'],
])('%j cannot be added', async (body, field) => {
  const answer = await sendRaw(app, { method: 'POST', url: '/me/patients', body, as: person });
  expect(answer).toMatchObject({ status: 422, fields: [field] });
});

test.each([
  ['/patients/x', {}],
  ['/patients/0', {}],
  ['/patients/99999999999', {}],
  ['/patients/1', { relation: 'self' }],
  ['/patients/1', { fullName: null }],
])('PATCH %s with %j is refused', async (url, body) => {
  expect(await sendRaw(app, { method: 'PATCH', url, body, as: person })).toMatchObject({ status: 422 });
});

test('who is not signed in has no patients', async () => {
  for (const request of [
    { method: 'GET', url: '/me/patients' },
    { method: 'POST', url: '/me/patients', body: child },
    { method: 'PATCH', url: '/patients/1', body: {} },
  ] as const)
    expect(await sendRaw(app, request)).toMatchObject({ status: 401, code: 'not_signed_in' });
});

test('the logs name nobody', () => expectNoPersonalData(app, [password]));
