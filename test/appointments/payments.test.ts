import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  approveAppointment,
  bookAppointment,
  cancelAppointment,
  completeVisit,
  declineAppointment,
  getAppointment,
  getHistory,
  missVisit,
  undoMove,
} from '../../src/contract/appointments.ts';
import { ApiProblem } from '../../src/contract/client.ts';
import { createHold } from '../../src/contract/holds.ts';
import { listPayments, refundPayment, takePayment } from '../../src/contract/payments.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import type { DB } from '../../src/platform/database-schema.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { setStatus } from '../harness/appointments.ts';
import {
  aDoctor,
  aFamilyMember,
  anAdmin,
  anAssistant,
  aSignedInPatient,
  signedIn,
  type Doctor,
} from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

// Monday 2 November 2026, 10:00; doctors sit from 17:00 to 18:00, a start every 15 minutes, for ৳800.
let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
beforeEach(() => t.clock.set(aMonday));
afterAll(async () => {
  await expectNoPersonalData(t);
  await t.close();
});

type Caller = { accessToken: string };
type Desk = {
  doctor: Doctor;
  desk: Caller;
  policy(change: Policy): Promise<void>;
  at(time: string): Promise<Caller>;
};
type Policy = Partial<
  Pick<
    { [Column in keyof DB['chambers']]: number },
    'deposit_percent' | 'deposit_minutes' | 'refund_percent' | 'late_refund_percent' | 'cancel_notice_minutes'
  >
>;

const at = (time: string) => `2026-11-02T${time}:00+06:00`;
const taka = (amount: string) => ({ amount, currency: 'BDT' });
const cash = { method: 'cash' } as const;

async function aDesk(given: Parameters<typeof aDoctor>[1] = {}): Promise<Desk> {
  const doctor = await aDoctor(t, given);
  const signIn = async () => ({ accessToken: await signedIn(t, { userId: doctor.doctorId }) });
  return {
    doctor,
    desk: await signIn(),
    async policy(change) {
      await t.db.updateTable('chambers').set(change).where('id', '=', doctor.chamberId).execute();
    },
    at(time) {
      t.clock.set(at(time));
      return signIn();
    },
  };
}

const wishOf = ({ doctorId, chamberId, visitTypeId }: Doctor, time = '17:00') => ({
  doctorId,
  chamberId,
  visitTypeId,
  startsAt: at(time),
});

/** Booked by the patient themself. */
async function aBooking({ doctor }: Desk, time?: string) {
  const patient = await aSignedInPatient(t);
  const booked = await t.call(bookAppointment, { body: wishOf(doctor, time) }, patient);
  return { ...booked, by: patient };
}

type Taking = Partial<RouteInput<typeof takePayment>['body']>;
type Giving = Partial<RouteInput<typeof refundPayment>['body']>;
const pay = (id: number, by: Caller, body: Taking = {}, key?: string) =>
  t.call(takePayment, { params: { id }, body: { ...cash, ...body } }, { ...by, ...keyed(key) });
const refund = (id: number, by: Caller, body: Giving = {}, key?: string) =>
  t.call(
    refundPayment,
    { params: { id }, body: { ...cash, reason: 'as agreed', ...body } },
    { ...by, ...keyed(key) },
  );
const keyed = (key?: string) => (key === undefined ? {} : { idempotencyKey: key });
const books = (id: number, by: Caller) => t.call(listPayments, { params: { id } }, by);
const read = (id: number, by: Caller) => t.call(getAppointment, { params: { id } }, by);
const cancel = (id: number, by: Caller) => t.call(cancelAppointment, { params: { id }, body: {} }, by);

/** How often each outcome came. */
async function outcomes(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const settled of await Promise.allSettled(calls)) {
    const outcome =
      settled.status === 'fulfilled'
        ? 'done'
        : settled.reason instanceof ApiProblem
          ? settled.reason.body.code
          : String(settled.reason);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

test('the desk takes what is due, with a receipt', async () => {
  const one = await aDesk();
  const booked = await aBooking(one);
  const assistant = await anAssistant(t, { attachedTo: [{ chamberId: one.doctor.chamberId }] });
  const desk = { accessToken: await signedIn(t, assistant) };
  const taken = await pay(booked.id, desk, { method: 'bkash', reference: '9FH4KQ2X1Z', note: 'by her son' });
  const { by, ...appointment } = booked;
  expect(taken).toEqual({
    payment: {
      id: expect.any(Number),
      kind: 'payment',
      amount: taka('800.00'),
      method: 'bkash',
      reference: '9FH4KQ2X1Z',
      receiptNumber: '2026-000001',
      at: at('10:00'),
      by: { id: assistant.userId, fullName: expect.stringContaining('Jahanara') },
      note: 'by her son',
    },
    paid: taka('800.00'),
    refunded: taka('0.00'),
    due: taka('0.00'),
    refundable: taka('0.00'),
    appointment,
  });
  const { payment, appointment: unchanged, ...balance } = taken;
  expect(await books(booked.id, desk)).toEqual({ items: [payment], ...balance });
  // The patient sees the receipt, not what staff noted.
  expect(await books(booked.id, by)).toEqual({ items: [{ ...payment, note: null }], ...balance });
  expect(unchanged.version).toBe(1);
});

test('a fee is paid in parts down to the last poisha, and never above', async () => {
  const one = await aDesk({ fee: '800.10' });
  const { id } = await aBooking(one);
  expect(await books(id, one.desk)).toEqual({
    items: [],
    paid: taka('0.00'),
    refunded: taka('0.00'),
    due: taka('800.10'),
    refundable: taka('0.00'),
  });
  expect(await pay(id, one.desk, { amount: '300.05' })).toMatchObject({ due: taka('500.05') });
  const { detail } = await refused(pay(id, one.desk, { amount: '500.06' }), 'payment_refused');
  expect(detail).toContain('500.05');
  expect(await pay(id, one.desk, { amount: '500', method: 'card' })).toMatchObject({ due: taka('0.05') });
  expect(await pay(id, one.desk)).toMatchObject({
    payment: { amount: taka('0.05'), receiptNumber: '2026-000003' },
    paid: taka('800.10'),
    due: taka('0.00'),
  });
  await refused(pay(id, one.desk), 'payment_refused');
  await refused(pay(id, one.desk, { amount: '0.01' }), 'payment_refused');
});

test('bad amounts, methods and refunds without a reason are refused by field', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  for (const amount of ['0', '0.00', '-5', '1.005', '1e3', '', '100000000'])
    expect(await refusedFields(pay(id, one.desk, { amount }))).toEqual(['amount']);
  expect(await refusedFields(refund(id, one.desk, { reason: ' ' }))).toEqual(['reason']);
  const post = async (payload: object) =>
    (
      await t.inject({
        method: 'POST',
        url: `/api/v1/appointments/${id}/payment`,
        headers: { authorization: `Bearer ${one.desk.accessToken}` },
        payload,
      })
    ).statusCode;
  expect(await post({ method: 'cheque' })).toBe(422);
  expect(await post({ method: 'cash', amount: 800 })).toBe(422);
  expect(await post({})).toBe(422);
  expect((await books(id, one.desk)).items).toEqual([]);
});

test('money of an appointment does not exist for those it is none of the business of', async () => {
  const [one, other] = [await aDesk(), await aDesk()];
  const booked = await aBooking(one);
  await pay(booked.id, one.desk, { amount: '100' });
  const attached = { chamberId: other.doctor.chamberId };
  const strangers = [
    other.desk,
    { accessToken: await signedIn(t, await anAssistant(t)) },
    { accessToken: await signedIn(t, await anAssistant(t, { attachedTo: [attached] })) },
  ];
  for (const by of strangers) {
    await refused(pay(booked.id, by), 'not_found');
    await refused(refund(booked.id, by), 'not_found');
    await refused(books(booked.id, by), 'not_found');
  }
  await refused(books(booked.id, await aSignedInPatient(t)), 'not_found');
  // No patient is staff, and that says nothing about any appointment.
  for (const id of [booked.id, 2_000_000_000]) {
    await refused(pay(id, booked.by), 'not_allowed');
    await refused(refund(id, booked.by), 'not_allowed');
  }
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  expect((await pay(booked.id, admin)).due).toEqual(taka('0.00'));
  await refused(books(2_000_000_000, admin), 'not_found');
});

test('who books for their family sees what was paid', async () => {
  const one = await aDesk();
  const parent = await aSignedInPatient(t);
  const patientId = await aFamilyMember(t, parent);
  const { id } = await t.call(bookAppointment, { body: { ...wishOf(one.doctor), patientId } }, parent);
  await pay(id, one.desk);
  expect((await books(id, parent)).paid).toEqual(taka('800.00'));
});

test('of twenty who take the whole fee at once exactly one does', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  const calls = Array.from({ length: 20 }, () => pay(id, one.desk, { amount: '800' }));
  expect(await outcomes(calls)).toEqual({ done: 1, payment_refused: 19 });
  expect(await books(id, one.desk)).toMatchObject({ items: [{}], paid: taka('800.00') });
});

test('the database itself keeps payments within the fee and refunds within the payments, at once too', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  const write = (kind: string, amount: number) =>
    t.deps.pool.query(
      `insert into payments (appointment_id, kind, amount, currency, method, provider, receipt_year, taken_by, at)
       values ($1, $2, $3, 'BDT', 'cash', 'cash_desk', 2026, $4, $5)`,
      [id, kind, amount, one.doctor.doctorId, t.clock.now().toString()],
    );
  const race = async (kind: string, amount: number) =>
    (await Promise.allSettled(Array.from({ length: 8 }, () => write(kind, amount)))).filter(
      ({ status }) => status === 'fulfilled',
    ).length;
  expect(await race('payment', 300)).toBe(2);
  await expect(write('payment', 200.01)).rejects.toMatchObject({ constraint: 'payments_within_fee' });
  expect(await race('refund', 250)).toBe(2);
  await expect(write('refund', 100.01)).rejects.toMatchObject({ constraint: 'payments_refunds_within' });
  const { rows } = await t.deps.pool.query<{ receipt_number: string }>(
    'select receipt_number from payments where appointment_id = $1 order by id',
    [id],
  );
  expect(rows.map((row) => row.receipt_number).toSorted()).toEqual(
    ['1', '2', '3', '4'].map((last) => `2026-00000${last}`),
  );
});

test('nobody rewrites the books', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  const { payment } = await pay(id, one.desk);
  const change = t.db.updateTable('payments').set({ amount: '1.00' }).where('id', '=', payment.id);
  await expect(change.execute()).rejects.toMatchObject({ constraint: 'append_only' });
  const remove = t.db.deleteFrom('payments').where('id', '=', payment.id);
  await expect(remove.execute()).rejects.toMatchObject({ constraint: 'append_only' });
});

test('a request that is sent again takes and gives back once', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  const first = await pay(id, one.desk, { amount: '200' }, 'take-once');
  expect(await pay(id, one.desk, { amount: '200' }, 'take-once')).toEqual(first);
  await refused(pay(id, one.desk, { amount: '300' }, 'take-once'), 'key_reused');
  const back = await refund(id, one.desk, { amount: '50' }, 'give-once');
  expect(await refund(id, one.desk, { amount: '50' }, 'give-once')).toEqual(back);
  expect(await books(id, one.desk)).toMatchObject({ paid: taka('200.00'), refunded: taka('50.00') });
});

test('what was taken by mistake is given back and taken anew', async () => {
  const one = await aDesk();
  const { id } = await aBooking(one);
  await pay(id, one.desk, { method: 'card' });
  const back = await refund(id, one.desk, { amount: '800', method: 'card', reason: 'it was bKash' });
  expect(back).toMatchObject({
    payment: { kind: 'refund', receiptNumber: '2026-000002', note: 'it was bKash' },
    due: taka('800.00'),
    refunded: taka('800.00'),
  });
  expect(await pay(id, one.desk, { method: 'bkash' })).toMatchObject({
    paid: taka('1600.00'),
    due: taka('0.00'),
  });
  const ofs = await t.db
    .selectFrom('payments')
    .select('refund_of')
    .where('appointment_id', '=', id)
    .orderBy('id')
    .execute();
  expect(ofs.map(({ refund_of }) => refund_of !== null)).toEqual([false, true, false]);
});

test('thirty payments at once have thirty receipts without a gap', async () => {
  const one = await aDesk({ hours: [{ capacity: 30, slotMinutes: 2 }] });
  const { doctorId, chamberId, visitTypeId, scheduleIds } = one.doctor;
  const sessionKey = `${scheduleIds[0]}.2026-11-02`;
  const ids: number[] = [];
  for (let i = 0; i < 30; i++) {
    const body = { doctorId, chamberId, visitTypeId, sessionKey };
    ids.push((await t.call(bookAppointment, { body }, await aSignedInPatient(t))).id);
  }
  const taken = await Promise.all(ids.map((id) => pay(id, one.desk)));
  const numbers = taken.map(({ payment }) => payment.receiptNumber).toSorted();
  expect(numbers).toEqual(ids.map((_, index) => `2026-${String(index + 1).padStart(6, '0')}`));
  // A payment that is refused uses no number up.
  await refused(pay(ids[0] ?? 0, one.desk), 'payment_refused');
  const { payment } = await refund(ids[0] ?? 0, one.desk, { amount: '1' });
  expect(payment.receiptNumber).toBe('2026-000031');
});

test('each chamber numbers its receipts by the year of its own calendar', async () => {
  const one = await aDesk({ hours: [{ weekday: 5, from: '00:30', to: '01:00' }] });
  t.clock.set('2026-12-31T17:00:00Z');
  const patient = await aSignedInPatient(t);
  const wish = { ...wishOf(one.doctor), startsAt: '2027-01-01T00:30:00+06:00' };
  const { id } = await t.call(bookAppointment, { body: wish }, patient);
  const desk = { accessToken: await signedIn(t, { userId: one.doctor.doctorId }) };
  expect((await pay(id, desk, { amount: '1' })).payment.receiptNumber).toBe('2026-000001');
  t.clock.set('2026-12-31T18:00:00Z');
  const later = { accessToken: await signedIn(t, { userId: one.doctor.doctorId }) };
  expect((await pay(id, later, { amount: '1' })).payment.receiptNumber).toBe('2027-000001');
});

test('an online booking waits for its deposit, keeps its place, and stands once that is paid', async () => {
  const one = await aDesk();
  await one.policy({ deposit_percent: 25, deposit_minutes: 60 });
  const booked = await aBooking(one);
  expect(booked).toMatchObject({ status: 'held', deposit: taka('200.00'), expiresAt: at('11:00') });
  await refused(aBooking(one), 'slot_taken');
  const part = await pay(booked.id, one.desk, { amount: '199.99' });
  expect(part.appointment).toMatchObject({ status: 'held', version: 1, expiresAt: at('11:00') });
  const paid = await pay(booked.id, one.desk, { amount: '0.01' });
  expect(paid).toMatchObject({
    due: taka('600.00'),
    appointment: { status: 'confirmed', version: 2, expiresAt: null },
  });
  const { items } = await t.call(getHistory, { params: { id: booked.id } }, one.desk);
  expect(items.map(({ step, from, to, by }) => [step, from, to, by?.id])).toEqual([
    ['held', null, 'held', booked.by.userId],
    ['booked', 'held', 'confirmed', one.doctor.doctorId],
  ]);
  // It no longer runs out, and the rest is paid at the visit.
  t.clock.set(at('11:30'));
  const later = await one.at('11:30');
  await refused(aBooking(one), 'slot_taken');
  expect((await pay(booked.id, later)).paid).toEqual(taka('800.00'));
  await jobsDone(t);
});

test('a paid deposit is told as a booking, or as a request where the doctor approves', async () => {
  const one = await aDesk();
  await one.policy({ deposit_percent: 50 });
  await jobsDone(t);
  // The trigger runs with the rights of the test, whichever service adds the job.
  await t.deps.pool.query(
    `create table told (name text, appointment_id int);
     create function note_event() returns trigger language plpgsql security definer as $$ begin
       if new.payload->>'name' is not null then
         insert into told values (new.payload->>'name', (new.payload->'data'->>'appointmentId')::int);
       end if;
       return new; end $$;
     create trigger note_event before insert on graphile_worker._private_jobs
       for each row execute function note_event()`,
  );
  const first = await aBooking(one, '17:00');
  expect((await pay(first.id, one.desk, { amount: '400' })).appointment.status).toBe('confirmed');
  await t.db
    .insertInto('doctor_settings')
    .values({ doctor_id: one.doctor.doctorId, needs_approval: true })
    .execute();
  const second = await aBooking(one, '17:15');
  const asked = await pay(second.id, one.desk, { amount: '400' });
  expect(asked.appointment).toMatchObject({ status: 'pending', expiresAt: null });
  const { rows } = await t.deps.pool.query('select name, appointment_id as id from told order by id, name');
  expect(rows).toEqual([
    { name: 'appointment.booked', id: first.id },
    { name: 'appointment.held', id: first.id },
    { name: 'appointment.held', id: second.id },
    { name: 'appointment.requested', id: second.id },
  ]);
  const approved = await t.call(approveAppointment, { params: { id: second.id }, body: {} }, one.desk);
  expect(approved.status).toBe('confirmed');
  await t.deps.pool.query('drop trigger note_event on graphile_worker._private_jobs');
  await jobsDone(t);
});

test('a deposit not paid in time: the place is anybody’s, with no sweeper running, and nothing is taken for it', async () => {
  const one = await aDesk();
  await one.policy({ deposit_percent: 25, deposit_minutes: 30 });
  const [booked, left] = [await aBooking(one, '17:00'), await aBooking(one, '17:15')];
  await pay(booked.id, one.desk, { amount: '100' });
  const desk = await one.at('10:30');
  // Run out, though nobody has the place yet.
  await refused(pay(left.id, desk), 'hold_ended');
  expect((await read(left.id, desk)).status).toBe('held');
  const rival = await aBooking(one, '17:00');
  expect(rival).toMatchObject({ status: 'held', period: { start: at('17:00') } });
  await refused(pay(booked.id, desk), 'hold_ended');
  // What was paid of it goes back as a whole.
  expect(await books(booked.id, desk)).toMatchObject({ due: taka('0.00'), refundable: taka('100.00') });
  expect((await refund(booked.id, desk)).payment.amount).toEqual(taka('100.00'));
  await refused(pay(rival.id, desk, { amount: '900' }), 'payment_refused');
  expect((await pay(rival.id, desk)).appointment.status).toBe('confirmed');
});

test('of a last-moment payment and a rival for the place exactly one wins', async () => {
  const one = await aDesk();
  await one.policy({ deposit_percent: 25, deposit_minutes: 30 });
  for (const time of ['17:00', '17:15', '17:30', '17:45']) {
    t.clock.set(aMonday);
    const { id } = await aBooking(one, time);
    const desk = await one.at('10:29');
    const rival = await aSignedInPatient(t);
    t.clock.set(at('10:29'));
    const paying = pay(id, desk, { amount: '200' });
    const booking = t.call(bookAppointment, { body: wishOf(one.doctor, time) }, rival);
    expect(await Promise.all([outcomes([paying]), outcomes([booking])])).toEqual([
      { done: 1 },
      { slot_taken: 1 },
    ]);
    const { rows } = await sql<{ live: number }>`
      select count(*)::int as live from appointments
      where doctor_id = ${one.doctor.doctorId} and lower(period) = ${at(time)}
        and status not in ('cancelled', 'expired', 'no_show')`.execute(t.db);
    expect(rows[0]?.live).toBe(1);
  }
});

test('the desk’s own bookings and mere holds have no deposit', async () => {
  const one = await aDesk();
  await one.policy({ deposit_percent: 100 });
  const { patientId } = await aSignedInPatient(t);
  const wish = { ...wishOf(one.doctor), patientId };
  const booked = await t.call(bookAppointment, { body: wish }, one.desk);
  expect(booked).toMatchObject({ status: 'confirmed', deposit: null });
  expect((await pay(booked.id, one.desk, { amount: '10' })).appointment.version).toBe(1);
  const held = await t.call(createHold, { body: wishOf(one.doctor, '17:15') }, await aSignedInPatient(t));
  await refused(pay(held.id, one.desk), 'not_found');
});

test('a place held for somebody without a deposit cannot be paid for', async () => {
  const one = await aDesk();
  const held = await t.call(createHold, { body: wishOf(one.doctor) }, await aSignedInPatient(t));
  const { patientId } = await aSignedInPatient(t);
  await t.db.updateTable('appointments').set({ patient_id: patientId }).where('id', '=', held.id).execute();
  await refused(pay(held.id, one.desk), 'wrong_state');
});

test('after a cancellation in time the patient gets the share that the chamber promises', async () => {
  const one = await aDesk({ fee: '333.33' });
  await one.policy({ refund_percent: 50, late_refund_percent: 10, cancel_notice_minutes: 120 });
  const booked = await aBooking(one);
  await pay(booked.id, one.desk);
  // Nothing by policy while the visit is to come.
  expect((await books(booked.id, booked.by)).refundable).toEqual(taka('0.00'));
  await refused(refund(booked.id, one.desk), 'payment_refused');
  await cancel(booked.id, booked.by);
  // 166.665: the half poisha goes to the patient.
  expect(await books(booked.id, booked.by)).toMatchObject({ due: taka('0.00'), refundable: taka('166.67') });
  const given = await refund(booked.id, one.desk, { method: 'nagad', reference: '72ABCD' });
  expect(given).toMatchObject({
    payment: { kind: 'refund', amount: taka('166.67'), method: 'nagad', reference: '72ABCD' },
    refunded: taka('166.67'),
    refundable: taka('0.00'),
  });
  await refused(refund(booked.id, one.desk), 'payment_refused');
  // Staff may give more, never more than there is.
  await refused(refund(booked.id, one.desk, { amount: '166.67' }), 'payment_refused');
  const rest = await refund(booked.id, one.desk, { amount: '166.66', reason: 'goodwill' });
  expect(rest.refunded).toEqual(taka('333.33'));
  await refused(refund(booked.id, one.desk, { amount: '0.01' }), 'payment_refused');
  await refused(pay(booked.id, one.desk), 'wrong_state');
});

test('a part of the promised share that was given counts towards it; an earlier correction does not', async () => {
  const one = await aDesk();
  await one.policy({ refund_percent: 50 });
  const booked = await aBooking(one);
  await pay(booked.id, one.desk, { method: 'card' });
  await refund(booked.id, one.desk, { amount: '800', reason: 'it was cash' });
  await pay(booked.id, one.desk);
  await cancel(booked.id, booked.by);
  expect((await books(booked.id, one.desk)).refundable).toEqual(taka('400.00'));
  expect((await refund(booked.id, one.desk, { amount: '150' })).refundable).toEqual(taka('250.00'));
  expect((await refund(booked.id, one.desk)).payment.amount).toEqual(taka('250.00'));
});

test('a later cancellation gives the smaller share back, and so does a no-show', async () => {
  const one = await aDesk();
  await one.policy({ refund_percent: 80, late_refund_percent: 20 });
  const [late, missed] = [await aBooking(one, '17:00'), await aBooking(one, '17:15')];
  await pay(late.id, one.desk);
  await pay(missed.id, one.desk);
  t.clock.set(at('10:10'));
  await cancel(late.id, late.by);
  expect((await books(late.id, late.by)).refundable).toEqual(taka('640.00'));
  // Two hours' notice would have been until 15:00; seven until 10:00, when it was still booked.
  await one.policy({ cancel_notice_minutes: 7 * 60 });
  expect((await books(late.id, late.by)).refundable).toEqual(taka('160.00'));
  expect((await refund(late.id, one.desk)).payment.amount).toEqual(taka('160.00'));

  const desk = await one.at('17:20');
  await t.call(missVisit, { params: { id: missed.id }, body: {} }, desk);
  expect(await books(missed.id, desk)).toMatchObject({ due: taka('0.00'), refundable: taka('160.00') });
  await refused(pay(missed.id, desk), 'wrong_state');
  // A no-show pressed by mistake is owed nothing.
  await t.call(undoMove, { params: { id: missed.id }, body: {} }, desk);
  expect((await books(missed.id, desk)).refundable).toEqual(taka('0.00'));
  await t.call(missVisit, { params: { id: missed.id }, body: {} }, desk);
  expect((await refund(missed.id, desk)).payment.amount).toEqual(taka('160.00'));
});

test('what the chamber itself calls off, declines or lets run out is given back as a whole', async () => {
  const one = await aDesk();
  await one.policy({ refund_percent: 50, late_refund_percent: 0, cancel_notice_minutes: 43_200 });
  const assistant = await anAssistant(t, { attachedTo: [{ chamberId: one.doctor.chamberId }] });
  const called = await aBooking(one, '17:00');
  await pay(called.id, one.desk);
  await cancel(called.id, { accessToken: await signedIn(t, assistant) });
  expect((await refund(called.id, one.desk)).payment.amount).toEqual(taka('800.00'));

  await t.db
    .insertInto('doctor_settings')
    .values({ doctor_id: one.doctor.doctorId, needs_approval: true })
    .execute();
  const [declined, expired] = [await aBooking(one, '17:15'), await aBooking(one, '17:30')];
  for (const { id } of [declined, expired]) await pay(id, one.desk);
  await t.call(declineAppointment, { params: { id: declined.id }, body: {} }, one.desk);
  expect((await refund(declined.id, one.desk)).payment.amount).toEqual(taka('800.00'));
  await setStatus(t, expired.id, 'expired');
  expect((await refund(expired.id, one.desk)).payment.amount).toEqual(taka('800.00'));
  await refused(pay(expired.id, one.desk), 'wrong_state');
});

test('a doctor who cancels their own visit with a colleague is a patient there', async () => {
  const [one, colleague] = [await aDesk(), await aDesk()];
  await one.policy({ refund_percent: 50 });
  const own = await t.db
    .insertInto('patients')
    .values({ user_id: colleague.doctor.doctorId, full_name: 'Salma Akter', relation: 'self' })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  const wish = { ...wishOf(one.doctor), ...(own ? { patientId: own.id } : {}) };
  const { id } = await t.call(bookAppointment, { body: wish }, colleague.desk);
  await pay(id, one.desk);
  await cancel(id, colleague.desk);
  expect((await books(id, colleague.desk)).refundable).toEqual(taka('400.00'));
});

test('of two who give the same money back at once one does', async () => {
  const one = await aDesk();
  const booked = await aBooking(one);
  await pay(booked.id, one.desk);
  await cancel(booked.id, booked.by);
  const all = Array.from({ length: 6 }, () => refund(booked.id, one.desk));
  expect(await outcomes(all)).toEqual({ done: 1, payment_refused: 5 });

  const other = await aBooking(one, '17:15');
  await pay(other.id, one.desk);
  const parts = Array.from({ length: 6 }, () => refund(other.id, one.desk, { amount: '300' }));
  expect(await outcomes(parts)).toEqual({ done: 2, payment_refused: 4 });
  expect((await books(other.id, one.desk)).refunded).toEqual(taka('600.00'));
});

test('every payment and refund is in the audit log with who and why', async () => {
  const one = await aDesk();
  const { id, patient } = await aBooking(one);
  const { payment } = await pay(id, one.desk, { amount: '500', method: 'rocket' });
  const { payment: back } = await refund(id, one.desk, { amount: '100.5', reason: 'fee for students' });
  const log = await t.db
    .selectFrom('audit_log')
    .select(['action', 'by_user', 'at', 'patient_id', 'detail'])
    .where('appointment_id', '=', id)
    .orderBy('id')
    .execute();
  const facts = { by_user: one.doctor.doctorId, at: t.clock.now(), patient_id: patient.id };
  expect(log).toEqual([
    {
      ...facts,
      action: 'payments.taken',
      detail: { paymentId: payment.id, amount: '500.00', currency: 'BDT', method: 'rocket', reason: null },
    },
    {
      ...facts,
      action: 'payments.refunded',
      detail: {
        paymentId: back.id,
        amount: '100.50',
        currency: 'BDT',
        method: 'cash',
        reason: 'fee for students',
      },
    },
  ]);
});

test('a visit without a fee asks for nothing, and a completed one can still be paid', async () => {
  const free = await aDesk({ fee: '0' });
  await refused(pay((await aBooking(free)).id, free.desk), 'payment_refused');
  const one = await aDesk();
  const { id } = await aBooking(one);
  const desk = await one.at('17:10');
  await t.call(completeVisit, { params: { id }, body: {} }, desk);
  expect((await pay(id, desk)).due).toEqual(taka('0.00'));
});
