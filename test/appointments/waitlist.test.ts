import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  bookAppointment,
  cancelAppointment,
  getAppointment,
  getHistory,
  listAppointments,
  missVisit,
  rescheduleAppointment,
} from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { createException } from '../../src/contract/exceptions.ts';
import { createHold, endHold } from '../../src/contract/holds.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import {
  acceptOffer,
  acceptWaiting,
  declineOffer,
  declineWaiting,
  getWaiting,
  joinWaitlist,
  leaveWaiting,
  leaveWaitlist,
  listWaitlist,
  type WaitlistEntry,
} from '../../src/contract/waitlist.ts';
import { offerPlaces, offerToAll } from '../../src/appointments/waitlist/offer-places.ts';
import { signGuest } from '../../src/platform/guest-tokens.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import {
  aDoctor,
  aFamilyMember,
  anAssistant,
  aPatient,
  aSignedInPatient,
  signedIn,
  someHours,
  type Doctor,
  type Hours,
  type Patient,
} from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

// Monday 2 November 2026, 10:00; doctors sit from 17:00 on, a start every 15 minutes, bookable until half an hour before.
let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
beforeEach(() => t.clock.set(aMonday));
afterAll(() => t.close());

const monday = '2026-11-02';
const at = (time: string, date = monday) => `${date}T${time}:00+06:00`;
const visitOf = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({ doctorId, chamberId, visitTypeId });
const keyOf = ({ scheduleIds }: Doctor, date = monday) => `${scheduleIds[0]}.${date}`;
const setTime = (time: string) => t.clock.set(at(time));
/** A sign-in lasts a quarter of an hour. */
const caller = async (who: { userId: number }) => ({ accessToken: await signedIn(t, who) });

type Wants = Partial<RouteInput<typeof joinWaitlist>['body']>;

const join = async (doctor: Doctor, who: { userId: number }, wants: Wants = {}) =>
  t.call(joinWaitlist, { body: { ...visitOf(doctor), ...wants } }, await caller(who));

async function book(doctor: Doctor, time: string, who?: Patient) {
  const patient = who ?? (await aPatient(t));
  const body = { ...visitOf(doctor), startsAt: at(time) };
  return { ...(await t.call(bookAppointment, { body }, await caller(patient))), by: patient };
}

async function bookSerial(doctor: Doctor, who?: Patient) {
  const patient = who ?? (await aPatient(t));
  const body = { ...visitOf(doctor), sessionKey: keyOf(doctor) };
  return { ...(await t.call(bookAppointment, { body }, await caller(patient))), by: patient };
}

const cancel = async ({ id, by }: { id: number; by: Patient }) =>
  t.call(cancelAppointment, { params: { id }, body: {} }, await caller(by));

/** How the line looks to somebody in it. */
async function entryOf(who: { userId: number }): Promise<WaitlistEntry | undefined> {
  const { items } = await t.call(listWaitlist, {}, await caller(who));
  return items[0];
}

const byLink = ({ waitingUrl }: WaitlistEntry) => ({ token: waitingUrl.slice('/w/'.length) });
const reread = (entry: WaitlistEntry) => t.call(getWaiting, { params: byLink(entry) });
const accept = async (entry: WaitlistEntry, who: { userId: number }) =>
  t.call(acceptOffer, { params: { id: entry.id }, body: {} }, await caller(who));
const decline = async (entry: WaitlistEntry, who: { userId: number }) =>
  t.call(declineOffer, { params: { id: entry.id }, body: {} }, await caller(who));

async function freeTimes({ doctorId }: Doctor, date = monday): Promise<string[]> {
  const query = { from: date, to: date };
  const { days } = await t.call(getAvailability, { params: { id: doctorId }, query });
  return days.flatMap(({ sessions }) =>
    sessions.flatMap(({ places }) => places.map(({ startsAt }) => startsAt.slice(11, 16))),
  );
}

// Next Monday cannot be booked yet.
const twoPlaces: Hours[] = [{ from: '17:00', to: '17:30', horizonDays: 3 }];
const twoSerials: Hours[] = [{ from: '17:00', to: '17:30', capacity: 2, horizonDays: 3 }];

/** With both places taken. */
async function aFullDoctor() {
  const doctor = await aDoctor(t, { hours: twoPlaces });
  const bookings = [await book(doctor, '17:00'), await book(doctor, '17:15')] as const;
  return { doctor, bookings };
}

test('a cancelled place goes down the line: offered, declined, offered to the next, taken', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const [first, second, rival] = [await aPatient(t), await aPatient(t), await aPatient(t)];
  const entry = await join(doctor, first, { sessionKey: keyOf(doctor) });
  expect(entry).toMatchObject({
    status: 'waiting',
    offer: null,
    wants: { sessionKey: keyOf(doctor), from: monday, to: monday, earlierThan: null },
    lastDate: monday,
    patient: { id: first.patientId, mobile: null },
  });
  await join(doctor, second, { sessionKey: keyOf(doctor) });
  await cancel(bookings[1]);

  const offered = await reread(entry);
  expect(offered).toMatchObject({
    status: 'offered',
    offer: { period: { start: at('17:15'), end: at('17:30') }, until: at('10:30'), mode: 'timed' },
  });
  expect(await freeTimes(doctor)).toEqual([]);
  await refused(book(doctor, '17:15', rival), 'slot_taken');
  expect(await entryOf(second)).toMatchObject({ status: 'waiting' });

  expect(await decline(entry, first)).toMatchObject({ status: 'waiting', offer: null });
  const next = await entryOf(second);
  if (!next) throw new Error('nobody is next in line');
  expect(next.offer?.period.start).toBe(at('17:15'));
  const taken = await accept(next, second);
  expect(taken).toMatchObject({
    id: next.offer?.appointmentId,
    status: 'confirmed',
    period: { start: at('17:15') },
    patient: { id: second.patientId },
    channel: 'online',
    expiresAt: null,
  });
  expect(await t.call(getAppointment, { params: { id: taken.id } }, await caller(second))).toEqual(taken);
  expect(await entryOf(second)).toBeUndefined();
  expect(await reread(next)).toMatchObject({ status: 'accepted', appointment: { id: taken.id } });
});

test('a serial is offered by its number', async () => {
  const doctor = await aDoctor(t, { hours: twoSerials });
  const gone = await bookSerial(doctor);
  await bookSerial(doctor);
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting, { sessionKey: keyOf(doctor) });
  await cancel(gone);
  expect((await reread(entry)).offer).toMatchObject({ serial: 1, mode: 'serial', fee: { amount: '800.00' } });
  await refused(bookSerial(doctor), 'session_full');
  expect(await accept(entry, waiting)).toMatchObject({ serial: 1, status: 'confirmed' });
});

test('an offer that runs out goes to the next in line, and nobody comes in between', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const [slow, quick] = [await aPatient(t), await aPatient(t)];
  const entry = await join(doctor, slow);
  const next = await join(doctor, quick);
  await cancel(bookings[0]);
  setTime('10:30');
  await refused(accept(entry, slow), 'offer_ended');
  await offerToAll(t.deps);
  expect((await reread(next)).offer).toMatchObject({ period: { start: at('17:00') }, until: at('11:00') });
  expect(await reread(entry)).toMatchObject({ status: 'waiting' });
  await refused(book(doctor, '17:00'), 'slot_taken');

  // With nobody left who has not let it go, it is anybody's.
  setTime('11:00');
  await offerToAll(t.deps);
  expect(await freeTimes(doctor)).toEqual(['17:00']);
  expect((await book(doctor, '17:00')).status).toBe('confirmed');
});

test('when nothing moves the line, a place whose offer has run out is anybody’s three minutes later', async () => {
  const idle = await startApp({ SERVICES: 'gateway,users,appointments' });
  try {
    const doctor = await aDoctor(idle, { hours: [{ from: '17:00', to: '17:15', horizonDays: 3 }] });
    const [holder, waiting, rival] = [
      await aSignedInPatient(idle),
      await aSignedInPatient(idle),
      await aPatient(idle),
    ];
    const wish = { body: { ...visitOf(doctor), startsAt: at('17:00') } };
    const booked = await idle.call(bookAppointment, wish, holder);
    await idle.call(joinWaitlist, { body: visitOf(doctor) }, waiting);
    await idle.call(cancelAppointment, { params: { id: booked.id }, body: {} }, holder);
    const tryAt = async (time: string) => {
      idle.clock.set(at(time));
      return idle.call(bookAppointment, wish, { accessToken: await signedIn(idle, rival) });
    };
    await refused(tryAt('10:29'), 'slot_taken');
    await refused(tryAt('10:32'), 'slot_taken');
    expect(await tryAt('10:33')).toMatchObject({ status: 'confirmed' });
  } finally {
    await idle.close();
  }
});

test('whoever is busy, has a live offer or booked by themself is passed over; the busy keep their turn', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const other = await aDoctor(t, { hours: twoPlaces });
  const [busy, next] = [await aPatient(t), await aPatient(t)];
  const elsewhere = await book(other, '17:00', busy);
  const entry = await join(doctor, busy);
  await join(doctor, next);
  await cancel(bookings[0]);
  expect(await reread(entry)).toMatchObject({ status: 'waiting' });
  expect((await entryOf(next))?.offer?.period.start).toBe(at('17:00'));
  // The next place goes to whoever was busy before, not to whoever considers one already.
  await cancel(elsewhere);
  await cancel(bookings[1]);
  expect((await reread(entry)).offer?.period.start).toBe(at('17:15'));
  expect((await entryOf(next))?.offer?.period.start).toBe(at('17:00'));
});

test('a patient who may book no more is passed over', async () => {
  const { doctor, bookings } = await aFullDoctor();
  await t.db.updateTable('chambers').set({ most_per_doctor: 1 }).where('id', '=', doctor.chamberId).execute();
  await someHours(t, { ...doctor, weekday: 2 });
  const [full, next] = [await aPatient(t), await aPatient(t)];
  const body = { ...visitOf(doctor), startsAt: at('17:00', '2026-11-03') };
  await t.call(bookAppointment, { body }, await caller(full));
  const entry = await join(doctor, full, { from: monday, to: monday });
  const after = await join(doctor, next, { from: monday, to: monday });
  await cancel(bookings[0]);
  expect((await reread(entry)).offer).toBeNull();
  expect((await reread(after)).offer).not.toBeNull();
});

test('a place is offered for the dates that are waited for, and at once when there is one', async () => {
  const doctor = await aDoctor(t);
  const [any, dated] = [await aPatient(t), await aPatient(t)];
  expect((await join(doctor, any)).offer?.period.start).toBe(at('17:00'));
  const wants = { from: '2026-11-09', to: '2026-11-10' };
  expect((await join(doctor, dated, wants)).offer).toMatchObject({
    period: { start: at('17:00', '2026-11-09') },
    until: at('11:00'),
  });
});

const leave = async ({ id }: WaitlistEntry, who: { userId: number }) =>
  t.call(leaveWaitlist, { params: { id } }, await caller(who));

test('leaving gives an offered place to the next in line at once', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const [first, second] = [await aPatient(t), await aPatient(t)];
  const entry = await join(doctor, first);
  const next = await join(doctor, second);
  await cancel(bookings[0]);
  await leave(entry, first);
  expect(await entryOf(first)).toBeUndefined();
  expect((await reread(next)).offer?.period.start).toBe(at('17:00'));
  await leave(entry, first);
  expect(await reread(entry)).toMatchObject({ status: 'left', offer: null });
  await refused(accept(entry, first), 'offer_ended');
});

test('serials that are released to everybody go to the line, not to whoever presses in that second', async () => {
  const quotas = { online: 1, phone: 1, walkIn: 0 };
  const doctor = await aDoctor(t, {
    hours: [{ from: '17:00', to: '17:30', capacity: 2, quotas, quotaReleaseMinutes: 120 }],
  });
  await bookSerial(doctor);
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting, { sessionKey: keyOf(doctor) });
  setTime('14:58');
  await offerToAll(t.deps);
  expect((await reread(entry)).offer).toBeNull();
  setTime('14:59');
  await offerToAll(t.deps);
  expect((await reread(entry)).offer).toMatchObject({ serial: 2, until: at('15:09') });
  setTime('15:00');
  await refused(bookSerial(doctor), 'session_full');
  expect(await accept(entry, waiting)).toMatchObject({ serial: 2 });
});

test('hours that a doctor adds are offered to the line', async () => {
  const { doctor } = await aFullDoctor();
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting, { from: '2026-11-03', to: '2026-11-03' });
  expect(entry.offer).toBeNull();
  await someHours(t, { ...doctor, weekday: 2, from: '18:00', to: '19:00' });
  await jobsDone(t);
  expect((await reread(entry)).offer?.period.start).toBe(at('18:00', '2026-11-03'));
});

test('a place that is given back in any other way is offered too', async () => {
  const { doctor, bookings } = await aFullDoctor();
  await someHours(t, { ...doctor, weekday: 2 });
  const [first, second] = [await aPatient(t), await aPatient(t)];
  const entry = await join(doctor, first, { from: monday, to: monday });
  const next = await join(doctor, second, { from: monday, to: monday });
  const to = { startsAt: at('17:00', '2026-11-03') };
  const by = await caller(bookings[0].by);
  await t.call(rescheduleAppointment, { params: { id: bookings[0].id }, body: to }, by);
  const offered = await reread(entry);
  expect(offered.offer?.period.start).toBe(at('17:00'));
  await accept(offered, first);
  const held = await t.call(createHold, { body: { ...visitOf(doctor), ...to } }).catch(() => null);
  expect(held).toBeNull();
  await cancel(bookings[1]);
  expect((await reread(next)).offer?.period.start).toBe(at('17:15'));
});

test('a hold that is given back is offered, and one that has run out by the next round', async () => {
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '17:15' }] });
  const hold = () => t.call(createHold, { body: { ...visitOf(doctor), startsAt: at('17:00') } });
  const held = await hold();
  const waiting = await aPatient(t);
  const wants = { from: monday, to: monday };
  const entry = await join(doctor, waiting, wants);
  await t.call(endHold, { params: { id: held.id }, query: { token: held.token } });
  expect((await reread(entry)).offer?.period.start).toBe(at('17:00'));
  await leave(entry, waiting);
  await hold();
  const again = await join(doctor, waiting, wants);
  setTime('10:10');
  await offerToAll(t.deps);
  expect((await reread(again)).offer?.period.start).toBe(at('17:00'));
});

test('a missed visit’s time goes to nobody in the line once it has come', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting);
  setTime('17:01');
  const desk = await caller({ userId: doctor.doctorId });
  await t.call(missVisit, { params: { id: bookings[0].id }, body: {} }, desk);
  expect((await reread(entry)).offer).toBeNull();
});

test('an offer never lasts beyond the notice of its place, and is not made when too little is left', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting, { from: monday, to: monday });
  setTime('16:24');
  await cancel(bookings[0]);
  expect((await reread(entry)).offer).toMatchObject({ until: at('16:30') });
  await leave(entry, waiting);
  const again = await join(doctor, waiting, { from: monday, to: monday });
  await t.call(leaveWaiting, { params: byLink(again) });
  setTime('16:42');
  const last = await join(doctor, waiting, { from: monday, to: monday });
  await cancel(bookings[1]);
  expect((await reread(last)).offer).toBeNull();
  expect(await freeTimes(doctor)).toEqual(['17:15']);
});

test('a booking moves to the earlier place that is offered, in one step', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const [early, late] = bookings;
  const wants = { earlierThan: late.id };
  const entry = await join(doctor, late.by, wants);
  expect(entry.wants.earlierThan).toEqual({ id: late.id, period: late.period });
  const third = await aPatient(t);
  const behind = await join(doctor, third, { from: monday, to: monday });
  await cancel(early);
  expect((await reread(entry)).offer?.period.start).toBe(at('17:00'));
  const before = await t.call(getAppointment, { params: { id: late.id } }, await caller(late.by));
  expect(before).toMatchObject({ status: 'confirmed', period: { start: at('17:15') } });

  const moved = await accept(entry, late.by);
  expect(moved).toMatchObject({ id: late.id, reference: late.reference, period: { start: at('17:00') } });
  expect(moved.version).toBe(late.version + 1);
  // What it left goes down the line in the same moment.
  expect((await reread(behind)).offer?.period.start).toBe(at('17:15'));
  const desk = await caller({ userId: doctor.doctorId });
  const { items } = await t.call(getHistory, { params: { id: late.id } }, desk);
  expect(items.map(({ step }) => step)).toEqual(['booked', 'rescheduled']);
});

test('a move into an earlier place that is refused loses neither the booking nor the offer', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const [early, late] = bookings;
  const entry = await join(doctor, late.by, { earlierThan: late.id });
  await cancel(early);
  await t.db
    .updateTable('chambers')
    .set({ reschedule_notice_minutes: 24 * 60 })
    .where('id', '=', doctor.chamberId)
    .execute();
  await refused(accept(entry, late.by), 'too_late');
  expect(await reread(entry)).toMatchObject({ status: 'offered', offer: { period: { start: at('17:00') } } });
  expect(await t.call(getAppointment, { params: { id: late.id } }, await caller(late.by))).toMatchObject({
    status: 'confirmed',
    version: late.version,
    period: { start: at('17:15') },
  });
  expect(await freeTimes(doctor)).toEqual([]);
});

test('who waits for an earlier place names a booking of their own with that doctor', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const [other, stranger] = [await aFullDoctor(), await aPatient(t)];
  const earlierThan = bookings[1].id;
  expect(await refusedFields(join(doctor, stranger, { earlierThan }))).toEqual(['earlierThan']);
  expect(await refusedFields(join(other.doctor, bookings[1].by, { earlierThan }))).toEqual(['earlierThan']);
  await cancel(bookings[1]);
  await refused(join(doctor, bookings[1].by, { earlierThan }), 'wrong_state');
});

test('an entry ends when its booking is cancelled, or its dates are over', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const [late, dated] = [bookings[1], await aPatient(t)];
  const earlier = await join(doctor, late.by, { earlierThan: late.id });
  const day = await join(doctor, dated, { from: '2026-11-03', to: '2026-11-03' });
  await cancel(late);
  await jobsDone(t);
  expect(await reread(earlier)).toMatchObject({ status: 'ended' });
  t.clock.set('2026-11-03T23:59:59+06:00');
  await offerToAll(t.deps);
  expect(await reread(day)).toMatchObject({ status: 'waiting' });
  t.clock.set('2026-11-04T00:00:00+06:00');
  await offerToAll(t.deps);
  expect(await reread(day)).toMatchObject({ status: 'ended' });
});

test('whoever books by themself what they waited for waits no longer', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting, { from: monday, to: monday });
  await cancel(bookings[0]);
  await decline(entry, waiting);
  await book(doctor, '17:00', waiting);
  await jobsDone(t);
  expect(await reread(entry)).toMatchObject({ status: 'ended' });
});

test('one waits once for the same thing, in ten lines at most, and sends a request twice without harm', async () => {
  const { doctor } = await aFullDoctor();
  const waiting = await aPatient(t);
  const by = await caller(waiting);
  const body = { ...visitOf(doctor), from: monday, to: monday };
  const key = { idempotencyKey: 'the-same-press' };
  const entry = await t.call(joinWaitlist, { body }, { ...by, ...key });
  expect(await t.call(joinWaitlist, { body }, { ...by, ...key })).toEqual(entry);
  await refused(t.call(joinWaitlist, { body }, by), 'already_waiting');
  for (let day = 3; day < 12; day++) {
    const date = `2026-11-${String(day).padStart(2, '0')}`;
    await t.call(joinWaitlist, { body: { ...body, from: date, to: date } }, by);
  }
  await refused(
    t.call(joinWaitlist, { body: { ...body, from: '2026-11-12', to: '2026-11-12' } }, by),
    'patient_limit',
  );
  await leave(entry, waiting);
  expect((await t.call(joinWaitlist, { body }, by)).id).not.toBe(entry.id);
});

test('accepting twice with one key makes one booking, and an answer is for the offer that was seen', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting, { from: monday, to: monday });
  await cancel(bookings[0]);
  const { offer } = await reread(entry);
  const by = await caller(waiting);
  const params = { id: entry.id };
  await refused(t.call(acceptOffer, { params, body: { appointmentId: bookings[1].id } }, by), 'offer_ended');
  const body = { appointmentId: offer?.appointmentId ?? 0 };
  const key = { idempotencyKey: 'take-it-now' };
  const taken = await t.call(acceptOffer, { params, body }, { ...by, ...key });
  expect(await t.call(acceptOffer, { params, body }, { ...by, ...key })).toEqual(taken);
  await refused(t.call(acceptOffer, { params, body }, by), 'offer_ended');
});

test('muddled wishes are refused field by field', async () => {
  const { doctor } = await aFullDoctor();
  const waiting = await aPatient(t);
  const fields = (wants: Wants) => refusedFields(join(doctor, waiting, wants));
  expect(await fields({ from: monday })).toEqual(['from']);
  expect(await fields({ from: '2026-11-05', to: '2026-11-04' })).toEqual(['to']);
  expect(await fields({ from: monday, to: '2027-02-02' })).toEqual(['to']);
  expect(await fields({ from: '2026-10-01', to: '2026-10-02' })).toEqual(['to']);
  expect(await fields({ sessionKey: keyOf(doctor), from: monday, to: monday })).toEqual(['sessionKey']);
  expect(await fields({ sessionKey: '999999.2026-11-02' })).toEqual(['sessionKey']);
});

test('an offer is no appointment yet: it stands in no list and has no page', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting);
  await cancel(bookings[0]);
  const by = await caller(waiting);
  const id = (await reread(entry)).offer?.appointmentId ?? 0;
  expect((await t.call(listAppointments, {}, by)).items).toEqual([]);
  await refused(t.call(getAppointment, { params: { id } }, by), 'not_found');
  await decline(entry, waiting);
  expect((await t.call(listAppointments, {}, by)).items).toEqual([]);
});

test('one’s line is nobody else’s business, and a private link opens one entry', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const [waiting, stranger] = [await aPatient(t), await aPatient(t)];
  const child = await aFamilyMember(t, waiting);
  const entry = await join(doctor, waiting, { patientId: child });
  await cancel(bookings[0]);
  await refused(accept(entry, stranger), 'not_found');
  await refused(decline(entry, stranger), 'not_found');
  await refused(leave(entry, stranger), 'not_found');
  expect(await entryOf(stranger)).toBeUndefined();
  await refused(t.call(getWaiting, { params: { token: 'A'.repeat(30) } }), 'not_found');
  const { token } = byLink(entry);
  const taken = await t.call(acceptWaiting, { params: { token }, body: {} });
  expect(taken).toMatchObject({ status: 'confirmed', patient: { id: child } });
  expect(taken).not.toHaveProperty('notes');
});

test('a guest waits with the proof of their number, and answers by the link', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const { id: patientId } = await t.db
    .insertInto('patients')
    .values({ full_name: 'Guest Karim', mobile: '+8801899999999' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const expires = t.clock.now().add({ minutes: 30 });
  const guestToken = signGuest(t.deps.secrets, { patientId, expires });
  await refused(t.call(joinWaitlist, { body: visitOf(doctor) }), 'not_signed_in');
  const entry = await t.call(joinWaitlist, {
    body: { ...visitOf(doctor), guestToken, from: monday, to: monday },
  });
  await cancel(bookings[0]);
  const params = byLink(entry);
  expect(await t.call(declineWaiting, { params, body: {} })).toMatchObject({ status: 'waiting' });
  await cancel(bookings[1]);
  const taken = await t.call(acceptWaiting, { params, body: {} });
  expect(taken).toMatchObject({ patient: { id: patientId }, period: { start: at('17:15') } });
  await expectNoPersonalData(t, [guestToken, params.token]);
});

test('the desk writes patients down, sees its own lines with numbers, and answers for who calls back', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const other = await aFullDoctor();
  const desk = await anAssistant(t, { attachedTo: [{ chamberId: doctor.chamberId }] });
  const [patient, elsewhere] = [await aPatient(t), await aPatient(t)];
  await join(other.doctor, elsewhere);
  await refusedFields(join(other.doctor, desk, { patientId: patient.patientId }));
  const entry = await join(doctor, desk, { patientId: patient.patientId, from: monday, to: monday });
  expect(entry.patient).toMatchObject({ id: patient.patientId, mobile: patient.mobile });
  const { items } = await t.call(listWaitlist, { query: { doctorId: doctor.doctorId } }, await caller(desk));
  expect(items.map(({ id }) => id)).toEqual([entry.id]);
  expect((await t.call(listWaitlist, {}, await caller(desk))).items).toHaveLength(1);
  expect((await entryOf(patient))?.id).toBe(entry.id);
  await cancel(bookings[0]);
  expect(await accept(entry, desk)).toMatchObject({ status: 'confirmed', channel: 'phone' });
  const gone = await join(doctor, desk, { patientId: elsewhere.patientId });
  await leave(gone, desk);
  expect((await t.call(listWaitlist, {}, await caller(desk))).items).toEqual([]);
});

test('an offer that a change of hours strands ends, and asks nobody what to do', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting, { from: monday, to: monday });
  await cancel(bookings[0]);
  await cancel(bookings[1]);
  const body = { kind: 'time_off' as const, chamberId: null, from: monday, until: monday, note: null };
  const by = await caller({ userId: doctor.doctorId });
  await t.call(createException, { params: { id: doctor.doctorId }, body, query: {} }, by);
  await jobsDone(t);
  expect(await reread(entry)).toMatchObject({ status: 'waiting', offer: null });
});

test('a round is told once, and a second one finds nothing to do', async () => {
  const { doctor, bookings } = await aFullDoctor();
  const waiting = await aPatient(t);
  const entry = await join(doctor, waiting, { from: monday, to: monday });
  await cancel(bookings[0]);
  const { doctorId } = doctor;
  const round = () => t.db.transaction().execute((tx) => offerPlaces(tx, { doctorId }, t.clock.now()));
  await Promise.all([round(), round(), round()]);
  const { rows } = await t.deps.pool.query(`select from appointments where offered_to = $1`, [entry.id]);
  expect(rows).toHaveLength(1);
});
