import type { RouteRequest } from '../../contract/route.ts';
import { waitlistDays, type joinWaitlist as joinRoute } from '../../contract/waitlist.ts';
import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { nobody } from '../../platform/idempotency.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { parseSessionKey } from '../../scheduling/sittings.ts';
import { checkParties, refuseOldVisit } from '../booking/check-parties.ts';
import { around } from '../booking/judge-place.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { isMovable } from '../booking/policy.ts';
import { findAppointment, findSituation, type Comer } from '../booking/queries.ts';
import { offerPlaces } from './offer-places.ts';
import { mostLines } from './policy.ts';

export type Wait = RouteRequest<typeof joinRoute>['body'];

/** As whom: `userId` null for a guest; `staff` for somebody at the desk's wish. */
export type Joiner = { userId: number | null; comer: Comer; staff: boolean };

/**
 * Puts a patient at the end of the doctor's line, and looks at once whether a place is free for them. Answers the
 * entry's id. Refuses with `already_waiting`, and with `patient_limit` whoever stands in too many lines.
 */
export async function joinWaitlist(tx: Tx, wait: Wait, by: Joiner, now: Temporal.Instant): Promise<number> {
  const { doctorId, chamberId, visitTypeId } = wait;
  const asked = around({ startsAt: now.toString() });
  const situation = await findSituation(tx, {
    keeper: nobody,
    key: null,
    ...wait,
    comer: by.comer,
    ...asked,
    now: now.epochMilliseconds,
  });
  const parties = checkParties(situation, wait);
  const { patient } = parties;
  refuseOldVisit(situation, parties, now.epochMilliseconds);
  await lockParties(tx, { doctorIds: [doctorId], patientIds: [patient.id] });
  const wants = await readWants(tx, wait, { patientId: patient.id, now });
  await refuseManyLines(tx, patient.id);
  const values = {
    doctor_id: doctorId,
    chamber_id: chamberId,
    visit_type_id: visitTypeId,
    patient_id: patient.id,
    channel: by.staff ? 'phone' : 'online',
    ...wants,
    joined_by: by.userId,
    joined_at: now.toString(),
  };
  const { id } = await tx
    .insertInto('waitlist_entries')
    .values(values)
    .returning('id')
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      if (brokenConstraint(error) === 'waitlist_entries_once') throw new Problem('already_waiting');
      throw error;
    });
  await offerPlaces(tx, { doctorId }, now);
  return id;
}

type Wants = {
  schedule_id?: number;
  from_date?: string;
  to_date?: string;
  earlier_than?: number;
  last_date: string;
};

async function readWants(
  tx: Tx,
  wait: Wait,
  { patientId, now }: { patientId: number; now: Temporal.Instant },
): Promise<Wants> {
  const { sessionKey, from, to, earlierThan } = wait;
  const { time_zone: zone } = await tx
    .selectFrom('chambers')
    .select('time_zone')
    .where('id', '=', wait.chamberId)
    .executeTakeFirstOrThrow();
  const today = formatLocal(now.epochMilliseconds, zone).slice(0, 10);
  const daysOn = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
  if (earlierThan !== undefined) return beforeBooking(tx, wait, { id: earlierThan, patientId, now });
  const session = sessionKey === undefined ? null : await findHours(tx, wait, sessionKey);
  if (session) refuseDates(session.date, { path: 'sessionKey' });
  if (from !== undefined && to !== undefined) refuseDates(to, { path: 'to' });
  if (session)
    return {
      schedule_id: session.scheduleId,
      from_date: session.date,
      to_date: session.date,
      last_date: session.date,
    };
  if (from !== undefined && to !== undefined) return { from_date: from, to_date: to, last_date: to };
  return { last_date: daysOn(waitlistDays - 1) };

  function refuseDates(last: string, { path }: { path: string }): void {
    if (last < today) throw invalidInput({ path, message: 'This day has passed' });
    if (last > daysOn(366)) throw invalidInput({ path, message: 'Wait for a day within a year' });
  }
}

async function findHours(
  tx: Tx,
  { doctorId, chamberId }: Wait,
  sessionKey: string,
): Promise<NonNullable<ReturnType<typeof parseSessionKey>>> {
  const session = parseSessionKey(sessionKey);
  const hours =
    session &&
    (await tx
      .selectFrom('schedules')
      .select('id')
      .where('id', '=', session.scheduleId)
      .where('doctor_id', '=', doctorId)
      .where('chamber_id', '=', chamberId)
      .executeTakeFirst());
  if (session && hours) return session;
  throw invalidInput({ path: 'sessionKey', message: 'Use a sessionKey of the availability' });
}

/** The patient's own booking with this doctor, that they could move by themselves. */
async function beforeBooking(
  tx: Tx,
  { doctorId, chamberId, visitTypeId }: Wait,
  { id, patientId, now }: { id: number; patientId: number; now: Temporal.Instant },
): Promise<Wants> {
  const booking = await findAppointment(tx, id, null);
  const same =
    booking?.patient.id === patientId &&
    booking.doctor.id === doctorId &&
    booking.chamber.id === chamberId &&
    booking.visitTypeId === visitTypeId;
  if (!booking || !same)
    throw invalidInput({
      path: 'earlierThan',
      message: 'Use a booking of this patient with this doctor, chamber and visit type',
    });
  if (!isMovable(booking.status, 'patient') || booking.starts <= now.epochMilliseconds)
    throw new Problem('wrong_state', 'This appointment can no longer be moved.');
  return { earlier_than: id, last_date: parseSessionKey(booking.sessionKey)?.date ?? '' };
}

async function refuseManyLines(tx: Tx, patientId: number): Promise<void> {
  const { lines } = await tx
    .selectFrom('waitlist_entries')
    .select(({ fn }) => fn.countAll<number>().as('lines'))
    .where('patient_id', '=', patientId)
    .where('status', '=', 'waiting')
    .executeTakeFirstOrThrow();
  if (lines >= mostLines)
    throw new Problem('patient_limit', `A patient can wait in ${mostLines} lines at once. Leave one first.`);
}
