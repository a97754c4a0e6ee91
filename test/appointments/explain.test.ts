import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { explainPlace } from '../../src/contract/doctors.ts';
import type { RouteAnswer } from '../../src/contract/route.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import {
  aDoctor,
  aVisitType,
  anAdmin,
  anAssistant,
  aSignedInPatient,
  signedIn,
  type Doctor,
} from '../harness/builders.ts';
import { aHoliday, someTimeOff } from '../harness/calendar.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let adminId: number;
let admin: { accessToken: string };

beforeAll(async () => {
  t = await startApp();
  adminId = (await anAdmin(t)).userId;
});
beforeEach(() => moveTo(aMonday));
afterAll(() => t.close());

/** Sets the clock; a sign-in lasts a quarter of an hour. */
async function moveTo(instant: string): Promise<void> {
  t.clock.set(instant);
  admin = { accessToken: await signedIn(t, { userId: adminId }) };
}

type Asked = { at: string; channel?: 'online' | 'phone' | 'walk_in'; visitTypeId?: number };
type Explanation = RouteAnswer<typeof explainPlace>;

const explain = ({ doctorId, visitTypeId }: Doctor, asked: Asked, by = admin): Promise<Explanation> =>
  t.call(explainPlace, { params: { id: doctorId }, query: { visitTypeId, ...asked } }, by);

const monday = (time: string) => `2026-11-02T${time}:00+06:00`;

/** `free`, or the reasons. */
const why = async (doctor: Doctor, asked: Asked): Promise<string> => {
  const { free, reasons } = await explain(doctor, asked);
  expect(reasons.length === 0).toBe(free);
  return free ? 'free' : reasons.join(' ');
};

async function book(
  { doctorId, chamberId, visitTypeId }: Doctor,
  when: { startsAt: string } | { sessionKey: string },
) {
  const patient = await aSignedInPatient(t);
  return t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, ...when } }, patient);
}

test('a free start, with its session', async () => {
  const doctor = await aDoctor(t);
  expect(await explain(doctor, { at: monday('17:15') })).toEqual({
    free: true,
    reasons: [],
    session: {
      sessionKey: `${doctor.scheduleIds[0]}.2026-11-02`,
      chamberId: doctor.chamberId,
      mode: 'timed',
      startsAt: monday('17:00'),
      endsAt: monday('18:00'),
      serial: null,
    },
  });
});

test('every reason at a clock time, as they apply', async () => {
  const doctor = await aDoctor(t, { hours: [{}, { weekday: 3, horizonDays: 1 }] });
  await book(doctor, { startsAt: monday('17:15') });
  await someTimeOff(t, { ...doctor, from: '2026-11-02T17:30', until: '2026-11-02T17:45' });
  await aHoliday(t, { from: '2026-11-09', chamberId: doctor.chamberId, tentative: true });
  expect(await why(doctor, { at: monday('17:15') })).toBe('taken');
  expect(await why(doctor, { at: monday('17:20') })).toBe('outside_hours time_off taken');
  expect(await why(doctor, { at: monday('17:30') })).toBe('time_off');
  expect(await why(doctor, { at: '2026-11-09T17:00:00+06:00' })).toBe('holiday');
  expect(await why(doctor, { at: '2026-11-09T17:00:00+06:00', channel: 'phone' })).toBe('free');
  expect(await why(doctor, { at: '2026-11-04T17:00:00+06:00' })).toBe('too_far');
  await moveTo(monday('16:50'));
  expect(await why(doctor, { at: monday('17:00') })).toBe('too_soon');
  expect(await why(doctor, { at: monday('17:45') })).toBe('free');
});

test('outside all hours there is no session', async () => {
  const doctor = await aDoctor(t);
  for (const at of [monday('16:45'), monday('18:00'), '2026-11-03T17:00:00+06:00'])
    expect(await explain(doctor, { at })).toEqual({ free: false, reasons: ['outside_hours'], session: null });
  expect(await why(doctor, { at: monday('09:00') })).toBe('outside_hours too_soon');
});

test('in a serial session the answer is about the serial expected then, at any of its minutes', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      {
        from: '17:00',
        to: '18:30',
        slotMinutes: 10,
        capacity: 6,
        quotas: { online: 2, phone: 2, walkIn: 1 },
        quotaReleaseMinutes: 120,
      },
    ],
  });
  const sessionKey = `${doctor.scheduleIds[0]}.2026-11-02`;
  await book(doctor, { sessionKey });
  const answer = await explain(doctor, { at: monday('17:19') });
  expect(answer).toMatchObject({ free: true, session: { sessionKey, mode: 'serial', serial: 2 } });
  const all = async (channel: 'online' | 'phone' | 'walk_in') =>
    Promise.all(
      ['17:00', '17:10', '17:25', '17:39', '17:40', '17:59'].map((time) =>
        why(doctor, { at: monday(time), channel }),
      ),
    );
  expect(await all('online')).toEqual(['taken', 'free', 'quota_used', 'quota_used', 'quota_used', 'free']);
  expect(await all('phone')).toEqual([
    'taken quota_used',
    'quota_used',
    'free',
    'free',
    'quota_used',
    'free',
  ]);
  expect(await all('walk_in')).toEqual([
    'taken quota_used',
    'quota_used',
    'quota_used',
    'quota_used',
    'free',
    'free',
  ]);
  expect(await explain(doctor, { at: monday('18:05') })).toMatchObject({
    reasons: ['outside_hours'],
    session: { sessionKey, serial: null },
  });
  await moveTo(monday('15:00'));
  expect(await all('online')).toEqual(['taken', 'free', 'free', 'free', 'free', 'free']);
});

test('serials that run past the hours are explained there, where no other session takes over', async () => {
  const doctor = await aDoctor(t, {
    hours: [
      { from: '17:00', to: '17:30', slotMinutes: 10, capacity: 6 },
      { from: '17:40', to: '18:10' },
    ],
  });
  const session = async (time: string) => {
    const { free, session: found } = await explain(doctor, { at: monday(time) });
    return [free, found?.mode, found?.serial];
  };
  expect(await session('17:35')).toEqual([true, 'serial', 4]);
  expect(await session('17:50')).toEqual([true, 'serial', 6]);
  expect(await session('17:55')).toEqual([true, 'serial', 6]);
  await book(doctor, { startsAt: monday('17:55') });
  expect(await session('17:50')).toEqual([false, 'serial', 6]);
  expect(await session('18:05')).toEqual([false, 'timed', null]);
});

test('a doctor who cannot be booked is explained as well', async () => {
  const doctor = await aDoctor(t, { approval: 'pending' });
  expect(await why(doctor, { at: monday('17:00') })).toBe('doctor_inactive');
  const serial = await aDoctor(t, { hours: [{ capacity: 3 }] });
  await t.db.updateTable('users').set({ status: 'suspended' }).where('id', '=', serial.doctorId).execute();
  expect(await why(serial, { at: monday('17:00') })).toBe('doctor_inactive');
});

test('administrators may ask about everybody, assistants about whose desk they run, doctors about themselves, patients nobody', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const at = monday('17:00');
  const { userId: assistantId } = await anAssistant(t, { attachedTo: [doctor] });
  for (const userId of [doctor.doctorId, assistantId])
    expect(await explain(doctor, { at }, { accessToken: await signedIn(t, { userId }) })).toMatchObject({
      free: true,
    });
  const assistant = { accessToken: await signedIn(t, { userId: assistantId }) };
  await refused(explain(other, { at }, assistant), 'not_found');
  const colleague = { accessToken: await signedIn(t, { userId: other.doctorId }) };
  await refused(explain(doctor, { at }, colleague), 'not_found');
  await refused(explain(doctor, { at }, await aSignedInPatient(t)), 'not_allowed');
  const nobody = t.call(explainPlace, {
    params: { id: doctor.doctorId },
    query: { at, visitTypeId: doctor.visitTypeId },
  });
  await refused(nobody, 'not_signed_in');
});

test('only about doctors, in their own chambers', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const at = monday('17:00');
  const patient = await aSignedInPatient(t);
  await refused(explain({ ...doctor, doctorId: patient.userId }, { at }), 'not_found');
  expect(await refusedFields(explain(doctor, { at, visitTypeId: other.visitTypeId }))).toEqual([
    'visitTypeId',
  ]);
  expect(await refusedFields(explain(doctor, { at: '2026-11-02T17:00' }))).toEqual(['at']);
});

test('the length of the visit type counts', async () => {
  const doctor = await aDoctor(t);
  const long = await aVisitType(t, {
    doctorId: doctor.doctorId,
    chamberId: doctor.chamberId,
    kind: 'follow_up',
    minutes: 30,
    fee: '300',
  });
  await book(doctor, { startsAt: monday('17:30') });
  expect(await why(doctor, { at: monday('17:15') })).toBe('free');
  expect(await why(doctor, { at: monday('17:15'), visitTypeId: long.id })).toBe('taken');
  expect(await why(doctor, { at: monday('17:45'), visitTypeId: long.id })).toBe('outside_hours');
});
