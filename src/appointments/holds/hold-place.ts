import { instantOf } from '../../platform/instant-range.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { createHold } from '../../contract/holds.ts';
import { run, type Statement, type Tx } from '../../platform/database.ts';
import { nobody } from '../../platform/idempotency.ts';
import { Problem } from '../../platform/problems.ts';
import type { Place } from '../../scheduling/places.ts';
import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';
import { ruleOf } from '../booking/book-appointment.ts';
import { checkDoctor } from '../booking/check-parties.ts';
import { claimPlace, ensureSession, type Claim } from '../booking/claim-place.ts';
import { around, judge } from '../booking/judge-place.ts';
import { takeLock } from '../booking/lock-parties.ts';
import { findSituation, type Situation } from '../booking/queries.ts';
import { refuseBooking } from '../booking/refuse-booking.ts';
import type { VersionedRule } from '../schedules/queries.ts';
import { holdMinutes, mostHoldsOfAddress, mostHoldsOfPerson } from './policy.ts';

export type Holder = {
  /** Null: somebody who is not signed in. */
  userId: number | null;
  /** Digest of their address. */
  address: Buffer;
  channel: 'online' | 'phone' | 'walk_in';
};

export type HeldRow = Claim['row'] & { id: number; expires: number };

const attempts = 4;

/**
 * Keeps a place for some minutes, for nobody else can book it until then. Refuses like a booking, and with
 * `too_many_holds`. Holds of one person or address take turns, so that their number is true.
 */
export async function holdPlace(
  tx: Tx,
  wish: RouteRequest<typeof createHold>['body'],
  by: Holder,
  now: Temporal.Instant,
): Promise<HeldRow> {
  const { sessionKey } = wish;
  if (sessionKey !== undefined) await run(tx, takeLock, [`session ${sessionKey}`]);
  await refuseHoarding(tx, by, now);
  const stretch = around(wish);
  for (let i = 0; i < attempts; i++) {
    const situation = await findSituation(tx, {
      keeper: nobody,
      key: null,
      ...wish,
      comer: null,
      ...stretch,
      now: now.epochMilliseconds,
    });
    const { doctor, visit } = checkDoctor(situation);
    if (situation.travelMinutes > 0 && i === 0) {
      // No constraint knows the way between two chambers; the next look is in turn.
      await run(tx, takeLock, [`doctor ${doctor.id}`]);
      continue;
    }
    const verdict = judge(situation, {
      wish,
      dates: stretch.dates,
      now,
      channel: by.channel,
      visitMinutes: visit.minutes,
      patientLimitReached: false,
    });
    if (!verdict.free) throw await refuseBooking(tx, { verdict, wish, channel: by.channel, now });
    const { sitting, place } = verdict;
    const rule = ruleOf(situation, sitting);
    const known = { doctorId: doctor.id, version: rule.version, sessions: situation.sessions };
    const sessionId = await ensureSession(tx, sitting, known);
    if (sessionId === null) continue;
    const expires = now.epochMilliseconds + holdMinutes * MINUTE_MS;
    const row = heldRow({
      doctor,
      visit,
      rule,
      place,
      patient: null,
      channel: by.channel,
      expires,
      now,
      ...wish,
    });
    const id = await claimPlace(tx, {
      row,
      rule,
      sessionId,
      by: by.userId,
      event: 'appointment.held',
      heldFrom: by.address,
      idempotency: null,
    });
    if (id !== null) return { id, ...row };
  }
  throw new Problem('unavailable', 'Many people are booking this session right now; try again.', {
    retryAfter: 1,
  });
}

/** All that stands on a held place. */
export const heldRow = (of: {
  doctor: NonNullable<Situation['doctor']>;
  visit: NonNullable<Situation['visit']>;
  visitTypeId: number;
  rule: VersionedRule;
  place: Place;
  patient: Claim['row']['patient'];
  channel: Claim['row']['channel'];
  expires: EpochMs;
  now: Temporal.Instant;
}): Omit<HeldRow, 'id'> => ({
  status: 'held',
  mode: of.rule.mode,
  starts: of.place.start,
  ends: of.place.end,
  timeZone: of.rule.zone,
  serial: of.place.serial ?? null,
  fee: of.visit.fee,
  currency: 'BDT',
  visitTypeId: of.visitTypeId,
  visitKind: of.visit.kind,
  doctor: { id: of.doctor.id, fullName: of.doctor.fullName, nameBn: of.doctor.nameBn, slug: of.doctor.slug },
  chamber: of.visit.chamber,
  patient: of.patient,
  channel: of.channel,
  overbooked: false,
  expires: of.expires,
  deposit: null,
  reschedules: 0,
  policy: of.visit.policy,
  notes: null,
  version: 1,
  created: of.now.epochMilliseconds,
});

async function refuseHoarding(tx: Tx, { userId, address }: Holder, now: Temporal.Instant): Promise<void> {
  await run(tx, takeLock, [`holds ${userId ?? address.toString('hex')}`]);
  const [found] = await run<{ count: number }>(tx, userId === null ? heldFrom : heldBy, [
    userId ?? address,
    now.epochMilliseconds,
  ]);
  const most = userId === null ? mostHoldsOfAddress : mostHoldsOfPerson;
  if ((found?.count ?? 0) >= most)
    throw new Problem(
      'too_many_holds',
      'Finish or give back a booking you have begun, or wait until its time runs out.',
    );
}

const heldBy: Statement = {
  text: `select count(*)::int as count from appointments
         where booked_by = $1 and status = 'held' and patient_id is null and expires_at > ${instantOf('$2')}`,
};
const heldFrom: Statement = {
  text: `select count(*)::int as count from appointments
         where held_from = $1 and booked_by is null and status = 'held' and patient_id is null
           and expires_at > ${instantOf('$2')}`,
};
