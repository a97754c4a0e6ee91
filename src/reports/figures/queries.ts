import { instantOf } from '../../platform/instant-range.ts';
import type { FigureReportName, FigureRow, ReportGrouping } from '../../contract/figures.ts';
import type { Language } from '../../contract/wording.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { counted, wasBooked } from '../monthly/policy.ts';
import {
  localOf,
  narrow,
  parameters,
  type Asked,
  type Bind,
  inGroup,
  keys,
  withSpecializations,
  isMeasured,
  measuresOf,
  type Measure,
  type RowMeasure,
  where,
} from './policy.ts';
import { sittingsOf } from './find-sittings.ts';

/**
 * One row of figures in the order of the contract. Key null: the total. Of money one row for each currency; other figures
 * have none.
 */
export type FigureLine = {
  key: string | null;
  currency: string | null;
  values: (number | string | null)[];
};

export function findFigures(
  on: Queryable,
  asked: Asked,
  groupBy: ReportGrouping | null,
): Promise<FigureLine[]> {
  const { values, bind } = parameters();
  const all = measuresOf(asked.report).map(([, measure]) => measure);
  const byCurrency = all.some(({ kind }) => kind === 'money');
  const figures = `json_build_array(${all.map(aggregate).join(', ')}) as values`;
  const told = (key: string, currency: string, from: string) =>
    `select ${key} as key, ${byCurrency ? currency : 'null'} as currency, ${figures} from ${from}`;
  const visits = `with ${visitsOf(asked, bind)}`;
  const total = `${told('null', 'v.currency', 'once v')} ${byCurrency ? 'group by v.currency' : ''}`;
  const only = byCurrency ? ', v.currency' : '';
  switch (groupBy) {
    case null:
      return run<FigureLine>(on, { text: `${visits}, ${once('null')} ${total}` }, values);
    // A visit stands in the group of each specialization of its doctor, so groups and total cannot be told in one pass.
    case 'specialization': {
      const groups = `${told(keys.specialization, 'v.currency', `once v ${withSpecializations}`)} group by 1 ${only}`;
      return run<FigureLine>(on, { text: `${visits}, ${once('null')} ${total} union all ${groups}` }, values);
    }
    default: {
      const sets = byCurrency ? '(v.key, v.currency), (v.currency)' : '(v.key), ()';
      const both = `${told('v.key', 'v.currency', 'once v')} group by grouping sets (${sets})`;
      return run<FigureLine>(on, { text: `${visits}, ${once(keys[groupBy])} ${both}` }, values);
    }
  }
}

/** SQL: the visits with a key each. `offset 0`: whatever is worked out for a visit is so once, and not for every figure. */
const once = (key: string): string => `once as (select v.*, ${key} as key from visits v offset 0)`;

export type Row = Omit<FigureRow, 'reference' | 'startsAt' | 'fee' | 'amount'> & {
  starts: EpochMs;
  zone: string;
  fee: string;
  amount: string | null;
  currency: string;
};

/** The rows behind a figure, by time; `group`: those of one group only. */
export function findRows(
  on: Queryable,
  asked: Asked,
  page: Opened & { after: { starts: EpochMs; id: number } | null; limit: number },
): Promise<Row[]> {
  const { values, bind } = parameters();
  const { measure, after, limit } = page;
  const { visits, chosen, conditions } = behind(asked, page, bind);
  if (after)
    conditions.push(`(v.starts, v.id) > (${instantOf(bind(after.starts))}, ${bind(after.id)}::bigint)`);
  const text = `
    with ${visits}
    select v.id, (extract(epoch from v.starts) * 1000)::float8 as starts, v.zone, v.status, v.channel,
      v.fee::text as fee, v.currency, ${measure.kind === 'share' ? measure.part : 'true'} as counted, v.minutes,
      ${measure.kind === 'money' ? `(${measure.amount})::text` : 'null'} as amount,
      json_build_object('id', p.id, 'fullName', p.full_name) as patient,
      json_build_object('id', u.id, 'fullName', u.full_name, 'nameBn', d.name_bn) as doctor,
      json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn) as chamber
    from ${chosen} v join patients p on p.id = v.patient_id join chambers c on c.id = v.chamber_id
      join users u on u.id = v.doctor_id join doctors d on d.user_id = v.doctor_id
    ${where(conditions)}
    order by v.starts, v.id limit ${bind(limit)}::int`;
  return run<Row>(on, { text }, values);
}

/** What is opened: a figure, or what it is in one group. */
export type Opened = { measure: RowMeasure; group: { by: ReportGrouping; key: string } | null };

/** SQL: the `visits`, which of them are chosen from, and what is true of those behind a figure. */
export function behind(
  asked: Asked,
  { measure, group }: Opened,
  bind: Bind,
): { visits: string; chosen: string; conditions: string[] } {
  const visits = visitsOf(asked, bind);
  const conditions = [measure.kind === 'minutes' ? isMeasured : measure.of];
  if (group) conditions.push(inGroup(group, bind));
  const chosen =
    measure.kind === 'distinct'
      ? firstOf(measure.by, `select v.* from visits v ${where(conditions)}`)
      : 'visits';
  return { visits, chosen, conditions };
}

/** SQL: the first of each kind, by time. */
const firstOf = (kind: string, visits: string): string =>
  `(select distinct on (${kind}) v.* from (${visits}) v order by ${kind}, v.starts, v.id)`;

/** SQL: the appointments of the dates; `local` is what the chamber's clock shows at the start. */
function visitsOf(asked: Asked, bind: Bind): string {
  if (asked.report === 'capacity') return sittingsOf(asked, bind);
  const { columns, joined } = extras[asked.report] ?? nothingMore;
  const { zones, conditions } = narrow(asked, bind, { of: 'a', starts: 'lower(a.period)' });
  return `
  visits as (
    select a.id, a.doctor_id, a.chamber_id, a.patient_id, a.status, a.channel, a.fee, a.currency,
      lower(a.period) as starts, z.zone, a.status = any (${bind(counted)}::text[]) as counted,
      ${localOf('lower(a.period)')} as local, ${columns}
    from appointments a ${zones} ${joined}
    where ${conditions} and ${wasBooked}
  )`;
}

type Extra = { columns: string; joined: string };
const nothingMore: Extra = { columns: 'null::int as minutes', joined: '' };

/** SQL: what the desk noted of a visit that has begun. A start or arrival that was taken back does not count. */
const seen = `
  left join lateral (
    select max(h.at) filter (where h.step = 'started') as started_at,
      max(h.at) filter (where h.step = 'arrived') as arrived_at,
      max(h.version) filter (where h.step = 'started')
        > coalesce(max(h.version) filter (where h.step = 'undone' and h.from_status = 'in_consultation'), 0) as stands,
      max(h.version) filter (where h.step = 'started' and h.from_status = 'arrived')
        = max(h.version) filter (where h.step = 'started') as had_arrived
    from appointment_history h
    where h.appointment_id = a.id and a.status in ('in_consultation', 'completed')
  ) seen on true`;

const wholeMinutes = (interval: string): string => `floor(date_part('epoch', ${interval}) / 60)::int`;

/** What some reports know besides. */
const extras: Partial<Record<FigureReportName, Extra>> = {
  outcomes: {
    columns: 'null::int as minutes, ended.step as ended_step, ended.by as ended_by',
    joined: `
      left join lateral (
        select h.step, u.user_type as by
        from appointment_history h left join users u on u.id = h.by_user
        where h.appointment_id = a.id and a.status = 'cancelled' and h.to_status = 'cancelled'
        order by h.version desc limit 1
      ) ended on true`,
  },
  'lead-time': {
    columns: `case when a.status = any ('{${[...counted, 'no_show'].join(',')}}')
      then greatest(0, ${wholeMinutes('lower(a.period) - a.created_at')}) end as minutes`,
    joined: '',
  },
  'waiting-time': {
    columns: `case when seen.stands and seen.had_arrived
      then greatest(0, ${wholeMinutes('seen.started_at - seen.arrived_at')}) end as minutes`,
    joined: seen,
  },
  punctuality: {
    columns: `case when seen.stands then ${wholeMinutes('seen.started_at - lower(a.period)')} end as minutes`,
    joined: seen,
  },
  revenue: {
    columns: 'null::int as minutes, money.paid, money.refunded',
    joined: `
      left join lateral (
        select coalesce(sum(y.amount) filter (where y.kind = 'payment'), 0.00) as paid,
          coalesce(sum(y.amount) filter (where y.kind = 'refund'), 0.00) as refunded
        from payments y where y.appointment_id = a.id
      ) money on true`,
  },
};

function aggregate(measure: Measure): string {
  if (measure.kind === 'sum')
    return measure.part === undefined
      ? `coalesce(sum(${measure.of}), 0)::int`
      : `round(100.0 * sum(${measure.part}) / nullif(sum(${measure.of}), 0), 1)::text`;
  if (measure.kind === 'minutes')
    return `percentile_disc(${measure.percent / 100}) within group (order by v.minutes)`;
  const { of } = measure;
  if (measure.kind === 'distinct') return `count(distinct (${measure.by})) filter (where ${of})`;
  if (measure.kind === 'count') return `count(*) filter (where ${of})`;
  if (measure.kind === 'money') return `coalesce(sum(${measure.amount}) filter (where ${of}), 0.00)::text`;
  const part = `count(*) filter (where (${of}) and (${measure.part}))`;
  return `round(100.0 * ${part} / nullif(count(*) filter (where ${of}), 0), 1)::text`;
}

export type Label = Record<Language, string>;

/** Specializations by their codes; chambers and doctors have names in one or two languages. */
export const findSpecializations = (on: Queryable): Promise<(Label & { code: string })[]> =>
  run(on, specializationNames, []);

const specializationNames: Statement = {
  name: 'report-specializations',
  text: `select code, name_en as en, name_bn as bn from specializations`,
};

export type Titled = { id: number; fullName: string; nameBn: string | null };

export const findDoctors = (on: Queryable, ids: readonly number[]): Promise<Titled[]> =>
  run<Titled>(on, doctorNames, [ids]);

const doctorNames: Statement = {
  name: 'report-doctors',
  text: `select u.id, u.full_name as "fullName", d.name_bn as "nameBn"
         from doctors d join users u on u.id = d.user_id where d.user_id = any ($1::int[])`,
};

export const findChambers = (on: Queryable, ids: readonly number[]): Promise<Titled[]> =>
  run<Titled>(on, chamberNames, [ids]);

const chamberNames: Statement = {
  name: 'report-chambers',
  text: `select id, name as "fullName", name_bn as "nameBn" from chambers where id = any ($1::int[])`,
};
