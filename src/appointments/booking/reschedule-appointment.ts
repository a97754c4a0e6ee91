import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { spellRange } from '../../platform/instant-range.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { occupied } from '../../scheduling/places.ts';
import { nobody } from '../../platform/idempotency.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';
import { expireOverdue } from '../holds/expire-holds.ts';
import { ruleOf } from './book-appointment.ts';
import { checkDoctor } from './check-parties.ts';
import { ensureSession } from './claim-place.ts';
import { around, judge, overrule, type Ruling, type WishedPlace } from './judge-place.ts';
import { lockParties } from './lock-parties.ts';
import { lockAppointment, type Change } from './move-appointment.ts';
import { deadline, isMovable } from './policy.ts';
import { findLastSerial, findSituation, type AppointmentWithParties } from './queries.ts';
import { recordStep } from './record-step.ts';
import { refuseBooking } from './refuse-booking.ts';

export type Move = {
  appointment: AppointmentWithParties;
  to: WishedPlace;
  /** What the caller saw; null: whatever it is now. */
  version: number | null;
  overbookReason: string | null;
};

/** What of an appointment a move changes. */
export type Moved = Change & {
  starts: number;
  ends: number;
  serial: number | null;
  timeZone: string;
  mode: 'timed' | 'serial';
  overbooked: boolean;
  reschedules: number;
};

/**
 * Gives an appointment another place of the same doctor and chamber: one update, so that the old place is free exactly
 * when the new one is taken, or nothing has changed. The caller runs it through `untilWon`: what takes the new place
 * between the verdict and the update breaks a constraint, and the next verdict says so.
 */
export async function rescheduleAppointment(
  tx: Tx,
  move: Move,
  by: { userId: number | null; staff: boolean },
  now: Temporal.Instant,
): Promise<Moved> {
  const { appointment, to } = move;
  const { sessionKey } = to;
  const doctorId = appointment.doctor.id;
  await lockParties(tx, {
    sessionKeys: sessionKey === undefined ? [] : [sessionKey],
    doctorIds: [doctorId],
    patientIds: [appointment.patient.id],
  });
  const current = await lockAppointment(tx, appointment.id, move.version);
  if (!isMovable(current.status, by.staff ? 'desk' : 'patient'))
    throw new Problem('wrong_state', 'This appointment can no longer be moved.');
  const reschedules = await countReschedules(tx, current.id);
  if (!by.staff) refuseByPolicy({ ...appointment, starts: current.starts, reschedules }, now);

  const stretch = around(to);
  const situation = await findSituation(tx, {
    keeper: nobody,
    key: null,
    doctorId,
    chamberId: appointment.chamber.id,
    visitTypeId: appointment.visitTypeId,
    comer: { of: 'anybody', patientId: appointment.patient.id },
    ...stretch,
    now: now.epochMilliseconds,
    besides: current.id,
  });
  const { visit } = checkDoctor(situation);
  // Whoever moves a visit that was booked by phone does so at the desk or online, not by phone's quota again.
  const channel: Channel = by.staff ? appointment.channel : 'online';
  const asked = {
    wish: to,
    dates: stretch.dates,
    now,
    channel,
    visitMinutes: visit.minutes,
    patientLimitReached: false,
  };
  const verdict = judge(situation, asked);
  const ruling: Ruling = verdict.free
    ? { ...verdict, over: false }
    : by.staff && move.overbookReason !== null
      ? overrule(situation, asked, {
          reasons: verdict.reasons,
          lastSerial: sessionKey === undefined ? 0 : await findLastSerial(tx, sessionKey),
        })
      : verdict;
  if (!ruling.free) {
    const wish = { doctorId, chamberId: appointment.chamber.id, visitTypeId: appointment.visitTypeId, ...to };
    throw await refuseBooking(tx, { verdict: ruling, wish, channel, now });
  }
  const { sitting, place, over } = ruling;
  // The next number of its own session can be the one it has: a move there would only use up one of the patient's moves.
  if (place.start === current.starts && sitting.sessionKey === appointment.sessionKey)
    throw invalidInput({
      path: sessionKey === undefined ? 'startsAt' : 'sessionKey',
      message: 'The appointment has this place already; choose another',
    });
  const rule = ruleOf(situation, sitting);
  const sessionId = await ensureSession(tx, sitting, {
    doctorId,
    version: rule.version,
    sessions: situation.sessions,
  });
  if (sessionId === null) throw new Problem('session_closed');
  const time = occupied(place, rule);
  await expireOverdue(tx, { of: { doctorId, patientIds: [appointment.patient.id] } }, now);
  const status = current.status === 'arrived' ? 'confirmed' : current.status;
  const starts = place.start;
  await sql`
    update appointments
    set session_id = ${sessionId}, period = ${spellRange(place)}::tstzrange,
        occupied = ${spellRange(time)}::tstzrange, serial = ${place.serial ?? null},
        promised_local = ${formatLocal(starts, rule.zone)}, time_zone = ${rule.zone},
        overbook_reason = ${over ? move.overbookReason : null}, status = ${status},
        reschedules = ${by.staff ? reschedules : reschedules + 1}, version = version + 1
    where id = ${current.id}`.execute(tx);
  const version = await recordStep(tx, current, {
    step: 'rescheduled',
    to: status,
    by: by.userId,
    now,
    reason: move.overbookReason,
    event: 'appointment.rescheduled',
  });
  return {
    status,
    version,
    starts,
    ends: place.end,
    serial: place.serial ?? null,
    timeZone: rule.zone,
    mode: rule.mode,
    overbooked: over,
    reschedules: by.staff ? reschedules : reschedules + 1,
  };
}

async function countReschedules(tx: Tx, id: number): Promise<number> {
  const { reschedules } = await tx
    .selectFrom('appointments')
    .select('reschedules')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return reschedules;
}

/** The chamber's rules for those who move a visit by themselves. */
export function refuseByPolicy(
  { starts, policy, reschedules }: Pick<AppointmentWithParties, 'starts' | 'policy' | 'reschedules'>,
  now: Temporal.Instant,
): void {
  const { rescheduleNoticeMinutes: noticeMinutes, mostReschedules } = policy;
  if (now.epochMilliseconds >= deadline({ starts, noticeMinutes }))
    throw new Problem(
      'too_late',
      noticeMinutes === 0
        ? 'This visit has begun and can no longer be moved.'
        : `This chamber moves visits until ${noticeMinutes} minutes before. Please call the chamber.`,
    );
  if (reschedules >= mostReschedules)
    throw new Problem(
      'too_many_reschedules',
      mostReschedules === 0
        ? 'This chamber moves visits by phone only. Please call the chamber.'
        : `This visit has been moved ${reschedules} times already. Please call the chamber.`,
    );
}
