import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChamber, endChamber } from '../../src/contract/chambers.ts';
import { getChamberPolicy, patchChamberPolicy } from '../../src/contract/policies.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aChamber, aDoctor, anAdmin, anAssistant, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let admin: By;

beforeAll(async () => {
  t = await startApp();
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

type By = { accessToken: string };
type Rules = NonNullable<RouteInput<typeof patchChamberPolicy>['body']>;

const read = (id: number) => t.call(getChamberPolicy, { params: { id } });
const patch = (id: number, body: Rules, by: By = admin) =>
  t.call(patchChamberPolicy, { params: { id }, body }, by);

const usual = {
  cancelNoticeMinutes: 0,
  rescheduleNoticeMinutes: 0,
  mostReschedules: 3,
  mostPerDoctor: 5,
  mostInAll: 20,
  noShowLimit: 3,
  noShowDays: 180,
  depositPercent: 0,
  depositMinutes: 120,
  refundPercent: 100,
  lateRefundPercent: 0,
  reminderMinutes: [1440, 120],
};

const others = {
  cancelNoticeMinutes: 120,
  rescheduleNoticeMinutes: 60,
  mostReschedules: 0,
  mostPerDoctor: 2,
  mostInAll: 4,
  noShowLimit: null,
  noShowDays: 90,
  depositPercent: 20,
  depositMinutes: 30,
  refundPercent: 80,
  lateRefundPercent: 80,
  reminderMinutes: [60],
};

test('everybody reads the rules of a chamber; what a change leaves out stays', async () => {
  const id = await aChamber(t);
  expect(await read(id)).toEqual(usual);
  expect(await patch(id, others)).toEqual(others);
  expect(await read(id)).toEqual(others);
  expect(await patch(id, { mostReschedules: 7, noShowLimit: 1 })).toEqual({
    ...others,
    mostReschedules: 7,
    noShowLimit: 1,
  });
  expect(await patch(id, {})).toEqual({ ...others, mostReschedules: 7, noShowLimit: 1 });
  expect(await read(await aChamber(t))).toEqual(usual);
});

test.each([
  ['cancelNoticeMinutes', 0, 43_200],
  ['rescheduleNoticeMinutes', 0, 43_200],
  ['mostReschedules', 0, 100],
  ['mostPerDoctor', 1, 100],
  ['mostInAll', 1, 100],
  ['noShowLimit', 1, 100],
  ['noShowDays', 1, 1_000],
  ['depositPercent', 0, 100],
  ['depositMinutes', 5, 10_080],
  ['refundPercent', 0, 100],
  ['lateRefundPercent', 0, 100],
] as const)('%s goes from %d to %d', async (rule, least, most) => {
  const id = await aChamber(t);
  for (const value of [least, most]) expect((await patch(id, { [rule]: value }))[rule]).toBe(value);
  for (const value of [least - 1, most + 1, least + 0.5]) {
    const { errors } = await refused(patch(id, { [rule]: value }), 'invalid_input');
    expect(errors).toEqual([
      { path: rule, message: Number.isInteger(value) ? `Use ${least} to ${most}` : expect.any(String) },
    ]);
  }
});

test('a late cancellation gives back no more than one in time, whichever of the two changes', async () => {
  const id = await aChamber(t);
  expect(await refusedFields(patch(id, { refundPercent: 40, lateRefundPercent: 41 }))).toEqual([
    'lateRefundPercent',
  ]);
  await patch(id, { lateRefundPercent: 50 });
  expect(await refusedFields(patch(id, { refundPercent: 49 }))).toEqual(['lateRefundPercent']);
  await patch(id, { refundPercent: 50 });
  expect(await refusedFields(patch(id, { lateRefundPercent: 51 }))).toEqual(['lateRefundPercent']);
  expect(await read(id)).toMatchObject({ refundPercent: 50, lateRefundPercent: 50 });
});

test('administrators set them everywhere, a doctor in the chambers they added, others nowhere', async () => {
  const doctor = { accessToken: await signedIn(t, { userId: (await aDoctor(t)).doctorId }) };
  const greenRoad = { name: 'Green Road', address: 'Road 1', division: 'Dhaka', district: 'Dhaka' };
  const { chamber } = await t.call(createChamber, { body: greenRoad }, doctor);
  expect((await patch(chamber.id, { depositPercent: 10 }, doctor)).depositPercent).toBe(10);
  await refused(patch(await aChamber(t), { depositPercent: 10 }, doctor), 'not_allowed');
  const desk = await anAssistant(t, { attachedTo: [{ chamberId: chamber.id }] });
  for (const by of [await aSignedInPatient(t), { accessToken: await signedIn(t, desk) }])
    await refused(patch(chamber.id, { depositPercent: 0 }, by), 'not_allowed');
  expect((await patch(chamber.id, { depositPercent: 30 })).depositPercent).toBe(30);
});

test('a chamber that is not there, or has ended, has no rules', async () => {
  const id = await aChamber(t);
  await t.call(endChamber, { params: { id } }, admin);
  for (const gone of [id, 2_000_000_000]) {
    await refused(read(gone), 'not_found');
    await refused(patch(gone, { mostInAll: 3 }), 'not_found');
  }
});
