import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  attachAssistant,
  endAttachment,
  getMyDesk,
  listAttachments,
} from '../../src/contract/attachments.ts';
import { bookAppointment, getAppointment } from '../../src/contract/appointments.ts';
import { endChamber } from '../../src/contract/chambers.ts';
import { listExceptions } from '../../src/contract/exceptions.ts';
import type { RouteAnswer, RouteInput } from '../../src/contract/route.ts';
import { getArrangement, listSchedules } from '../../src/contract/schedules.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import {
  aChamber,
  aDoctor,
  anAdmin,
  anAssistant,
  aPatient,
  aSignedInPatient,
  next,
  signedIn,
  type Doctor,
} from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let admin: By;

beforeAll(async () => {
  t = await startApp();
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

type By = { accessToken: string };
type User = { userId: number };

const as = async (user: User): Promise<By> => ({ accessToken: await signedIn(t, user) });
const doctorAs = ({ doctorId }: Doctor): Promise<By> => as({ userId: doctorId });

type Where = RouteInput<typeof attachAssistant>['body'];
const attach = async ({ userId }: User, { chamberId, doctorId }: Where, by: By = admin, key?: string) => {
  const body = { chamberId, ...(doctorId === undefined ? {} : { doctorId }) };
  const options = { ...by, ...(key === undefined ? {} : { idempotencyKey: key }) };
  return (await t.call(attachAssistant, { params: { id: userId }, body }, options)).attachment;
};
const list = async ({ userId }: User, by: By = admin) =>
  (await t.call(listAttachments, { params: { id: userId } }, by)).items;
const end = ({ userId }: User, attachmentId: number, by: By = admin) =>
  t.call(endAttachment, { params: { id: userId, attachmentId } }, by);
const desk = async (by: By, query: RouteInput<typeof getMyDesk>['query'] = {}) =>
  (await t.call(getMyDesk, { query }, by)).chambers;

/** The doctors of a desk by chamber. */
const doctorsOf = (chambers: RouteAnswer<typeof getMyDesk>['chambers']) =>
  Object.fromEntries(chambers.map(({ id, doctors }) => [id, doctors.map((doctor) => doctor.id)]));

test('an assistant is attached to a chamber, for one doctor there or for all, and sees their own list', async () => {
  const assistant = await anAssistant(t);
  const one = await aDoctor(t, { nameBn: 'সালমা আক্তার', chamber: { name: 'Lake Point', nameBn: 'লেক পয়েন্ট' } });
  const all = await aDoctor(t);
  const first = await attach(assistant, { chamberId: one.chamberId, doctorId: one.doctorId });
  expect(first).toEqual({
    id: expect.any(Number),
    assistantId: assistant.userId,
    chamber: { id: one.chamberId, fullName: 'Lake Point', nameBn: 'লেক পয়েন্ট' },
    doctor: { id: one.doctorId, fullName: expect.stringMatching(/^Salma Akter/), nameBn: 'সালমা আক্তার' },
  });
  const second = await attach(assistant, { chamberId: all.chamberId });
  expect(second.doctor).toBe(null);
  expect(await list(assistant)).toEqual([first, second]);
  expect(await list(assistant, await as(assistant))).toEqual([first, second]);
  await end(assistant, first.id);
  expect(await list(assistant)).toEqual([second]);
  await refused(end(assistant, first.id), 'not_found');
});

test('twice to the same is refused, of many at once one does it, and the same key is the same answer', async () => {
  const assistant = await anAssistant(t);
  const doctor = await aDoctor(t);
  const { chamberId } = doctor;
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => attach(assistant, { chamberId })));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await refused(attach(assistant, { chamberId }), 'already_attached');
  const key = `attach-${next()}`;
  const first = await attach(assistant, doctor, admin, key);
  expect(await attach(assistant, doctor, admin, key)).toEqual(first);
  await refused(attach(assistant, doctor), 'already_attached');
  expect(await list(assistant)).toHaveLength(2);
});

test('only assistants, in open chambers, for doctors who work there', async () => {
  const assistant = await anAssistant(t);
  const doctor = await aDoctor(t);
  const { chamberId } = doctor;
  for (const userId of [
    doctor.doctorId,
    (await aPatient(t)).userId,
    (await anAdmin(t)).userId,
    2_000_000_000,
  ]) {
    await refused(attach({ userId }, { chamberId }), 'not_found');
    await refused(list({ userId }), 'not_found');
  }
  const stranger = await aDoctor(t);
  for (const doctorId of [stranger.doctorId, assistant.userId, 2_000_000_000])
    expect(await refusedFields(attach(assistant, { chamberId, doctorId }))).toEqual(['doctorId']);
  const closed = await aChamber(t);
  await t.call(endChamber, { params: { id: closed } }, admin);
  for (const gone of [closed, 2_000_000_000])
    expect(await refusedFields(attach(assistant, { chamberId: gone }))).toEqual(['chamberId']);
  expect(await list(assistant)).toEqual([]);
});

test('administrators attach and end; to an assistant the desks of others do not exist', async () => {
  const [assistant, other] = [await anAssistant(t), await anAssistant(t)];
  const doctor = await aDoctor(t);
  const { id } = await attach(assistant, doctor);
  const by = await as(assistant);
  await refused(list(assistant, await as(other)), 'not_found');
  await refused(list(assistant, await doctorAs(doctor)), 'not_allowed');
  for (const nobody of [by, await doctorAs(doctor), await aSignedInPatient(t)]) {
    await refused(attach(other, doctor, nobody), 'not_allowed');
    await refused(end(assistant, id, nobody), 'not_allowed');
  }
  // Nor under the address of another.
  await refused(end(other, id), 'not_found');
  expect(await list(assistant)).toHaveLength(1);
});

test('pages of attachments have no gap and no repeat', async () => {
  const attachedTo = [];
  for (let count = 0; count < 5; count++) attachedTo.push({ chamberId: await aChamber(t) });
  const { userId } = await anAssistant(t, { attachedTo });
  const seen: number[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: 2, ...(cursor ? { cursor } : {}) };
    const page: RouteAnswer<typeof listAttachments> = await t.call(
      listAttachments,
      { params: { id: userId }, query },
      admin,
    );
    seen.push(...page.items.map((item) => item.chamber.id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(attachedTo.map(({ chamberId }) => chamberId));
});

test('a desk has the chambers by name, with the doctors there, their visit types and fees', async () => {
  const doctor = await aDoctor(t, { nameBn: 'ডাক্তার', chamber: { name: 'Zinda Park', addressBn: 'রোড ২' } });
  const colleague = await aDoctor(t, { fullName: 'Abdul Karim', chamberId: doctor.chamberId });
  const elsewhere = await aDoctor(t, { chamber: { name: 'Amin Bazar', timeZone: 'Asia/Kolkata' } });
  const assistant = await anAssistant(t, {
    attachedTo: [
      { chamberId: doctor.chamberId },
      { chamberId: elsewhere.chamberId, doctorId: elsewhere.doctorId },
    ],
  });
  const chambers = await desk(await as(assistant));
  expect(chambers.map(({ fullName, timeZone }) => [fullName, timeZone])).toEqual([
    ['Amin Bazar', 'Asia/Kolkata'],
    ['Zinda Park', 'Asia/Dhaka'],
  ]);
  expect(chambers[1]).toEqual({
    id: doctor.chamberId,
    fullName: 'Zinda Park',
    nameBn: null,
    address: 'House 16, Road 2',
    addressBn: 'রোড ২',
    timeZone: 'Asia/Dhaka',
    doctors: [
      expect.objectContaining({ id: colleague.doctorId, fullName: 'Abdul Karim', nameBn: null }),
      {
        id: doctor.doctorId,
        fullName: expect.stringMatching(/^Salma Akter/),
        nameBn: 'ডাক্তার',
        slug: doctor.slug,
        visitTypes: [
          {
            id: doctor.visitTypeId,
            kind: 'new',
            minutes: 15,
            fee: { amount: '800.00', currency: 'BDT' },
            windowDays: null,
          },
        ],
      },
    ],
  });
});

test('a desk reaches one doctor or all there, narrows by either, and ends with the attachment', async () => {
  const one = await aDoctor(t);
  const { chamberId } = one;
  const two = await aDoctor(t, { chamberId });
  const apart = await aDoctor(t);
  const assistant = await anAssistant(t);
  const by = await as(assistant);
  expect(await desk(by)).toEqual([]);
  const { id } = await attach(assistant, one);
  expect(doctorsOf(await desk(by))).toEqual({ [chamberId]: [one.doctorId] });
  await attach(assistant, { chamberId });
  await attach(assistant, apart);
  const both = [one.doctorId, two.doctorId];
  const everywhere = { [chamberId]: both, [apart.chamberId]: [apart.doctorId] };
  expect(doctorsOf(await desk(by))).toEqual(everywhere);
  expect(doctorsOf(await desk(by, { chamberId }))).toEqual({ [chamberId]: both });
  expect(doctorsOf(await desk(by, { doctorId: two.doctorId }))).toEqual({ [chamberId]: [two.doctorId] });
  expect(await desk(by, { doctorId: two.doctorId, chamberId: apart.chamberId })).toEqual([]);
  await end(assistant, id);
  expect(doctorsOf(await desk(by))).toEqual(everywhere);
});

test('a doctor who left stays at the desk of whoever is attached to them by name', async () => {
  const doctor = await aDoctor(t);
  const { chamberId, doctorId } = doctor;
  const [named, all] = [
    await anAssistant(t, { attachedTo: [{ chamberId, doctorId }] }),
    await anAssistant(t, { attachedTo: [{ chamberId }] }),
  ];
  const ended_at = t.clock.now().toString();
  await t.db.updateTable('visit_types').set({ ended_at }).where('doctor_id', '=', doctorId).execute();
  expect(doctorsOf(await desk(await as(all)))).toEqual({ [chamberId]: [doctorId] });
  await t.db.updateTable('schedules').set({ ended_at }).where('doctor_id', '=', doctorId).execute();
  expect(await desk(await as(all))).toEqual([]);
  const [chamber] = await desk(await as(named));
  expect(chamber?.doctors).toEqual([expect.objectContaining({ id: doctorId, visitTypes: [] })]);
});

test('a doctor runs their own desk wherever they work, an administrator whichever they name', async () => {
  const doctor = await aDoctor(t);
  const { chamberId, doctorId } = doctor;
  const colleague = await aDoctor(t, { chamberId });
  expect(doctorsOf(await desk(await doctorAs(doctor)))).toEqual({ [chamberId]: [doctorId] });
  expect(await desk(await doctorAs(doctor), { doctorId: colleague.doctorId })).toEqual([]);
  expect(await refusedFields(desk(admin))).toEqual(['chamberId']);
  expect(doctorsOf(await desk(admin, { chamberId }))).toEqual({
    [chamberId]: [doctorId, colleague.doctorId],
  });
  expect(doctorsOf(await desk(admin, { doctorId }))).toEqual({ [chamberId]: [doctorId] });
  await refused(desk(await aSignedInPatient(t)), 'not_allowed');
});

test('an assistant reads the hours, days off and appointments of whose desk they run, and of nobody else', async () => {
  const doctor = await aDoctor(t);
  const other = await aDoctor(t);
  const { chamberId, doctorId } = doctor;
  const booked = await t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId: doctor.visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' } },
    await aSignedInPatient(t),
  );
  const assistant = await anAssistant(t);
  const by = await as(assistant);
  const readings = ({ doctorId: id }: Doctor) => [
    () => t.call(getArrangement, { params: { id } }, by),
    () => t.call(listSchedules, { params: { id } }, by),
    () => t.call(listExceptions, { params: { id } }, by),
  ];
  const appointment = () => t.call(getAppointment, { params: { id: booked.id } }, by);
  for (const reading of readings(doctor)) await refused(reading(), 'not_found');
  await refused(appointment(), 'not_found');
  for (const where of [{ chamberId }, { chamberId, doctorId }]) {
    const { id } = await attach(assistant, where);
    await Promise.all(readings(doctor).map((reading) => reading()));
    expect((await appointment()).id).toBe(booked.id);
    for (const reading of readings(other)) await refused(reading(), 'not_found');
    await end(assistant, id);
    for (const reading of readings(doctor)) await refused(reading(), 'not_found');
    await refused(appointment(), 'not_found');
  }
});
