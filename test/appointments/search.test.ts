import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { patchUser } from '../../src/contract/admin.ts';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { getDoctor, searchDoctors } from '../../src/contract/doctors.ts';
import { createSchedule, endSchedule } from '../../src/contract/schedules.ts';
import type { RouteAnswer, RouteInput } from '../../src/contract/route.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { within } from '../harness/lived-time.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;
let nusrat: Doctor;
let rafiq: Doctor;
let shirin: Doctor;

beforeAll(async () => {
  t = await startApp();
  nusrat = await aDoctor(t, {
    fullName: 'Nusrat Jahan',
    nameBn: 'নুসরাত জাহান \u09b0\u09be\u09df', // with the composed letter য়
    gender: 'female',
    specializations: [3],
    fee: '1200',
    hours: [{ weekday: 1 }],
  });
  rafiq = await aDoctor(t, {
    fullName: 'Rafiqul Islam',
    nameBn: 'রফিকুল ইসলাম',
    gender: 'male',
    specializations: [3, 1],
    fee: '700',
    chamber: { name: 'Khulna Heart Point', division: 'Khulna', district: 'Khulna', thana: 'Dumuria' },
    hours: [{ weekday: 3 }],
  });
  shirin = await aDoctor(t, {
    fullName: 'Shirin Sultana',
    gender: 'female',
    specializations: [5],
    fee: '1000.50',
    hours: [{ weekday: 2, capacity: 20 }],
  });
  await aDoctor(t, { fullName: 'Unknown Waiting', approval: 'pending' });
  await jobsDone(t);
});
afterAll(() => t.close());

type Query = RouteInput<typeof searchDoctors>['query'];

const search = async (query: Query = {}) => (await t.call(searchDoctors, { query })).items;
const names = async (query: Query = {}) => (await search(query)).map((item) => item.fullName);
const nextOf = async (doctor: Doctor) =>
  (await t.call(getDoctor, { params: { id: doctor.doctorId } })).doctor.nextAvailable;

test('everybody who can be booked, soonest first', async () => {
  expect(await names()).toEqual(['Nusrat Jahan', 'Shirin Sultana', 'Rafiqul Islam']);
  expect((await search())[0]).toEqual({
    id: nusrat.doctorId,
    slug: 'nusrat-jahan',
    fullName: 'Nusrat Jahan',
    nameBn: expect.stringContaining('নুসরাত জাহান'),
    gender: 'female',
    qualifications: null,
    photo: null,
    specializations: [expect.objectContaining({ id: 3, code: 'cardiology' })],
    experienceYears: 12,
    fee: { amount: '1200.00', currency: 'BDT' },
    place: { division: 'Dhaka', district: 'Dhaka', thana: 'Dhanmondi' },
    nextAvailable: '2026-11-02T17:00:00+06:00',
  });
});

test.each([
  ['nusrat', 'Nusrat Jahan'],
  ['NUSRAT', 'Nusrat Jahan'],
  ['  jahan   nusrat ', 'Nusrat Jahan'],
  ['Dr. Nusrat', 'Nusrat Jahan'],
  ['usra', 'Nusrat Jahan'],
  ['নুসরাত', 'Nusrat Jahan'],
  ['ডাঃ নুসরাত', 'Nusrat Jahan'],
  ['রফিকুল', 'Rafiqul Islam'],
  ['khulna heart', 'Rafiqul Islam'],
  ['গাইনি', 'Shirin Sultana'],
  ['pregnancy', 'Shirin Sultana'],
  ['nushrat', 'Nusrat Jahan'],
  ['rafikul', 'Rafiqul Islam'],
  ['sultna', 'Shirin Sultana'],
])('%s finds %s', async (q, name) => {
  expect(await names({ q })).toEqual([name]);
});

test('a Bangla letter is the same however it is typed', async () => {
  const composed = '\u09b0\u09be\u09df';
  const decomposed = '\u09b0\u09be\u09af\u09bc';
  expect(composed).not.toBe(decomposed);
  expect(await names({ q: `জাহান ${composed}` })).toEqual(['Nusrat Jahan']);
  expect(await names({ q: `জাহান ${decomposed}` })).toEqual(['Nusrat Jahan']);
});

test('words that nobody has find nobody, and signs of patterns are only signs', async () => {
  for (const q of ['zzzzqqqq', '%', '_', '\\', "'; drop table users; --", 'nusrat zzzzqqqq'])
    expect(await names({ q }), q).toEqual([]);
  expect(await names({ q: 'dr' })).toHaveLength(3);
  expect(await names({ q: '' })).toHaveLength(3);
});

test('filters', async () => {
  expect(await names({ specialization: 'cardiology' })).toEqual(['Nusrat Jahan', 'Rafiqul Islam']);
  expect(await names({ specialization: 'cardiology', gender: 'male' })).toEqual(['Rafiqul Islam']);
  expect(await names({ specialization: 'no-such' })).toEqual([]);
  expect(await names({ gender: 'female' })).toEqual(['Nusrat Jahan', 'Shirin Sultana']);
  expect(await names({ division: 'Khulna' })).toEqual(['Rafiqul Islam']);
  expect(await names({ division: 'Khulna', district: 'Khulna', thana: 'Dumuria' })).toEqual([
    'Rafiqul Islam',
  ]);
  expect(await names({ division: 'Dhaka', district: 'Khulna' })).toEqual([]);
  expect(await names({ thana: 'Dhanmondi', q: 'nusrat' })).toEqual(['Nusrat Jahan']);
  expect(await names({ maxFee: '1000.50' })).toEqual(['Shirin Sultana', 'Rafiqul Islam']);
  expect(await names({ maxFee: '1000.49' })).toEqual(['Rafiqul Islam']);
  expect(await names({ availableBefore: '2026-11-03T00:00:00+06:00' })).toEqual(['Nusrat Jahan']);
  expect(await names({ availableBefore: '2026-11-02T17:00:00+06:00' })).toEqual([]);
  expect(await names({ sort: 'fee' })).toEqual(['Rafiqul Islam', 'Shirin Sultana', 'Nusrat Jahan']);
});

test.each(['soonest', 'fee'] as const)(
  'pages by %s have no gap and no repeat, those without a free place last',
  async (sort) => {
    const extra = [];
    for (let count = 0; count < 5; count++)
      extra.push(
        await aDoctor(t, { fee: '900', hours: count < 2 ? [] : [{ weekday: 4 }], specializations: [7] }),
      );
    await jobsDone(t);
    const all = (await search({ sort, limit: 100 })).map((item) => item.id);
    expect(all).toHaveLength(new Set(all).size);
    for (const limit of [1, 2, 3, 7]) {
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const page: RouteAnswer<typeof searchDoctors> = await t.call(searchDoctors, {
          query: { sort, limit, ...(cursor ? { cursor } : {}) },
        });
        seen.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen, `pages of ${limit}`).toEqual(all);
    }
    if (sort === 'soonest') expect(all.slice(-2)).toEqual(extra.slice(0, 2).map(({ doctorId }) => doctorId));
    await t.db
      .updateTable('users')
      .set({ status: 'inactive' })
      .where(
        'id',
        'in',
        extra.map(({ doctorId }) => doctorId),
      )
      .execute();
    await t.db
      .deleteFrom('doctor_search')
      .where(
        'doctor_id',
        'in',
        extra.map(({ doctorId }) => doctorId),
      )
      .execute();
  },
);

test('a booking and a cancellation move the next free place within three seconds', async () => {
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '17:15' }] });
  await jobsDone(t);
  const patient = await aSignedInPatient(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const stored = async () =>
    (
      await t.db
        .selectFrom('doctor_search')
        .select('next_available')
        .where('doctor_id', '=', doctorId)
        .executeTakeFirst()
    )?.next_available?.toString();
  const moved = (to: string) =>
    vi.waitFor(async () => expect(await stored()).toBe(to), { timeout: 60_000, interval: 20 });
  expect(await stored()).toBe('2026-11-02T11:00:00Z');
  const body = { doctorId, chamberId, visitTypeId, startsAt: '2026-11-02T17:00:00+06:00' };
  const { id } = await t.call(bookAppointment, { body }, patient);
  expect(await within(t, moved('2026-11-09T11:00:00Z'), 3_000)).not.toBe('still waiting');
  expect(await nextOf(doctor)).toBe('2026-11-09T17:00:00+06:00');
  await t.call(cancelAppointment, { params: { id }, body: {} }, patient);
  expect(await within(t, moved('2026-11-02T11:00:00Z'), 3_000)).not.toBe('still waiting');
});

test('new and ended hours move it too', async () => {
  const doctor = await aDoctor(t, { hours: [] });
  await jobsDone(t);
  expect(await nextOf(doctor)).toBe(null);
  const by = { accessToken: await signedIn(t, { userId: doctor.doctorId }) };
  const body = {
    chamberId: doctor.chamberId,
    weekday: 6,
    from: '08:00',
    to: '09:00',
    mode: 'timed' as const,
    slotMinutes: 15,
  };
  const { schedule } = await t.call(createSchedule, { params: { id: doctor.doctorId }, body }, by);
  await expect.poll(() => nextOf(doctor)).toBe('2026-11-07T08:00:00+06:00');
  await t.call(endSchedule, { params: { id: doctor.doctorId, scheduleId: schedule.id } }, by);
  await expect.poll(() => nextOf(doctor)).toBe(null);
});

test('what time alone has closed is not shown: rows are refreshed when read', async () => {
  const doctor = await aDoctor(t, { fullName: 'Kamrul Hasan', hours: [{ from: '17:00', to: '17:30' }] });
  await jobsDone(t);
  expect(await nextOf(doctor)).toBe('2026-11-02T17:00:00+06:00');
  // With half an hour's notice 17:00 closes after 16:30.
  t.clock.set('2026-11-02T16:30:01+06:00');
  expect((await search({ q: 'kamrul' }))[0]?.nextAvailable).toBe('2026-11-02T17:15:00+06:00');
  t.clock.set('2026-11-02T16:45:01+06:00');
  expect(await nextOf(doctor)).toBe('2026-11-09T17:00:00+06:00');
  t.clock.set(aMonday);
});

test('a doctor whose place has passed the wanted time is not shown as available before it', async () => {
  const doctor = await aDoctor(t, { fullName: 'Jamal Bhuiyan', hours: [{ from: '17:00', to: '17:15' }] });
  await jobsDone(t);
  const before = '2026-11-02T20:00:00+06:00';
  expect(await names({ q: 'jamal', availableBefore: before })).toEqual(['Jamal Bhuiyan']);
  t.clock.set('2026-11-02T16:31:00+06:00');
  expect(await names({ q: 'jamal', availableBefore: before })).toEqual([]);
  t.clock.set(aMonday);
  expect(doctor.slug).toBe('jamal-bhuiyan');
});

test('a suspended doctor vanishes and comes back', async () => {
  const doctor = await aDoctor(t, { fullName: 'Tahmina Haque' });
  await jobsDone(t);
  const admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  const set = (status: 'active' | 'suspended') =>
    t.call(patchUser, { params: { id: doctor.doctorId }, body: { status } }, admin);
  expect(await names({ q: 'tahmina' })).toEqual(['Tahmina Haque']);
  await set('suspended');
  await expect.poll(() => names({ q: 'tahmina' })).toEqual([]);
  await refused(t.call(getDoctor, { params: { id: 'tahmina-haque' } }), 'not_found');
  await set('active');
  await expect.poll(() => names({ q: 'tahmina' })).toEqual(['Tahmina Haque']);
});

test('a profile has chambers with their hours and fees, by id and by slug', async () => {
  const { doctor } = await t.call(getDoctor, { params: { id: 'rafiqul-islam' } });
  expect(doctor).toEqual((await t.call(getDoctor, { params: { id: rafiq.doctorId } })).doctor);
  expect(doctor.chambers).toEqual([
    expect.objectContaining({
      id: rafiq.chamberId,
      name: 'Khulna Heart Point',
      timeZone: 'Asia/Dhaka',
      visitTypes: [
        {
          id: rafiq.visitTypeId,
          kind: 'new',
          minutes: 15,
          fee: { amount: '700.00', currency: 'BDT' },
          windowDays: null,
        },
      ],
      hours: [{ weekday: 3, from: '17:00', to: '18:00', mode: 'timed' }],
    }),
  ]);
  expect(Object.keys(doctor)).not.toContain('licenseNumber');
  expect(
    (await t.call(getDoctor, { params: { id: shirin.doctorId } })).doctor.chambers[0]?.hours[0]?.mode,
  ).toBe('serial');
});

test('a row from before it had a card is refreshed as it is read', async () => {
  const doctor = await aDoctor(t, { fullName: 'Nilufar Yasmin' });
  await jobsDone(t);
  await t.db
    .updateTable('doctor_search')
    .set({ card: null })
    .where('doctor_id', '=', doctor.doctorId)
    .execute();
  const { items } = await t.call(searchDoctors, { query: { q: 'Nilufar' } });
  expect(items).toMatchObject([
    { id: doctor.doctorId, fullName: 'Nilufar Yasmin', place: { district: 'Dhaka' } },
  ]);
  expect((await t.call(getDoctor, { params: { id: doctor.doctorId } })).doctor.slug).toBe(doctor.slug);
});
