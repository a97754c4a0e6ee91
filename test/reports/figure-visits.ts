import { expect } from 'vitest';
import type { AppointmentStatus, HistoryStep } from '../../src/contract/appointments.ts';
import {
  listFigureAppointments,
  type FigureReport,
  type AppointmentReport,
  type FigureRow,
  type FigureValues,
} from '../../src/contract/figures.ts';
import type { RouteInput } from '../../src/contract/route.ts';
import type { TestApp } from '../harness/app.ts';
import { sumOf, type Desk } from './visits.ts';

type Query = Omit<RouteInput<typeof listFigureAppointments>['query'], 'figure'>;

/** Every row behind a figure, read page by page. */
export async function rowsOf(
  t: TestApp,
  { name, ...query }: Query & { name: AppointmentReport; figure: string },
  by: { accessToken: string },
): Promise<FigureRow[]> {
  const rows: FigureRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await t.call(
      listFigureAppointments,
      { params: { name }, query: { limit: 4, ...query, ...(cursor === undefined ? {} : { cursor }) } },
      by,
    );
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  return rows;
}

/** Expects that the rows behind every figure of the totals and of each group come to it. */
export async function expectRowsToCome(
  t: TestApp,
  report: FigureReport,
  query: Query & { name: AppointmentReport },
  by: { accessToken: string },
): Promise<void> {
  const { name } = query;
  const parts: { group?: string; values: FigureValues }[] = [
    { values: report.totals },
    ...report.groups.map(({ key, values }) => ({ group: key, values })),
  ];
  for (const { group, values } of parts)
    for (const { name: figure, kind } of report.figures) {
      const rows = await rowsOf(t, { ...query, figure, ...(group === undefined ? {} : { group }) }, by);
      const told = values[figure];
      expect(figureOf(rows, { figure, kind, told }), `${name} ${figure} ${group ?? 'in all'}`).toEqual(told);
    }
}

/** A figure made again from its rows. */
function figureOf(
  rows: readonly FigureRow[],
  { figure, kind, told }: { figure: string; kind: string; told: FigureValues[string] | undefined },
): FigureValues[string] {
  if (kind === 'count') return rows.length;
  if (kind === 'share') return percent(rows.filter(({ counted }) => counted).length, rows.length);
  if (kind === 'minutes')
    return nearestRank(
      rows.map(({ minutes }) => minutes ?? Number.NaN),
      figure === 'median' ? 50 : 90,
    );
  // A currency that has no rows here is told with nothing.
  return (Array.isArray(told) ? told : []).map(({ currency }) => ({
    currency,
    amount: sumOf(rows.flatMap(({ amount }) => (amount?.currency === currency ? [amount.amount] : []))),
  }));
}

/** The smallest value that so many percent of all do not exceed; null of none. */
export function nearestRank(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? null;
}

/** To one decimal, halves away from nought, in whole thousandths; null of none. */
export function percent(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const tenths = Math.floor((part * 2000 + whole) / (2 * whole));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

/** Who took a step; null: a guest, or whoever has the private link. */
export type By = 'patient' | 'doctor' | 'assistant' | 'admin' | null;

export type StepTaken = {
  step: HistoryStep;
  from: AppointmentStatus | null;
  to: AppointmentStatus;
  at: string;
  by: By;
};

export type ToldVisit = {
  /** RFC 3339. */
  at: string;
  desk: Desk;
  patientId: number;
  channel: FigureRow['channel'];
  fee: string;
  currency: string;
  created: string;
  /** The first is its booking, or its hold; the last has its status. */
  steps: StepTaken[];
  payments: { kind: 'payment' | 'refund'; amount: string }[];
};

/**
 * Puts visits of any time into the books, each of a minute, with their history and money. Constraints hold; triggers do
 * not, since nobody can book into the past.
 */
export async function writeVisits(
  t: TestApp,
  visits: readonly ToldVisit[],
  users: Readonly<Record<Exclude<By, null>, number>>,
): Promise<void> {
  const client = await t.deps.pool.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    // One sitting of years for each desk; only open ones of a doctor must not overlap.
    await client.query(
      `insert into sessions (schedule_id, doctor_id, chamber_id, date, period, mode, status)
       select distinct v."scheduleId", v."doctorId", v."chamberId", date '2020-01-01',
         tstzrange('2020-01-01 00:00+00', '2060-01-01 00:00+00'), 'timed', 'cancelled'
       from json_to_recordset($1::json) as v ("scheduleId" int, "doctorId" int, "chamberId" int)
       on conflict (schedule_id, date) do nothing`,
      [JSON.stringify(visits.map(({ desk }) => ({ ...desk, scheduleId: desk.scheduleIds[0] })))],
    );
    const { rows: drawn } = await client.query<{ id: number }>(
      `select nextval(pg_get_serial_sequence('appointments', 'id')) as id from generate_series(1, $1::int)`,
      [visits.length],
    );
    const rows = visits.map(({ desk, ...visit }, index) => ({
      ...visit,
      id: drawn[index]?.id,
      scheduleId: desk.scheduleIds[0],
      visitTypeId: desk.visitTypeId,
      status: visit.steps.at(-1)?.to,
    }));
    await client.query(
      `insert into appointments (id, session_id, doctor_id, chamber_id, patient_id, visit_type_id, channel, status, period,
                                 occupied, promised_local, time_zone, fee, currency, created_at, expires_at)
       select v.id, s.id, s.doctor_id, s.chamber_id, v."patientId", v."visitTypeId", v.channel, v.status,
         tstzrange(v.at, v.at + interval '1 minute'), tstzrange(v.at, v.at + interval '1 minute'), '', c.time_zone,
         v.fee, v.currency, v.created, case when v.status = 'held' then v.at end
       from json_to_recordset($1::json) as v (id bigint, at timestamptz, "scheduleId" int, "patientId" int,
           "visitTypeId" int, channel text, status text, fee numeric, currency text, created timestamptz)
         join sessions s on s.schedule_id = v."scheduleId" and s.date = '2020-01-01'
         join chambers c on c.id = s.chamber_id`,
      [JSON.stringify(rows)],
    );
    const steps = rows.flatMap((row) =>
      row.steps.map((step, index) => ({
        ...step,
        id: row.id,
        version: index + 1,
        by: step.by === null ? null : users[step.by],
      })),
    );
    await client.query(
      `insert into appointment_history (appointment_id, version, step, from_status, to_status, by_user, at)
       select h.id, h.version, h.step, h.from, h.to, h.by, h.at
       from json_to_recordset($1::json) as h (id bigint, version int, step text, "from" text, "to" text, by int,
         at timestamptz)`,
      [JSON.stringify(steps)],
    );
    const payments = rows.flatMap(({ id, currency, payments: all }) =>
      all.map((payment) => ({ ...payment, id, currency })),
    );
    await client.query(
      `insert into payments (appointment_id, appointment_version, kind, amount, currency, method, provider, chamber_id,
                             receipt_year, receipt_number, taken_by, at)
       select p.id, 1, p.kind, p.amount, p.currency, 'cash', 'desk', a.chamber_id, 2026,
         left(gen_random_uuid()::text, 20), $2::int, a.created_at
       from json_to_recordset($1::json) as p (id bigint, kind text, amount numeric, currency text)
         join appointments a on a.id = p.id`,
      [JSON.stringify(payments), users.assistant],
    );
    await client.query('commit');
  } finally {
    client.release(true);
  }
}
