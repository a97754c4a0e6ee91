import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { listVisitTypes } from '../../src/contract/schedules.ts';
import type { TestApp } from '../harness/app.ts';
import { aChamber, aDoctor, aSignedInPatient, someHours } from '../harness/builders.ts';
import {
  checked,
  confirmed,
  findings,
  found,
  imported,
  inShort,
  startImports,
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

test('a file gives a doctor hours and fees, which patients can book', async () => {
  const { doctorId, licence, chamber, chamberId } = await aNewcomer(t);
  const content = [
    `${headings},follow_up_fee,follow_up_minutes,mode`,
    `${licence},${chamber},"Sat, Mon-Tue",17:00,9 pm,15,,1000,600,10,`,
    `${licence},${chamberId},বৃহস্পতি,১০:০০,১২:৩০,5,30,,,,serial`,
  ].join('\n');
  const { id } = await checked(t, admin, { kind, content });
  expect(inShort(await findings(t, admin, id))).toEqual([]);
  expect(await hoursOf(t, admin, doctorId)).toEqual([]);
  expect(await confirmed(t, admin, id)).toMatchObject({ state: 'imported', counts: { rows: 2, new: 2 } });
  const timed = { chamberId, from: '17:00', to: '21:00', mode: 'timed', slotMinutes: 15, capacity: null };
  expect(await hoursOf(t, admin, doctorId)).toMatchObject([
    { weekday: 1, ...timed, noticeMinutes: 30, horizonDays: 30, validFrom: null },
    { weekday: 2, ...timed },
    { weekday: 4, chamberId, from: '10:00', to: '12:30', mode: 'serial', slotMinutes: 5, capacity: 30 },
    { weekday: 6, ...timed },
  ]);
  expect(await feesOf(t, doctorId, chamberId)).toEqual(['new 15 1000.00', 'follow_up 10 600.00']);
  const { items } = await t.call(listVisitTypes, { params: { id: doctorId } });
  const visitTypeId = items.find((visit) => visit.chamberId === chamberId && visit.kind === 'new')?.id ?? 0;
  const { accessToken } = await aSignedInPatient(t);
  const place = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-03T17:15:00+06:00' };
  await expect(t.call(bookAppointment, { body: place }, { accessToken })).resolves.toMatchObject({
    status: 'confirmed',
  });
});

test('a doctor without a fee in the chamber gets the consultation fee, for as long as a slot', async () => {
  const { doctorId, licence, chamber, chamberId } = await aNewcomer(t);
  await imported(t, admin, { kind, content: `${headings}\n${licence},${chamber},Sun,09:00,10:00,20,,\n` });
  expect(await feesOf(t, doctorId, chamberId)).toEqual(['new 20 500.00']);
});

test('every fault of a row is told', async () => {
  const { licence, chamber } = await aNewcomer(t);
  await aChamber(t, { name: 'Two of a name' });
  await aChamber(t, { name: 'Two of a name' });
  const content = [
    `${headings},valid_from,valid_until,mode`,
    `Nobody,${chamber},Sat,9:00,10:00,10,,,,,`,
    `${licence},Nowhere,Sat,9:00,10:00,10,,,,,`,
    `${licence},Two of a name,Sat,9:00,10:00,10,,,,,`,
    `${licence},${chamber},Someday,9:00,10:00,10,,,,,`,
    `${licence},${chamber},Sat,25:00,tomorrow,10,,,,,`,
    `${licence},${chamber},Sat,9:00,9:00,0,,,,,`,
    `${licence},${chamber},Sat,9:00,10:00,10,,,,,serial`,
    `${licence},${chamber},Sat,9:00,10:00,10,5,,,,timed`,
    `${licence},${chamber},Sat,9:00,10:00,10,,,2027-02-30,,`,
    `${licence},${chamber},Sat,9:00,10:00,10,,,20/02/2027,2027-02-10,`,
    `${licence},${chamber},Sat,9:00,10:00,10,,free,,,`,
  ].join('\n');
  const all = (await found(t, admin, { kind, content })).filter((each) => !each.includes('overlaps'));
  expect(all).toEqual([
    '2 doctor unknown_doctor',
    '3 chamber unknown_chamber',
    '4 chamber chamber_unclear',
    '5 weekdays bad_weekday',
    '6 from bad_time',
    '6 to bad_time',
    '7 slot_minutes bad_number',
    '8 capacity capacity_needed',
    '9 capacity capacity_unfit',
    '10 valid_from bad_date',
    '11 valid_until dates_turned',
    '12 new_fee bad_amount',
  ]);
});

describe('a doctor is in one place at a time', () => {
  test('rows that meet are both named, and so are hours that the doctor has', async () => {
    const { doctorId, licence, chamber, chamberId } = await aNewcomer(t);
    await someHours(t, { doctorId, chamberId, weekday: 3, from: '08:00', to: '12:00' });
    const content = [
      headings,
      `${licence},${chamber},Sat,17:00,20:00,15,,`,
      `${licence},${chamber},"Fri, Sat",19:30,21:00,15,,`,
      `${licence},${chamber},Wed,11:00,13:00,15,,`,
    ].join('\n');
    const { id, counts } = await checked(t, admin, { kind, content });
    expect(await findings(t, admin, id)).toMatchObject([
      { line: 3, code: 'overlaps_row', says: { en: expect.stringContaining('as row 2') } },
      { line: 4, code: 'overlaps_hours', says: { en: expect.stringContaining('08:00–12:00') } },
    ]);
    expect(counts).toMatchObject({ rows: 3, refused: 2 });
  });

  test('hours that somebody sets after the check keep the whole file out', async () => {
    const [one, other] = [await aNewcomer(t), await aNewcomer(t)];
    const content = [
      headings,
      `${one.licence},${one.chamber},Sat,17:00,20:00,15,,`,
      `${other.licence},${other.chamber},Sat,17:00,20:00,15,,`,
    ].join('\n');
    const { id } = await checked(t, admin, { kind, content });
    await someHours(t, {
      doctorId: other.doctorId,
      chamberId: other.chamberId,
      weekday: 6,
      from: '18:00',
      to: '19:00',
    });
    expect(await confirmed(t, admin, id)).toMatchObject({ state: 'checked', work: { state: 'failed' } });
    expect(inShort(await findings(t, admin, id))).toEqual(['3 from overlaps_hours']);
    expect(await hoursOf(t, admin, one.doctorId)).toEqual([]);
  });

  test('dated hours may stand beside usual ones, unless booked appointments would lose their place', async () => {
    const { doctorId, chamberId, visitTypeId } = await aDoctor(t);
    const licence = await licenceOf(t, doctorId);
    const content = `${headings},valid_from,valid_until\n${licence},${chamberId},Sun,09:00,10:00,15,,,2026-11-01,2026-11-30\n`;
    expect(await found(t, admin, { kind, content })).toEqual([]);
    const { accessToken } = await aSignedInPatient(t);
    const place = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
    await t.call(bookAppointment, { body: place }, { accessToken });
    expect(await found(t, admin, { kind, content })).toEqual(['2 from would_strand']);
  });
});

test('hours that are there already are left out, and a fee that differs is told', async () => {
  const { doctorId, licence, chamber, chamberId } = await aNewcomer(t);
  const content = `${headings}\n${licence},${chamber},Sat,17:00,20:00,15,,700\n`;
  await imported(t, admin, { kind, content });
  const again = `${content}${licence},${chamber},Sun,17:00,20:00,15,,700.00\n`;
  expect((await imported(t, admin, { kind, content: again })).counts).toMatchObject({ new: 1, same: 1 });
  expect(await hoursOf(t, admin, doctorId)).toHaveLength(2);
  expect(await feesOf(t, doctorId, chamberId)).toEqual(['new 15 700.00']);
  const dearer = `${headings}\n${licence},${chamber},Mon,17:00,20:00,15,,900\n${licence},${chamber},Tue,17:00,20:00,15,,650\n`;
  expect(await found(t, admin, { kind, content: dearer })).toEqual([
    '2 new_fee fee_differs',
    '3 new_fee fee_differs',
  ]);
});

test('a workbook’s times and dates are read', async () => {
  const { doctorId, licence, chamber } = await aNewcomer(t);
  const time = (hour: number) => new Date(Date.UTC(1899, 11, 31, hour, 30));
  const content = await writeXlsx({
    sheets: [
      {
        name: 'Hours',
        columns: [{ width: 10 }],
        rows: [
          ['Doctor', 'Chamber', 'Days', 'Start', 'End', 'Slot minutes', 'Valid from'],
          [licence, chamber, 'Friday', time(9), time(11), 10, new Date(Date.UTC(2026, 10, 20))],
        ],
      },
    ],
  });
  await imported(t, admin, { kind, content });
  expect(await hoursOf(t, admin, doctorId)).toMatchObject([
    { weekday: 5, from: '09:30', to: '11:30', validFrom: '2026-11-20' },
  ]);
});
