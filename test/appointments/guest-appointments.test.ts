import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelLive } from '../../src/contract/appointments.ts';
import { confirmGuest, createGuest, listGuestAppointments } from '../../src/contract/guests.ts';
import { addPatientWithoutAccount } from '../../src/users/patients/add-desk-patient.ts';
import { signGuest } from '../../src/platform/guest-tokens.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAssistant, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';
import { codeOf, later, unsent } from '../users/codes.ts';

let t: TestApp;
let doctor: Doctor;
beforeAll(async () => {
  t = await startApp(unsent);
  doctor = await aDoctor(t);
});
afterAll(() => t.close());

const mobile = '01733000001';
const monday = (time: string) => `2026-11-02T${time}:00+06:00`;

async function aGuest(
  fullName: string | null,
  reached: { mobile: string } | { email: string },
): Promise<string> {
  later(t, { seconds: 30 });
  const { codeId } = await t.call(createGuest, { body: { ...(fullName ? { fullName } : {}), ...reached } });
  const { guestToken } = await t.call(confirmGuest, {
    params: { codeId },
    body: { code: await codeOf(t, codeId) },
  });
  return guestToken ?? '';
}

const visit = () => ({
  doctorId: doctor.doctorId,
  chamberId: doctor.chamberId,
  visitTypeId: doctor.visitTypeId,
});
const book = (guestToken: string, time: string) =>
  t.call(bookAppointment, { body: { ...visit(), startsAt: monday(time), guestToken } });
const list = async (guestToken: string) =>
  (await t.call(listGuestAppointments, {}, { guestToken })).items.map(({ reference }) => reference);

test('a guest books by the code’s token, and finds all that was booked under the number, and nobody else’s', async () => {
  const mother = await aGuest('Rokeya Begum', { mobile });
  const hers = await book(mother, '17:00');
  expect(hers).toMatchObject({
    status: 'confirmed',
    channel: 'online',
    patient: { fullName: 'Rokeya Begum' },
  });
  const son = await aGuest('Tariq Hasan', { mobile });
  const his = await book(son, '17:15');
  // Somebody else, and an account that has the same number without having proven it.
  const other = await book(await aGuest('Somebody Else', { email: 'else@example.com' }), '17:30');
  const account = await aSignedInPatient(t);
  await t.db
    .updateTable('users')
    .set({ mobile: `+88${mobile}` })
    .where('id', '=', account.userId)
    .execute();
  const own = await t.call(bookAppointment, { body: { ...visit(), startsAt: monday('17:45') } }, account);

  const bySearch = await aGuest(null, { mobile });
  for (const token of [mother, son, bySearch])
    expect(await list(token)).toEqual([his.reference, hers.reference]);
  expect(await list(await aGuest(null, { email: 'else@example.com' }))).toEqual([other.reference]);
  expect(await list(bySearch)).not.toContain(own.reference);

  // The private link is what the list is for.
  const [first] = (await t.call(listGuestAppointments, {}, { guestToken: bySearch })).items;
  const token = first?.liveUrl.split('/').at(-1) ?? '';
  await t.call(cancelLive, { params: { token }, body: {} });
  expect((await t.call(listGuestAppointments, {}, { guestToken: son })).items[0]?.status).toBe('cancelled');
});

test('whom the desk wrote down for a caller is found by the caller’s number', async () => {
  const caller = '01733000002';
  const assistant = await anAssistant(t, { attachedTo: [{ chamberId: doctor.chamberId }] });
  const patient = await t.db
    .transaction()
    .execute((tx) =>
      addPatientWithoutAccount(
        tx,
        { fullName: 'Caller', mobile: `+88${caller}` },
        { userId: assistant.userId },
        t.clock.now(),
      ),
    );
  const accessToken = await signedIn(t, assistant);
  const body = { ...visit(), startsAt: '2026-11-09T17:00:00+06:00', patientId: patient.id };
  const { reference } = await t.call(bookAppointment, { body }, { accessToken });
  expect(await list(await aGuest(null, { mobile: caller }))).toEqual([reference]);
});

test('a token that is missing, changed or over opens nothing, and an old visit is not shown', async () => {
  const token = await aGuest('Rokeya Begum', { mobile });
  const call = (guestToken?: string) => t.call(listGuestAppointments, {}, guestToken ? { guestToken } : {});
  await refused(call(), 'not_signed_in');
  await refused(call('x'.repeat(40)), 'not_signed_in');
  await refused(call(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`), 'not_signed_in');
  const of = (patientId: number) =>
    signGuest(t.deps.secrets, { patientId, expires: t.clock.now().add({ hours: 1 }) });
  // A patient of an account is no guest, whatever the token says.
  const account = await aSignedInPatient(t);
  expect((await call(of(account.patientId))).items).toEqual([]);
  expect((await call(token)).items).toHaveLength(2);
  later(t, { hours: 3 });
  await refused(call(token), 'not_signed_in');
  later(t, { hours: 31 * 24 });
  expect(await list(await aGuest(null, { mobile }))).toEqual([]);
});
