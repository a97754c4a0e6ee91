import type { OfferedSitting, ReportGrouping } from '../../contract/figures.ts';
import { instantOf } from '../../platform/instant-range.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import {
  inGroup,
  localOf,
  narrow,
  parameters,
  where,
  type Asked,
  type Bind,
  type SumMeasure,
} from './policy.ts';

/**
 * SQL: the sittings of the dates that were written down, with the places they offered and what became of them, as
 * `visits`. Appointments are found by their doctor and time, which have an index; their sitting has none.
 */
export function sittingsOf(asked: Asked, bind: Bind): string {
  const { zones, conditions } = narrow(asked, bind, { of: 'o', starts: 'o.starts_at' });
  return `
  visits as (
    select o.id, o.doctor_id, o.chamber_id, o.starts_at as starts, z.zone, ${localOf('o.starts_at')} as local,
      o.places::int as places, used.filled, used.came, used.missed, greatest(0, o.places - used.filled) as free
    from offered_sittings o ${zones}
      left join lateral (
        select count(*)::int as filled,
          count(*) filter (where a.status in ('arrived', 'in_consultation', 'completed'))::int as came,
          count(*) filter (where a.status = 'no_show')::int as missed
        from appointments a join sessions s on s.id = a.session_id
        where a.doctor_id = o.doctor_id and a.status not in ('held', 'cancelled', 'expired')
          and lower(a.period) between o.starts_at - interval '1 day' and o.starts_at + interval '2 days'
          and s.schedule_id = o.schedule_id and s.date = o.date
      ) used on true
    where ${conditions}
  )`;
}

/** What is opened: a figure, or what it is in one group. */
export type OpenedSum = { measure: SumMeasure; group: { by: ReportGrouping; key: string } | null };

/** SQL: the sittings as `visits`, and what is true of those that add to a figure. */
export function behindSum(
  asked: Asked,
  { measure, group }: OpenedSum,
  bind: Bind,
): { visits: string; conditions: string[] } {
  const visits = sittingsOf(asked, bind);
  const conditions = [measure.part === undefined ? `${measure.of} > 0` : 'true'];
  if (group) conditions.push(inGroup(group, bind));
  return { visits, conditions };
}

/** From when on sittings are written down; null: none was so far. */
export async function findRecordedSince(on: Queryable): Promise<EpochMs | null> {
  const [record] = await run<{ since: EpochMs }>(on, recordedSince, []);
  return record?.since ?? null;
}

const recordedSince: Statement = {
  name: 'offers-recorded-since',
  text: `select (extract(epoch from since) * 1000)::float8 as since from offers_recorded`,
};

export type SittingRow = Omit<OfferedSitting, 'startsAt'> & { starts: EpochMs; zone: string };

/** The sittings that add to a figure, by time. */
export function findSittings(
  on: Queryable,
  asked: Asked,
  page: OpenedSum & { after: { starts: EpochMs; id: number } | null; limit: number },
): Promise<SittingRow[]> {
  const { values, bind } = parameters();
  const { after, limit } = page;
  const { visits, conditions } = behindSum(asked, page, bind);
  if (after)
    conditions.push(`(v.starts, v.id) > (${instantOf(bind(after.starts))}, ${bind(after.id)}::bigint)`);
  const text = `
    with ${visits}
    select v.id, (extract(epoch from v.starts) * 1000)::float8 as starts, v.zone, v.places, v.filled, v.came, v.missed, v.free,
      json_build_object('id', u.id, 'fullName', u.full_name, 'nameBn', d.name_bn) as doctor,
      json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn) as chamber
    from visits v join chambers c on c.id = v.chamber_id
      join users u on u.id = v.doctor_id join doctors d on d.user_id = v.doctor_id
    ${where(conditions)}
    order by v.starts, v.id limit ${bind(limit)}::int`;
  return run<SittingRow>(on, { text }, values);
}
