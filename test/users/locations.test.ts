import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  listDistricts,
  listDivisions,
  listSpecializations,
  listThanas,
} from '../../src/contract/locations.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { sendRaw } from './people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ SERVICES: 'users' });
});
afterAll(() => app.close());

test('there are eight divisions and 64 districts', async () => {
  const divisions = await app.call(listDivisions, {});
  expect(divisions.items).toHaveLength(8);
  expect(divisions.items).toContainEqual({ name: 'Dhaka', nameBn: 'ঢাকা', code: '30' });
  const districts = await app.call(listDistricts, { query: {} });
  expect(districts.items).toHaveLength(64);
});

test('districts come by division', async () => {
  const { items } = await app.call(listDistricts, { query: { division: 'Sylhet' } });
  expect(items.map(({ name }) => name)).toEqual(['Habiganj', 'Moulvibazar', 'Sunamganj', 'Sylhet']);
  expect(items.every(({ division }) => division === 'Sylhet')).toBe(true);
});

test('thanas come by district, city thanas among them', async () => {
  const { items } = await app.call(listThanas, { query: { division: 'Dhaka', district: 'Dhaka' } });
  const metropolitan = items.filter(({ kind }) => kind === 'metropolitan').map(({ name }) => name);
  expect(metropolitan).toEqual(expect.arrayContaining(['Dhanmondi', 'Mirpur']));
  expect(items).toContainEqual(expect.objectContaining({ name: 'Savar', kind: 'upazila' }));
  expect((await app.call(listThanas, { query: { district: 'Dhaka' } })).items).toEqual(items);
});

test('an unknown place has nothing in it', async () => {
  expect((await app.call(listDistricts, { query: { division: 'Atlantis' } })).items).toEqual([]);
  expect((await app.call(listThanas, { query: { division: 'Khulna', district: 'Dhaka' } })).items).toEqual(
    [],
  );
});

test('specializations have names in both languages', async () => {
  const { items } = await app.call(listSpecializations, {});
  expect(items).toContainEqual({ id: 3, code: 'cardiology', nameEn: 'Cardiology', nameBn: 'হৃদরোগ' });
});

test('the lists may be kept by caches, refusals may not', async () => {
  const lists = [
    '/locations/divisions',
    '/locations/districts',
    '/locations/thanas?district=Dhaka',
    '/specializations',
  ];
  for (const url of lists) {
    const answer = await app.inject(`/api/v1${url}`);
    expect(answer.headers['cache-control']).toBe('public, max-age=3600');
  }
  const refused = await app.inject('/api/v1/locations/thanas');
  expect(refused.headers['cache-control']).toBe('no-store');
});

test.each([
  ['/locations/thanas', 'district'],
  ['/locations/thanas?district=', 'district'],
  ['/locations/thanas?district=Dhaka&district=Khulna', 'district'],
  [`/locations/districts?division=${'a'.repeat(51)}`, 'division'],
  ['/locations/districts?division=%00', 'division'],
  ['/locations/divisions?x=1', 'none'],
  ['/locations/districts?district=Dhaka', 'district'],
])('GET %s', async (url, field) => {
  const answer = await sendRaw(app, { method: 'GET', url });
  expect(answer).toMatchObject(field === 'none' ? { status: 200 } : { status: 422, fields: [field] });
});
