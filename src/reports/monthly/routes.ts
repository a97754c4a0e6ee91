import type { FastifyInstance } from 'fastify';
import {
  getMonthlyReport,
  getMonthlySummary,
  listReportAppointments,
  makeMonthlyReport,
  fileTypes,
  type FileFormat,
  type MonthlyReport,
} from '../../contract/reports.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Queryable } from '../../platform/database.ts';
import { FileAnswer, serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { readSettings } from '../../platform/settings.ts';
import type { Month } from '../../scheduling/months.ts';
import { recordFile } from '../files/record-file.ts';
import { mayRead, monthInZones } from './policy.ts';
import { presentMonth, presentRow, presentSummary, type Named } from './present.ts';
import {
  findDoctor,
  findReport,
  findRows,
  findStanding,
  findSummary,
  findVersions,
  findZones,
  summable,
  type Behind,
  type Doctor,
} from './queries.ts';
import { recordReport } from './record-report.ts';
import { writeRows } from './write-csv.ts';
import { writePdf } from './write-pdf.ts';
import { writeSheet, type Sheet } from './write-sheet.ts';
import { writeXlsx } from './write-xlsx.ts';

export function monthlyRoutes(app: FastifyInstance, named: Named): void {
  const { pool, db } = app.deps;

  serve(app, getMonthlyReport, async ({ query, actor, now }) => {
    const { year, month, doctorId } = query;
    const doctor = await readDoctor(pool, doctorId, actor);
    const report = await readMonth(pool, { doctor, month: { year, month } }, now);
    const { format = 'json', language = 'bn' } = query;
    if (format === 'json') return report;
    const rows = await findRows(pool, await behind(report, now), { figure: null, after: 0, limit: null });
    const detail = { doctorId: doctor.id, year, month, report: report.report.id, format };
    await recordFile(pool, { action: 'reports.file_made', detail }, actor, now);
    const sheet = writeSheet(
      report,
      rows.map((row) => presentRow(named, row)),
      language,
    );
    return new FileAnswer({
      name: `report-${doctor.id}-${year}-${String(month).padStart(2, '0')}.${format}`,
      type: fileTypes[format],
      content: await writers[format](sheet, await readSettings(pool)),
    });
  });

  serve(app, makeMonthlyReport, async ({ body, actor, now, idempotency }) => {
    const { year, month, doctorId } = body;
    const doctor = await readDoctor(pool, doctorId, actor);
    const keeper = { userId: actor.userId, idempotency, status: 200, now };
    return answerOnce(db, keeper, async (tx) => {
      await recordReport(tx, { doctorId: doctor.id, month: { year, month } }, actor, now);
      return readMonth(tx, { doctor, month: { year, month } }, now);
    });
  });

  serve(app, getMonthlySummary, async ({ query, now }) => {
    const zones = monthInZones(await findZones(pool), query, now.epochMilliseconds);
    return presentSummary(await findSummary(pool, zones), query);
  });

  serve(app, listReportAppointments, async ({ params, query, actor }) => {
    const report = await findReport(pool, params.id);
    if (!report || !mayRead(actor, report.doctorId)) throw new Problem('not_found');
    const limit = query.limit ?? defaultLimit;
    const found = await findRows(pool, report, {
      figure: query.figure ?? 'appointments',
      after: readCursor(query.cursor, 1)?.[0] ?? 0,
      limit: limit + 1,
    });
    const { page, nextCursor } = cutPage(found, limit, (last) => [last.position]);
    return { items: page.map((row) => presentRow(named, row)), nextCursor };
  });

  /** The rows that the shown figures are the sum of: of the version, or of this moment. */
  async function behind(
    { report, doctor, year, month }: MonthlyReport,
    now: Temporal.Instant,
  ): Promise<Behind> {
    if (report.id === null) {
      const zones = monthInZones(await findZones(pool), { year, month }, now.epochMilliseconds);
      return summable(await findStanding(pool, { doctorId: doctor.id, zones }));
    }
    const kept = await findReport(pool, report.id);
    if (!kept) throw new Error(`report ${report.id} is gone`);
    return kept;
  }
}

const writers: Record<FileFormat, (sheet: Sheet, organisation: Settings) => Promise<Buffer>> = {
  csv: async (sheet) => Buffer.from(writeRows(sheet)),
  xlsx: writeXlsx,
  pdf: writePdf,
};

/** Doctors have their own; to them there are no others. */
async function readDoctor(on: Queryable, doctorId: number | undefined, actor: Actor): Promise<Doctor> {
  const id = doctorId ?? (actor.userType === 'doctor' ? actor.userId : undefined);
  if (id === undefined) throw invalidInput({ path: 'doctorId', message: 'Choose a doctor' });
  const doctor = mayRead(actor, id) ? await findDoctor(on, id) : null;
  if (!doctor) throw new Problem('not_found');
  return doctor;
}

async function readMonth(
  on: Queryable,
  { doctor, month }: { doctor: Doctor; month: Month },
  now: Temporal.Instant,
): Promise<MonthlyReport> {
  const zones = monthInZones(await findZones(on), month, now.epochMilliseconds);
  const standing = await findStanding(on, { doctorId: doctor.id, zones });
  const versions = await findVersions(on, { doctorId: doctor.id, ...month });
  return presentMonth({ doctor, month, versions, standing }, now);
}
