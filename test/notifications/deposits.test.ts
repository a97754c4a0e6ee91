import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { createHold } from '../../src/contract/holds.ts';
import { previewTemplate } from '../../src/contract/messages.ts';
import { listNotifications } from '../../src/contract/notifications.ts';
import { takePayment } from '../../src/contract/payments.ts';
import type { TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { calendarOf, subjectOf, textOf } from './capture.ts';
import { allSent, aVisit, inDays, ledgerOf, startReachable, type Reachable } from './visits.ts';

let t: TestApp;
let mail: Reachable['mail'];
let sms: Reachable['sms'];
let close: Reachable['close'];

beforeAll(async () => {
  ({ t, mail, sms, close } = await startReachable());
});
afterAll(() => close());

/** A doctor in five days whose online bookings wait for half of 1,600 taka. */
async function aDoctorWithDeposit(): Promise<Doctor> {
  const { weekday } = inDays(t, 5);
  const doctor = await aDoctor(t, {
    fullName: 'Salma Akter',
    fee: '1600',
    hours: [{ weekday, from: '08:00', to: '22:00' }],
  });
  await t.db
    .updateTable('chambers')
    .set({ deposit_percent: 50, deposit_minutes: 60 })
    .where('id', '=', doctor.chamberId)
    .execute();
  return doctor;
}

const smsTo = (mobile: string) =>
  sms.calls
    .map(({ body }) => JSON.parse(body) as { to: string; text: string })
    .filter(({ to }) => to === mobile)
    .map(({ text }) => text);
const told = async (id: number) =>
  (await ledgerOf(t, id))
    .filter(({ kind }) => kind !== 'reminder')
    .map(({ kind, channel, state }) => `${kind} ${channel} ${state}`)
    .toSorted();

const asked = ['deposit_due email sent', 'deposit_due in_app sent', 'deposit_due sms sent'];

test.each([
  ['en', 'Tk 800', '৳800', /is kept until \S+ \d+ \S+, \S+\. Pay/],
  ['bn', '৳৮০০', '৳৮০০', /পর্যন্ত রাখা আছে/],
] as const)(
  'whoever books is told once what to pay until when, in %s, and once paid that it is booked',
  async (language, inSms, inMail, until) => {
    const doctor = await aDoctorWithDeposit();
    const { appointment, patient } = await aVisit(t, { doctor, language });
    expect(appointment.status).toBe('held');
    await allSent(t);
    expect(await told(appointment.id)).toEqual(asked);
    const [text, ...more] = smsTo(patient.mobile);
    expect(more).toEqual([]);
    expect(text).toContain(inSms);
    expect(text).toMatch(until);
    expect(text).toContain(appointment.liveUrl);
    const mails = mail.mails.filter(({ to }) => to === `patient${patient.userId}@example.com`);
    expect(mails).toHaveLength(1);
    for (const one of mails) {
      expect(subjectOf(one)).toContain(inMail);
      expect(textOf(one)).toContain(inMail);
      expect(textOf(one)).toContain(appointment.liveUrl);
      // A calendar gets what stands.
      expect(calendarOf(one)).toBeNull();
    }
    const { items } = await t.call(listNotifications, { query: {} }, patient);
    expect(items).toMatchObject([{ kind: 'deposit_due' }]);

    const desk = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
    await t.call(takePayment, { params: { id: appointment.id }, body: { method: 'cash' } }, desk);
    await allSent(t);
    expect(await told(appointment.id)).toEqual([
      'booked email sent',
      'booked in_app sent',
      'booked sms sent',
      ...asked,
    ]);
  },
);

test('a held place that was then booked with a deposit is told of once; a mere hold is told of not at all', async () => {
  const doctor = await aDoctorWithDeposit();
  const { doctorId, chamberId, visitTypeId } = doctor;
  const patient = await aSignedInPatient(t);
  const { startsAt } = inDays(t, 5, '19:00');
  const hold = await t.call(createHold, { body: { doctorId, chamberId, visitTypeId, startsAt } }, patient);
  await allSent(t);
  expect(await told(hold.id)).toEqual([]);
  const booked = await t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, startsAt, holdId: hold.id } },
    patient,
  );
  expect(booked).toMatchObject({ id: hold.id, status: 'held' });
  await allSent(t);
  expect(await told(booked.id)).toEqual(['deposit_due in_app sent', 'deposit_due sms sent']);
});

test('its wording is previewed with a likely amount', async () => {
  await aVisit(t, {});
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  const preview = async (language: 'bn' | 'en') =>
    t.call(
      previewTemplate,
      {
        body: {
          kind: 'deposit_due',
          channel: 'sms',
          language,
          title: null,
          text: '{sender}: {amount} {until}',
        },
      },
      admin,
    );
  const english = await preview('en');
  expect(english.text).toMatch(/^Shomoy: Tk 200 \S/);
  expect(english.sms?.encoding).toBe('gsm7');
  expect((await preview('bn')).text).toContain('৳২০০');
});
