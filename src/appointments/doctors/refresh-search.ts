import { instantOf } from '../../platform/instant-range.ts';
import type pg from 'pg';
import { inTransaction, run, type Queryable, type Statement, type Tx } from '../../platform/database.ts';
import type { Log } from '../../platform/log.ts';
import { occupied } from '../../scheduling/places.ts';
import { MINUTE_MS, type EpochMs, type Range } from '../../scheduling/range.ts';
import type { Sitting } from '../../scheduling/sittings.ts';
import { findPlaces, spanOfDates } from '../availability/find-places.ts';
import { findDoctorsTime, travelOfDoctor } from '../availability/queries.ts';

// Doctors are searched by when they can next be seen; most can within days, so the horizon is walked in steps.
const stepDays = 14;

/** Brings the search row of a doctor up to date in a transaction of its own. */
export const refreshSearch = (pool: pg.Pool, doctorId: number, now: Temporal.Instant): Promise<void> =>
  inTransaction(pool, (client) => refreshSearchRow(client, doctorId, now));

/**
 * Brings the search row of a doctor up to date: words, lowest fee, and the first place an online patient can take for a
 * new visit. Removes it when the doctor cannot be booked. Same present state, same row: safe to repeat. After a booking
 * (`booked`, its id) there is nothing to do unless it took that very place. Others wait until the transaction ends.
 */
export async function refreshSearchRow(
  tx: pg.PoolClient | Tx,
  doctorId: number,
  now: Temporal.Instant,
  { booked }: { booked?: number } = {},
): Promise<void> {
  // One refresh of a doctor at a time: a slower one could write back what it read before the other's change.
  await run(tx, queueForDoctor, [doctorId]);
  if (booked !== undefined && (await run(tx, keepsFirst, [booked])).length > 0) return;
  const next = await findNextPlace(tx, doctorId, now);
  if (next === 'not bookable') await run(tx, removeRow, [doctorId]);
  else
    await run(tx, writeRow, [
      doctorId,
      next.first?.starts ?? null,
      next.first?.zone ?? null,
      next.freshUntil,
      now.epochMilliseconds,
      next.first?.occupied.start ?? null,
      next.first?.occupied.end ?? null,
    ]);
}

// Most bookings take some later place, and the row stays as it is. What a booking takes reaches as far as the way to
// another chamber; that in the same chamber it does not only costs a refresh in vain.
const keepsFirst: Statement = {
  name: 'booking-keeps-first-place',
  text: `select from appointments a
           join doctor_search r on r.doctor_id = a.doctor_id
           cross join lateral (select ${travelOfDoctor('a.doctor_id')} * interval '1 minute' as travel) way
         where a.id = $1
           and not (tstzrange(lower(a.occupied) - travel, upper(a.occupied) + travel) && r.next_occupied)`,
};

const queueForDoctor: Statement = {
  name: 'queue-for-doctor',
  text: `select pg_advisory_xact_lock(hashtextextended('search ' || $1::int, 0))`,
};

type NextPlace = {
  first: { starts: EpochMs; occupied: Range; zone: string } | null;
  /** When time alone changes the answer: the place can no longer be booked, or quotas open an earlier one. */
  freshUntil: EpochMs | null;
};

async function findNextPlace(
  on: Queryable,
  doctorId: number,
  at: Temporal.Instant,
): Promise<NextPlace | 'not bookable'> {
  const now = at.epochMilliseconds;
  // Yesterday in UTC is still today west of it.
  const first = at.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  const releases: EpochMs[] = [];
  let horizon = 0;
  for (let day = 0; day <= horizon; day += stepDays) {
    const from = first.add({ days: day });
    const dates = { from: from.toString(), to: from.add({ days: stepDays - 1 }).toString() };
    const time = await findDoctorsTime(on, { doctorId, ...spanOfDates(dates), now });
    if (!time) return 'not bookable';
    horizon = Math.max(0, ...time.rules.map((rule) => rule.horizonDays + 2));
    for (const { sitting, places } of findPlaces(time, { ...dates, now })) {
      const { zone, noticeMinutes } = sitting.rule;
      const release = releaseOf(sitting);
      if (release !== null && release > now) releases.push(release);
      const [place] = places;
      if (!place) continue;
      return {
        first: { starts: place.start, occupied: occupied(place, sitting.rule), zone },
        freshUntil: Math.min(place.start - noticeMinutes * MINUTE_MS, ...releases),
      };
    }
  }
  return { first: null, freshUntil: releases.length > 0 ? Math.min(...releases) : null };
}

/** From when on every channel may take what is left of the quotas. */
function releaseOf({ start, rule }: Sitting): EpochMs | null {
  const { quotas, quotaReleaseMinutes } = rule;
  return quotas === null || quotaReleaseMinutes === null ? null : start - quotaReleaseMinutes * MINUTE_MS;
}

const removeRow: Statement = {
  name: 'remove-search-row',
  text: `delete from doctor_search where doctor_id = $1`,
};

const writeRow: Statement = {
  name: 'write-search-row',
  text: `
    with before as (select text from doctor_search where doctor_id = $1),
    written as (
    insert into doctor_search (doctor_id, text, fee, next_available, next_time_zone, fresh_until, refreshed_at,
      next_occupied, card)
    select d.user_id,
      normalize(lower(concat_ws(' ', u.full_name, d.name_bn, d.qualifications,
        (select string_agg(concat_ws(' ', s.name_en, s.name_bn, s.people_en, s.keywords), ' ' order by s.id)
           from doctor_specializations ds join specializations s on s.id = ds.specialization_id
           where ds.doctor_id = d.user_id),
        (select string_agg(distinct concat_ws(' ', c.name, c.name_bn), ' ')
           from visit_types v join chambers c on c.id = v.chamber_id
           where v.doctor_id = d.user_id and v.ended_at is null))), nfc),
      coalesce((select min(v.fee) from visit_types v
                where v.doctor_id = d.user_id and v.kind = 'new' and v.ended_at is null),
               u.consultation_fee),
      ${instantOf('$2')}, $3, ${instantOf('$4')}, ${instantOf('$5')},
      case when $6::float8 is not null then tstzrange(${instantOf('$6')}, ${instantOf('$7')}) end,
      json_build_object('slug', d.slug, 'fullName', u.full_name, 'nameBn', d.name_bn, 'gender', d.gender,
        'qualifications', d.qualifications, 'photo', u.profile_image, 'experienceYears', u.experience_years,
        'specializations', coalesce(
          (select json_agg(json_build_object('id', s.id, 'code', s.code, 'nameEn', s.name_en, 'nameBn', s.name_bn)
                           order by s.id)
             from doctor_specializations ds join specializations s on s.id = ds.specialization_id
             where ds.doctor_id = d.user_id), '[]'),
        'place',
          (select json_build_object('division', c.division, 'district', c.district, 'thana', c.thana)
             from visit_types v join chambers c on c.id = v.chamber_id
             where v.doctor_id = d.user_id and v.ended_at is null order by v.id limit 1))
    from doctors d join users u on u.id = d.user_id
    where d.user_id = $1 and d.approval = 'approved' and u.status = 'active'
    on conflict (doctor_id) do update set
      text = excluded.text, fee = excluded.fee, next_available = excluded.next_available,
      next_time_zone = excluded.next_time_zone, fresh_until = excluded.fresh_until,
      refreshed_at = excluded.refreshed_at, next_occupied = excluded.next_occupied,
      card = excluded.card
    returning text)
    -- In one order, since two refreshes that add the same words would otherwise wait for each other in a circle.
    insert into search_words
    select distinct word from written, regexp_split_to_table(written.text, '[\\s,.;:()/&]+') word
    where written.text is distinct from (select text from before) and length(word) between 3 and 40
    order by word
    on conflict do nothing`,
};

/**
 * Doctors whose first place has passed its notice, whose quotas have been released, or whose row is so old that new days
 * have opened. Every minute: no later does a released place count in searches; a page that shows the row looks at once.
 */
export async function refreshStale(pool: pg.Pool, log: Log, now: Temporal.Instant): Promise<void> {
  const stale = await run<{ doctor_id: number }>(pool, staleRows, [now.epochMilliseconds]);
  for (const { doctor_id } of stale) {
    try {
      await refreshSearch(pool, doctor_id, now);
    } catch (error) {
      // The others' rows are fine, and this one would head the list again at every run.
      log.error({ err: error, doctor: doctor_id }, 'search row could not be refreshed');
    }
  }
}

const staleRows: Statement = {
  name: 'stale-search-rows',
  text: `select doctor_id from doctor_search
         where fresh_until <= ${instantOf('$1')} or refreshed_at < ${instantOf('$1')} - interval '6 hours'
         order by refreshed_at limit 500`,
};
