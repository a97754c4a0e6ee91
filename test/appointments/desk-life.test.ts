import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  approveAppointment,
  arrive,
  bookAppointment,
  cancelAppointment,
  completeVisit,
  declineAppointment,
  getAppointment,
  getHistory,
  getVisitNote,
  missVisit,
  rescheduleAppointment,
  putVisitNote,
  startVisit,
  swapAppointments,
  undoMove,
} from '../../src/contract/appointments.ts';
import { listDesk } from '../../src/contract/desk.ts';
import { addPatient } from '../../src/contract/me.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import {
  aDoctor,
  anAdmin,
  aPatient,
  aSignedInPatient,
  signedIn,
  type Doctor,
  type Hours,
} from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

// Monday 2 November 2026, 10:00; doctors sit from 17:00 to 18:00, a start every 15 minutes.
let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
beforeEach(() => t.clock.set(aMonday));
afterAll(() => t.close());

type Caller = { accessToken: string };
type Desk = { doctor: Doctor; desk: Caller };

const at = (time: string) => `2026-11-02T${time}:00+06:00`;
const visitOf = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({ doctorId, chamberId, visitTypeId });
const keyOf = (doctor: Doctor) => `${doctor.scheduleIds[0]}.2026-11-02`;
const body = {};

async function aDesk(hours?: Hours[]): Promise<Desk> {
  const doctor = await aDoctor(t, hours ? { hours } : {});
  return { doctor, desk: { accessToken: await signedIn(t, { userId: doctor.doctorId }) } };
}

/** Booked by the patient themself. */
async function aBooking({ doctor }: Desk, time = '17:00') {
  const patient = await aSignedInPatient(t);
  const booked = await t.call(bookAppointment, { body: { ...visitOf(doctor), startsAt: at(time) } }, patient);
  return { ...booked, by: patient };
}

/** Somebody comes to the desk, or calls. */
const bookAtDesk = async ({ doctor, desk }: Desk, place: object, more: object = {}) =>
  t.call(
    bookAppointment,
    { body: { ...visitOf(doctor), patientId: (await aPatient(t)).patientId, ...place, ...more } },
    desk,
  );

test('the desk books for a caller and for a walk-in, each by their channel', async () => {
  const at1 = await aDesk();
  const caller = await bookAtDesk(at1, { startsAt: at('17:00') }, { channel: 'phone' });
  expect(caller).toMatchObject({ channel: 'phone', status: 'confirmed' });
  // The desk needs no notice: the one who stands there can be seen at the next step.
  t.clock.set(at('17:20'));
  const fresh = { ...at1, desk: { accessToken: await signedIn(t, { userId: at1.doctor.doctorId }) } };
  const walkIn = await bookAtDesk(fresh, { startsAt: at('17:30') }, { channel: 'walk_in' });
  expect(walkIn).toMatchObject({ channel: 'walk_in' });
  await refused(
    t.call(
      bookAppointment,
      { body: { ...visitOf(at1.doctor), startsAt: at('17:45') } },
      await aSignedInPatient(t),
    ),
    'too_soon',
  );
});

test('quotas hold for the channel that a place is taken by', async () => {
  const quotas = { online: 1, phone: 1, walkIn: 1 };
  const one = await aDesk([{ capacity: 3, quotas }]);
  const session = { sessionKey: keyOf(one.doctor) };
  expect((await bookAtDesk(one, session, { channel: 'walk_in' })).serial).toBe(3);
  expect((await bookAtDesk(one, session, { channel: 'phone' })).serial).toBe(2);
  await refused(bookAtDesk(one, session, { channel: 'phone' }), 'quota_used');
});

test('a patient is neither the desk nor over the rules', async () => {
  const one = await aDesk();
  const patient = await aSignedInPatient(t);
  const wish = { ...visitOf(one.doctor), startsAt: at('17:00') };
  for (const more of [{ channel: 'phone' as const }, { overbookReason: 'please' }])
    await refused(t.call(bookAppointment, { body: { ...wish, ...more } }, patient), 'not_allowed');
  const stranger = (await aPatient(t)).patientId;
  await refused(
    t.call(bookAppointment, { body: { ...wish, patientId: stranger } }, patient),
    'invalid_input',
  );
  // Another doctor is not the desk of this one.
  const elsewhere = await aDesk();
  await refused(
    t.call(bookAppointment, { body: { ...wish, patientId: stranger, channel: 'phone' } }, elsewhere.desk),
    'not_allowed',
  );
});

test('staff book beside another visit with a reason, which stays with it', async () => {
  const one = await aDesk();
  await aBooking(one, '17:00');
  await refused(bookAtDesk(one, { startsAt: at('17:00') }), 'slot_taken');
  const over = await bookAtDesk(one, { startsAt: at('17:05') }, { overbookReason: 'bleeding' });
  expect(over).toMatchObject({ overbooked: true, period: { start: at('17:05') } });
  const { items } = await t.call(listDesk, { query: { from: '2026-11-02', to: '2026-11-02' } }, one.desk);
  expect(items.map(({ overbookReason }) => overbookReason)).toEqual([null, 'bleeding']);
  const { items: steps } = await t.call(getHistory, { params: { id: over.id } }, one.desk);
  expect(steps[0]).toMatchObject({ step: 'booked', reason: 'bleeding' });
  await refused(bookAtDesk(one, { startsAt: at('19:00') }, { overbookReason: 'bleeding' }), 'outside_hours');
});

test('over the capacity of a serial session the next numbers are given, with a reason', async () => {
  const one = await aDesk([{ capacity: 2 }]);
  const session = { sessionKey: keyOf(one.doctor) };
  await bookAtDesk(one, session);
  await bookAtDesk(one, session);
  await refused(bookAtDesk(one, session), 'session_full');
  const over = await bookAtDesk(one, session, { overbookReason: 'sent by the ward' });
  expect(over).toMatchObject({ serial: 3, overbooked: true, period: { start: at('17:30') } });
  expect((await bookAtDesk(one, session, { overbookReason: 'her child too' })).serial).toBe(4);
});

test('over the capacity nobody is given a time at which they are with somebody else', async () => {
  const [one, other] = [await aDesk([{ capacity: 2 }]), await aDesk([{ capacity: 2 }])];
  const { patientId } = await aPatient(t);
  const over = { overbookReason: 'sent by the ward' };
  for (const each of [one, other])
    for (let i = 0; i < 2; i++) await bookAtDesk(each, { sessionKey: keyOf(each.doctor) });
  const third = await bookAtDesk(one, { sessionKey: keyOf(one.doctor) }, { ...over, patientId });
  expect(third).toMatchObject({ serial: 3, overbooked: true });
  await refused(
    bookAtDesk(other, { sessionKey: keyOf(other.doctor) }, { ...over, patientId }),
    'patient_busy',
  );
  // Nor is anybody moved to such a time.
  const later = { sessionKey: `${other.doctor.scheduleIds[0]}.2026-11-09` };
  const { id } = await bookAtDesk(other, later, { patientId });
  const move = { params: { id }, body: { sessionKey: keyOf(other.doctor), ...over } };
  await refused(t.call(rescheduleAppointment, move, other.desk), 'patient_busy');
});

test('another channel’s number is not over capacity', async () => {
  const one = await aDesk([{ capacity: 2, quotas: { online: 2, phone: 0, walkIn: 0 } }]);
  const session = { sessionKey: keyOf(one.doctor) };
  await refused(bookAtDesk(one, session, { channel: 'phone' }), 'quota_used');
  const given = await bookAtDesk(one, session, { channel: 'phone', overbookReason: 'an old patient' });
  expect(given).toMatchObject({ serial: 1, overbooked: false });
  const patient = await aSignedInPatient(t);
  const next = await t.call(bookAppointment, { body: { ...visitOf(one.doctor), ...session } }, patient);
  expect(next.serial).toBe(2);
});

async function afternoon({ doctor }: Desk, time: string): Promise<Caller> {
  t.clock.set(at(time));
  return { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
}

test('a visit goes from arrival to its end, every step with who and when', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  const params = { id };
  await refused(t.call(missVisit, { params, body }, one.desk), 'wrong_state');
  const desk = await afternoon(one, '16:50');
  expect((await t.call(arrive, { params, body }, desk)).status).toBe('arrived');
  expect((await t.call(startVisit, { params, body }, desk)).status).toBe('in_consultation');
  await refused(t.call(cancelAppointment, { params, body }, desk), 'wrong_state');
  const { items: list } = await t.call(listDesk, { query: { id } }, desk);
  expect(list).toMatchObject([{ since: at('16:50'), undoUntil: at('17:00') }]);
  expect((await t.call(completeVisit, { params, body }, desk)).status).toBe('completed');
  await refused(t.call(arrive, { params, body }, desk), 'wrong_state');
  const { items } = await t.call(getHistory, { params }, desk);
  expect(items.map(({ step, from, to }) => [step, from, to])).toEqual([
    ['booked', null, 'confirmed'],
    ['arrived', 'confirmed', 'arrived'],
    ['started', 'arrived', 'in_consultation'],
    ['completed', 'in_consultation', 'completed'],
  ]);
  expect(items.at(-1)).toMatchObject({ at: at('16:50'), by: { id: one.doctor.doctorId } });
});

test('a visit of another day is neither attended nor missed', async () => {
  const one = await aDesk();
  const next = '2026-11-09T17:00:00+06:00';
  const patient = await aSignedInPatient(t);
  const wish = { ...visitOf(one.doctor), startsAt: next };
  const { id } = await t.call(bookAppointment, { body: wish }, patient);
  for (const route of [arrive, startVisit, completeVisit, missVisit])
    await refused(t.call(route, { params: { id }, body }, one.desk), 'wrong_state');
});

test('a press by mistake is taken back within ten minutes', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  const params = { id };
  const desk = await afternoon(one, '17:05');
  for (const [route, status] of [
    [arrive, 'confirmed'],
    [startVisit, 'confirmed'],
    [completeVisit, 'confirmed'],
    [missVisit, 'confirmed'],
  ] as const) {
    await t.call(route, { params, body }, desk);
    expect((await t.call(undoMove, { params, body }, desk)).status).toBe(status);
    await refused(t.call(undoMove, { params, body }, desk), 'wrong_state');
  }
  await t.call(arrive, { params, body }, desk);
  t.clock.set('2026-11-02T17:15:01+06:00');
  await refused(t.call(undoMove, { params, body }, desk), 'wrong_state');
});

test('a no-show whose place somebody else has by now stays one', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one, '17:15');
  const desk = await afternoon(one, '17:15');
  await t.call(missVisit, { params: { id }, body }, desk);
  await bookAtDesk({ ...one, desk }, { startsAt: at('17:15') }, { channel: 'walk_in' });
  await refused(t.call(undoMove, { params: { id }, body }, desk), 'slot_taken');
});

test('a no-show who comes after all is seen, though somebody else has the place', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one, '17:15');
  const desk = await afternoon(one, '17:15');
  const params = { id };
  await t.call(missVisit, { params, body }, desk);
  await bookAtDesk({ ...one, desk }, { startsAt: at('17:15') }, { channel: 'walk_in' });
  const arrived = await t.call(arrive, { params, body }, desk);
  expect(arrived).toMatchObject({ status: 'arrived', overbooked: true });
  expect((await t.call(startVisit, { params, body }, desk)).status).toBe('in_consultation');
});

test('in a serial session a no-show who comes after all gets the number after the last', async () => {
  const one = await aDesk([{ capacity: 2 }]);
  const session = { sessionKey: keyOf(one.doctor) };
  const [first, second] = [await bookAtDesk(one, session), await bookAtDesk(one, session)];
  const desk = await afternoon(one, '17:00');
  const params = { id: first.id };
  await t.call(missVisit, { params, body }, desk);
  expect((await bookAtDesk({ ...one, desk }, session)).serial).toBe(1);
  const arrived = await t.call(arrive, { params, body: { reason: 'caught in the rain' } }, desk);
  expect(arrived).toMatchObject({ status: 'arrived', serial: 3, overbooked: true });
  // Nobody took this one’s place.
  await t.call(missVisit, { params: { id: second.id }, body }, await afternoon(one, '17:20'));
  const back = await t.call(arrive, { params: { id: second.id }, body }, await afternoon(one, '17:21'));
  expect(back).toMatchObject({ serial: 2, overbooked: false });
});

test('a no-show who is with another doctor by now cannot arrive', async () => {
  const [one, other] = [await aDesk(), await aDesk()];
  const { id, by } = await aBooking(one, '17:15');
  const desk = await afternoon(one, '17:15');
  await t.call(missVisit, { params: { id }, body }, desk);
  const elsewhere = { ...other, desk: await afternoon(other, '17:15') };
  const wish = { ...visitOf(other.doctor), patientId: by.patientId, startsAt: at('17:15') };
  await t.call(bookAppointment, { body: wish }, elsewhere.desk);
  await refused(t.call(arrive, { params: { id }, body }, desk), 'patient_busy');
});

test('where the doctor approves, a booking is a request that blocks its place', async () => {
  const one = await aDesk();
  await t.db
    .insertInto('doctor_settings')
    .values({ doctor_id: one.doctor.doctorId, needs_approval: true })
    .execute();
  const asked = await aBooking(one);
  expect(asked.status).toBe('pending');
  await refused(aBooking(one), 'slot_taken');
  await refused(t.call(approveAppointment, { params: { id: asked.id }, body }, asked.by), 'not_allowed');
  const approved = await t.call(approveAppointment, { params: { id: asked.id }, body }, one.desk);
  expect(approved.status).toBe('confirmed');
  await refused(t.call(declineAppointment, { params: { id: asked.id }, body }, one.desk), 'wrong_state');

  const other = await aBooking(one, '17:15');
  const declined = await t.call(
    declineAppointment,
    { params: { id: other.id }, body: { reason: 'on leave' } },
    one.desk,
  );
  expect(declined.status).toBe('cancelled');
  // Whom the desk books for is not asked about again, and the place was free at once.
  expect((await bookAtDesk(one, { startsAt: at('17:15') })).status).toBe('confirmed');
});

test('two visits change places', async () => {
  const one = await aDesk();
  const [first, second] = [await aBooking(one, '17:00'), await aBooking(one, '17:30')];
  const { items } = await t.call(
    swapAppointments,
    { body: { first: first.id, second: second.id, reason: 'she is in a hurry' } },
    one.desk,
  );
  expect(items.map(({ id, period, version }) => [id, period.start, version])).toEqual([
    [first.id, at('17:30'), 2],
    [second.id, at('17:00'), 2],
  ]);
  const audited = await t.db
    .selectFrom('audit_log')
    .select(['action', 'by_user', 'detail'])
    .where('appointment_id', '=', first.id)
    .execute();
  expect(audited).toEqual([
    {
      action: 'appointments.swapped',
      by_user: one.doctor.doctorId,
      detail: { with: second.id, reason: 'she is in a hurry' },
    },
  ]);
});

test('two serials change numbers', async () => {
  const one = await aDesk([{ capacity: 3 }]);
  const session = { sessionKey: keyOf(one.doctor) };
  const [first, second] = [await bookAtDesk(one, session), await bookAtDesk(one, session)];
  const { items } = await t.call(
    swapAppointments,
    { body: { first: first.id, second: second.id } },
    one.desk,
  );
  expect(items.map(({ serial, period }) => [serial, period.start])).toEqual([
    [2, at('17:15')],
    [1, at('17:00')],
  ]);
});

test('visits that cannot change places stay as they are', async () => {
  const one = await aDesk();
  const other = await aDesk();
  const [first, second] = [await aBooking(one, '17:00'), await aBooking(one, '17:30')];
  const foreign = await aBooking(other);
  const swap = (a: number, b: number, by = one.desk) =>
    t.call(swapAppointments, { body: { first: a, second: b } }, by);
  await refused(swap(first.id, foreign.id), 'not_found');
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  await refused(swap(first.id, foreign.id, admin), 'invalid_input');
  await refused(swap(first.id, first.id), 'invalid_input');
  // The first is at another doctor's when the second would come.
  await t.call(bookAppointment, { body: { ...visitOf(other.doctor), startsAt: at('17:30') } }, first.by);
  await refused(swap(first.id, second.id), 'patient_busy');
  const read = await t.call(getAppointment, { params: { id: first.id } }, one.desk);
  expect(read).toMatchObject({ period: { start: at('17:00') }, version: 1 });
});

test('the desk finds an appointment by its reference, however it is typed', async () => {
  const one = await aDesk();
  const booked = await aBooking(one);
  for (const reference of [booked.reference, booked.reference.toLowerCase().replace('-', '')]) {
    const { items } = await t.call(listDesk, { query: { reference } }, one.desk);
    expect(items).toMatchObject([{ id: booked.id, patient: { mobile: booked.by.mobile } }]);
  }
  const { items } = await t.call(listDesk, { query: { reference: booked.reference } }, (await aDesk()).desk);
  expect(items).toEqual([]);
});

test('the desk finds what is to come by a mobile number, for the account and its family, and by the code on a slip', async () => {
  const one = await aDesk();
  const booked = await aBooking(one, '17:00');
  const { patient: child } = await t.call(
    addPatient,
    { body: { fullName: 'Rafi Islam', relation: 'child' } },
    booked.by,
  );
  const wish = { ...visitOf(one.doctor), patientId: child.id, startsAt: at('17:30') };
  const second = await t.call(bookAppointment, { body: wish }, booked.by);
  await aBooking(one, '17:45');
  const find = async (query: RouteInput<typeof listDesk>['query'], by = one.desk) =>
    (await t.call(listDesk, { query }, by)).items.map(({ id }) => id);
  // Bangla digits are what many keyboards have.
  const mobile = booked.by.mobile.replace(/\d/g, (digit) => '০১২৩৪৫৬৭৮৯'[Number(digit)] ?? '');
  expect(await find({ mobile })).toEqual([booked.id, second.id]);
  expect(await find({ mobile, from: '2026-11-02' })).toEqual([booked.id, second.id]);
  expect(await find({ mobile, from: '2026-11-03' })).toEqual([]);
  expect(await find({ mobile, to: '2026-11-01' })).toEqual([]);
  expect(await find({ mobile }, (await aDesk()).desk)).toEqual([]);
  const token = booked.liveUrl.replace('/a/', '');
  expect(await find({ token })).toEqual([booked.id]);
  expect(await find({ token }, (await aDesk()).desk)).toEqual([]);
  expect(await find({ token: `${token.slice(0, -4)}AAAA` })).toEqual([]);
});

test('a step that was meant for what has changed since is not taken, nor is another’s taken back', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  const params = { id };
  const desk = await afternoon(one, '16:50');
  const arrived = await t.call(arrive, { params, body: { version: 1 } }, desk);
  const started = await t.call(startVisit, { params, body: { version: arrived.version } }, desk);
  for (const route of [undoMove, completeVisit, cancelAppointment])
    await refused(t.call(route, { params, body: { version: arrived.version } }, desk), 'changed_meanwhile');
  const undone = await t.call(undoMove, { params, body: { version: started.version } }, desk);
  expect(undone.status).toBe('arrived');
});

test('a private note is its author’s alone', async () => {
  const one = await aDesk();
  const { id, by } = await aBooking(one);
  const params = { id };
  const written = await t.call(putVisitNote, { params, body: { text: 'ask about the cough' } }, one.desk);
  expect(written).toEqual({ text: 'ask about the cough', updatedAt: aMonday });
  expect(await t.call(getVisitNote, { params }, one.desk)).toEqual(written);
  await refused(t.call(getVisitNote, { params }, (await aDesk()).desk), 'not_found');
  for (const caller of [by, { accessToken: await signedIn(t, await anAdmin(t)) }])
    await refused(t.call(getVisitNote, { params }, caller), 'not_allowed');
  const emptied = await t.call(putVisitNote, { params, body: { text: '' } }, one.desk);
  expect(emptied).toEqual({ text: '', updatedAt: null });
});
