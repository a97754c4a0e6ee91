import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { decideDoctor } from '../../src/contract/admin.ts';
import { bookAppointment, cancelAppointment, type Appointment } from '../../src/contract/appointments.ts';
import { createException } from '../../src/contract/exceptions.ts';
import { getOverview, type Overview } from '../../src/contract/overview.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import {
  aDoctor,
  anAdmin,
  anAssistant,
  aSignedInPatient,
  signedIn,
  type Doctor,
} from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';
import { anotherDesk, someVisits } from './visits.ts';

let t: TestApp;
let admin: { accessToken: string };
beforeAll(async () => {
  t = await startApp();
});
beforeEach(async () => {
  t.clock.set(aMonday);
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

const overview = () => t.call(getOverview, {}, admin);
const attention = async () => (await overview()).attention;
const of = ({ today }: Overview, { doctorId, chamberId }: Pick<Doctor, 'doctorId' | 'chamberId'>) => {
  const found = today.doctors.find(
    ({ doctor, chamber }) => doctor.id === doctorId && chamber.id === chamberId,
  );
  if (!found) return null;
  const { doctor: _doctor, chamber: _chamber, ...counts } = found;
  return counts;
};
const nobody = { expected: 0, arrived: 0, inConsultation: 0, completed: 0, noShow: 0, cancelled: 0 };

test('today is counted by the clock of each chamber, to the minute', async () => {
  const doctor = await aDoctor(t);
  const london = await anotherDesk(t, doctor, { timeZone: 'Europe/London' });
  const { patientId } = await aSignedInPatient(t);
  const before = (await overview()).today.all;
  await someVisits(
    t,
    doctor,
    (
      [
        ['2026-11-01T23:59:00+06:00', 'confirmed'],
        ['2026-11-02T00:00:00+06:00', 'completed'],
        ['2026-11-02T09:00:00+06:00', 'no_show'],
        ['2026-11-02T09:30:00+06:00', 'cancelled'],
        ['2026-11-02T10:00:00+06:00', 'in_consultation'],
        ['2026-11-02T10:10:00+06:00', 'arrived'],
        ['2026-11-02T10:20:00+06:00', 'confirmed'],
        ['2026-11-02T23:59:00+06:00', 'pending'],
        ['2026-11-03T00:00:00+06:00', 'confirmed'],
      ] as const
    ).map(([at, status]) => ({ at, status, patientId, fee: '500' })),
  );
  await someVisits(
    t,
    london,
    // There it is 04:00 of the same Monday.
    ['2026-11-01T23:59:00Z', '2026-11-02T00:00:00Z', '2026-11-02T23:59:00Z', '2026-11-03T00:00:00Z'].map(
      (at) => ({ at, status: 'confirmed' as const, patientId, fee: '500' }),
    ),
  );
  const now = await overview();
  expect(of(now, doctor)).toEqual({
    expected: 2,
    arrived: 1,
    inConsultation: 1,
    completed: 1,
    noShow: 1,
    cancelled: 1,
  });
  expect(of(now, london)).toEqual({ ...nobody, expected: 2 });
  expect(now.today.all.expected - before.expected).toBe(4);
  expect(now.today.all.completed - before.completed).toBe(1);
  // The busiest first, and what was cancelled makes nobody busy.
  const busy = now.today.doctors.map(
    ({ expected, arrived, inConsultation, completed, noShow }) =>
      expected + arrived + inConsultation + completed + noShow,
  );
  expect(busy).toEqual(busy.toSorted((a, b) => b - a));
  // The next day has its own.
  t.clock.set('2026-11-03T00:00:00+06:00');
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  expect(of(await overview(), doctor)).toEqual({ ...nobody, expected: 1 });
});

test('a doctor who waits for approval is counted until somebody decides', async () => {
  const before = (await attention()).doctorsToApprove.count;
  const { doctorId } = await aDoctor(t, { approval: 'pending' });
  const waiting = (await attention()).doctorsToApprove;
  expect(waiting.count).toBe(before + 1);
  expect(waiting.since).not.toBeNull();
  await t.call(decideDoctor, { params: { id: doctorId }, body: { decision: 'approved' } }, admin);
  expect((await attention()).doctorsToApprove.count).toBe(before);
});

test('messages, jobs and requests that wait for a person are counted, and no others', async () => {
  const doctor = await aDoctor(t);
  const { patientId } = await aSignedInPatient(t);
  const before = await attention();
  await someVisits(t, doctor, [
    { at: '2026-11-02T11:00:00+06:00', status: 'pending', patientId, fee: '500' },
    { at: '2026-11-03T10:01:00+06:00', status: 'pending', patientId, fee: '500' },
    { at: '2026-11-02T12:00:00+06:00', status: 'confirmed', patientId, fee: '500' },
  ]);
  for (const [state, resolved] of [
    ['unknown', false],
    ['unknown', true],
    ['failed', false],
    ['sent', false],
  ] as const)
    await t.deps.pool.query(
      `insert into messages (code_id, kind, channel, recipient, language, state, due_at, stale_at, try_at, finished_at,
                             handed_at, on_loss, resolved_at, resolved_by)
       select gen_random_uuid(), 'sign_in', 'sms', '01700000000', 'bn', $1, $3, $3, $3, $3, $3, 'tell',
         case when $2 then $3::timestamptz end, case when $2 then (select min(id) from users) end`,
      [state, resolved, '2026-11-02T03:00:00Z'],
    );
  await t.deps.pool.query(
    `insert into dead_letters (task, payload, reason, tries) values ('relay-event', '{}', 'the broker refused it', 20)`,
  );
  const now = await attention();
  expect({ ...now, keptVisits: null, doctorsToApprove: null }).toEqual({
    doctorsToApprove: null,
    uncertainMessages: { count: before.uncertainMessages.count + 1, since: '2026-11-02T03:00:00Z' },
    failedMessages: { count: before.failedMessages.count + 1, since: '2026-11-02T03:00:00Z' },
    deadLetters: { count: before.deadLetters.count + 1, since: expect.any(String) },
    unansweredRequests: { count: before.unansweredRequests.count + 1, since: '2026-11-02T05:00:00Z' },
    keptVisits: null,
  });
});

test('a visit that is kept on a day off is counted until it is cancelled', async () => {
  const doctor = await aDoctor(t);
  const own = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const patient = await aSignedInPatient(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const booked: Appointment = await t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, startsAt: '2026-11-09T17:00:00+06:00' } },
    patient,
  );
  expect((await attention()).keptVisits.count).toBe(0);
  await t.call(
    createException,
    {
      params: { id: doctorId },
      query: { stranded: 'keep' },
      body: { kind: 'time_off', from: '2026-11-09', until: '2026-11-09' },
    },
    own,
  );
  expect((await attention()).keptVisits).toEqual({ count: 1, since: '2026-11-09T11:00:00Z' });
  await t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, own);
  expect((await attention()).keptVisits).toEqual({ count: 0, since: null });
});

test('it is for administrators only', async () => {
  const doctor = await aDoctor(t);
  const others = [
    await signedIn(t, { userId: doctor.doctorId }),
    await signedIn(t, await anAssistant(t, { attachedTo: [doctor] })),
    (await aSignedInPatient(t)).accessToken,
  ];
  for (const accessToken of others) await refused(t.call(getOverview, {}, { accessToken }), 'not_allowed');
  await refused(t.call(getOverview, {}), 'not_signed_in');
});
