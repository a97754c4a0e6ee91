import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelAppointment, rescheduleAppointment } from '../../src/contract/appointments.ts';
import { declineWaiting, getWaiting, joinWaitlist } from '../../src/contract/waitlist.ts';
import { formatTime } from '../../src/contract/wording.ts';
import { publish } from '../../src/platform/bus.ts';
import type { TestApp } from '../harness/app.ts';
import { aDoctor, aPatient, signedIn } from '../harness/builders.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';
import { calendarOf, subjectOf, textOf } from './capture.ts';
import { allSent, aVisit, inDays, ledgerOf, startReachable, timePasses, type Reachable } from './visits.ts';

let t: TestApp;
let mail: Reachable['mail'];
let sms: Reachable['sms'];
let close: Reachable['close'];

beforeAll(async () => {
  const env = {
    MAIL_FROM: 'Shomoy <desk@shomoy.example>',
    SMS_HEADERS: '{"content-type":"application/json","x-key":"{key}"}',
    SMS_SUCCESS: 'json:status=OK',
    SMS_COST: '0.35',
    PUBLIC_URL: 'https://shomoy.example',
  };
  ({ t, mail, sms, close } = await startReachable(env, { smsPath: '/send?reference={key}' }));
});
afterAll(() => close());

const mailsTo = (address: string) => mail.mails.filter(({ to }) => to === address);
const smsTo = (mobile: string) =>
  sms.calls
    .map(({ body }) => JSON.parse(body) as { to: string; text: string })
    .filter(({ to }) => to === mobile);

test('a booking is told by mail with its calendar file, by SMS and in the app, and reminders are planned', async () => {
  const { appointment, patient } = await aVisit(t);
  await allSent(t);
  const ledger = await ledgerOf(t, appointment.id);
  expect(ledger.map(({ kind, channel, state }) => `${kind} ${channel} ${state}`).toSorted()).toEqual([
    'booked email sent',
    'booked in_app sent',
    'booked sms sent',
    ...Array(2).fill('reminder email pending'),
    ...Array(2).fill('reminder in_app pending'),
    ...Array(2).fill('reminder sms pending'),
  ]);
  const starts = Temporal.Instant.from(appointment.period.start);
  expect(
    ledger
      .filter(({ kind, channel }) => kind === 'reminder' && channel === 'sms')
      .map(({ dueAt }) => starts.since(dueAt).total('minutes')),
  ).toEqual([1440, 120]);

  const [got] = mailsTo(`patient${patient.userId}@example.com`);
  if (!got) throw new Error('no mail came');
  expect(got.from).toBe('desk@shomoy.example');
  expect(subjectOf(got)).toContain('Booked: Dr. Salma Akter');
  const link = `https://shomoy.example/en${appointment.liveUrl}`;
  expect(textOf(got)).toContain(link);
  expect(textOf(got)).toContain(`Reference: ${appointment.reference}`);
  expect(got.raw).toContain('text/html');
  const file = calendarOf(got);
  expect(file?.method).toBe('REQUEST');
  expect(file?.content).toContain(`UID:${appointment.reference}@shomoy.example`);
  expect(file?.content).toContain('SEQUENCE:1');

  const [short] = smsTo(patient.mobile);
  expect(short?.text).toMatch(/^Shomoy: /);
  expect(short?.text.match(/https?:/g)).toHaveLength(1);
  expect(short?.text).toContain(link);
  const sent = ledger.find(({ kind, channel }) => kind === 'booked' && channel === 'sms');
  expect(sent).toMatchObject({ provider: 'sms', answer: '200 {"status":"OK"}', parts: 1 });
  expect(sent?.cost).toEqual({ amount: '0.3500', currency: 'BDT' });
  const keys = sms.calls.map(({ headers }) => headers['x-key']);
  expect(new Set(keys).size).toBe(keys.length);
});

test('an offer of the waitlist is told with its own end and the page on which it is answered', async () => {
  const { weekday, startsAt } = inDays(t, 5);
  const doctor = await aDoctor(t, { hours: [{ weekday, from: '17:00', to: '17:15', horizonDays: 5 }] });
  const { appointment, patient: holder } = await aVisit(t, { doctor });
  const waiting = await aPatient(t);
  const by = { accessToken: await signedIn(t, waiting) };
  const { doctorId, chamberId, visitTypeId } = doctor;
  const entry = await t.call(joinWaitlist, { body: { doctorId, chamberId, visitTypeId } }, by);
  await t.call(cancelAppointment, { params: { id: appointment.id }, body: {} }, holder);
  await allSent(t);
  const { offer } = await t.call(getWaiting, { params: { token: entry.waitingUrl.slice(3) } });
  expect(offer?.period.start).toBe(startsAt);
  const texts = smsTo(waiting.mobile).map(({ text }) => text);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain(entry.waitingUrl);
  const clock = formatTime('bn', offer?.until.slice(11, 16) ?? '');
  expect(texts[0]).toContain(clock);
  // Letting it go is not a cancelled appointment.
  await t.call(declineWaiting, { params: { token: entry.waitingUrl.slice(3) }, body: {} });
  await allSent(t);
  expect(smsTo(waiting.mobile)).toHaveLength(1);
});

test('a reschedule replaces the reminders, a cancellation removes them, and the calendar follows', async () => {
  const { appointment, patient } = await aVisit(t);
  await allSent(t);
  const { startsAt } = inDays(t, 5, '18:00');
  const by = { accessToken: patient.accessToken };
  await t.call(rescheduleAppointment, { params: { id: appointment.id }, body: { startsAt } }, by);
  await allSent(t);
  const reminders = await ledgerOf(t, appointment.id, { kind: 'reminder', channel: 'sms' });
  expect(reminders.map(({ version, state }) => `${version} ${state}`)).toEqual([
    '1 cancelled',
    '1 cancelled',
    '2 pending',
    '2 pending',
  ]);
  expect(
    Temporal.Instant.from(startsAt)
      .since(reminders[3]?.dueAt ?? '')
      .total('minutes'),
  ).toBe(120);

  await t.call(cancelAppointment, { params: { id: appointment.id }, body: { reason: 'fever is gone' } }, by);
  await allSent(t);
  expect(await ledgerOf(t, appointment.id, { state: 'pending' })).toEqual([]);
  const mails = mailsTo(`patient${patient.userId}@example.com`);
  const told = mails.find((each) => subjectOf(each).startsWith('Moved'));
  const cancelled = mails.find((each) => subjectOf(each).startsWith('Cancelled'));
  if (!told || !cancelled) throw new Error('a mail is missing');
  expect(textOf(told)).toMatch(/Until now: .*5:00pm/);
  expect(textOf(told)).toMatch(/When: .*6:00pm/);
  expect(calendarOf(told)).toMatchObject({ method: 'REQUEST' });
  expect(calendarOf(cancelled)?.method).toBe('CANCEL');
  const uid = (each: typeof told) => /UID:(\S+)/.exec(calendarOf(each)?.content ?? '')?.[1];
  expect(uid(told)).toBe(uid(cancelled));
  const sequence = (each: typeof told) => Number(/SEQUENCE:(\d+)/.exec(calendarOf(each)?.content ?? '')?.[1]);
  expect(sequence(cancelled)).toBeGreaterThan(sequence(told));
  // What somebody wrote about their health goes nowhere.
  expect(
    [...mails.map(({ raw }) => raw), ...smsTo(patient.mobile).map(({ text }) => text)].join(),
  ).not.toContain('fever');
});

test('whoever was asked for a deposit is told when the desk takes the place back', async () => {
  const { weekday } = inDays(t, 5);
  const doctor = await aDoctor(t, { hours: [{ weekday, from: '08:00', to: '22:00' }] });
  await t.db
    .updateTable('chambers')
    .set({ deposit_percent: 50, deposit_minutes: 60 })
    .where('id', '=', doctor.chamberId)
    .execute();
  const { appointment } = await aVisit(t, { doctor });
  expect(appointment.status).toBe('held');
  await allSent(t);
  const desk = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  await t.call(cancelAppointment, { params: { id: appointment.id }, body: { reason: 'away' } }, desk);
  await allSent(t);
  const ledger = await ledgerOf(t, appointment.id);
  expect(ledger.map(({ kind, channel }) => `${kind} ${channel}`).toSorted()).toEqual([
    'deposit_due email',
    'deposit_due in_app',
    'deposit_due sms',
    'session_cancelled email',
    'session_cancelled in_app',
    'session_cancelled sms',
  ]);
});

test('a reminder goes out at its moment, and not after it has passed', async () => {
  const near = await aVisit(t, { daysAhead: 3 });
  await allSent(t);
  const [day] = await ledgerOf(t, near.appointment.id, { kind: 'reminder', channel: 'sms' });
  const untilDue = Temporal.Instant.from(day?.dueAt ?? '')
    .since(t.clock.now())
    .total('seconds');
  await timePasses(t, `${Math.ceil(untilDue)} seconds`);
  await allSent(t);
  const states = async (id: number) =>
    (await ledgerOf(t, id, { kind: 'reminder', channel: 'sms' })).map(({ state }) => state);
  expect(await states(near.appointment.id)).toEqual(['sent', 'pending']);

  // The worker was down meanwhile: 22 hours later the second is an hour late, and nobody is told.
  await timePasses(t, '23 hours');
  await allSent(t);
  expect(await states(near.appointment.id)).toEqual(['sent', 'missed']);
  expect(smsTo(near.patient.mobile).filter(({ text }) => text.includes('reminder'))).toHaveLength(1);
});

test('Bangla for those who read it', async () => {
  const { appointment, patient } = await aVisit(t, { language: 'bn' });
  await allSent(t);
  const [got] = mailsTo(`patient${patient.userId}@example.com`);
  if (!got) throw new Error('no mail came');
  expect(subjectOf(got)).toContain('বুকিং হয়েছে: Dr. Salma Akter');
  expect(textOf(got)).toContain(`https://shomoy.example${appointment.liveUrl}`);
  expect(smsTo(patient.mobile)[0]?.text).toContain('বিকাল ৫:০০');
  const [sent] = await ledgerOf(t, appointment.id, { kind: 'booked', channel: 'sms' });
  expect(sent?.parts).toBeGreaterThan(1);
});

test('an event that is handled twice is told once', async () => {
  const { appointment } = await aVisit(t);
  await allSent(t);
  const before = await ledgerOf(t, appointment.id);
  const { doctor, id } = appointment;
  const data = { appointmentId: id, doctorId: doctor.id, version: 1 };
  // Another event by its id, so that the inbox lets it pass.
  await t.db.transaction().execute((tx) => publish(tx, { name: 'appointment.booked', data }));
  await allSent(t);
  expect(await ledgerOf(t, appointment.id)).toEqual(before);
});

test('the logs carry ids only', async () => {
  await expectNoPersonalData(t);
});
