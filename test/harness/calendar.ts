import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApp } from './app.ts';
import { aChamber, aVisitType, someHours, type Doctor, type Hours } from './builders.ts';

// What is shown may be a second old where services share Redis, and this is done behind their backs.
const untilShown = (): Promise<unknown> =>
  process.env['SHAPE'] === 'separate' ? sleep(1_000) : Promise.resolve();

/** Dates, both included, or local minutes, half-open. One date when `until` is left out. */
type Period = { from: string; until?: string };

/** Time off, in every chamber unless one is named, as it stands in the database. Answers its id. */
export async function someTimeOff(
  t: TestApp,
  { doctorId, chamberId, from, until = from }: Period & { doctorId: number; chamberId?: number },
): Promise<number> {
  const { id } = await t.db
    .insertInto('exceptions')
    .values({
      kind: 'time_off',
      doctor_id: doctorId,
      chamber_id: chamberId ?? null,
      from_local: from,
      until_local: until,
      created_at: t.clock.now().toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await untilShown();
  return id;
}

/** A holiday, everybody's: a test that shares its app with others names a chamber, or a date that they leave alone. */
export async function aHoliday(
  t: TestApp,
  { from, until = from, chamberId, tentative = false }: Period & { chamberId?: number; tentative?: boolean },
): Promise<number> {
  const { id } = await t.db
    .insertInto('exceptions')
    .values({
      kind: 'holiday',
      name: 'Eid-ul-Fitr',
      name_bn: 'ঈদুল ফিতর',
      chamber_id: chamberId ?? null,
      from_local: from,
      until_local: until,
      tentative,
      created_at: t.clock.now().toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await untilShown();
  return id;
}

/** Takes time off or a holiday back. */
export async function endClosure(t: TestApp, id: number): Promise<void> {
  await t.db
    .updateTable('exceptions')
    .set({ ended_at: t.clock.now().toString() })
    .where('id', '=', id)
    .execute();
  await untilShown();
}

/** Other hours on one date of a chamber: timed, a start every quarter of an hour. */
export async function otherHours(
  t: TestApp,
  {
    doctorId,
    chamberId,
    date,
    from,
    to,
  }: { doctorId: number; chamberId: number; date: string; from: string; to: string },
): Promise<void> {
  const { id } = await t.db
    .insertInto('exceptions')
    .values({
      kind: 'other_hours',
      doctor_id: doctorId,
      chamber_id: chamberId,
      from_local: date,
      until_local: date,
      created_at: t.clock.now().toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await t.db
    .insertInto('schedules')
    .values({
      exception_id: id,
      doctor_id: doctorId,
      chamber_id: chamberId,
      weekday: Temporal.PlainDate.from(date).dayOfWeek,
      from_time: from,
      to_time: to,
      valid_from: date,
      valid_until: date,
      mode: 'timed',
      slot_minutes: 15,
    })
    .execute();
  await untilShown();
}

/** Minutes the doctor keeps free between visits in two chambers. */
export async function someTravel(
  t: TestApp,
  { doctorId }: { doctorId: number },
  minutes: number,
): Promise<void> {
  await t.db
    .insertInto('doctor_settings')
    .values({ doctor_id: doctorId, travel_minutes: minutes })
    .onConflict((known) => known.column('doctor_id').doUpdateSet({ travel_minutes: minutes }))
    .execute();
}

/** The same doctor in another chamber, with a visit type and hours of its own. */
export async function inAnotherChamber(
  t: TestApp,
  doctor: Doctor,
  given: { hours: Hours[]; minutes?: number; timeZone?: string },
): Promise<Doctor> {
  const { doctorId, slug } = doctor;
  const chamberId = await aChamber(t, given.timeZone ? { timeZone: given.timeZone } : {});
  const visitType = await aVisitType(t, { doctorId, chamberId, minutes: given.minutes ?? 15 });
  const scheduleIds: number[] = [];
  for (const hours of given.hours) scheduleIds.push(await someHours(t, { doctorId, chamberId, ...hours }));
  return { doctorId, slug, chamberId, visitTypeId: visitType.id, scheduleIds };
}
