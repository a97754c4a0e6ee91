import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { createChamber, endChamber, listChambers, patchChamber } from '../../src/contract/chambers.ts';
import { getDoctor, searchDoctors } from '../../src/contract/doctors.ts';
import type { RouteAnswer, RouteInput } from '../../src/contract/route.ts';
import { createSchedule, createVisitType, endSchedule } from '../../src/contract/schedules.ts';
import { aMonday, startApp, type TestApp } from '../harness/app.ts';
import { aChamber, aDoctor, anAdmin, aSignedInPatient, signedIn, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { lockWaits } from '../harness/lock-waits.ts';
import { refused, refusedFields } from '../harness/refusals.ts';

let t: TestApp;
let admin: { accessToken: string };

beforeAll(async () => {
  t = await startApp();
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
});
afterAll(() => t.close());

const as = async ({ doctorId }: Doctor) => ({ accessToken: await signedIn(t, { userId: doctorId }) });
type By = { accessToken: string };

type ChamberBody = RouteInput<typeof createChamber>['body'];
const greenRoad: ChamberBody = {
  name: 'Green Road Clinic',
  nameBn: 'গ্রীন রোড ক্লিনিক',
  address: 'House 12, Green Road',
  phone: '০১৭১২-৩৪৫৬৭৮',
  division: 'Dhaka',
  district: 'Dhaka',
  thana: 'Dhanmondi',
};

const create = async (more: Partial<ChamberBody> = {}, by: By = admin) =>
  (await t.call(createChamber, { body: { ...greenRoad, ...more } }, by)).chamber;
const patch = async (id: number, body: RouteInput<typeof patchChamber>['body'], by: By = admin) =>
  (await t.call(patchChamber, { params: { id }, body }, by)).chamber;
const end = (id: number, by: By = admin) => t.call(endChamber, { params: { id } }, by);
const list = async (query: RouteInput<typeof listChambers>['query'], by: By = admin) =>
  (await t.call(listChambers, { query }, by)).items;
const names = async (q: string) => (await list({ q })).map((chamber) => chamber.name);

const addHours = ({ doctorId, chamberId }: Pick<Doctor, 'doctorId' | 'chamberId'>, by: By = admin) =>
  t.call(
    createSchedule,
    {
      params: { id: doctorId },
      body: { chamberId, weekday: 5, from: '17:00', to: '18:00', mode: 'timed', slotMinutes: 15 },
    },
    by,
  );
const endAllHours = async ({ doctorId, scheduleIds }: Doctor) => {
  for (const scheduleId of scheduleIds)
    await t.call(endSchedule, { params: { id: doctorId, scheduleId }, query: { stranded: 'keep' } }, admin);
};

test('a chamber is added by an admin or a doctor and then listed', async () => {
  const chamber = await create();
  expect(chamber).toEqual({
    id: expect.any(Number),
    name: 'Green Road Clinic',
    nameBn: 'গ্রীন রোড ক্লিনিক',
    address: 'House 12, Green Road',
    addressBn: null,
    phone: '+8801712345678',
    division: 'Dhaka',
    district: 'Dhaka',
    thana: 'Dhanmondi',
    timeZone: 'Asia/Dhaka',
  });
  const doctor = await aDoctor(t);
  const khulna = { name: 'Rupsha Chamber', address: 'KDA Avenue', division: 'Khulna', district: 'Khulna' };
  const second = await t.call(createChamber, { body: khulna }, await as(doctor));
  expect(second.chamber.thana).toBe(null);
  expect(await list({ district: 'Khulna' }, await aSignedInPatient(t))).toEqual([
    { ...second.chamber, mayEdit: false },
  ]);
});

test('a chamber stands in a place that exists and in a zone that exists', async () => {
  const { id } = await create();
  for (const place of [
    { division: 'Dhaka', district: 'Khulna', thana: 'Dhanmondi' },
    { division: 'Nowhere', district: 'Dhaka', thana: 'Dhanmondi' },
    { division: 'Dhaka', district: 'Dhaka', thana: 'Nowhere' },
    { division: 'Dhaka', district: 'Nowhere' },
  ]) {
    expect(await refusedFields(create(place))).toEqual(['thana']);
    expect(await refusedFields(patch(id, place))).toEqual(['thana']);
  }
  for (const timeZone of ['Mars/Olympus', '+06:00', 'asia/dhaka', '']) {
    expect(await refusedFields(create({ timeZone }))).toEqual(['timeZone']);
    expect(await refusedFields(patch(id, { timeZone }))).toEqual(['timeZone']);
  }
  for (const [field, value] of [
    ['name', ' '],
    ['name', 'a\nb'],
    ['address', 'x'.repeat(201)],
    ['phone', '12345'],
  ] as const) {
    expect(await refusedFields(create({ [field]: value }))).toEqual([field]);
    expect(await refusedFields(patch(id, { [field]: value }))).toEqual([field]);
  }
});

test('pages of chambers have no gap and no repeat', async () => {
  for (let count = 0; count < 7; count++)
    await aChamber(t, { division: 'Sylhet', district: 'Sylhet', thana: 'Beanibazar' });
  const seen: number[] = [];
  let cursor: string | null = null;
  do {
    const query = { district: 'Sylhet', limit: 3, ...(cursor ? { cursor } : {}) };
    const page: RouteAnswer<typeof listChambers> = await t.call(listChambers, { query }, admin);
    seen.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(7);
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
});

test('letters find a chamber in either script, however the letters are spelt', async () => {
  // The last letter of আয়না as one code point and, in the question, as two.
  await create({ name: 'Aina 100% Clinic', nameBn: 'আ\u09DFনা ক্লিনিক' });
  const { id } = await create({ name: 'Bondhon Clinic' });
  expect(await names('aina')).toEqual(['Aina 100% Clinic']);
  expect(await names('INA 100')).toEqual(['Aina 100% Clinic']);
  expect(await names('আ\u09AF\u09BCনা')).toEqual(['Aina 100% Clinic']);
  expect(await names('%')).toEqual(['Aina 100% Clinic']);
  expect(await names('_')).toEqual([]);
  expect((await list({ q: 'bondhon', district: 'Dhaka' })).map((chamber) => chamber.id)).toEqual([id]);
  expect(await list({ q: 'bondhon', district: 'Khulna' })).toEqual([]);
});

test('an admin changes every chamber, a doctor those they added', async () => {
  const [doctor, other] = [await aDoctor(t), await aDoctor(t)];
  const [by, stranger] = [await as(doctor), await as(other)];
  const chamber = await create({ name: 'Meghna House' }, by);
  const mayEdit = async (who: By) => (await list({ q: 'meghna house' }, who)).map((item) => item.mayEdit);
  expect(await mayEdit(by)).toEqual([true]);
  expect(await mayEdit(admin)).toEqual([true]);
  expect(await mayEdit(stranger)).toEqual([false]);
  await refused(patch(chamber.id, { phone: null }, stranger), 'not_allowed');
  await refused(end(chamber.id, stranger), 'not_allowed');
  // Of the installation's own, nobody has added them.
  await refused(patch(doctor.chamberId, { phone: null }, by), 'not_allowed');
  await refused(patch(chamber.id, { phone: null }, await aSignedInPatient(t)), 'not_allowed');
  expect((await patch(chamber.id, { phone: null }, by)).phone).toBe(null);
  await t.db
    .updateTable('doctors')
    .set({ approval: 'refused' })
    .where('user_id', '=', doctor.doctorId)
    .execute();
  await refused(patch(chamber.id, { name: 'Anything' }, by), 'not_allowed');
  await end(chamber.id, admin);
  await refused(patch(2_000_000_000, {}, stranger), 'not_found');
  await refused(end(2_000_000_000, stranger), 'not_found');
});

test('what is sent changes, what is left out stays', async () => {
  const chamber = await create({ addressBn: 'বাড়ি ১২' });
  expect(await patch(chamber.id, {})).toEqual(chamber);
  expect(await patch(chamber.id, { name: 'Green Road Centre', nameBn: null, addressBn: null })).toEqual({
    ...chamber,
    name: 'Green Road Centre',
    nameBn: null,
    addressBn: null,
  });
  const zoned = await patch(chamber.id, {
    address: 'House 13',
    phone: '01812345678',
    timeZone: 'Asia/Kolkata',
  });
  expect(zoned).toMatchObject({ address: 'House 13', phone: '+8801812345678', timeZone: 'Asia/Kolkata' });
  const [listed] = await list({ q: 'green road centre' });
  expect(listed).toEqual({ ...zoned, mayEdit: true });
});

test('a place changes as a whole: a thana does not outlive its district', async () => {
  const { id } = await create();
  expect(await patch(id, { district: 'Dhaka' })).toMatchObject({ thana: 'Dhanmondi' });
  expect(await refusedFields(patch(id, { district: 'Khulna' }))).toEqual(['thana']);
  expect(
    await refusedFields(patch(id, { division: 'Khulna', district: 'Khulna', thana: 'Dhanmondi' })),
  ).toEqual(['thana']);
  expect(await patch(id, { district: 'Gazipur' })).toMatchObject({ district: 'Gazipur', thana: null });
  expect(await patch(id, { division: 'Sylhet', district: 'Sylhet', thana: 'Beanibazar' })).toMatchObject({
    division: 'Sylhet',
    district: 'Sylhet',
    thana: 'Beanibazar',
  });
  expect(await patch(id, { thana: null })).toMatchObject({ district: 'Sylhet', thana: null });
});

test('a new name or place of a chamber reaches the search', async () => {
  const doctor = await aDoctor(t, { fullName: 'Dilruba Yasmin', chamber: { name: 'Old Town Hall' } });
  const found = async (q: string, place: { district?: string } = {}) => {
    await jobsDone(t);
    const { items } = await t.call(searchDoctors, { query: { q, ...place } });
    return items.map((item) => item.fullName);
  };
  expect(await found('old town hall')).toEqual(['Dilruba Yasmin']);
  await patch(doctor.chamberId, { name: 'Riverside Point', nameBn: 'নদীর পাড়' });
  expect(await found('old town hall')).toEqual([]);
  expect(await found('riverside')).toEqual(['Dilruba Yasmin']);
  expect(await found('নদীর')).toEqual(['Dilruba Yasmin']);
  await patch(doctor.chamberId, { district: 'Gazipur' });
  expect(await found('riverside', { district: 'Gazipur' })).toEqual(['Dilruba Yasmin']);
  expect(await found('riverside', { district: 'Dhaka' })).toEqual([]);
});

test('a chamber keeps its time zone while a doctor has hours there', async () => {
  const doctor = await aDoctor(t);
  const { chamberId } = doctor;
  const problem = await refused(patch(chamberId, { timeZone: 'Asia/Kolkata' }), 'chamber_in_use');
  expect(problem.detail).toContain('1 of them');
  expect((await patch(chamberId, { timeZone: 'Asia/Dhaka', name: 'Same Zone' })).name).toBe('Same Zone');
  await endAllHours(doctor);
  expect((await patch(chamberId, { timeZone: 'Asia/Kolkata' })).timeZone).toBe('Asia/Kolkata');
});

test('a chamber ends when nobody has hours there, and its visit types with it', async () => {
  const doctor = await aDoctor(t, { fullName: 'Habiba Sultana', chamber: { name: 'Closing House' } });
  const { chamberId, doctorId } = doctor;
  await refused(end(chamberId), 'chamber_in_use');
  await endAllHours(doctor);
  await end(chamberId);
  expect(await list({ q: 'closing house' })).toEqual([]);
  await refused(end(chamberId), 'not_found');
  await refused(patch(chamberId, { name: 'Open again' }), 'not_found');
  await jobsDone(t);
  expect((await t.call(getDoctor, { params: { id: doctorId } })).doctor.chambers).toEqual([]);
  expect((await t.call(searchDoctors, { query: { q: 'closing house' } })).items).toEqual([]);
  expect(await refusedFields(addHours(doctor))).toEqual(['chamberId']);
  const body = { chamberId, kind: 'report' as const, minutes: 5, fee: '0' };
  expect(await refusedFields(t.call(createVisitType, { params: { id: doctorId }, body }, admin))).toEqual([
    'chamberId',
  ]);
});

test('a chamber does not end while an appointment is still to come there', async () => {
  const doctor = await aDoctor(t);
  const { doctorId, chamberId, visitTypeId } = doctor;
  const book = async (startsAt: string) => {
    const patient = await aSignedInPatient(t);
    const { id } = await t.call(
      bookAppointment,
      { body: { doctorId, chamberId, visitTypeId, startsAt } },
      patient,
    );
    return { patient, id };
  };
  const kept = await book('2026-11-02T17:00:00+06:00');
  const over = await book('2026-11-02T17:15:00+06:00');
  await endAllHours(doctor);
  expect((await refused(end(chamberId), 'chamber_in_use')).detail).toContain('2 of them');
  await t.call(cancelAppointment, { params: { id: kept.id }, body: {} }, kept.patient);
  t.clock.set('2026-11-02T17:29:00+06:00');
  const staff = { accessToken: await signedIn(t, await anAdmin(t)) };
  await refused(end(chamberId, staff), 'chamber_in_use');
  t.clock.set('2026-11-02T17:30:00+06:00');
  await end(chamberId, staff);
  t.clock.set(aMonday);
  expect(over.id).toBeGreaterThan(kept.id);
});

test('hours that are being added hold off the end and the new zone of their chamber, and no other change', async () => {
  const takeZone = (id: number) => patch(id, { timeZone: 'Asia/Kolkata' });
  for (const change of [end, takeZone]) {
    const { doctorId, chamberId } = await aDoctor(t, { hours: [] });
    const adding = `insert into schedules (doctor_id, chamber_id, weekday, from_time, to_time, mode, slot_minutes)
                    values (${doctorId}, ${chamberId}, 1, '17:00', '18:00', 'timed', 15)`;
    await during(adding, async (commit) => {
      expect((await patch(chamberId, { name: 'Not held off' })).name).toBe('Not held off');
      await jobsDone(t);
      const changing = refused(change(chamberId), 'chamber_in_use');
      await expect.poll(() => lockWaits(t)).toBe(1);
      await commit();
      await changing;
    });
  }
});

test('what is set up in a chamber that is ending comes too late', async () => {
  const { doctorId, chamberId, visitTypeId } = await aDoctor(t, { hours: [] });
  const type = { chamberId, kind: 'report' as const, minutes: 5, fee: '0' };
  await during(`select from visit_types where id = ${visitTypeId} for update`, async (commit) => {
    const ending = end(chamberId);
    await expect.poll(() => lockWaits(t)).toBe(1);
    const late = [
      refusedFields(addHours({ doctorId, chamberId })),
      refusedFields(t.call(createVisitType, { params: { id: doctorId }, body: type }, admin)),
    ];
    await expect.poll(() => lockWaits(t)).toBe(3);
    await commit();
    await ending;
    expect(await Promise.all(late)).toEqual([['chamberId'], ['chamberId']]);
  });
});

test('of hours and the end of their chamber, sent together, one goes through', async () => {
  for (let round = 0; round < 24; round++) {
    const { doctorId, chamberId } = await aDoctor(t, { hours: [] });
    const both = [() => end(chamberId), () => addHours({ doctorId, chamberId })];
    const order = round % 2 === 0 ? both : both.toReversed();
    const answers = await Promise.allSettled(order.map((send) => send()));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
  }
  const { rows } = await t.deps.pool.query(
    'select from chambers c join schedules s on s.chamber_id = c.id where c.ended_at is not null and s.ended_at is null',
  );
  expect(rows).toEqual([]);
});

/** Runs `meanwhile` while a transaction that has done `statement` is open, until `meanwhile` commits it. */
async function during(
  statement: string,
  meanwhile: (commit: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await jobsDone(t);
  const client = await t.deps.pool.connect();
  try {
    await client.query('begin');
    await client.query(statement);
    await meanwhile(() => client.query('commit'));
  } finally {
    // Without the transaction, which may still be open.
    client.release(true);
  }
}

test('hours that are over hold no chamber back', async () => {
  const hours = { weekday: 1, from: '17:00', to: '18:00', validFrom: '2026-09-01', validUntil: '2026-10-31' };
  const { chamberId } = await aDoctor(t, { hours: [hours] });
  await end(chamberId);
});
