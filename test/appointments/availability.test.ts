import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { aChamber, aDoctor, aVisitType, aSignedInPatient, someHours } from '../harness/builders.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const ask = (id: number, query: { from: string; to: string; chamberId?: number; visitTypeId?: number }) =>
  t.call(getAvailability, { params: { id }, query });

/** Start times by date, such as `2026-11-02: 17:00 17:15`. */
async function starts(id: number, query: Parameters<typeof ask>[1]): Promise<string[]> {
  const { days } = await ask(id, query);
  return days.flatMap(({ date, sessions }) =>
    sessions.map(({ places }) => `${date}: ${places.map((place) => place.startsAt.slice(11, 16)).join(' ')}`),
  );
}

test('every asked day is answered, with the sessions that fall on it', async () => {
  const doctor = await aDoctor(t);
  const answer = await ask(doctor.doctorId, { from: '2026-11-01', to: '2026-11-03' });
  expect(answer).toEqual({
    timeZone: 'Asia/Dhaka',
    days: [
      { date: '2026-11-01', sessions: [] },
      {
        date: '2026-11-02',
        sessions: [
          {
            sessionKey: `${doctor.scheduleIds[0]}.2026-11-02`,
            chamberId: doctor.chamberId,
            mode: 'timed',
            startsAt: '2026-11-02T17:00:00+06:00',
            endsAt: '2026-11-02T18:00:00+06:00',
            places: ['00', '15', '30', '45'].map((minute, index) => ({
              startsAt: `2026-11-02T17:${minute}:00+06:00`,
              endsAt:
                ['2026-11-02T17:15', '2026-11-02T17:30', '2026-11-02T17:45', '2026-11-02T18:00'][index] +
                ':00+06:00',
            })),
            remaining: 4,
          },
        ],
      },
      { date: '2026-11-03', sessions: [] },
    ],
  });
});

test('serial sessions offer numbers with expected times', async () => {
  const { doctorId } = await aDoctor(t, {
    hours: [{ weekday: 2, from: '17:00', to: '18:00', slotMinutes: 10, capacity: 3 }],
  });
  const { days } = await ask(doctorId, { from: '2026-11-03', to: '2026-11-03' });
  expect(days[0]?.sessions[0]).toMatchObject({
    mode: 'serial',
    remaining: 3,
    places: [
      { serial: 1, startsAt: '2026-11-03T17:00:00+06:00' },
      { serial: 2, startsAt: '2026-11-03T17:10:00+06:00' },
      { serial: 3, startsAt: '2026-11-03T17:20:00+06:00' },
    ],
  });
});

test('a taken place is gone, with its buffers', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 2, from: '09:00', to: '10:30', bufferBeforeMinutes: 5, bufferAfterMinutes: 15 }],
  });
  const patient = await aSignedInPatient(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const day = { from: '2026-11-03', to: '2026-11-03' };
  expect(await starts(doctorId, day)).toEqual(['2026-11-03: 09:00 09:15 09:30 09:45 10:00 10:15']);
  await t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, startsAt: '2026-11-03T09:30:00+06:00' } },
    patient,
  );
  // 09:25 to 10:00 is the doctor’s: 09:00 would need until 09:30, 10:00 would need from 09:55.
  expect(await starts(doctorId, day)).toEqual(['2026-11-03: 10:15']);
});

test('places too near or past are not offered, sessions beyond the horizon are shown empty', async () => {
  const doctor = await aDoctor(t, {
    hours: [{ weekday: 1, from: '10:00', to: '11:00', noticeMinutes: 30, horizonDays: 7 }],
  });
  // It is 10:00.
  expect(await starts(doctor.doctorId, { from: '2026-11-02', to: '2026-11-16' })).toEqual([
    '2026-11-02: 10:30 10:45',
    '2026-11-09: 10:00 10:15 10:30 10:45',
    '2026-11-16: ',
  ]);
});

test('chamber and visit type narrow the answer', async () => {
  const doctor = await aDoctor(t);
  const elsewhere = await aChamber(t);
  const long = await aVisitType(t, {
    doctorId: doctor.doctorId,
    chamberId: doctor.chamberId,
    kind: 'follow_up',
    minutes: 30,
    fee: '300',
  });
  const there = await aVisitType(t, {
    doctorId: doctor.doctorId,
    chamberId: elsewhere,
    kind: 'new',
    minutes: 15,
    fee: '900',
  });
  await someHours(t, {
    doctorId: doctor.doctorId,
    chamberId: elsewhere,
    weekday: 1,
    from: '20:00',
    to: '20:30',
  });
  const monday = { from: '2026-11-02', to: '2026-11-02' };
  expect(await starts(doctor.doctorId, monday)).toEqual([
    '2026-11-02: 17:00 17:15 17:30 17:45',
    '2026-11-02: 20:00 20:15',
  ]);
  expect(await starts(doctor.doctorId, { ...monday, chamberId: elsewhere })).toEqual([
    '2026-11-02: 20:00 20:15',
  ]);
  expect(await starts(doctor.doctorId, { ...monday, visitTypeId: long.id })).toEqual([
    '2026-11-02: 17:00 17:15 17:30',
  ]);
  expect(await starts(doctor.doctorId, { ...monday, chamberId: doctor.chamberId + 1_000 })).toEqual([]);
  for (const query of [
    { ...monday, visitTypeId: there.id + 1_000 },
    { ...monday, visitTypeId: there.id, chamberId: doctor.chamberId },
    { ...monday, visitTypeId: (await aDoctor(t)).visitTypeId },
  ])
    expect(await refusedFields(ask(doctor.doctorId, query))).toEqual(['visitTypeId']);
});

test('a doctor with hours but no fee in a chamber has nothing to book there', async () => {
  const doctor = await aDoctor(t, { hours: [] });
  await someHours(t, { doctorId: doctor.doctorId, chamberId: await aChamber(t) });
  expect(await starts(doctor.doctorId, { from: '2026-11-02', to: '2026-11-08' })).toEqual([]);
});

test('a sitting past midnight belongs to the date it starts on', async () => {
  const doctor = await aDoctor(t, {
    minutes: 60,
    hours: [{ weekday: 6, from: '22:00', to: '02:00', slotMinutes: 60 }],
  });
  const { days } = await ask(doctor.doctorId, { from: '2026-11-07', to: '2026-11-08' });
  expect(days.map(({ date, sessions }) => [date, sessions.length])).toEqual([
    ['2026-11-07', 1],
    ['2026-11-08', 0],
  ]);
  expect(days[0]?.sessions[0]?.places.map((place) => place.startsAt)).toEqual([
    '2026-11-07T22:00:00+06:00',
    '2026-11-07T23:00:00+06:00',
    '2026-11-08T00:00:00+06:00',
    '2026-11-08T01:00:00+06:00',
  ]);
  const patient = await aSignedInPatient(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const booked = await t.call(
    bookAppointment,
    { body: { doctorId, chamberId, visitTypeId, startsAt: '2026-11-08T01:00:00+06:00' } },
    patient,
  );
  expect(booked.period).toEqual({ start: '2026-11-08T01:00:00+06:00', end: '2026-11-08T02:00:00+06:00' });
  const { date } = await t.db
    .selectFrom('sessions')
    .select('date')
    .where('doctor_id', '=', doctorId)
    .executeTakeFirstOrThrow();
  expect(date).toBe('2026-11-07');
  expect(await starts(doctorId, { from: '2026-11-07', to: '2026-11-07' })).toEqual([
    '2026-11-07: 22:00 23:00 00:00',
  ]);
});

test('the clock changes in London: the hour that is skipped, and the one that comes twice', async () => {
  const doctor = await aDoctor(t, {
    minutes: 30,
    chamber: { timeZone: 'Europe/London' },
    hours: [{ weekday: 7, from: '00:00', to: '03:00', slotMinutes: 30, horizonDays: 366 }],
  });
  const placesOn = async (date: string) => {
    const { timeZone, days } = await ask(doctor.doctorId, { from: date, to: date });
    expect(timeZone).toBe('Europe/London');
    return days[0]?.sessions[0]?.places.map((place) => place.startsAt.slice(11));
  };
  expect(await placesOn('2026-11-08')).toEqual([
    '00:00:00+00:00',
    '00:30:00+00:00',
    '01:00:00+00:00',
    '01:30:00+00:00',
    '02:00:00+00:00',
    '02:30:00+00:00',
  ]);
  // 28 March 2027: 01:00 to 02:00 does not exist.
  expect(await placesOn('2027-03-28')).toEqual([
    '00:00:00+00:00',
    '00:30:00+00:00',
    '02:00:00+01:00',
    '02:30:00+01:00',
  ]);
  t.clock.set('2026-10-01T09:00:00Z');
  // 25 October 2026: 01:00 to 02:00 comes twice, and the doctor sits through both.
  expect(await placesOn('2026-10-25')).toEqual([
    '00:00:00+01:00',
    '00:30:00+01:00',
    '01:00:00+01:00',
    '01:30:00+01:00',
    '01:00:00+00:00',
    '01:30:00+00:00',
    '02:00:00+00:00',
    '02:30:00+00:00',
  ]);
  t.clock.set(aMonday);
});

test('zones far from UTC keep their own calendar', async () => {
  const samoa = await aDoctor(t, {
    minutes: 60,
    chamber: { timeZone: 'Pacific/Apia' },
    hours: [{ weekday: 3, from: '00:00', to: '01:00', slotMinutes: 60 }],
  });
  const pago = await aDoctor(t, {
    minutes: 60,
    chamber: { timeZone: 'Pacific/Pago_Pago' },
    hours: [{ weekday: 3, from: '23:00', to: '00:00', slotMinutes: 60 }],
  });
  for (const [doctor, startsAt] of [
    [samoa, '2026-11-04T00:00:00+13:00'],
    [pago, '2026-11-04T23:00:00-11:00'],
  ] as const) {
    const { days } = await ask(doctor.doctorId, { from: '2026-11-04', to: '2026-11-04' });
    expect(days[0]?.sessions[0]?.places).toEqual([expect.objectContaining({ startsAt })]);
    const { doctorId, chamberId, visitTypeId } = doctor;
    const booked = await t.call(
      bookAppointment,
      { body: { doctorId, chamberId, visitTypeId, startsAt } },
      await aSignedInPatient(t),
    );
    expect(booked.period.start).toBe(startsAt);
    expect(await starts(doctorId, { from: '2026-11-04', to: '2026-11-04' })).toEqual(['2026-11-04: ']);
  }
});

test('dated hours replace the usual ones', async () => {
  const doctor = await aDoctor(t);
  await someHours(t, {
    doctorId: doctor.doctorId,
    chamberId: doctor.chamberId,
    weekday: 1,
    from: '09:00',
    to: '09:30',
    validFrom: '2026-11-09',
    validUntil: '2026-11-09',
  });
  expect(await starts(doctor.doctorId, { from: '2026-11-02', to: '2026-11-16' })).toEqual([
    '2026-11-02: 17:00 17:15 17:30 17:45',
    '2026-11-09: 09:00 09:15',
    '2026-11-16: 17:00 17:15 17:30 17:45',
  ]);
});

test('a doctor who cannot be booked is not there', async () => {
  const query = { from: '2026-11-02', to: '2026-11-02' };
  const pending = await aDoctor(t, { approval: 'pending' });
  const refusedDoctor = await aDoctor(t, { approval: 'refused' });
  const suspended = await aDoctor(t);
  await t.db.updateTable('users').set({ status: 'suspended' }).where('id', '=', suspended.doctorId).execute();
  const patient = await aSignedInPatient(t);
  const unknown = await refused(ask(2_000_000_000, query), 'not_found');
  for (const id of [pending.doctorId, refusedDoctor.doctorId, suspended.doctorId, patient.userId])
    expect(await refused(ask(id, query), 'not_found')).toEqual({ ...unknown, requestId: expect.any(String) });
});
