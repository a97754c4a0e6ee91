import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { explainPlace, getAvailability } from '../../src/contract/doctors.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { aHoliday, inAnotherChamber, someTimeOff, someTravel } from '../harness/calendar.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

async function book(
  { doctorId, chamberId, visitTypeId }: Doctor,
  when: { startsAt: string } | { sessionKey: string },
) {
  const patient = await aSignedInPatient(t);
  return t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, ...when } }, patient);
}

/** A fortnight with all there is, in two chambers half an hour apart; at each of them a visit type. */
async function aFullCalendar(): Promise<{ here: Doctor; there: Doctor }> {
  const here = await aDoctor(t, {
    minutes: 20,
    hours: [
      ...[1, 3, 5].map((weekday) => ({ weekday, from: '17:00', to: '19:00', bufferAfterMinutes: 5 })),
      { weekday: 2, from: '22:30', to: '01:00', slotMinutes: 10, capacity: 15 },
      { weekday: 7, from: '10:00', to: '12:00', slotMinutes: 30, horizonDays: 6, noticeMinutes: 1_440 },
    ],
  });
  const quotas = { online: 4, phone: 3, walkIn: 2 };
  const there = await inAnotherChamber(t, here, {
    hours: [
      ...[1, 3].map((weekday) => ({
        weekday,
        from: '19:00',
        to: '20:30',
        slotMinutes: 8,
        capacity: 13,
        quotas,
        quotaReleaseMinutes: weekday === 1 ? 660 : 120,
      })),
      { weekday: 4, from: '09:00', to: '10:00', slotMinutes: 20 },
    ],
  });
  await someTravel(t, here, 30);
  for (const time of ['17:30', '18:30']) await book(here, { startsAt: `2026-11-02T${time}:00+06:00` });
  await book(here, { startsAt: '2026-11-04T17:45:00+06:00' });
  for (let count = 0; count < 3; count++)
    await book(there, { sessionKey: `${there.scheduleIds[1]}.2026-11-04` });
  await book(there, { sessionKey: `${there.scheduleIds[0]}.2026-11-09` });
  await book(there, { startsAt: '2026-11-05T09:20:00+06:00' });
  await someTimeOff(t, { doctorId: here.doctorId, from: '2026-11-06T17:30', until: '2026-11-06T18:10' });
  await someTimeOff(t, { ...there, from: '2026-11-12' });
  await aHoliday(t, { from: '2026-11-11', chamberId: there.chamberId });
  await aHoliday(t, { from: '2026-11-11', chamberId: here.chamberId, tentative: true });
  await aHoliday(t, { from: '2026-11-03', chamberId: here.chamberId });
  return { here, there };
}

/** What availability says: the starts at clock times, and the times of serials. */
async function offeredIn({ doctorId, visitTypeId }: Doctor): Promise<(instant: number) => boolean> {
  const { days } = await t.call(getAvailability, {
    params: { id: doctorId },
    query: { from: '2026-11-02', to: '2026-11-15', visitTypeId },
  });
  const places = days.flatMap(({ sessions }) => sessions.flatMap((session) => session.places));
  const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
  const timed = places.filter(({ serial }) => serial === undefined).map(({ startsAt }) => instant(startsAt));
  const starts = new Set(timed);
  const serials = places.filter(({ serial }) => serial !== undefined);
  const times = serials.map(({ startsAt, endsAt }) => [instant(startsAt), instant(endsAt)] as const);
  return (at) => starts.has(at) || times.some(([from, until]) => from <= at && at < until);
}

const fiveMinutes = 5 * 60_000;

test('agrees with availability on every fifth minute of a fortnight', async () => {
  const { here, there } = await aFullCalendar();
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  const first = Temporal.Instant.from('2026-11-01T18:00:00Z').epochMilliseconds;
  const moments = Array.from({ length: 14 * 24 * 12 }, (_, index) => first + index * fiveMinutes);
  const seen = new Set<string>();
  let free = 0;
  for (const doctor of [here, there]) {
    const isOffered = await offeredIn(doctor);
    const disagree: string[] = [];
    const ask = async (moment: number) => {
      const at = Temporal.Instant.fromEpochMilliseconds(moment).toString();
      const query = { at, visitTypeId: doctor.visitTypeId, channel: 'online' as const };
      const answer = await t.call(explainPlace, { params: { id: doctor.doctorId }, query }, admin);
      for (const reason of answer.reasons) seen.add(reason);
      if (answer.free) free += 1;
      if (answer.free !== isOffered(moment) || answer.free !== (answer.reasons.length === 0))
        disagree.push(at);
    };
    const left = moments.values();
    const askNext = async () => {
      for (const moment of left) await ask(moment);
    };
    await Promise.all(Array.from({ length: 8 }, askNext));
    expect(disagree).toEqual([]);
  }
  // A calendar without one of these would let the comparison pass on nothing.
  expect([...seen].toSorted()).toEqual(
    ['holiday', 'outside_hours', 'quota_used', 'taken', 'time_off', 'too_far', 'too_soon'].toSorted(),
  );
  expect(free).toBeGreaterThan(60);
});
