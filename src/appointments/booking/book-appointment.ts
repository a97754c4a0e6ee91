import type pg from 'pg';
import type { RouteRequest } from '../../contract/route.ts';
import type { bookAppointment as bookAppointmentRoute } from '../../contract/appointments.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import {
  brokenConstraint,
  inTransaction,
  run,
  type Queryable,
  type Statement,
} from '../../platform/database.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Idempotency } from '../../platform/idempotency.ts';
import { announceJobs } from '../../platform/jobs.ts';
import { Problem } from '../../platform/problems.ts';
import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';
import { parseSessionKey, sittings } from '../../scheduling/sittings.ts';
import { judgeSerial, judgeStart, type Verdict } from '../../scheduling/verdict.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';
import { datesAround, spanOfDates } from '../availability/find-places.ts';
import { claimPlace, ensureSession } from './claim-place.ts';
import type { AppointmentRow } from './present.ts';
import { channelOf } from './policy.ts';
import { findSituation, type Situation } from './queries.ts';
import { refuseBooking } from './refuse-booking.ts';

type Wish = RouteRequest<typeof bookAppointmentRoute>['body'];

/** What is asked for, whoever asks. */
export type Booking = { wish: Wish; by: Actor; now: Temporal.Instant; idempotency: Idempotency };

/**
 * Books a place. The engine says whether it is free and why not; the constraints decide. Nobody waits for a lock that
 * another booking of the same place could hold for long, and no deadlock is possible: a claim either inserts or gives up,
 * and of the two queues everybody joins the session's first and the doctor's last.
 */
export async function bookAppointment({ pool }: Deps, booking: Booking): Promise<AppointmentRow> {
  const booked = await bookOrRepeat(pool, booking);
  announceJobs(pool);
  return booked;
}

async function bookOrRepeat(pool: pg.Pool, booking: Booking): Promise<AppointmentRow> {
  try {
    const { sessionKey } = booking.wish;
    if (sessionKey === undefined)
      return (
        (await attempt(pool, booking)) ??
        (await inTransaction(pool, (client) => attemptInTurn(client, booking)))
      );
    // Serials of one session are given out one after the other, lowest first; without the queue, a rush of n people on
    // one session would make n²/2 vain claims.
    return await inTransaction(pool, async (client) => {
      await run(client, queueForSession, [sessionKey]);
      return (await attempt(client, booking)) ?? attemptInTurn(client, booking);
    });
  } catch (error) {
    // The same key, twice at once: the other one is done now, and its answer is ours. Asked for only when our own
    // transaction has ended: one that waited for a second connection could hold up those who queue for its session.
    if (brokenConstraint(error) !== 'idempotency_keys_pkey') throw error;
    const repeated = await attempt(pool, booking);
    if (!repeated) throw error;
    return repeated;
  }
}

const queueForSession: Statement = {
  name: 'queue-for-session',
  text: `select pg_advisory_xact_lock(hashtextextended('session ' || $1, 0))`,
};

// No constraint knows the way between two chambers, so of a doctor who travels one booking is judged and made at a time.
async function attemptInTurn(client: pg.PoolClient, booking: Booking): Promise<AppointmentRow> {
  await run(client, queueForDoctor, [booking.wish.doctorId]);
  const booked = await attempt(client, booking, { inTurn: true });
  if (!booked) throw new Error('an attempt in turn asked for its turn');
  return booked;
}

const queueForDoctor: Statement = {
  name: 'queue-for-travelling-doctor',
  text: `select pg_advisory_xact_lock(hashtextextended('travel ' || $1::int, 0))`,
};

// A claim can fail although the verdict was good: someone was faster, or the schedule changed in between. The next
// verdict tells which; a second failure in a row takes two such events within milliseconds.
const attempts = 4;

/** Null: the doctor travels between chambers, and the verdict needs its turn. */
async function attempt(
  on: Queryable,
  booking: Booking,
  { inTurn = false } = {},
): Promise<AppointmentRow | null> {
  const { wish, by, now, idempotency } = booking;
  const channel = channelOf(by);
  const date = wantedDate(wish);
  const dates = datesAround(date);
  for (let i = 0; i < attempts; i++) {
    const situation = await findSituation(on, {
      userId: by.userId,
      key: idempotency?.key ?? null,
      doctorId: wish.doctorId,
      chamberId: wish.chamberId,
      visitTypeId: wish.visitTypeId,
      patientId: wish.patientId ?? null,
      dates,
      ...spanOf(wish, date),
    });
    if (situation.stored) return repeatAnswer(situation.stored, idempotency);
    const { doctor, visit, patient } = checkParties(situation, wish);
    if (situation.travelMinutes > 0 && !inTurn) return null;
    const verdict = judge(situation, wish, { dates, now, channel, visitMinutes: visit.minutes });
    if (!verdict.free) throw await refuseBooking(on, { verdict, wish, channel, now });
    const rule = situation.rules.find((each) => each.scheduleId === verdict.sitting.rule.scheduleId);
    if (!rule) throw new Error('the verdict names a rule that was not given');
    const sessionId = await ensureSession(on, verdict.sitting, {
      doctorId: doctor.id,
      version: rule.version,
      sessions: situation.sessions,
    });
    if (sessionId === null) {
      // The hours have just changed, as the next verdict will say, or they really meet another session.
      if (i > 0) throw new Problem('session_closed');
      continue;
    }
    const row: Omit<AppointmentRow, 'id'> = {
      status: 'confirmed',
      mode: rule.mode,
      starts: verdict.place.start,
      ends: verdict.place.end,
      timeZone: rule.zone,
      serial: verdict.place.serial ?? null,
      fee: visit.fee,
      currency: 'BDT',
      visitTypeId: wish.visitTypeId,
      visitKind: visit.kind,
      doctor: { id: doctor.id, fullName: doctor.fullName, nameBn: doctor.nameBn, slug: doctor.slug },
      chamber: visit.chamber,
      patient,
      notes: wish.notes || null,
      version: 1,
      created: now.epochMilliseconds,
    };
    const id = await claimPlace(on, { row, rule, sessionId, by, channel, idempotency });
    if (id !== null) return { id, ...row };
  }
  throw new Problem('unavailable', 'Many people are booking this session right now; try again.', {
    retryAfter: 1,
  });
}

// A visit has at most 8 hours, a buffer and the way to another chamber at most 4 each.
const aroundMs = (4 + 4) * 60 * MINUTE_MS;
const visitMs = 8 * 60 * MINUTE_MS;

/** The time that other visits could take from the wished one: little of a timed place, all of a serial session. */
function spanOf({ startsAt }: Wish, date: string): { from: EpochMs; to: EpochMs } {
  if (startsAt === undefined) return spanOfDates({ from: date, to: date });
  const start = Temporal.Instant.from(startsAt).epochMilliseconds;
  return { from: start - aroundMs, to: start + visitMs + aroundMs };
}

type Dates = { from: string; to: string };

/** The date in the wish; the span around it is wide enough for any zone. */
function wantedDate({ startsAt, sessionKey }: Wish): string {
  if (startsAt !== undefined)
    return Temporal.Instant.from(startsAt).toZonedDateTimeISO('UTC').toPlainDate().toString();
  const session = parseSessionKey(sessionKey ?? '');
  if (!session)
    throw new Problem('invalid_input', 'There is no such session.', {
      errors: [{ path: 'sessionKey', message: 'Use a sessionKey of the availability' }],
    });
  return session.date;
}

function checkParties({ doctor, visit, patient }: Situation, wish: Wish) {
  const missing = (path: string, message: string) =>
    new Problem('invalid_input', message, { errors: [{ path, message }] });
  if (!doctor) throw missing('doctorId', 'There is no such doctor');
  if (!doctor.active) throw new Problem('doctor_inactive');
  if (!visit) throw missing('visitTypeId', 'This doctor has no such visit type in this chamber');
  if (!patient)
    throw missing(
      'patientId',
      wish.patientId === undefined ? 'Say who the visit is for' : 'This person is not on your list',
    );
  return { doctor, visit, patient };
}

function judge(
  situation: Situation,
  wish: Wish,
  asked: { dates: Dates; now: Temporal.Instant; channel: Channel; visitMinutes: number },
): Verdict {
  const { rules, closures, taken, travelMinutes, patientTaken, sessions } = situation;
  const { dates, now, channel, visitMinutes } = asked;
  const closed = sessions.filter((session) => !session.open);
  const known = {
    taken,
    travelMinutes,
    closures,
    closedSessions: new Set(closed.map((session) => `${session.scheduleId}.${session.date}`)),
    channel,
    patientTaken,
    patientLimitReached: false,
    now: now.epochMilliseconds,
    doctorActive: true,
  };
  const near = sittings(rules, dates);
  if (wish.startsAt !== undefined)
    return judgeStart(near, {
      ...known,
      visitMinutes,
      startsAt: Temporal.Instant.from(wish.startsAt).epochMilliseconds,
    });
  const sitting = near.find((each) => each.sessionKey === wish.sessionKey);
  if (!sitting) return { free: false, reasons: ['outside_hours'] };
  return judgeSerial(sitting, known);
}

function repeatAnswer(stored: NonNullable<Situation['stored']>, idempotency: Idempotency): AppointmentRow {
  if (stored.fingerprint !== idempotency?.fingerprint.toString('hex')) throw new Problem('key_reused');
  return stored.answer;
}
