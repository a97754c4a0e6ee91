import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { getAvailability, getDoctor } from '../../src/contract/doctors.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient, type Doctor } from '../harness/builders.ts';
import { aHoliday, endClosure, inAnotherChamber, otherHours, someTimeOff } from '../harness/calendar.ts';
import { jobsDone } from '../harness/jobs.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

/** Places by date, such as `2026-11-02: 17:00 17:15` or `2026-11-02: #1 #2`. */
async function placesOf(
  { doctorId, chamberId }: Doctor,
  query: { from: string; to: string } = { from: '2026-11-02', to: '2026-11-02' },
): Promise<string[]> {
  const { days } = await t.call(getAvailability, {
    params: { id: doctorId },
    query: { ...query, chamberId },
  });
  return days.flatMap(({ date, sessions }) =>
    sessions.map(({ places }) =>
      [
        `${date}:`,
        ...places.map(({ serial, startsAt }) => (serial ? `#${serial}` : startsAt.slice(11, 16))),
      ].join(' '),
    ),
  );
}

async function book(
  { doctorId, chamberId, visitTypeId }: Doctor,
  when: { startsAt: string } | { sessionKey: string },
) {
  const patient = await aSignedInPatient(t);
  return t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, ...when } }, patient);
}

const at = (time: string) => ({ startsAt: `2026-11-02T${time}:00+06:00` });
const mondays = { from: '2026-11-02', to: '2026-11-09' };
const open = '17:00 17:15 17:30 17:45';

test('time off takes a day’s places, and a booking there is refused with the reason', async () => {
  const doctor = await aDoctor(t);
  const other = await aDoctor(t);
  await someTimeOff(t, { ...doctor, from: '2026-11-01', until: '2026-11-02' });
  expect(await placesOf(doctor, mondays)).toEqual(['2026-11-02:', `2026-11-09: ${open}`]);
  expect(await placesOf(other)).toEqual([`2026-11-02: ${open}`]);
  await refused(book(doctor, at('17:00')), 'time_off');
  await book(doctor, { startsAt: '2026-11-09T17:00:00+06:00' });
});

test('time off of some minutes takes what overlaps it, to the minute', async () => {
  const doctor = await aDoctor(t);
  await someTimeOff(t, { ...doctor, from: '2026-11-02T17:10', until: '2026-11-02T17:45' });
  expect(await placesOf(doctor)).toEqual(['2026-11-02: 17:45']);
  await refused(book(doctor, at('17:00')), 'time_off');
  await refused(book(doctor, at('17:30')), 'time_off');
  await book(doctor, at('17:45'));
});

test('time off in one chamber leaves the others open', async () => {
  const here = await aDoctor(t);
  const there = await inAnotherChamber(t, here, { hours: [{ from: '19:00', to: '20:00' }] });
  await someTimeOff(t, { ...there, from: '2026-11-02' });
  expect(await placesOf(here)).toEqual([`2026-11-02: ${open}`]);
  expect(await placesOf(there)).toEqual(['2026-11-02:']);
  await book(here, at('17:00'));
  await refused(book(there, at('19:00')), 'time_off');
});

test('a holiday closes every doctor, or the doctors of one chamber, until it is taken back', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const onSixteenth = { from: '2026-11-16', to: '2026-11-16' };
  const everywhere = await aHoliday(t, { from: '2026-11-16' });
  expect(await placesOf(doctor, onSixteenth)).toEqual(['2026-11-16:']);
  await refused(book(other, { startsAt: '2026-11-16T17:00:00+06:00' }), 'holiday');
  await endClosure(t, everywhere);
  await aHoliday(t, { from: '2026-11-16', chamberId: doctor.chamberId });
  expect(await placesOf(doctor, onSixteenth)).toEqual(['2026-11-16:']);
  expect(await placesOf(other, onSixteenth)).toEqual([`2026-11-16: ${open}`]);
  await refused(book(doctor, { startsAt: '2026-11-16T17:00:00+06:00' }), 'holiday');
  await book(other, { startsAt: '2026-11-16T17:00:00+06:00' });
});

test('a tentative holiday closes online booking', async () => {
  const doctor = await aDoctor(t);
  await aHoliday(t, { from: '2026-11-02', chamberId: doctor.chamberId, tentative: true });
  expect(await placesOf(doctor)).toEqual(['2026-11-02:']);
  await refused(book(doctor, at('17:00')), 'holiday');
});

test('of a serial session the serials of the closed time are gone, and the next one is given', async () => {
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '18:00', slotMinutes: 10, capacity: 6 }] });
  const key = (date: string) => ({ sessionKey: `${doctor.scheduleIds[0]}.${date}` });
  await someTimeOff(t, { ...doctor, from: '2026-11-02T17:00', until: '2026-11-02T17:15' });
  await someTimeOff(t, { ...doctor, from: '2026-11-09' });
  expect(await placesOf(doctor, mondays)).toEqual(['2026-11-02: #3 #4 #5 #6', '2026-11-09:']);
  expect(await book(doctor, key('2026-11-02'))).toMatchObject({
    serial: 3,
    period: { start: '2026-11-02T17:20:00+06:00' },
  });
  await refused(book(doctor, key('2026-11-09')), 'time_off');
});

test('a session past midnight loses what falls on the closed date, whichever of its two', async () => {
  const hours = [{ from: '23:30', to: '00:30' }];
  const [eve, morrow] = [await aDoctor(t, { hours }), await aDoctor(t, { hours })];
  await someTimeOff(t, { ...eve, from: '2026-11-02' });
  await someTimeOff(t, { ...morrow, from: '2026-11-03' });
  expect(await placesOf(eve)).toEqual(['2026-11-02: 00:00 00:15']);
  expect(await placesOf(morrow)).toEqual(['2026-11-02: 23:30 23:45']);
  await refused(book(eve, at('23:45')), 'time_off');
  await book(eve, { startsAt: '2026-11-03T00:00:00+06:00' });
  await refused(book(morrow, { startsAt: '2026-11-03T00:00:00+06:00' }), 'time_off');
});

test.each([
  ['Pacific/Kiritimati', '+14:00'],
  ['Pacific/Pago_Pago', '-11:00'],
])('a date is each chamber’s own, from midnight to midnight in %s', async (timeZone, offset) => {
  const inDhaka = await aDoctor(t, { hours: [] });
  const hours = [{ weekday: 3, from: '00:00', to: '23:59', slotMinutes: 60 }];
  const far = await inAnotherChamber(t, inDhaka, { hours, timeZone });
  await someTimeOff(t, { ...far, from: '2026-11-10', until: '2026-11-10' });
  await someTimeOff(t, { ...far, from: '2026-11-12', until: '2026-11-12' });
  const day = { from: '2026-11-11', to: '2026-11-11' };
  expect((await placesOf(far, day))[0]?.split(' ')).toHaveLength(25);
  const closing = await someTimeOff(t, { doctorId: far.doctorId, from: '2026-11-11' });
  expect(await placesOf(far, day)).toEqual(['2026-11-11:']);
  for (const time of ['00:00', '23:00'])
    await refused(book(far, { startsAt: `2026-11-11T${time}:00${offset}` }), 'time_off');
  await endClosure(t, closing);
  for (const time of ['00:00', '23:00']) await book(far, { startsAt: `2026-11-11T${time}:00${offset}` });
});

test('the places offered instead of a taken one are open', async () => {
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '17:15' }] });
  await book(doctor, at('17:00'));
  await someTimeOff(t, { ...doctor, from: '2026-11-09' });
  const { alternatives } = await refused(book(doctor, at('17:00')), 'slot_taken');
  expect(alternatives?.map(({ startsAt }) => startsAt)).toEqual([]);
  const later = await aDoctor(t, { hours: [{ from: '17:00', to: '17:15' }, { weekday: 4 }] });
  await book(later, at('17:00'));
  await someTimeOff(t, { ...later, from: '2026-11-05T00:00', until: '2026-11-05T17:30' });
  await someTimeOff(t, { ...later, from: '2026-11-09' });
  const offered = (await refused(book(later, at('17:00')), 'slot_taken')).alternatives ?? [];
  expect(offered.map(({ startsAt }) => startsAt)).toEqual([
    '2026-11-05T17:30:00+06:00',
    '2026-11-05T17:45:00+06:00',
    '2026-11-12T17:00:00+06:00',
  ]);
  for (const { startsAt } of offered) await book(later, { startsAt });
});

test('search tells the first place that is open', async () => {
  const doctor = await aDoctor(t);
  await someTimeOff(t, { ...doctor, from: '2026-11-02' });
  await aHoliday(t, { from: '2026-11-09T00:00', until: '2026-11-09T17:20', chamberId: doctor.chamberId });
  await jobsDone(t);
  await t.deps.pool.query(`update doctor_search set fresh_until = '2026-11-01' where doctor_id = $1`, [
    doctor.doctorId,
  ]);
  const { doctor: profile } = await t.call(getDoctor, { params: { id: doctor.doctorId } });
  expect(profile.nextAvailable).toBe('2026-11-09T17:30:00+06:00');
});

test('other hours on a date replace that day’s, and are not among the hours of the week', async () => {
  const doctor = await aDoctor(t);
  await otherHours(t, { ...doctor, date: '2026-11-02', from: '20:00', to: '20:30' });
  expect(await placesOf(doctor, mondays)).toEqual(['2026-11-02: 20:00 20:15', `2026-11-09: ${open}`]);
  await refused(book(doctor, at('17:00')), 'outside_hours');
  await book(doctor, at('20:00'));
  await jobsDone(t);
  const { doctor: profile } = await t.call(getDoctor, { params: { id: doctor.doctorId } });
  expect(profile.chambers[0]?.hours).toEqual([{ weekday: 1, from: '17:00', to: '18:00', mode: 'timed' }]);
});
