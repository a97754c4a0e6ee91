import { instantOf } from '../../platform/instant-range.ts';
import type { ReportFigure, ReportRow, ReportStatus } from '../../contract/reports.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import type { Month } from '../../scheduling/months.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { counted, wasBooked, type Sums, type ZoneMonth } from './policy.ts';

export type Doctor = { id: number; fullName: string; nameBn: string | null };

export async function findDoctor(on: Queryable, doctorId: number): Promise<Doctor | null> {
  const [doctor] = await run<Doctor>(on, doctorById, [doctorId]);
  return doctor ?? null;
}

const doctorById: Statement = {
  name: 'report-doctor',
  text: `select u.id, u.full_name as "fullName", d.name_bn as "nameBn"
         from doctors d join users u on u.id = d.user_id where d.user_id = $1`,
};

/** Every zone that there is a chamber in. */
export async function findZones(on: Queryable): Promise<string[]> {
  const rows = await run<{ zone: string }>(on, zonesOfChambers, []);
  return rows.map(({ zone }) => zone);
}

const zonesOfChambers: Statement = {
  name: 'zones-of-chambers',
  text: `select distinct time_zone as zone from chambers order by 1`,
};

/** The appointments behind a month's figures, by time. */
export type Behind = { ids: number[]; starts: EpochMs[]; rowStatuses: ReportStatus[] };

/** A doctor's month as the books stand. */
export type Standing = Sums & Behind & { closed: boolean };

/** Null: its fees are of several currencies. */
export async function findStanding(
  on: Queryable,
  { doctorId, zones }: { doctorId: number; zones: readonly ZoneMonth[] },
): Promise<Standing | null> {
  const [standing] = await run<Standing>(on, standingOfDoctor, [...zoneValues(zones), doctorId]);
  if (standing) return isMixed(standing) ? null : standing;
  return { ...nothing, ids: [], starts: [], rowStatuses: [], closed: zones.every(({ closed }) => closed) };
}

const nothing: Sums = {
  patientVisits: 0,
  appointments: 0,
  earnings: '0.00',
  currency: 'BDT',
  statuses: {},
};

export function summable(standing: Standing | null): Standing {
  if (!standing) throw new Problem('several_currencies');
  return standing;
}

/** The database says no currency when there are several. */
const isMixed = ({ currency }: { currency: string | null }): boolean => currency === null;

/** Parameters 1 to 7 of what begins with `visitsOf`: the zones, and between which instants to look at all. */
export const zoneValues = (zones: readonly ZoneMonth[]): unknown[] => [
  zones.map(({ zone }) => zone),
  zones.map(({ start }) => start),
  zones.map(({ end }) => end),
  zones.map(({ closed }) => closed),
  Math.min(...zones.map(({ start }) => start)),
  Math.max(...zones.map(({ end }) => end)),
  counted,
];

/**
 * SQL: the appointments of a month, each by its chamber's calendar. The outer limits are there for the indexes on
 * (doctor, start) and (start).
 */
export const visitsOf = (whose: string): string => `
  visits as (
    select a.doctor_id, a.id, a.patient_id, a.status, a.fee, a.currency, lower(a.period) as starts, z.zone, z.closed,
      a.status = any ($7::text[]) as counted
    from appointments a
      join chambers c on c.id = a.chamber_id
      join unnest($1::text[], $2::float8[], $3::float8[], $4::boolean[]) z (zone, starts, ends, closed)
        on z.zone = c.time_zone
    where lower(a.period) >= ${instantOf('$5')} and lower(a.period) < ${instantOf('$6')}
      and lower(a.period) >= ${instantOf('z.starts')} and lower(a.period) < ${instantOf('z.ends')}
      and ${whose} and ${wasBooked}
  )`;

/** SQL: what each doctor's month comes to, from `visits`. No currency: there are several, and so no sum. */
export const figuresByDoctor = `
  figures as (
    select doctor_id, count(distinct patient_id) filter (where counted)::int as patient_visits,
      count(*) filter (where counted)::int as appointments, coalesce(sum(fee) filter (where counted), 0.00) as earnings,
      case when min(currency) = max(currency) then min(currency) end as currency, bool_and(closed) as closed,
      array_agg(id order by starts, id) as row_ids, array_agg(starts order by starts, id) as row_starts,
      array_agg(status order by starts, id) as row_statuses, array_agg(distinct zone) as zones
    from visits group by doctor_id
  )`;

/** Those of `figures`. */
export const figureColumns =
  'doctor_id, patient_visits, appointments, earnings, currency, closed, row_ids, row_starts, row_statuses, zones';

const sums = (of: string): string => `
  ${of}.patient_visits as "patientVisits", ${of}.appointments, ${of}.earnings::text as earnings, ${of}.currency, ${of}.closed,
  (select coalesce(json_object_agg(status, n), '{}')
   from (select status, count(*) as n from unnest(${of}.row_statuses) status group by status) each) as statuses`;

const behind = (of: string): string => `
  to_json(${of}.row_ids) as ids, to_json(${of}.row_statuses) as "rowStatuses",
  (select coalesce(json_agg(extract(epoch from t) * 1000 order by n), '[]')
   from unnest(${of}.row_starts) with ordinality r (t, n)) as starts`;

const standingOfDoctor: Statement = {
  name: 'standing-of-doctor',
  text: `
    with ${visitsOf('a.doctor_id = $8::int')}, ${figuresByDoctor}
    select ${sums('f')}, ${behind('f')} from figures f`,
};

export type Kept = Sums & {
  id: number;
  doctorId: number;
  year: number;
  month: number;
  version: number;
  madeAt: Temporal.Instant;
  madeBy: { id: number; fullName: string } | null;
  closed: boolean;
};

const keptColumns = `
  m.id, m.doctor_id as "doctorId", m.year, m.month, m.version, m.made_at as "madeAt",
  case when u.id is not null then json_build_object('id', u.id, 'fullName', u.full_name) end as "madeBy", ${sums('m')}`;
const keptTables = `monthly_reports m left join users u on u.id = m.made_by`;

/** Every version of a doctor's month, newest first. */
export const findVersions = (
  on: Queryable,
  { doctorId, year, month }: Month & { doctorId: number },
): Promise<Kept[]> => run<Kept>(on, versionsOfMonth, [doctorId, year, month]);

const versionsOfMonth: Statement = {
  name: 'report-versions',
  text: `select ${keptColumns} from ${keptTables} where m.doctor_id = $1 and m.year = $2 and m.month = $3
         order by m.version desc`,
};

/** With what is behind its figures. */
export async function findReport(on: Queryable, id: number): Promise<(Kept & Behind) | null> {
  const [kept] = await run<Kept & Behind>(on, reportById, [id]);
  return kept ?? null;
}

const reportById: Statement = {
  name: 'report-by-id',
  text: `select ${keptColumns}, ${behind('m')} from ${keptTables} where m.id = $1`,
};

export type Row = Omit<ReportRow, 'reference' | 'startsAt' | 'fee'> & {
  /** Place in the report, from 1. */
  position: number;
  starts: EpochMs;
  zone: string;
  fee: string;
  currency: string;
};

/** The rows behind a figure of a report that was kept, or of one as it stands. */
export const findRows = (
  on: Queryable,
  report: Behind,
  page: { figure: ReportFigure | null; after: number; limit: number | null },
): Promise<Row[]> =>
  run<Row>(on, rowsOfReport, [
    report.ids,
    report.starts,
    report.rowStatuses,
    counted,
    page.figure,
    page.after,
    page.limit,
  ]);

const rowsOfReport: Statement = {
  name: 'rows-of-report',
  text: `
    with rows as (
      select r.position::int, r.starts, r.status, r.status = any ($4::text[]) as counted, a.id, a.fee, a.currency, a.channel,
        a.patient_id, a.chamber_id,
        row_number() over (partition by a.patient_id, r.status = any ($4::text[]) order by r.position) as nth
      from unnest($1::bigint[], $2::float8[], $3::text[]) with ordinality r (id, starts, status, position)
        join appointments a on a.id = r.id
    )
    select r.position, r.id, r.starts, r.status, r.counted, r.fee::text as fee, r.currency, r.channel, c.time_zone as zone,
      json_build_object('id', p.id, 'fullName', p.full_name) as patient,
      json_build_object('id', c.id, 'fullName', c.name, 'nameBn', c.name_bn) as chamber
    from rows r join patients p on p.id = r.patient_id join chambers c on c.id = r.chamber_id
    where r.position > $6::int
      and case when $5::text is null then true
               when $5 = 'patientVisits' then r.counted and r.nth = 1
               when $5 in ('appointments', 'earnings') then r.counted
               else r.status = $5 end
    order by r.position limit $7::int`,
};

export type Summary = Sums & { doctors: number; patients: number };

/** A month over all doctors. */
export async function findSummary(on: Queryable, zones: readonly ZoneMonth[]): Promise<Summary> {
  const [summary] = await run<Summary>(on, summaryOfMonth, zoneValues(zones));
  if (!summary) throw new Error('an aggregate returned nothing');
  if (isMixed(summary)) throw new Problem('several_currencies');
  return summary;
}

const summaryOfMonth: Statement = {
  name: 'summary-of-month',
  text: `
    with ${visitsOf('true')}
    select count(distinct doctor_id)::int as doctors, count(distinct patient_id) filter (where counted)::int as patients,
      count(distinct (doctor_id, patient_id)) filter (where counted)::int as "patientVisits",
      count(*) filter (where counted)::int as appointments, coalesce(sum(fee) filter (where counted), 0.00)::text as earnings,
      coalesce(case when min(currency) = max(currency) then min(currency) end,
               case when count(*) = 0 then 'BDT' end) as currency,
      (select coalesce(json_object_agg(status, n), '{}')
       from (select status, count(*) as n from visits group by status) each) as statuses
    from visits`,
};

export type Run = { zone: string; year: number; month: number; doneAt: Temporal.Instant };

/** Months that the schedule has done. */
export const findRuns = (on: Queryable): Promise<Run[]> => run<Run>(on, runsDone, []);

const runsDone: Statement = {
  name: 'report-runs',
  text: `select time_zone as zone, year, month, done_at as "doneAt" from monthly_report_runs`,
};
