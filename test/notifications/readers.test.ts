import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { patchChamberPolicy } from '../../src/contract/policies.ts';
import {
  getNotificationSettings,
  listNotifications,
  putNotificationSettings,
  readNotifications,
} from '../../src/contract/notifications.ts';
import { publish } from '../../src/platform/bus.ts';
import type { TestApp } from '../harness/app.ts';
import { aFamilyMember, anAdmin, anAssistant, aSignedInPatient, signedIn } from '../harness/builders.ts';
import { refusedFields } from '../harness/refusals.ts';
import { allSent, aVisit, ledgerOf, startNow } from './visits.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startNow({ MAILBOX: 'on' });
});
afterAll(() => t.close());

const told = async (
  appointmentId: number,
  kind: 'booked' | 'session_cancelled' | 'doctor_late' | 'nearly_next',
) =>
  (await ledgerOf(t, appointmentId, { kind })).map(({ channel, state }) => `${channel} ${state}`).toSorted();

test('in the app a reader finds what they were told, newest first, until they have read it', async () => {
  const { patient, appointment } = await aVisit(t);
  const by = { accessToken: patient.accessToken };
  await t.call(cancelAppointment, { params: { id: appointment.id }, body: {} }, by);
  const second = await aVisit(t);
  await allSent(t);
  const mine = await t.call(listNotifications, {}, by);
  expect(mine.unread).toBe(mine.items.length);
  expect(mine.items[0]).toMatchObject({
    kind: 'cancelled',
    path: `/en${appointment.liveUrl}`,
    readAt: null,
    text: expect.stringContaining('Dr. Salma Akter'),
  });
  const other = { accessToken: second.patient.accessToken };
  const [theirs] = (await t.call(listNotifications, {}, other)).items;
  // Another's cannot be touched.
  const answer = await t.call(readNotifications, { body: { ids: [theirs?.id ?? 0] } }, by);
  expect(answer.unread).toBe(mine.unread);
  expect((await t.call(listNotifications, {}, other)).unread).toBe(1);
  expect(await t.call(readNotifications, { body: { upTo: mine.items[0]?.id ?? 0 } }, by)).toEqual({
    unread: 0,
  });
  expect((await t.call(listNotifications, { query: { unread: true } }, by)).items).toEqual([]);
  expect((await t.call(listNotifications, { query: { limit: 1 } }, by)).items).toHaveLength(1);
  expect(await refusedFields(t.call(readNotifications, { body: {} }, by))).toEqual(['ids']);
});

test('whoever switched a way off is not told that way, and the ledger says why', async () => {
  const { doctor, startsAt } = await aVisit(t);
  const patient = await aSignedInPatient(t);
  const by = { accessToken: patient.accessToken };
  const usual = await t.call(getNotificationSettings, {}, by);
  expect(usual.quietHours).toBeNull();
  expect(usual.choices).toHaveLength(14 * 3);
  expect(usual.choices.filter(({ wanted }) => !wanted)).toEqual([
    { kind: 'requested', channel: 'sms', wanted: false },
  ]);
  const changed = await t.call(
    putNotificationSettings,
    {
      body: {
        quietHours: { from: '21:00', until: '08:30' },
        choices: [{ kind: 'booked', channel: 'sms', wanted: false }],
      },
    },
    by,
  );
  expect(changed.quietHours).toEqual({ from: '21:00', until: '08:30' });
  expect(changed.choices).toContainEqual({ kind: 'booked', channel: 'sms', wanted: false });

  const later = Temporal.Instant.from(startsAt).add({ minutes: 15 }).toString();
  const { doctorId, chamberId, visitTypeId } = doctor;
  const { id } = await t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, startsAt: later } },
    by,
  );
  await allSent(t);
  expect(await told(id, 'booked')).toEqual(['in_app sent', 'sms suppressed']);
  // Quiet hours of their own: none of the reminders falls into them.
  for (const { dueAt, channel } of await ledgerOf(t, id, { kind: 'reminder' })) {
    const hour = Temporal.Instant.from(dueAt).toZonedDateTimeISO('Asia/Dhaka').toPlainTime().toString();
    expect(channel === 'in_app' || (hour >= '08:30' && hour < '21:00'), hour).toBe(true);
  }
  const none = await t.call(putNotificationSettings, { body: { quietHours: null } }, by);
  expect(none.quietHours).toBeNull();
  expect(none.choices).toContainEqual({ kind: 'booked', channel: 'sms', wanted: false });
});

test('a chamber sets when reminders go out, or that none do', async () => {
  const { doctor, startsAt } = await aVisit(t);
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  const policy = (reminderMinutes: number[]) =>
    t.call(patchChamberPolicy, { params: { id: doctor.chamberId }, body: { reminderMinutes } }, admin);
  const reminders = async (minutesLater: number) => {
    const by = { accessToken: (await aSignedInPatient(t)).accessToken };
    const { doctorId, chamberId, visitTypeId } = doctor;
    const at = Temporal.Instant.from(startsAt).add({ minutes: minutesLater }).toString();
    const booked = await t.call(
      bookAppointment,
      { body: { doctorId, chamberId, visitTypeId, startsAt: at } },
      by,
    );
    await allSent(t);
    const rows = await ledgerOf(t, booked.id, { kind: 'reminder', channel: 'in_app' });
    return rows.map(({ dueAt }) => Temporal.Instant.from(at).since(dueAt).total('minutes'));
  };
  await policy([2880, 60]);
  expect(await reminders(15)).toEqual([2880, 60]);
  await policy([]);
  expect(await reminders(30)).toEqual([]);
  expect(await refusedFields(policy([60, 60]))).toEqual(['reminderMinutes']);
  expect(await refusedFields(policy([4]))).toEqual(['reminderMinutes.0']);
});

test('for a family member the account’s holder is told; a caller without an account is told by SMS', async () => {
  const { doctor, patient, startsAt } = await aVisit(t);
  const member = await aFamilyMember(t, patient);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const visit = { doctorId, chamberId, visitTypeId };
  const at = (minutes: number) => Temporal.Instant.from(startsAt).add({ minutes }).toString();
  const forMember = await t.call(
    bookAppointment,
    { body: { ...visit, patientId: member, startsAt: at(15) } },
    { accessToken: patient.accessToken },
  );
  await allSent(t);
  const rows = await ledgerOf(t, forMember.id, { kind: 'booked' });
  expect(rows.map(({ userId }) => userId)).toEqual([patient.userId, patient.userId, patient.userId]);

  const desk = await anAssistant(t, { attachedTo: [{ chamberId }] });
  const byDesk = { accessToken: await signedIn(t, desk) };
  const caller = await t.db
    .insertInto('patients')
    .values({
      full_name: 'Kalam Mia',
      mobile: '+8801755555555',
      created_by: desk.userId,
      created_at: t.clock.now().toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const called = await t.call(
    bookAppointment,
    { body: { ...visit, patientId: caller.id, channel: 'phone', startsAt: at(30) } },
    byDesk,
  );
  await allSent(t);
  expect(await told(called.id, 'booked')).toEqual(['sms sent']);
  const nobody = await t.db
    .insertInto('patients')
    .values({ full_name: 'Without Phone', created_by: desk.userId, created_at: t.clock.now().toString() })
    .returning('id')
    .executeTakeFirstOrThrow();
  const walkIn = await t.call(
    bookAppointment,
    { body: { ...visit, patientId: nobody.id, channel: 'walk_in', startsAt: at(45) } },
    byDesk,
  );
  await allSent(t);
  const [row] = await ledgerOf(t, walkIn.id);
  expect(row).toMatchObject({ state: 'suppressed', answer: 'there is no address or number' });

  await t.call(cancelAppointment, { params: { id: called.id }, body: { reason: 'has a rash' } }, byDesk);
  await allSent(t);
  expect(await told(called.id, 'session_cancelled')).toEqual(['sms sent']);
  const { text } = await t.db
    .selectFrom('mailbox')
    .select('text')
    .where('recipient', '=', '+8801755555555')
    .orderBy('message_id', 'desc')
    .executeTakeFirstOrThrow();
  expect(text).toMatch(/^Shomoy: চেম্বার/);
  expect(text).not.toContain('rash');
});

test('a delay is told once for each figure, and that the turn is near once', async () => {
  const { appointment, doctor } = await aVisit(t);
  const { session_id: sessionId } = await t.db
    .selectFrom('appointments')
    .select('session_id')
    .where('id', '=', appointment.id)
    .executeTakeFirstOrThrow();
  const { doctorId } = doctor;
  const late = (minutes: number) =>
    t.db
      .transaction()
      .execute((tx) => publish(tx, { name: 'session.delayed', data: { sessionId, doctorId, minutes } }));
  await late(40);
  await late(40);
  await allSent(t);
  expect(await told(appointment.id, 'doctor_late')).toEqual(['email sent', 'in_app sent', 'sms sent']);
  await late(60);
  await allSent(t);
  expect(await told(appointment.id, 'doctor_late')).toHaveLength(6);
  const data = { appointmentId: appointment.id, doctorId, version: 1 };
  for (let i = 0; i < 2; i++)
    await t.db.transaction().execute((tx) => publish(tx, { name: 'appointment.nearly_next', data }));
  await allSent(t);
  expect(await told(appointment.id, 'nearly_next')).toEqual(['email sent', 'in_app sent', 'sms sent']);
});
