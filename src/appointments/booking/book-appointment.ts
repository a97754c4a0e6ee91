import type pg from 'pg';
import type { RouteRequest } from '../../contract/route.ts';
import type { bookAppointment as bookAppointmentRoute } from '../../contract/appointments.ts';
import { inTransaction, run, untilWon, type Queryable } from '../../platform/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { nobody, type Idempotency } from '../../platform/idempotency.ts';
import { announceJobs } from '../../platform/jobs.ts';
import { Problem } from '../../platform/problems.ts';
import { MINUTE_MS } from '../../scheduling/range.ts';
import type { Sitting } from '../../scheduling/sittings.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';
import { checkParties, refuseByRules, refuseOldVisit } from './check-parties.ts';
import { claimPlace, ensureSession, type Claim } from './claim-place.ts';
import { around, judge, overrule, type Asked, type Ruling } from './judge-place.ts';
import { takeLock } from './lock-parties.ts';
import type { AppointmentRow } from './present.ts';
import { findLastSerial, findSituation, type Comer, type Situation } from './queries.ts';
import { refuseBooking } from './refuse-booking.ts';

export type Wish = RouteRequest<typeof bookAppointmentRoute>['body'];

/** What is asked for, whoever asks. */
export type Booking = {
  wish: Wish;
  /** Null: a guest. */
  by: number | null;
  comer: Comer;
  channel: Channel;
  /** Acts for the chamber: no approval, no deposit, and may overrule with a reason. */
  staff: boolean;
  now: Temporal.Instant;
  idempotency: Idempotency;
};

/**
 * Books a place. The engine says whether it is free and why not; the constraints decide. Nobody waits for a lock that
 * another booking of the same place could hold for long, and no deadlock is possible: a claim either inserts or gives up,
 * and of the queues everybody joins the session's first and the doctor's last.
 */
export async function bookAppointment(
  { pool }: Pick<Deps, 'pool'>,
  booking: Booking,
): Promise<AppointmentRow> {
  // What can be lost: the same key was answered between this one's look and its claim, and that answer is this one's
  // too; or somebody moves a visit of this patient here at this moment, and each waits for the other.
  const booked = await untilWon(() => bookOrRepeat(pool, booking));
  announceJobs(pool);
  return booked;
}

async function bookOrRepeat(pool: pg.Pool, booking: Booking): Promise<AppointmentRow> {
  const { sessionKey } = booking.wish;
  if (sessionKey === undefined)
    return (
      (await attempt(pool, booking)) ??
      (await inTransaction(pool, (client) => attemptInTurn(client, booking)))
    );
  // Serials of one session are given out one after the other, lowest first; without the queue, a rush of n people on
  // one session would make n²/2 vain claims.
  return inTransaction(pool, async (client) => {
    await run(client, takeLock, [`session ${sessionKey}`]);
    return (await attempt(client, booking)) ?? attemptInTurn(client, booking);
  });
}

// No constraint knows the way between two chambers, so of a doctor who travels one booking is judged and made at a time.
async function attemptInTurn(client: pg.PoolClient, booking: Booking): Promise<AppointmentRow> {
  await run(client, takeLock, [`doctor ${booking.wish.doctorId}`]);
  const booked = await attempt(client, booking, { inTurn: true });
  if (!booked) throw new Error('an attempt in turn asked for its turn');
  return booked;
}

// A claim can fail although the verdict was good: someone was faster, or the schedule changed in between. The next
// verdict tells which; a second failure in a row takes two such events within milliseconds.
const attempts = 4;

/** Null: the doctor travels between chambers, and the verdict needs its turn. */
async function attempt(
  on: Queryable,
  booking: Booking,
  { inTurn = false } = {},
): Promise<AppointmentRow | null> {
  const { wish, now, idempotency, comer, channel } = booking;
  const stretch = around(wish);
  for (let i = 0; i < attempts; i++) {
    const situation = await findSituation(on, {
      keeper: booking.by ?? nobody,
      key: idempotency?.key ?? null,
      ...wish,
      comer,
      ...stretch,
      now: now.epochMilliseconds,
    });
    if (situation.stored) return repeatAnswer(situation.stored, idempotency);
    const parties = checkParties(situation, wish);
    if (situation.travelMinutes > 0 && !inTurn) return null;
    const asked = {
      wish,
      dates: stretch.dates,
      now,
      channel,
      visitMinutes: parties.visit.minutes,
      patientLimitReached: channel === 'online' && refuseByRules(situation, parties) !== null,
    };
    const insisted = booking.staff && wish.overbookReason !== undefined;
    const place = await decide(on, { booking, situation, asked, insisted });
    if (!insisted) refuseOldVisit(situation, parties, place.place.start);
    const draft = draftOf(booking, { situation, parties, place });
    const sessionId = await ensureSession(on, place.sitting, {
      doctorId: parties.doctor.id,
      version: draft.rule.version,
      sessions: situation.sessions,
    });
    if (sessionId === null) {
      // The hours have just changed, as the next verdict will say, or they really meet another session.
      if (i > 0) throw new Problem('session_closed');
      continue;
    }
    const id = await claimPlace(on, { ...draft, sessionId });
    if (id !== null) return { id, ...draft.row };
  }
  throw new Problem('unavailable', 'Many people are booking this session right now; try again.', {
    retryAfter: 1,
  });
}

/** The place, by the engine's verdict or because staff insist; refuses with the reason and the next free ones. */
async function decide(
  on: Queryable,
  {
    booking,
    situation,
    asked,
    insisted,
  }: { booking: Booking; situation: Situation; asked: Asked; insisted: boolean },
): Promise<Extract<Ruling, { free: true }>> {
  const { wish, channel, now } = booking;
  const verdict = judge(situation, asked);
  if (verdict.free) return { ...verdict, over: false };
  const ruling = insisted
    ? overrule(situation, asked, {
        reasons: verdict.reasons,
        lastSerial: wish.sessionKey === undefined ? 0 : await findLastSerial(on, wish.sessionKey),
      })
    : verdict;
  if (ruling.free) return ruling;
  const why = asked.patientLimitReached ? refuseByRules(situation, checkParties(situation, wish)) : null;
  throw await refuseBooking(on, { verdict: ruling, wish, channel, now, why });
}

type Draft = Omit<Claim, 'sessionId' | 'row'> & { row: Omit<AppointmentRow, 'id'> };

function draftOf(
  { wish, by, channel, staff, now, idempotency }: Booking,
  {
    situation,
    parties: { doctor, visit, patient },
    place: { sitting, place, over },
  }: {
    situation: Situation;
    parties: ReturnType<typeof checkParties>;
    place: Extract<Ruling, { free: true }>;
  },
): Draft {
  const rule = ruleOf(situation, sitting);
  const deposit = staff ? null : visit.deposit;
  const requested = !staff && doctor.needsApproval;
  const row: Draft['row'] = {
    status: deposit !== null ? 'held' : requested ? 'pending' : 'confirmed',
    mode: rule.mode,
    starts: place.start,
    ends: place.end,
    timeZone: rule.zone,
    serial: place.serial ?? null,
    fee: visit.fee,
    currency: 'BDT',
    visitTypeId: wish.visitTypeId,
    visitKind: visit.kind,
    doctor: { id: doctor.id, fullName: doctor.fullName, nameBn: doctor.nameBn, slug: doctor.slug },
    chamber: visit.chamber,
    patient,
    channel,
    overbooked: over,
    // Never longer than until the visit.
    expires:
      deposit === null
        ? null
        : Math.min(now.epochMilliseconds + visit.depositMinutes * MINUTE_MS, place.start),
    deposit,
    reschedules: 0,
    policy: visit.policy,
    notes: wish.notes || null,
    version: 1,
    created: now.epochMilliseconds,
  };
  return {
    row,
    rule,
    by,
    event: `appointment.${deposit !== null ? 'held' : requested ? 'requested' : 'booked'}`,
    overbookReason: over ? (wish.overbookReason ?? null) : null,
    reason: staff ? (wish.overbookReason ?? null) : null,
    idempotency,
  };
}

/** The rule of a sitting with the version that the claim re-checks. */
export function ruleOf({ rules }: Situation, sitting: Sitting): Situation['rules'][number] {
  const rule = rules.find((each) => each.scheduleId === sitting.rule.scheduleId);
  if (!rule) throw new Error('the verdict names a rule that was not given');
  return rule;
}

function repeatAnswer(stored: NonNullable<Situation['stored']>, idempotency: Idempotency): AppointmentRow {
  if (stored.fingerprint !== idempotency?.fingerprint.toString('hex')) throw new Problem('key_reused');
  return stored.answer;
}
