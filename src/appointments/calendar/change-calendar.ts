import type { ChangePreview, ChangeQuery } from '../../contract/changes.ts';
import { publishAll } from '../../platform/bus.ts';
import { untilWon, type Database, type Tx } from '../../platform/database.ts';
import { answerOnce, type Idempotency } from '../../platform/idempotency.ts';
import { Problem } from '../../platform/problems.ts';
import { overlaps } from '../../scheduling/range.ts';
import { sittings, type Sitting } from '../../scheduling/sittings.ts';
import { alignSessions, rehomeAppointments } from './align-sessions.ts';
import { findStranded } from './find-stranded.ts';
import { lockHours, type Scope } from './lock-hours.ts';
import { daysAhead, findCalendars, findPromised, spanOf, type DoctorCalendar } from './queries.ts';
import { reviewChange } from './review-change.ts';
import { settleStranded } from './settle-stranded.ts';
import { endOffer } from '../waitlist/end-offer.ts';

export type CalendarChange = {
  scope: Scope;
  by: { userId: number };
  /** For the history of the appointments it concerns. */
  why: string;
  now: Temporal.Instant;
  query: ChangeQuery;
  idempotency?: Idempotency;
};

/** What every command that changes a calendar is asked with. */
export type ChangeRequest = Omit<CalendarChange, 'scope' | 'why'>;

/**
 * Changes hours, time off or holidays as one step, or with `preview` tells what the step would do. It refuses to put a
 * doctor in two places at once (`schedule_overlap`) and to strand an appointment without a decision
 * (`appointments_stranded`); decisions are carried out in the same transaction, with one event for each appointment.
 *
 * Every rule of the doctors gets a new version: a booking share-locks its rule and re-checks the version, so it either
 * commits before this looks for stranded appointments, or sees that its verdict is out of date. This holds for rules
 * that the change does not touch as well, since a dated rule switches the undated ones off.
 */
export async function changeCalendar<T extends object | void>(
  db: Database,
  request: CalendarChange,
  change: (tx: Tx) => Promise<T>,
): Promise<T | ChangePreview> {
  const { by, now, query, idempotency = null } = request;
  // A patient who is moved may at this moment be booking elsewhere; the next attempt sees that visit.
  return untilWon(async () =>
    query.preview
      ? rehearse(db, (tx) => foresee(tx, request, change))
      : answerOnce(db, { userId: by.userId, idempotency, status: 201, now }, (tx) =>
          changeCalendarWithin(tx, request, change),
        ),
  );
}

/** The same inside a transaction of the caller, who asks for no preview and has no key. */
export async function changeCalendarWithin<T>(
  tx: Tx,
  request: CalendarChange,
  change: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { result, doctorIds, stranded, offers } = await applyChange(tx, request, change);
  for (const offer of offers) await endOffer(tx, offer, { declined: false, by: null }, request.now);
  await settleStranded(tx, stranded, request);
  await publishAll(
    tx,
    'schedule.changed',
    doctorIds.map((doctorId) => ({ doctorId })),
  );
  return result;
}

async function foresee(
  tx: Tx,
  request: CalendarChange,
  change: (tx: Tx) => Promise<unknown>,
): Promise<ChangePreview> {
  const { before, after, stranded } = await applyChange(tx, request, change);
  return reviewChange(tx, { before, after, stranded, now: request.now });
}

async function applyChange<T>(tx: Tx, request: CalendarChange, change: (tx: Tx) => Promise<T>) {
  const { scope, now, query } = request;
  const doctorIds = await lockHours(tx, scope, { toLook: query.preview ?? false });
  const stretches = 'stretches' in scope ? scope.stretches : [daysAhead(now)];
  const before = await findCalendars(tx, doctorIds, stretches);
  const result = await change(tx);
  const after = await findCalendars(tx, doctorIds, stretches);
  const promised = await findPromised(tx, doctorIds, { dates: spanOf(stretches), now });
  // A holiday leaves the sessions as they are; it only takes their places.
  if (!('stretches' in scope)) {
    for (const calendar of after) refuseOverlaps(calendar, now);
    await alignSessions(tx, { calendars: after, now });
    await rehomeAppointments(tx, { calendars: after, promised });
  }
  const lost = findStranded(promised, { before, after });
  // Nobody decides what becomes of a place that nobody has taken yet.
  const offers = lost.flatMap(({ appointment }) => (appointment.offered ? [appointment] : []));
  const stranded = lost.filter(({ appointment }) => !appointment.offered);
  return { result, doctorIds, before, after, stranded, offers };
}

/** Within the days ahead, and in the first fortnight of dated hours that begin after them. */
function refuseOverlaps({ sittings: ahead, rules }: DoctorCalendar, now: Temporal.Instant): void {
  refuseOverlap(ahead);
  const { to } = daysAhead(now);
  const later = rules.flatMap(({ validFrom }) => (validFrom !== null && validFrom > to ? validFrom : []));
  for (const from of new Set(later)) {
    const until = Temporal.PlainDate.from(from).add({ days: 13 }).toString();
    refuseOverlap(sittings(rules, { from, to: until }));
  }
}

function refuseOverlap(all: readonly Sitting[]): void {
  let last: Sitting | undefined;
  for (const sitting of all) {
    if (last && overlaps(last, sitting))
      throw new Problem(
        'schedule_overlap',
        `On ${sitting.date} ${sitting.rule.from} to ${sitting.rule.to} in chamber ${sitting.rule.chamberId} meets ${last.rule.from} to ${last.rule.to} in chamber ${last.rule.chamberId}.`,
      );
    if (!last || sitting.end > last.end) last = sitting;
  }
}

/** Does the work in a transaction that is taken back, and answers what it found. */
async function rehearse<Found>(db: Database, work: (tx: Tx) => Promise<Found>): Promise<Found> {
  const tx = await db.startTransaction().execute();
  try {
    return await work(tx);
  } finally {
    await tx.rollback().execute();
  }
}
