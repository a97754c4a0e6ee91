import { publish } from '../../platform/bus.ts';
import { run, type Statement, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import type { Month } from '../../scheduling/months.ts';
import { figuresOf, monthInZones, sameFigures } from './policy.ts';
import { figureColumns, figuresByDoctor, findVersions, findZones, visitsOf, zoneValues } from './queries.ts';

/**
 * Keeps a doctor's month as it stands: as a new version when any row behind its figures has changed since the latest one.
 * The doctor is told when a closed month has come to other figures.
 */
export async function recordReport(
  tx: Tx,
  { doctorId, month }: { doctorId: number; month: Month },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<void> {
  await lockMonth(tx, month);
  const zones = monthInZones(await findZones(tx), month, now.epochMilliseconds);
  const wide = [...zoneValues(zones), month.year, month.month, by.userId, now.toString()];
  const nowhere = zones.every(({ closed }) => closed);
  const [kept] = await run<{ made: boolean; mixed: boolean }>(tx, keepReport, [...wide, doctorId, nowhere]);
  if (kept?.mixed) throw new Problem('several_currencies');
  if (!kept?.made) return;
  const [latest, before] = await findVersions(tx, { doctorId, ...month });
  if (latest && before?.closed && !sameFigures(figuresOf(latest), figuresOf(before)))
    await publish(tx, { name: 'report.ready', data: { reportId: latest.id, doctorId } });
}

/** Whoever keeps reports of a month has it alone: what is read after this is what the last one left. */
export const lockMonth = (tx: Tx, { year, month }: Month): Promise<unknown> =>
  run(tx, turnOfMonth, [`monthly reports ${year} ${month}`]);

const turnOfMonth: Statement = {
  name: 'turn-of-month',
  text: `select pg_advisory_xact_lock(hashtextextended($1, 0))`,
};

/**
 * SQL: `kept`, the rows of `source` that differ from the latest version, as the next one; and `current`, what is the
 * latest then. What has no sum is not kept. Parameters 8 to 11: year, month, who makes it, now.
 */
export const keepFigures = (source: string): string => `
  compared as (
    select s.doctor_id, s.patient_visits, s.appointments, s.earnings, s.currency, s.closed, s.row_ids, s.row_starts,
      s.row_statuses, l.id as last_id, coalesce(l.version, 0) as last_version,
      (l.closed, l.row_ids, l.row_starts, l.row_statuses) is not distinct from
        (s.closed, s.row_ids, s.row_starts, s.row_statuses) as same
    from ${source} s left join lateral (
      select m.id, m.version, m.closed, m.row_ids, m.row_starts, m.row_statuses from monthly_reports m
      where m.doctor_id = s.doctor_id and m.year = $8::smallint and m.month = $9::smallint
      order by m.version desc limit 1) l on true
    where s.currency is not null
  ), kept as (
    insert into monthly_reports (doctor_id, year, month, version, made_by, made_at, closed, patient_visits, appointments,
                                 earnings, currency, row_ids, row_starts, row_statuses)
    select doctor_id, $8::smallint, $9::smallint, last_version + 1, $10::int, $11::timestamptz, closed, patient_visits,
      appointments, earnings, currency, row_ids, row_starts, row_statuses
    from compared where not same
    returning id, doctor_id
  ), current as (
    select id, doctor_id from kept union all select last_id, doctor_id from compared where same
  )`;

const keepReport: Statement = {
  name: 'keep-report',
  text: `
    with ${visitsOf('a.doctor_id = $12::int')}, ${figuresByDoctor}, whole as (
      select ${figureColumns} from figures
      union all
      select $12::int, 0, 0, 0.00, 'BDT', $13::boolean, '{}', '{}', '{}', '{}' where not exists (select from figures)
    ), ${keepFigures('whole')}
    select exists (select from kept) as made, exists (select from whole where currency is null) as mixed`,
};
