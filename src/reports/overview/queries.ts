import { instantOf } from '../../platform/instant-range.ts';
import type { ConcernName, DayStanding, Overview } from '../../contract/overview.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { Range } from '../../scheduling/range.ts';

export type DoctorsDay = Overview['today']['doctors'][number];

/** A day as it lies in each zone. */
export type ZoneDay = Range & { zone: string };

/** How each doctor's day stands in each chamber, the busiest first. */
export const findDay = (on: Queryable, days: readonly ZoneDay[]): Promise<DoctorsDay[]> =>
  run<DoctorsDay>(on, dayByDoctor, [
    days.map(({ zone }) => zone),
    days.map(({ start }) => start),
    days.map(({ end }) => end),
    Math.min(...days.map(({ start }) => start)),
    Math.max(...days.map(({ end }) => end)),
  ]);

const counts: Record<keyof DayStanding, string> = {
  expected: `'pending', 'confirmed'`,
  arrived: `'arrived'`,
  inConsultation: `'in_consultation'`,
  completed: `'completed'`,
  noShow: `'no_show'`,
  cancelled: `'cancelled'`,
};

// The outer limits are there for the index on the start.
const dayByDoctor: Statement = {
  name: 'overview-day',
  text: `
    select json_build_object('id', u.id, 'fullName', u.full_name, 'nameBn', d.name_bn) as doctor,
      json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn) as chamber,
      ${Object.entries(counts)
        .map(([name, statuses]) => `count(*) filter (where a.status in (${statuses}))::int as "${name}"`)
        .join(', ')}
    from appointments a
      join chambers c on c.id = a.chamber_id
      join unnest($1::text[], $2::float8[], $3::float8[]) z (zone, starts, ends) on z.zone = c.time_zone
      join doctors d on d.user_id = a.doctor_id
      join users u on u.id = d.user_id
    where lower(a.period) >= ${instantOf('$4')} and lower(a.period) < ${instantOf('$5')}
      and lower(a.period) >= ${instantOf('z.starts')} and lower(a.period) < ${instantOf('z.ends')}
      and a.status not in ('held', 'expired')
    group by u.id, d.user_id, c.id
    order by count(*) filter (where a.status <> 'cancelled') desc, u.id, c.id`,
};

export type FoundConcern = { name: ConcernName; count: number; since: Temporal.Instant | null };

/** What waits for a person; `now` as the caller's clock has it. */
export const findConcerns = (on: Queryable, now: Temporal.Instant): Promise<FoundConcern[]> =>
  run<FoundConcern>(on, concerns, [now.toString()]);

const concernTexts: Record<ConcernName, string> = {
  doctorsToApprove: `
    select count(*)::int as count, min(u.created_at) as since
    from doctors d join users u on u.id = d.user_id where d.approval = 'pending' and u.status = 'active'`,
  uncertainMessages: `
    select count(*)::int, min(finished_at) from messages where state = 'unknown' and resolved_at is null`,
  failedMessages: `
    select count(*)::int, min(finished_at) from messages where state = 'failed' and resolved_at is null`,
  deadLetters: `select count(*)::int, min(died_at) from dead_letters`,
  unansweredRequests: `
    select count(*)::int, min(lower(period)) from appointments
    where status = 'pending' and lower(period) between $1::timestamptz and $1::timestamptz + interval '1 day'`,
  // What was last decided about their time is to keep it. From the few that were ever kept, by an index of their own.
  keptVisits: `
    select count(*)::int, min(lower(a.period))
    from appointment_history h join appointments a on a.id = h.appointment_id
    where h.step = 'kept' and a.status in ('pending', 'confirmed')
      and lower(a.period) between $1::timestamptz and $1::timestamptz + interval '30 days'
      and not exists (
        select from appointment_history later
        where later.appointment_id = h.appointment_id and later.version > h.version
          and later.step in ('kept', 'rescheduled', 'swapped', 'moved'))`,
};

const concerns: Statement = {
  name: 'overview-concerns',
  text: Object.entries(concernTexts)
    .map(([name, text]) => `select '${name}' as name, found.* from (${text}) found (count, since)`)
    .join('\nunion all\n'),
};
