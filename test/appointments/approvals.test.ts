import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideDoctor, getUser } from '../../src/contract/admin.ts';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { getDoctor } from '../../src/contract/doctors.ts';
import { createHold, endHold } from '../../src/contract/holds.ts';
import { joinWaitlist, leaveWaitlist } from '../../src/contract/waitlist.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aSignedInPatient, next, signedIn, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;
let admin: { accessToken: string };
let adminId: number;
beforeAll(async () => {
  t = await startApp();
  ({ userId: adminId } = await anAdmin(t));
  admin = { accessToken: await signedIn(t, { userId: adminId }) };
});
afterAll(() => t.close());

type Approval = 'pending' | 'approved' | 'refused';
const decide = async (id: number, decision: Approval, instead: Approval) =>
  (await t.call(decideDoctor, { params: { id }, body: { decision, instead } }, admin)).user.doctor?.approval;
const standing = async (id: number) =>
  (await t.call(getUser, { params: { id } }, admin)).user.doctor?.approval;
const isFound = (slug: string) =>
  t.call(getDoctor, { params: { id: slug } }).then(
    () => true,
    () => false,
  );
const wish = ({ doctorId, chamberId, visitTypeId }: Doctor, time = '17:00') => ({
  doctorId,
  chamberId,
  visitTypeId,
  startsAt: `2026-11-09T${time}:00+06:00`,
});

describe('a decision about a doctor', () => {
  test('is changed: refused, approved after all, taken back, refused again; each in the audit log', async () => {
    const { doctorId, slug } = await aDoctor(t, { approval: 'pending' });
    expect(await decide(doctorId, 'refused', 'pending')).toBe('refused');
    expect(await decide(doctorId, 'approved', 'refused')).toBe('approved');
    await jobsDone(t);
    expect(await isFound(slug)).toBe(true);
    expect(await decide(doctorId, 'pending', 'approved')).toBe('pending');
    await jobsDone(t);
    expect(await isFound(slug)).toBe(false);
    expect(await decide(doctorId, 'refused', 'pending')).toBe('refused');
    expect(await decide(doctorId, 'pending', 'refused')).toBe('pending');
    const rows = await t.db
      .selectFrom('audit_log')
      .select(['by_user', 'detail'])
      .where('action', '=', 'doctor.decided')
      .where(sql<boolean>`detail->>'doctorId' = ${String(doctorId)}`)
      .orderBy('id')
      .execute();
    expect(rows).toEqual(
      (
        [
          ['pending', 'refused'],
          ['refused', 'approved'],
          ['approved', 'pending'],
          ['pending', 'refused'],
          ['refused', 'pending'],
        ] as const
      ).map(([from, to]) => ({ by_user: adminId, detail: { doctorId, from, to } })),
    );
    const { approval_decided_at, approval_decided_by } = await t.db
      .selectFrom('doctors')
      .select(['approval_decided_at', 'approval_decided_by'])
      .where('user_id', '=', doctorId)
      .executeTakeFirstOrThrow();
    expect([approval_decided_at, approval_decided_by]).toEqual([null, null]);
  });

  test('is not changed by whoever has not seen how the doctor stands', async () => {
    const { doctorId } = await aDoctor(t, { approval: 'refused' });
    await refused(decide(doctorId, 'approved', 'pending'), 'approval_decided');
    await refused(decide(doctorId, 'refused', 'refused'), 'approval_decided');
    await refused(decide(doctorId, 'pending', 'approved'), 'approval_decided');
    expect(await standing(doctorId)).toBe('refused');
  });

  test('is changed once, though ten administrators take it back at once', async () => {
    const { doctorId } = await aDoctor(t);
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => decide(doctorId, 'pending', 'approved')),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('an approval stays', () => {
  test.each(['pending', 'refused'] as const)('while somebody is booked: no way to %s', async (to) => {
    const doctor = await aDoctor(t);
    const patient = await aSignedInPatient(t);
    const { id } = await t.call(bookAppointment, { body: wish(doctor) }, patient);
    await refused(decide(doctor.doctorId, to, 'approved'), 'doctor_booked');
    expect(await standing(doctor.doctorId)).toBe('approved');
    await t.call(cancelAppointment, { params: { id }, body: {} }, patient);
    expect(await decide(doctor.doctorId, to, 'approved')).toBe(to);
  });

  test('while somebody fills in their details, and no longer than the place is kept', async () => {
    const doctor = await aDoctor(t);
    const patient = await aSignedInPatient(t);
    const hold = await t.call(createHold, { body: wish(doctor) }, patient);
    await refused(decide(doctor.doctorId, 'pending', 'approved'), 'doctor_booked');
    await t.call(endHold, { params: { id: hold.id } }, patient);
    await decide(doctor.doctorId, 'pending', 'approved');
  });

  test('while somebody waits in line', async () => {
    const doctor = await aDoctor(t);
    const patient = await aSignedInPatient(t);
    const { doctorId, chamberId, visitTypeId } = doctor;
    const entry = await t.call(joinWaitlist, { body: { doctorId, chamberId, visitTypeId } }, patient);
    await refused(decide(doctorId, 'pending', 'approved'), 'doctor_booked');
    await t.call(leaveWaitlist, { params: { id: entry.id } }, patient);
    await decide(doctorId, 'pending', 'approved');
  });

  test('for nobody whose visit is over', async () => {
    const doctor = await aDoctor(t);
    const patient = await aSignedInPatient(t);
    await t.call(bookAppointment, { body: wish(doctor) }, patient);
    t.clock.set('2026-11-10T10:00:00+06:00');
    admin = { accessToken: await signedIn(t, { userId: adminId }) };
    expect(await decide(doctor.doctorId, 'pending', 'approved')).toBe('pending');
    t.clock.set('2026-11-02T10:00:00+06:00');
    admin = { accessToken: await signedIn(t, { userId: adminId }) };
  });
});

test('of a booking and the end of an approval at the same moment one is done', async () => {
  const outcomes = { booked: 0, ended: 0 };
  for (let round = 0; round < 40; round += 1) {
    const doctor = await aDoctor(t, { fullName: `Salma Akter ${next()}` });
    const patients = await Promise.all([aSignedInPatient(t), aSignedInPatient(t)]);
    const [ended, ...booked] = await Promise.allSettled([
      // Later by a little more in every round, so that it falls on each point of the others.
      sleep(2 * round).then(() => decide(doctor.doctorId, 'pending', 'approved')),
      t.call(bookAppointment, { body: wish(doctor, '17:00') }, patients[0]),
      t.call(createHold, { body: wish(doctor, '17:30') }, patients[1]),
    ]);
    const places = booked.filter(({ status }) => status === 'fulfilled').length;
    expect(ended.status === 'fulfilled' ? places : Number(places === 0)).toBe(0);
    outcomes[ended.status === 'fulfilled' ? 'ended' : 'booked'] += 1;
  }
  expect(outcomes.booked).toBeGreaterThan(0);
  expect(outcomes.ended).toBeGreaterThan(0);
});
