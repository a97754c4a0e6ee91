import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { listVisitTypes } from '../../src/contract/schedules.ts';
import type { TestApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, signedIn, someHours } from '../harness/builders.ts';
import {
  checked,
  confirmed,
  findings,
  imported,
  inShort,
  startImports,
  takenBack,
  type By,
} from '../harness/imports.ts';
import { aNewcomer, feesOf, headings, hoursOf, licenceOf } from '../harness/imported-hours.ts';

let t: TestApp;
let admin: By & { userId: number };
beforeAll(async () => {
  ({ t, admin } = await startImports());
});
afterAll(() => t.close());

const kind = 'schedules';

test('a booking that comes between check and import keeps the whole file out, and its row is named', async () => {
  const before = await aNewcomer(t);
  const sitting = await aDoctor(t);
  const after = await aNewcomer(t);
  const licence = await licenceOf(t, sitting.doctorId);
  const content = [
    `${headings},valid_from,valid_until`,
    `${after.licence},${after.chamber},Sat,17:00,20:00,15,,,,`,
    `${licence},${sitting.chamberId},Sun,09:00,10:00,15,,,2026-11-01,2026-11-30`,
    `${before.licence},${before.chamber},Sat,17:00,20:00,15,,,,`,
  ].join('\n');
  const { id, counts } = await checked(t, admin, { kind, content });
  expect(counts).toMatchObject({ new: 3, refused: 0 });
  const { accessToken } = await aSignedInPatient(t);
  const { doctorId, chamberId, visitTypeId } = sitting;
  const place = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
  await t.call(bookAppointment, { body: place }, { accessToken });
  expect(await confirmed(t, admin, id)).toMatchObject({
    state: 'checked',
    work: { state: 'failed' },
    counts: { rows: 3, new: 2, refused: 1 },
  });
  expect(inShort(await findings(t, admin, id))).toEqual(['3 from would_strand']);
  for (const other of [before, after]) {
    expect(await hoursOf(t, admin, other.doctorId)).toEqual([]);
    expect(await feesOf(t, other.doctorId, other.chamberId)).toEqual([]);
  }
  expect(await hoursOf(t, admin, doctorId)).toHaveLength(1);
});

test('of bookings that come while the rows are written, none is left without its hours', async () => {
  for (let round = 0; round < 5; round++) {
    const { doctorId, chamberId, visitTypeId } = await aDoctor(t);
    const content = `${headings},valid_from,valid_until\n${await licenceOf(t, doctorId)},${chamberId},Sun,09:00,10:00,15,,,2026-11-01,2026-11-30\n`;
    const { id } = await checked(t, admin, { kind, content });
    const people = await Promise.all([0, 15, 30, 45].map(async () => aSignedInPatient(t)));
    const book = async ({ accessToken }: By, index: number) => {
      await sleep(index * 25 * (round + 1));
      const startsAt = `2026-11-02T17:${String(index * 15).padStart(2, '0')}:00+06:00`;
      const place = { doctorId, chamberId, visitTypeId, startsAt };
      return t.call(bookAppointment, { body: place }, { accessToken }).catch(() => null);
    };
    const [after] = await Promise.all([confirmed(t, admin, id), ...people.map(book)]);
    const live = await t.db
      .selectFrom('appointments')
      .select('id')
      .where('doctor_id', '=', doctorId)
      .where('status', '=', 'confirmed')
      .execute();
    if (after.state === 'imported') expect(live).toEqual([]);
    else expect(inShort(await findings(t, admin, id))).toEqual(['2 from would_strand']);
  }
});

test('rows of a doctor that stand apart are one change, of which one event tells', async () => {
  const [one, other] = [await aNewcomer(t), await aNewcomer(t)];
  const content = [
    headings,
    `${one.licence},${one.chamber},Sat,17:00,20:00,15,,`,
    `${other.licence},${other.chamber},Sat,17:00,20:00,15,,`,
    `${one.licence},${one.chamber},Sun,17:00,20:00,15,,900`,
    `${other.licence},${other.chamber},Sun,17:00,20:00,15,,`,
  ].join('\n');
  const told = async () => {
    const { rows } = await sql<{ doctorId: number }>`
      select (payload->'data'->>'doctorId')::int as "doctorId" from graphile_worker._private_jobs
      where payload->>'name' = 'schedule.changed' order by id`.execute(t.db);
    return rows
      .map(({ doctorId }) => doctorId)
      .filter((doctorId) => [one.doctorId, other.doctorId].includes(doctorId));
  };
  const { id } = await checked(t, admin, { kind, content });
  const early = await told();
  await confirmed(t, admin, id);
  expect((await told()).slice(early.length)).toEqual([one.doctorId, other.doctorId]);
  expect(await feesOf(t, one.doctorId, one.chamberId)).toEqual(['new 15 900.00']);
});

describe('taking hours back', () => {
  test('ends them and their fees, so that the same file can be imported anew', async () => {
    const { doctorId, licence, chamber, chamberId } = await aNewcomer(t);
    const content = `${headings}\n${licence},${chamber},Sat,17:00,20:00,15,,700\n`;
    const { id } = await imported(t, admin, { kind, content });
    expect(await takenBack(t, admin, id)).toMatchObject({ state: 'taken_back' });
    expect(await hoursOf(t, admin, doctorId)).toEqual([]);
    expect(await feesOf(t, doctorId, chamberId)).toEqual([]);
    expect((await imported(t, admin, { kind, content })).counts).toMatchObject({ new: 1 });
  });

  test('lets a sitting that has begun go on, whatever hours another doctor has', async () => {
    const [one, other] = [await aNewcomer(t), await aNewcomer(t)];
    await someHours(t, { ...other, weekday: 1, from: '17:00', to: '20:00' });
    const { id } = await imported(t, admin, {
      kind,
      content: [
        headings,
        `${one.licence},${one.chamber},Mon,17:00,20:00,15,,`,
        `${other.licence},${other.chamber},Tue,17:00,20:00,15,,`,
      ].join('\n'),
    });
    const { items } = await t.call(listVisitTypes, { params: { id: one.doctorId } });
    const visitTypeId = items.find((visit) => visit.chamberId === one.chamberId)?.id ?? 0;
    const { accessToken } = await aSignedInPatient(t);
    const place = { doctorId: one.doctorId, chamberId: one.chamberId, visitTypeId };
    const booked = await t.call(
      bookAppointment,
      { body: { ...place, startsAt: '2026-11-02T19:00:00+06:00' } },
      { accessToken },
    );
    await t.call(cancelAppointment, { params: { id: booked.id }, body: {} }, { accessToken });
    const then = t.clock.now();
    t.clock.set('2026-11-02T17:30:00+06:00');
    await takenBack(t, { accessToken: await signedIn(t, admin) }, id);
    const { status } = await t.db
      .selectFrom('sessions')
      .select('status')
      .where('doctor_id', '=', one.doctorId)
      .executeTakeFirstOrThrow();
    t.clock.set(then.toString());
    expect(await hoursOf(t, admin, one.doctorId)).toEqual([]);
    expect(status).toBe('open');
  });

  test('is refused once somebody has booked', async () => {
    const { doctorId, licence, chamber, chamberId } = await aNewcomer(t);
    const { id } = await imported(t, admin, {
      kind,
      content: `${headings}\n${licence},${chamber},Tue,17:00,20:00,15,,700\n`,
    });
    const { items } = await t.call(listVisitTypes, { params: { id: doctorId } });
    const visitTypeId = items.find((visit) => visit.chamberId === chamberId)?.id ?? 0;
    const { accessToken } = await aSignedInPatient(t);
    const place = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-03T17:00:00+06:00' };
    await t.call(bookAppointment, { body: place }, { accessToken });
    expect(await takenBack(t, admin, id)).toMatchObject({ state: 'imported', work: { state: 'failed' } });
    expect(inShort(await findings(t, admin, id))).toEqual([
      '2 from has_appointments',
      '2 from has_appointments',
    ]);
    expect(await hoursOf(t, admin, doctorId)).toHaveLength(1);
  });
});
