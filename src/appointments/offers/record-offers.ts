import { inTransaction, run, type Statement } from '../../platform/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { instantOf } from '../../platform/instant-range.ts';
import { occupied, type Place } from '../../scheduling/places.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import type { Sitting } from '../../scheduling/sittings.ts';
import { findPlaces, spanOfDates } from '../availability/find-places.ts';
import { findDoctorsTime } from '../availability/queries.ts';

/**
 * Writes down how many places each sitting offered that has begun since the last time, as the hours stand now; answers how
 * many sittings. The first time there is nothing to look back to, unless the caller says since when hours are known. Two at
 * once write them once.
 */
export async function recordOffers(
  { pool }: Pick<Deps, 'pool'>,
  now: Temporal.Instant,
  { since = now }: { since?: Temporal.Instant } = {},
): Promise<number> {
  const until = now.epochMilliseconds;
  await run(pool, beginRecord, [since.epochMilliseconds]);
  const [recorded] = await run<{ until: EpochMs }>(pool, recordedUntil, []);
  const from = recorded?.until ?? until;
  if (from >= until) return 0;
  const offers: Offer[] = [];
  for (const { id } of await run<{ id: number }>(pool, doctorsWithHours, []))
    offers.push(...(await findOffers(pool, { doctorId: id, from, until })));
  return inTransaction(pool, async (client) => {
    const moved = await run(client, moveRecord, [from, until]);
    // Somebody else was quicker.
    if (moved.length === 0) return 0;
    await run(client, addOffers, [JSON.stringify(offers)]);
    return offers.length;
  });
}

type Offer = {
  schedule_id: number;
  date: string;
  doctor_id: number;
  chamber_id: number;
  starts: EpochMs;
  places: number;
};

/** The sittings of a doctor that began after `from`, until `until`. */
async function findOffers(
  pool: Deps['pool'],
  { doctorId, from, until }: { doctorId: number; from: EpochMs; until: EpochMs },
): Promise<Offer[]> {
  const dates = datesOf(from, until);
  const time = await findDoctorsTime(pool, { doctorId, ...spanOfDates(dates), now: from });
  if (!time) return [];
  // Whoever took them, by whichever way and however early: only the hours count.
  const rules = time.rules.map((rule) => ({
    ...rule,
    quotas: null,
    quotaReleaseMinutes: null,
    horizonDays: anyTime,
  }));
  const free = { ...time, rules, taken: [] };
  return findPlaces(free, { ...dates, now: from, channel: 'walk_in' }).flatMap(({ sitting, places }) => {
    const { start, date, rule } = sitting;
    const count = countApart(places, sitting);
    if (start <= from || start > until || count === 0) return [];
    const { scheduleId, chamberId } = rule;
    return [
      {
        schedule_id: scheduleId,
        date,
        doctor_id: doctorId,
        chamber_id: chamberId,
        starts: start,
        places: count,
      },
    ];
  });
}

/** In days. */
const anyTime = 10_000;

/** Dates that hold whatever happens between two instants, in any zone. */
function datesOf(from: EpochMs, until: EpochMs): { from: string; to: string } {
  const dateOf = (at: EpochMs) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').toPlainDate();
  return {
    from: dateOf(from).subtract({ days: 1 }).toString(),
    to: dateOf(until).add({ days: 1 }).toString(),
  };
}

/** Starts can be closer to each other than a visit is long: how many visits fit one after the other. */
function countApart(places: readonly Place[], { rule }: Sitting): number {
  let count = 0;
  let free = Number.NEGATIVE_INFINITY;
  for (const place of places) {
    const { start, end } = occupied(place, rule);
    if (start < free) continue;
    count += 1;
    free = end;
  }
  return count;
}

const beginRecord: Statement = {
  name: 'begin-offers-record',
  text: `insert into offers_recorded (since, until) values (${instantOf('$1')}, ${instantOf('$1')}) on conflict do nothing`,
};

const recordedUntil: Statement = {
  name: 'offers-recorded-until',
  text: `select (extract(epoch from until) * 1000)::float8 as until from offers_recorded`,
};

const doctorsWithHours: Statement = {
  name: 'doctors-with-hours',
  text: `select distinct doctor_id as id from schedules where ended_at is null order by 1`,
};

const moveRecord: Statement = {
  name: 'move-offers-record',
  text: `update offers_recorded set until = ${instantOf('$2')} where until = ${instantOf('$1')} returning until`,
};

const addOffers: Statement = {
  name: 'add-offers',
  text: `
    insert into offered_sittings (schedule_id, date, doctor_id, chamber_id, starts_at, places)
    select schedule_id, date, doctor_id, chamber_id, ${instantOf('starts')}, places
    from jsonb_to_recordset($1::jsonb)
      as o (schedule_id int, date date, doctor_id int, chamber_id int, starts float8, places smallint)
    on conflict do nothing`,
};
