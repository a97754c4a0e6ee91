import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getAvailability, getDoctor, searchDoctors } from '../../src/contract/doctors.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import {
  createVisitType,
  endSchedule,
  endVisitType,
  getArrangement,
  patchArrangement,
} from '../../src/contract/schedules.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import {
  aChamber,
  aDoctor,
  anAdmin,
  anAssistant,
  aSignedInPatient,
  signedIn,
  someHours,
  type Doctor,
} from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { lockWaits } from '../harness/lock-waits.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let admin: { accessToken: string };

beforeAll(async () => {
  t = await startApp();
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

type By = { accessToken: string };
const as = async ({ doctorId }: Doctor) => ({ accessToken: await signedIn(t, { userId: doctorId }) });

const read = ({ doctorId }: { doctorId: number }, by: By = admin) =>
  t.call(getArrangement, { params: { id: doctorId } }, by);
const setTravel = ({ doctorId }: { doctorId: number }, travelMinutes: number, by: By = admin) =>
  t.call(patchArrangement, { params: { id: doctorId }, body: { travelMinutes } }, by);
const setFee = ({ doctorId }: Doctor, chamberId: number, kind: 'new' | 'follow_up' = 'new') =>
  t.call(
    createVisitType,
    { params: { id: doctorId }, body: { chamberId, kind, minutes: 15, fee: '800' } },
    admin,
  );

test('a doctor sees their chambers with minutes and fees, and no travel until it is set', async () => {
  const doctor = await aDoctor(t, {
    fullName: 'Nasima Khatun',
    nameBn: 'নাসিমা খাতুন',
    chamber: { name: 'First Chamber' },
  });
  const { doctorId, chamberId } = doctor;
  const followUp = await setFee(doctor, chamberId, 'follow_up');
  expect(await read(doctor, await as(doctor))).toEqual({
    doctor: {
      id: doctorId,
      slug: 'nasima-khatun',
      fullName: 'Nasima Khatun',
      nameBn: 'নাসিমা খাতুন',
      bookable: true,
    },
    travelMinutes: 0,
    needsApproval: false,
    chambers: [
      {
        id: chamberId,
        name: 'First Chamber',
        nameBn: null,
        address: 'House 16, Road 2',
        addressBn: null,
        phone: null,
        division: 'Dhaka',
        district: 'Dhaka',
        thana: 'Dhanmondi',
        timeZone: 'Asia/Dhaka',
        visitTypes: [
          {
            id: doctor.visitTypeId,
            kind: 'new',
            minutes: 15,
            fee: { amount: '800.00', currency: 'BDT' },
            windowDays: null,
          },
          {
            id: followUp.visitType.id,
            kind: 'follow_up',
            minutes: 15,
            fee: { amount: '800.00', currency: 'BDT' },
            windowDays: 30,
          },
        ],
      },
    ],
  });
});

test('a chamber belongs to it by a fee or by hours, in the order they were set, and leaves when both have ended', async () => {
  const doctor = await aDoctor(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const withHours = await aChamber(t);
  const withFee = await aChamber(t);
  const scheduleId = await someHours(t, { doctorId, chamberId: withHours, weekday: 3 });
  const fee = await setFee(doctor, withFee);
  const chambers = async () =>
    (await read(doctor)).chambers.map(({ id, visitTypes }) => ({
      id,
      kinds: visitTypes.map(({ kind }) => kind),
    }));
  const first = { id: chamberId, kinds: ['new'] };
  expect(await chambers()).toEqual([first, { id: withFee, kinds: ['new'] }, { id: withHours, kinds: [] }]);
  await t.call(endVisitType, { params: { id: doctorId, visitTypeId: fee.visitType.id } }, admin);
  await t.call(endSchedule, { params: { id: doctorId, scheduleId } }, admin);
  expect(await chambers()).toEqual([first]);
  await t.call(endVisitType, { params: { id: doctorId, visitTypeId } }, admin);
  expect(await chambers()).toEqual([{ id: chamberId, kinds: [] }]);
  await setFee(doctor, withFee);
  await setFee(doctor, chamberId);
  expect(await chambers()).toEqual([first, { id: withFee, kinds: ['new'] }]);
});

test('an assistant sees the arrangements of whose desk they run, a doctor their own, and only these two may not set another’s', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t, { approval: 'pending' })];
  const { chamberId } = doctor;
  const assistant = { accessToken: await signedIn(t, await anAssistant(t, { attachedTo: [{ chamberId }] })) };
  const stranger = await as(other);
  expect((await read(doctor, assistant)).doctor.id).toBe(doctor.doctorId);
  expect((await read(other, stranger)).doctor.bookable).toBe(false);
  await refused(read(other, assistant), 'not_found');
  await refused(read(doctor, stranger), 'not_found');
  await refused(read(doctor, await aSignedInPatient(t)), 'not_allowed');
  await refused(setTravel(doctor, 10, assistant), 'not_allowed');
  await refused(setTravel(doctor, 10, stranger), 'not_found');
  expect((await setTravel(doctor, 10, await as(doctor))).travelMinutes).toBe(10);
  expect((await setTravel(doctor, 20, admin)).travelMinutes).toBe(20);
  expect((await read(doctor, assistant)).travelMinutes).toBe(20);
  const { userId } = await anAdmin(t);
  for (const doctorId of [userId, 2_000_000_000]) {
    await refused(read({ doctorId }), 'not_found');
    await refused(setTravel({ doctorId }, 10), 'not_found');
  }
});

test('minutes that make no sense are refused', async () => {
  const doctor = await aDoctor(t);
  for (const travelMinutes of [-1, 241, 1.5])
    expect(await refusedFields(setTravel(doctor, travelMinutes))).toEqual(['travelMinutes']);
  expect((await setTravel(doctor, 240)).travelMinutes).toBe(240);
  expect((await setTravel(doctor, 0)).travelMinutes).toBe(0);
});

test('a doctor may ask to approve what is booked online; everybody sees it, and each of the two settings stays', async () => {
  const doctor = await aDoctor(t);
  const by = await as(doctor);
  const set = (body: RouteInput<typeof patchArrangement>['body']) =>
    t.call(patchArrangement, { params: { id: doctor.doctorId }, body }, by);
  const settings = async () => {
    const { travelMinutes, needsApproval } = await read(doctor);
    return [travelMinutes, needsApproval];
  };
  const shown = async () =>
    (await t.call(getDoctor, { params: { id: doctor.doctorId } })).doctor.needsApproval;
  const book = async (time: string) => {
    const { doctorId, chamberId, visitTypeId } = doctor;
    const body = { doctorId, chamberId, visitTypeId, startsAt: `2026-11-02T${time}:00+06:00` };
    return (await t.call(bookAppointment, { body }, await aSignedInPatient(t))).status;
  };
  expect(await settings()).toEqual([0, false]);
  await jobsDone(t);
  expect(await shown()).toBe(false);
  expect(await book('17:00')).toBe('confirmed');
  expect((await set({ needsApproval: true })).needsApproval).toBe(true);
  expect(await shown()).toBe(true);
  expect(await book('17:15')).toBe('pending');
  await set({ travelMinutes: 20 });
  expect(await settings()).toEqual([20, true]);
  await set({ needsApproval: false });
  expect(await settings()).toEqual([20, false]);
  expect(await book('17:30')).toBe('confirmed');
  await set({ travelMinutes: 5, needsApproval: true });
  expect(await settings()).toEqual([5, true]);
});

test('a change of the arrangement says something', async () => {
  const doctor = await aDoctor(t);
  const set = (id: number, body: RouteInput<typeof patchArrangement>['body']) =>
    t.call(patchArrangement, { params: { id }, body }, admin);
  expect(await refusedFields(set(doctor.doctorId, {}))).toEqual(['travelMinutes']);
  await refused(set(2_000_000_000, { needsApproval: true }), 'not_found');
});

type Place = { chamberId: number; visitTypeId: number };

/** A doctor with an hour in one chamber and the next hour in another, who is booked at the end of the first. */
async function aTravellingDoctor() {
  const doctor = await aDoctor(t);
  const { doctorId } = doctor;
  const chamberId = await aChamber(t);
  await someHours(t, { doctorId, chamberId, weekday: 1, from: '18:00', to: '19:00' });
  const { visitType } = await setFee(doctor, chamberId);
  const at = (time: string, { chamberId, visitTypeId }: Place) => ({
    body: { doctorId, chamberId, visitTypeId, startsAt: `2026-11-02T${time}:00+06:00` },
  });
  await t.call(bookAppointment, at('17:45', doctor), await aSignedInPatient(t));
  return { doctor, there: { chamberId, visitTypeId: visitType.id }, at };
}

test('the minutes between two chambers count from the moment they are set', async () => {
  const { doctor, there, at } = await aTravellingDoctor();
  const offered = async () => {
    const query = { from: '2026-11-02', to: '2026-11-02', chamberId: there.chamberId };
    const { days } = await t.call(getAvailability, { params: { id: doctor.doctorId }, query });
    return days.flatMap(({ sessions }) =>
      sessions.flatMap(({ places }) => places.map((place) => place.startsAt.slice(11, 16))),
    );
  };
  expect(await offered()).toEqual(['18:00', '18:15', '18:30', '18:45']);
  await setTravel(doctor, 30);
  expect(await offered()).toEqual(['18:30', '18:45']);
  await refused(t.call(bookAppointment, at('18:15', there), await aSignedInPatient(t)), 'slot_taken');
  await t.call(bookAppointment, at('18:30', there), await aSignedInPatient(t));
});

test('the search shows the first place that the minutes leave', async () => {
  const doctor = await aDoctor(t, { fullName: 'Mahfuza Parvin', hours: [{ from: '17:00', to: '17:15' }] });
  const { doctorId } = doctor;
  const chamberId = await aChamber(t);
  await someHours(t, { doctorId, chamberId, weekday: 1, from: '17:15', to: '18:00' });
  await setFee(doctor, chamberId);
  const body = {
    doctorId,
    chamberId: doctor.chamberId,
    visitTypeId: doctor.visitTypeId,
    startsAt: '2026-11-02T17:00:00+06:00',
  };
  await t.call(bookAppointment, { body }, await aSignedInPatient(t));
  const next = async () => {
    await jobsDone(t);
    return (await t.call(searchDoctors, { query: { q: 'mahfuza' } })).items[0]?.nextAvailable;
  };
  expect(await next()).toBe('2026-11-02T17:15:00+06:00');
  await setTravel(doctor, 15);
  expect(await next()).toBe('2026-11-02T17:30:00+06:00');
});

test('a booking that was judged by the old minutes is judged again', async () => {
  const { doctor, there, at } = await aTravellingDoctor();
  await setTravel(doctor, 0);
  await jobsDone(t);
  const client = await t.deps.pool.connect();
  try {
    await client.query('begin');
    // Whoever sets the minutes waits here, with the rules renewed but not committed.
    await client.query('select from doctor_settings where doctor_id = $1 for update', [doctor.doctorId]);
    const setting = setTravel(doctor, 30);
    await expect.poll(() => lockWaits(t)).toBe(1);
    const booking = refused(
      t.call(bookAppointment, at('18:00', there), await aSignedInPatient(t)),
      'slot_taken',
    );
    await expect.poll(() => lockWaits(t)).toBe(2);
    await client.query('commit');
    expect((await setting).travelMinutes).toBe(30);
    await booking;
  } finally {
    client.release(true);
  }
});
