import { expect, test } from 'vitest';
import { placeOf, questionOf, readAsked } from './question.ts';

const place = {
  nameBn: null,
  address: 'Road 1',
  addressBn: null,
  phone: null,
  division: 'Dhaka',
  district: 'Dhaka',
  thana: null,
};
const fee = { amount: '800.00', currency: 'BDT' };
const chambers = [
  {
    ...place,
    id: 3,
    name: 'Dhanmondi',
    timeZone: 'Asia/Dhaka',
    visitTypes: [
      { id: 5, kind: 'report' as const, minutes: 5, fee, windowDays: 30 },
      { id: 6, kind: 'new' as const, minutes: 15, fee, windowDays: null },
    ],
  },
  {
    ...place,
    id: 4,
    name: 'London',
    timeZone: 'Europe/London',
    visitTypes: [{ id: 7, kind: 'new' as const, minutes: 20, fee, windowDays: null }],
  },
];
const asked = (query: Record<string, string>) => readAsked(query, { chambers });

test('the address says the whole question, at the clocks of the chamber', () => {
  const question = questionOf(asked({ date: '2026-07-25', time: '17:30', visitType: '7', channel: 'phone' }));
  expect(question && placeOf(question)).toEqual({
    at: '2026-07-25T17:30:00+01:00',
    visitTypeId: 7,
    channel: 'phone',
  });
});

test('without a visit type the new visit of the first chamber is meant, online', () => {
  const found = asked({ date: '2026-11-25', time: '17:30' });
  expect([found.visitType?.type.id, found.channel, found.wrong]).toEqual([6, 'online', false]);
});

test('what makes no sense is left out and told', () => {
  const right = { date: '2026-11-25', time: '17:30', visitType: '6', channel: 'online' };
  for (const wrong of [
    { date: '2026-02-30' },
    { date: '0026-02-03' },
    { time: '25:00' },
    { visitType: '99' },
    { channel: 'fax' },
  ])
    expect(asked({ ...right, ...wrong }).wrong, JSON.stringify(wrong)).toBe(true);
  expect(questionOf(asked({ ...right, date: '2026-02-30' }))).toBeNull();
  expect(questionOf(asked({ ...right, visitType: '99' }))?.type.id).toBe(6);
  expect(asked(right).wrong).toBe(false);
});

test('nothing is asked of a doctor without fees', () => {
  expect(questionOf(readAsked({ date: '2026-11-25', time: '17:30' }, { chambers: [] }))).toBeNull();
});
