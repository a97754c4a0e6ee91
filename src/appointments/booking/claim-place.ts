import type { Actor } from '../../platform/access-tokens.ts';
import { publishSql } from '../../platform/bus.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { Idempotency } from '../../platform/idempotency.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { occupied } from '../../scheduling/places.ts';
import type { Sitting } from '../../scheduling/sittings.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';
import { instantOf } from '../availability/queries.ts';
import type { VersionedRule } from '../schedules/queries.ts';
import type { AppointmentRow } from './present.ts';
import type { Situation } from './queries.ts';

/**
 * Takes the place in one statement and so in one transaction: the appointment, its history, the stored answer and the
 * event. Null when the place is gone or the schedule has changed; then nothing was written. ON CONFLICT DO NOTHING is
 * essential: a plain INSERT under an exclusion constraint makes rivals wait for each other until the deadlock timeout
 * (measured: 640 attempts, 31 deadlocks, 24 s; with it 10,000 attempts in 7 s and none).
 */
export async function claimPlace(on: Queryable, claim: Claim): Promise<number | null> {
  const [placed] = await run<{ id: number }>(on, claimStatement, claimValues(claim));
  return placed?.id ?? null;
}

export type Claim = {
  row: Omit<AppointmentRow, 'id'>;
  rule: VersionedRule;
  sessionId: number;
  by: Actor;
  channel: Channel;
  idempotency: Idempotency;
};

/** The parameters of `claimStatement`. */
export function claimValues({ row, rule, sessionId, by, channel, idempotency }: Claim): unknown[] {
  const time = occupied({ start: row.starts, end: row.ends }, rule);
  return [
    rule.scheduleId,
    rule.version,
    sessionId,
    row.doctor.id,
    row.chamber.id,
    row.patient.id,
    row.visitTypeId,
    by.userId,
    channel,
    row.status,
    row.starts,
    row.ends,
    time.start,
    time.end,
    row.serial,
    formatLocal(row.starts, row.timeZone),
    row.timeZone,
    row.fee,
    row.currency,
    row.notes,
    row.created,
    idempotency?.key ?? null,
    idempotency?.fingerprint ?? null,
    JSON.stringify(row),
  ];
}

// The share lock on the rule holds off a schedule change until this commits, and re-checks the version the verdict
// was made with (measured without it: 538 bookings outside the changed hours in 600 races).
export const claimStatement: Statement = {
  name: 'claim-place',
  text: `
    with rule as (
      select s.id from schedules r join sessions s on s.schedule_id = r.id
      where r.id = $1::int and r.version = $2::int and r.ended_at is null and s.id = $3::bigint and s.status = 'open'
      for share of r, s
    ), placed as (
      insert into appointments (session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel, status,
                                period, occupied, serial, promised_local, time_zone, fee, currency, notes, created_at)
      select rule.id, $4::int, $5::int, $6::int, $7::int, $8::int, $9::text, $10::text,
             tstzrange(${instantOf('$11')}, ${instantOf('$12')}), tstzrange(${instantOf('$13')}, ${instantOf('$14')}),
             $15::smallint, $16::text, $17::text, $18::numeric, $19::text, $20::text, ${instantOf('$21')}
      from rule
      on conflict do nothing
      returning id
    ), recorded as (
      insert into appointment_history (appointment_id, version, to_status, by_user, at)
      select id, 1, $10::text, $8::int, ${instantOf('$21')} from placed
    ), answered as (
      insert into idempotency_keys (user_id, key, fingerprint, status, answer, created_at)
      select $8::int, $22::text, $23::bytea, 201, jsonb_build_object('id', id) || $24::jsonb, ${instantOf('$21')}
      from placed where $22::text is not null
    ), told as (
      ${publishSql('appointment.booked', `jsonb_build_object('appointmentId', id, 'doctorId', $4::int, 'version', 1)`, 'placed')}
    )
    select id from placed`,
};

/**
 * The row of a session, made when it is first needed. Safe against any number of others doing the same. Null when its
 * hours have changed meanwhile, or when its time overlaps another session of the doctor: weekly rules can meet (a
 * clock change, a new rule), sessions cannot.
 */
export async function ensureSession(
  on: Queryable,
  sitting: Sitting,
  known: { doctorId: number; version: number; sessions: Situation['sessions'] },
): Promise<number | null> {
  const { rule, date } = sitting;
  const existing = known.sessions.find(
    (session) => session.scheduleId === rule.scheduleId && session.date === date,
  );
  if (existing) return existing.id;
  await run(on, addSession, [
    rule.scheduleId,
    known.doctorId,
    rule.chamberId,
    date,
    sitting.start,
    sitting.end,
    rule.mode,
    rule.capacity,
    known.version,
  ]);
  const [found] = await run<{ id: number }>(on, findSession, [rule.scheduleId, date]);
  return found?.id ?? null;
}

const addSession: Statement = {
  name: 'add-session',
  // Hours that change at this moment must not leave an open session behind: it would stand in the way of the new ones.
  text: `with rule as (select id from schedules where id = $1::int and version = $9::int and ended_at is null for share)
         insert into sessions (schedule_id, doctor_id, chamber_id, date, period, mode, capacity)
         select id, $2::int, $3::int, $4::date, tstzrange(${instantOf('$5')}, ${instantOf('$6')}), $7::text, $8::smallint
         from rule
         on conflict do nothing`,
};

const findSession: Statement = {
  name: 'find-session',
  text: `select id from sessions where schedule_id = $1 and date = $2`,
};
