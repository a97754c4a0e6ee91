import type { AppointmentStatus } from '../../src/contract/appointments.ts';
import { reportFigure, type ReportFigure, type ReportRow } from '../../src/contract/reports.ts';
import { listReportAppointments } from '../../src/contract/reports.ts';
import { expect } from 'vitest';
import type { TestApp } from '../harness/app.ts';
import { addJob } from '../../src/platform/jobs.ts';
import { aChamber, aVisitType, someHours, type Doctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';

export type Visit = {
  /** RFC 3339. */
  at: string;
  patientId: number;
  status: AppointmentStatus;
  fee: string;
  /** It came to its status from a hold, and never was a booking. */
  held?: boolean;
};

export type Desk = Pick<Doctor, 'doctorId' | 'chamberId' | 'visitTypeId' | 'scheduleIds'>;

/**
 * Puts visits of past months into the books, each of a minute; the constraints hold. Nobody can book into the past. Answers
 * their ids.
 */
export async function someVisits(t: TestApp, desk: Desk, visits: readonly Visit[]): Promise<number[]> {
  const { pool } = t.deps;
  const { doctorId, chamberId, visitTypeId, scheduleIds } = desk;
  // One sitting of years; only open ones of a doctor must not overlap.
  const { rows: sessions } = await pool.query<{ id: number }>(
    `insert into sessions (schedule_id, doctor_id, chamber_id, date, period, mode, status)
     values ($1, $2, $3, '2020-01-01', '[2020-01-01 00:00+00,2060-01-01 00:00+00)', 'timed', 'cancelled')
     on conflict (schedule_id, date) do update set mode = excluded.mode returning id`,
    [scheduleIds[0], doctorId, chamberId],
  );
  const { rows } = await pool.query<{ id: number }>(
    `with visit as (
       select row_number() over () as n, v.* from json_to_recordset($1::json)
         as v (at timestamptz, "patientId" int, status text, fee numeric, held boolean)
     ), written as (
       insert into appointments (id, session_id, doctor_id, chamber_id, patient_id, visit_type_id, channel, status, period,
                                 occupied, promised_local, time_zone, fee, created_at, expires_at)
       select nextval(pg_get_serial_sequence('appointments', 'id')), $2, $3, $4, "patientId", $5, 'phone', status,
         tstzrange(at, at + interval '1 minute'), tstzrange(at, at + interval '1 minute'), '', c.time_zone, fee,
         at - interval '1 day', case when status = 'held' then at end
       from visit join chambers c on c.id = $4 order by n
       returning id, status, lower(period) as at
     ), told as (
       insert into appointment_history (appointment_id, version, from_status, to_status, at)
       select w.id, 1, case when v.held then 'held' end, w.status, w.at from written w join visit v on v.at = w.at
     )
     select id from written order by id`,
    [JSON.stringify(visits), sessions[0]?.id, doctorId, chamberId, visitTypeId],
  );
  return rows.map(({ id }) => id);
}

/** Nobody can by the API: a fee never changes, and all are in taka so far. */
export async function setCurrency(t: TestApp, appointmentId: number, currency: string): Promise<void> {
  const { pool } = t.deps;
  await pool.query(`alter table appointments disable trigger guard_appointment`);
  await pool.query(`update appointments set currency = $2 where id = $1`, [appointmentId, currency]);
  await pool.query(`alter table appointments enable trigger guard_appointment`);
}

/** Another chamber of a doctor, in a zone. */
export async function anotherDesk(
  t: TestApp,
  { doctorId }: { doctorId: number },
  { timeZone }: { timeZone: string },
): Promise<Desk> {
  const chamberId = await aChamber(t, { timeZone });
  const { id: visitTypeId } = await aVisitType(t, { doctorId, chamberId });
  const scheduleIds = [await someHours(t, { doctorId, chamberId, weekday: 3, from: '03:00', to: '04:00' })];
  return { doctorId, chamberId, visitTypeId, scheduleIds };
}

/** Lets the schedule make what is due. */
export async function scheduleRuns(t: TestApp): Promise<void> {
  await t.db.transaction().execute((tx) => addJob(tx, 'publish-reports', {}));
  await jobsDone(t);
}

/** Every row behind a figure, read page by page. */
export async function rowsBehind(
  t: TestApp,
  { id, figure, limit = 3 }: { id: number; figure: ReportFigure; limit?: number },
  by: { accessToken: string },
): Promise<ReportRow[]> {
  const rows: ReportRow[] = [];
  let cursor: string | undefined;
  do {
    const query = { figure, limit, ...(cursor === undefined ? {} : { cursor }) };
    const page = await t.call(listReportAppointments, { params: { id }, query }, by);
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

/** Decimal strings, added as whole hundredths. */
export function sumOf(amounts: readonly string[]): string {
  const sum = amounts.reduce((all, amount) => {
    const [whole = '', part = ''] = amount.split('.');
    return all + BigInt(whole + part.padEnd(2, '0'));
  }, 0n);
  const digits = String(sum).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

type Told = {
  id: number | null;
  patientVisits: number;
  appointments: number;
  earnings: { amount: string };
  statuses: Record<string, number>;
};

/** Expects that the rows behind each figure sum to it. */
export async function expectRowsToSum(t: TestApp, report: Told, by: { accessToken: string }): Promise<void> {
  const id = report.id ?? 0;
  for (const figure of reportFigure.options) {
    const rows = await rowsBehind(t, { id, figure }, by);
    expect(new Set(rows.map((row) => row.id)).size, figure).toBe(rows.length);
    if (figure === 'earnings')
      expect(sumOf(rows.map(({ fee }) => fee.amount)), figure).toBe(report.earnings.amount);
    else if (figure === 'patientVisits') {
      expect(new Set(rows.map(({ patient }) => patient.id)).size, figure).toBe(report.patientVisits);
      expect(rows, figure).toHaveLength(report.patientVisits);
    } else if (figure === 'appointments') expect(rows, figure).toHaveLength(report.appointments);
    else {
      expect(rows, figure).toHaveLength(report.statuses[figure] ?? -1);
      expect(
        rows.every(({ status }) => status === figure),
        figure,
      ).toBe(true);
    }
  }
}
