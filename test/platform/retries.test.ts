import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideDoctor } from '../../src/contract/admin.ts';
import { createChamber } from '../../src/contract/chambers.ts';
import { createHold, renewHold } from '../../src/contract/holds.ts';
import { addPatient, listPatients } from '../../src/contract/me.ts';
import type { Route } from '../../src/contract/route.ts';
import { routesByService } from '../../src/contract/routes.ts';
import { createVisitType, listVisitTypes } from '../../src/contract/schedules.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aChamber, aDoctor, anAdmin, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

/** Writes that take no Idempotency-Key, and why sending them twice does no harm. */
const withoutKey: Record<string, string> = {
  'POST /auth/register': 'an e-mail and a mobile have one account; its owner signs in',
  'POST /auth/login': 'the answer is a secret, which is not kept; another sign-in harms nobody',
  'POST /auth/refresh': 'the rotation knows a token that comes again, and answers for itself',
  'POST /auth/logout': 'ends what may have ended already',
  'POST /auth/otp/confirmation': 'a sign-in: its answer is a secret too, and the code opens once',
  'POST /auth/password-reset/confirmation': 'the code counts once, and the password it set stays set',
  'POST /me/verification/confirmation': 'the code counts once, and what it proved stays proved',
  'POST /admin/templates/preview': 'only shows what would be sent',
  'POST /notifications/read': 'what was read stays read',
  'POST /admin/dead-letters/{id}/replay': 'a letter is there once; the second press finds none',
  'POST /admin/settings/history/{version}/withdrawal':
    'names the version it was decided by, which is past the second time',
  'POST /holidays/public': 'sets what is not yet set; the second time nothing is left',
};

const routes: readonly Route[] = Object.values(routesByService).flat();
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

test('every POST takes an Idempotency-Key, or stands in the list with its reason', () => {
  const open = routes.filter(({ method, idempotent }) => method === 'POST' && !idempotent).map(nameOf);
  expect(open.toSorted()).toEqual(Object.keys(withoutKey).toSorted());
  // PUT and PATCH say what is to be, and DELETE what is not to be: again changes nothing.
  for (const route of routes.filter(({ idempotent }) => idempotent)) expect(route.method).toBe('POST');
});

test('a second person, chamber, visit type, decision or renewal does not come of a second press', async () => {
  const patient = await aSignedInPatient(t);
  const doctor = await aDoctor(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const asDoctor = { accessToken: await signedIn(t, { userId: doctorId }) };
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  const waiting = await aDoctor(t, { approval: 'pending' });
  const idempotencyKey = 'pressed-twice';
  const twice = async (press: () => Promise<unknown>) => expect(await press()).toEqual(await press());

  const body = { fullName: 'Mina Begum', relation: 'child' } as const;
  await twice(() => t.call(addPatient, { body }, { ...patient, idempotencyKey }));
  expect((await t.call(listPatients, {}, patient)).items).toHaveLength(2);
  const other = { ...body, fullName: 'Tina Begum' };
  await refused(t.call(addPatient, { body: other }, { ...patient, idempotencyKey }), 'key_reused');

  const place = { address: 'House 1', division: 'Dhaka', district: 'Dhaka', thana: 'Dhanmondi' };
  await twice(() =>
    t.call(createChamber, { body: { name: 'Lake View', ...place } }, { ...asDoctor, idempotencyKey }),
  );
  const named = t.db.selectFrom('chambers').select('id').where('name', '=', 'Lake View');
  expect(await named.execute()).toHaveLength(1);

  const visit = { chamberId: await aChamber(t), kind: 'new', minutes: 20, fee: '700' } as const;
  const options = { ...asDoctor, idempotencyKey: 'pressed-twice-too' };
  await twice(() => t.call(createVisitType, { params: { id: doctorId }, body: visit }, options));
  expect((await t.call(listVisitTypes, { params: { id: doctorId } })).items).toHaveLength(2);

  const decision = { params: { id: waiting.doctorId }, body: { decision: 'approved' as const } };
  await twice(() => t.call(decideDoctor, decision, { ...admin, idempotencyKey }));

  const startsAt = '2026-11-02T17:00:00+06:00';
  const { id } = await t.call(createHold, { body: { doctorId, chamberId, visitTypeId, startsAt } }, patient);
  const renewal = { params: { id }, body: {} };
  await twice(() => t.call(renewHold, renewal, { ...patient, idempotencyKey: 'renewed-twice' }));
  const steps = t.db.selectFrom('appointment_history').select('step').where('appointment_id', '=', id);
  expect(await steps.execute()).toEqual([{ step: 'held' }, { step: 'renewed' }]);
});
