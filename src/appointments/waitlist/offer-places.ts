import { sql } from 'kysely';
import { publish } from '../../platform/bus.ts';
import { untilWon, type Tx } from '../../platform/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { nobody } from '../../platform/idempotency.ts';
import { announceJobs } from '../../platform/jobs.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { dayOfDate, dayOpensAt } from '../../scheduling/wall-time.ts';
import { datesAround, findPlaces, spanOfDates, type OpenSitting } from '../availability/find-places.ts';
import { findDoctorsTime, type DoctorsTime } from '../availability/queries.ts';
import { ruleOf } from '../booking/book-appointment.ts';
import { isInWindow, refuseByRules } from '../booking/check-parties.ts';
import { claimPlace, ensureSession } from '../booking/claim-place.ts';
import { around, judge, type Dates } from '../booking/judge-place.ts';
import { lockParties } from '../booking/lock-parties.ts';
import { findSituation } from '../booking/queries.ts';
import { expireOverdue } from '../holds/expire-holds.ts';
import { heldRow } from '../holds/hold-place.ts';
import { lapseOffers } from './end-offer.ts';
import { aheadMs, offerTime } from './policy.ts';
import { findLine, findWaitedDoctors, someoneWaits, type Waiting } from './queries.ts';

/**
 * One round of a doctor's line: ends what is over, then keeps each free place for the first in line who can have it and
 * offers it to them. Whoever is busy at that time, has as many bookings as are allowed, or is considering another offer
 * is passed over and stays where they are. Two at once take turns, and the second finds nothing left to do.
 *
 * Whatever gives a place back calls this in its own transaction, `near` its time, so that nobody comes in between; the
 * rest is done by events and every minute.
 */
export async function offerPlaces(
  tx: Tx,
  { doctorId, near }: { doctorId: number; near?: EpochMs },
  now: Temporal.Instant,
): Promise<void> {
  if (!(await someoneWaits(tx, doctorId))) return;
  await lockParties(tx, { doctorIds: [doctorId] });
  await expireOverdue(tx, { of: { doctorId } }, now);
  await lapseOffers(tx, doctorId, now);
  const line = await findLine(tx, { doctorId, now: now.epochMilliseconds });
  const over = line.filter((entry) => isOver(entry, now.epochMilliseconds));
  if (over.length > 0) {
    await endEntries(tx, over, now);
    await lapseOffers(tx, doctorId, now);
  }
  const free = line.filter((entry) => !over.includes(entry) && !entry.offered);
  const dates = datesOf(free, { near, now });
  if (!dates) return;
  const read = () =>
    findDoctorsTime(tx, { doctorId, ...spanOfDates(dates), now: now.epochMilliseconds }).then(
      (time) => time && sittingsIn(time, { dates, now: now.epochMilliseconds }),
    );
  let open = await read();
  const considering = new Set<number>();
  for (const entry of free) {
    if (!open) return;
    if (considering.has(entry.patientId)) continue;
    if (!(await offerOne(tx, { doctorId, entry, wishes: wishesOf(entry, open) }, now))) continue;
    considering.add(entry.patientId);
    open = await read();
  }
}

/** A round for everybody who is waited on: for what no event tells, such as time. */
export async function offerToAll({
  db,
  pool,
  clock,
  log,
}: Pick<Deps, 'db' | 'pool' | 'clock' | 'log'>): Promise<void> {
  for (const doctorId of await findWaitedDoctors(pool)) {
    try {
      await untilWon(() => db.transaction().execute((tx) => offerPlaces(tx, { doctorId }, clock.now())));
    } catch (error) {
      // The other lines move on; this one has its next turn in a minute.
      log.error({ err: error, doctor: doctorId }, 'places could not be offered');
    }
  }
  announceJobs(pool);
}

const isOver = ({ served, earlierThan, lastDate, timeZone }: Waiting, now: EpochMs): boolean =>
  served || (earlierThan?.settled ?? false) || dayOpensAt(timeZone, (dayOfDate(lastDate) ?? 0) + 1) <= now;

async function endEntries(tx: Tx, over: readonly Waiting[], now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('waitlist_entries')
    .set({ status: 'ended', ended_at: now.toString() })
    .where(
      'id',
      'in',
      over.map(({ id }) => id),
    )
    .execute();
}

/** The dates in question: all that somebody waits for, or those around one time. Null: none. */
function datesOf(
  line: readonly Waiting[],
  { near, now }: { near: EpochMs | undefined; now: Temporal.Instant },
): Dates | null {
  const utcDate = (instant: Temporal.Instant) => instant.toZonedDateTimeISO('UTC').toPlainDate();
  // Yesterday in UTC is still today west of it.
  const today = utcDate(now).subtract({ days: 1 }).toString();
  const wanted = {
    from: line.map(({ from }) => (from !== null && from > today ? from : today)).toSorted()[0],
    to: line
      .map(({ lastDate }) => lastDate)
      .toSorted()
      .at(-1),
  };
  if (wanted.from === undefined || wanted.to === undefined) return null;
  const around =
    near === undefined
      ? { from: wanted.from, to: wanted.to }
      : datesAround(utcDate(Temporal.Instant.fromEpochMilliseconds(near)).toString());
  const from = wanted.from > around.from ? wanted.from : around.from;
  const to = wanted.to < around.to ? wanted.to : around.to;
  return from <= to ? { from, to } : null;
}

/** Sittings that an entry can mean and that have free places, with the starts of these. */
type OpenFor = (entry: Waiting) => OpenSitting[];

/** What is free is worked out once for all who ask for the same visit type by the same channel. */
function sittingsIn(time: DoctorsTime, { dates, now }: { dates: Dates; now: EpochMs }): OpenFor {
  const known = new Map<string, OpenSitting[]>();
  const openFor = ({ visitTypeId, channel }: Waiting) => {
    // What has ended since has no minutes to look for.
    if (!time.visitTypes.some(({ id }) => id === visitTypeId)) return [];
    const key = `${visitTypeId} ${channel}`;
    const found =
      known.get(key) ??
      findPlaces(time, { ...dates, now: now + aheadMs, channel, visitTypeId }).filter(
        ({ places }) => places.length > 0,
      );
    known.set(key, found);
    return found;
  };
  // Hours that others have taken the place of are waited for by their date.
  const goesOn = (scheduleId: number) => time.rules.some((rule) => rule.scheduleId === scheduleId);
  return (entry) => {
    const { from, lastDate, scheduleId } = entry;
    return openFor(entry).filter(
      ({ sitting: { date, rule } }) =>
        (from === null || from <= date) &&
        date <= lastDate &&
        (scheduleId === null || scheduleId === rule.scheduleId || !goesOn(scheduleId)),
    );
  };
}

type Wish = { startsAt: string } | { sessionKey: string };

// Whoever is busy on a whole evening need not be asked about each of its minutes.
const mostWishes = 12;

/** What an entry can be asked about, earliest first. */
const wishesOf = (entry: Waiting, open: OpenFor): Wish[] =>
  open(entry)
    .flatMap(({ sitting, places }): Wish[] =>
      sitting.rule.mode === 'serial'
        ? [{ sessionKey: sitting.sessionKey }]
        : places
            .filter(({ start }) => suits(entry, start))
            .map(({ start }) => ({ startsAt: Temporal.Instant.fromEpochMilliseconds(start).toString() })),
    )
    .slice(0, mostWishes);

/** Not one that they have let go before, nor one as late as what they have. */
const suits = ({ passed, earlierThan }: Waiting, start: EpochMs): boolean =>
  !passed.includes(start) && (earlierThan === null || start < earlierThan.start);

/** Keeps the first place that the entry can have, and tells its patient. False: there is none. */
async function offerOne(
  tx: Tx,
  { doctorId, entry, wishes }: { doctorId: number; entry: Waiting; wishes: readonly Wish[] },
  now: Temporal.Instant,
): Promise<boolean> {
  for (const wish of wishes)
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const outcome = await tryWish(tx, { doctorId, entry, wish }, now);
      if (outcome === 'offered') return true;
      if (outcome === 'refused') break;
    }
  return false;
}

// Of a serial session somebody may just have booked the number in question; the next one is this patient's all the same.
const attempts = 3;

async function tryWish(
  tx: Tx,
  { doctorId, entry, wish }: { doctorId: number; entry: Waiting; wish: Wish },
  now: Temporal.Instant,
): Promise<'offered' | 'refused' | 'lost'> {
  const { chamberId, visitTypeId, patientId, channel, earlierThan } = entry;
  const stretch = around(wish);
  const situation = await findSituation(tx, {
    keeper: nobody,
    key: null,
    doctorId,
    chamberId,
    visitTypeId,
    comer: { of: 'anybody', patientId },
    ...stretch,
    now: now.epochMilliseconds,
  });
  const { doctor, visit, patient } = situation;
  if (!doctor?.active || !visit || !patient) return 'refused';
  const barred =
    earlierThan === null
      ? channel === 'online' && refuseByRules(situation, { visit }) !== null
      : !earlierThan.movesLeft;
  const verdict = judge(situation, {
    wish,
    dates: stretch.dates,
    now: now.add({ milliseconds: aheadMs }),
    channel,
    visitMinutes: visit.minutes,
    patientLimitReached: barred,
  });
  if (!verdict.free) return 'refused';
  const { sitting, place } = verdict;
  const time = offerTime(
    { starts: place.start, noticeMinutes: sitting.rule.noticeMinutes },
    now.epochMilliseconds,
  );
  if (!time || !suits(entry, place.start) || !isInWindow(situation, { visit }, place.start)) return 'refused';
  const rule = ruleOf(situation, sitting);
  const known = { doctorId, version: rule.version, sessions: situation.sessions };
  const sessionId = await ensureSession(tx, sitting, known);
  if (sessionId === null) return 'lost';
  const { expires, until } = time;
  const row = heldRow({ doctor, visit, visitTypeId, rule, place, patient, channel, expires, now });
  const claim = { row, rule, sessionId, by: null, event: 'appointment.held', idempotency: null } as const;
  const id = await claimPlace(tx, claim);
  if (id === null) return 'lost';
  await sql`
    update appointments
    set offered_to = ${entry.id}, offered_until = ${Temporal.Instant.fromEpochMilliseconds(until).toString()}
    where id = ${id}`.execute(tx);
  const data = { appointmentId: id, doctorId, version: row.version, entryId: entry.id };
  await publish(tx, { name: 'waitlist.offered', data });
  return 'offered';
}
