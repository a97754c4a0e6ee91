import type { FastifyInstance } from 'fastify';
import {
  figureReports,
  getFigureReport,
  listFigureAppointments,
  listOfferedSittings,
  type AppointmentReport,
  type FigureReportName,
  type ReportGrouping,
} from '../../contract/figures.ts';
import { exportKind, exportRows } from '../../contract/exports.ts';
import { fileTypes } from '../../contract/reports.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { FileAnswer, serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { readSettings } from '../../platform/settings.ts';
import { beginWork } from '../../platform/works.ts';
import { stretchesIn } from '../../scheduling/stretches.ts';
import { recordFile } from '../files/record-file.ts';
import { mayRead } from '../monthly/policy.ts';
import type { Named } from '../monthly/present.ts';
import { findZones } from '../monthly/queries.ts';
import { findLabels } from './find-labels.ts';
import {
  datesBefore,
  groupingOf,
  keyPatterns,
  rowMeasuresOf,
  type Dates,
  type RowMeasure,
  type Asked,
} from './policy.ts';
import { presentReport, presentRow, presentSitting, titleOf } from './present.ts';
import { findChambers, findDoctors, findFigures, findRows, findSpecializations } from './queries.ts';
import { findSittings } from './find-sittings.ts';
import type { ExportParameters } from './write-export.ts';
import { writeFile } from './write-file.ts';

export function figureRoutes(app: FastifyInstance, named: Named): void {
  const { pool, db } = app.deps;

  serve(app, getFigureReport, async ({ params: { name }, query, actor }) => {
    const { from, to } = query;
    const groupBy = readGrouping(name, query.groupBy);
    const whose = await findFilters(query, actor);
    const filters = idsOf(whose);
    const lines = await findFigures(pool, { report: name, ...filters, ...(await inZones(query)) }, groupBy);
    const keys = [...new Set(lines.flatMap(({ key }) => key ?? []))];
    const labels = groupBy === null ? new Map() : await findLabels(pool, groupBy, keys);
    const earlier = datesBefore(query);
    const before = query.compare
      ? {
          ...earlier,
          lines: await findFigures(pool, { report: name, ...filters, ...(await inZones(earlier)) }, null),
        }
      : null;
    const report = presentReport({ name, from, to, groupBy, ...whose }, lines, { labels, before });
    const { format = 'json', language = 'bn' } = query;
    if (format === 'json') return report;
    return new FileAnswer({
      name: `report-${name}-${from}-${to}.${format}`,
      type: fileTypes[format],
      content: await writeFile(report, { format, language, organisation: await readSettings(pool) }),
    });
  });

  serve(app, listFigureAppointments, async ({ params: { name }, query, actor }) => {
    const groupBy = readGrouping(name, query.groupBy);
    const measure = readMeasure(name, query.figure);
    const group = readGroup(groupBy, query.group);
    const whose = await findFilters(query, actor);
    const after = readCursor(query.cursor, 2);
    const limit = query.limit ?? defaultLimit;
    const rows = await findRows(
      pool,
      { report: name, ...idsOf(whose), ...(await inZones(query)) },
      {
        measure,
        group,
        after: after && { starts: after[0] ?? 0, id: after[1] ?? 0 },
        limit: limit + 1,
      },
    );
    const { page, nextCursor } = cutPage(rows, limit, (last) => [last.starts, last.id]);
    return { items: page.map((row) => presentRow(named, row)), nextCursor };
  });

  serve(app, listOfferedSittings, async ({ query, actor }) => {
    const groupBy = readGrouping('capacity', query.groupBy);
    const group = readGroup(groupBy, query.group);
    const whose = await findFilters(query, actor);
    const after = readCursor(query.cursor, 2);
    const limit = query.limit ?? defaultLimit;
    const rows = await findSittings(
      pool,
      { report: 'capacity', ...idsOf(whose), ...(await inZones(query)) },
      {
        figure: query.figure,
        group,
        after: after && { starts: after[0] ?? 0, id: after[1] ?? 0 },
        limit: limit + 1,
      },
    );
    const { page, nextCursor } = cutPage(rows, limit, (last) => [last.starts, last.id]);
    return { items: page.map(presentSitting), nextCursor };
  });

  serve(app, exportRows, async ({ params: { name: report }, body, actor, now, idempotency }) => {
    const { from, to, figure, format, language = 'bn' } = body;
    const groupBy = readGrouping(report, body.groupBy);
    readMeasure(report, figure);
    const group = readGroup(groupBy, body.group);
    const whose = await findFilters(body, actor);
    const labels = group ? await findLabels(pool, group.by, [group.key]) : new Map();
    const title = titleOf({
      report,
      from,
      to,
      figure,
      format,
      ...whose,
      group: labels.get(group?.key ?? ''),
    });
    const parameters: ExportParameters = {
      report,
      from,
      to,
      ...idsOf(whose),
      figure,
      group,
      format,
      language,
    };
    const keeper = { userId: actor.userId, idempotency, status: 202, now };
    return answerOnce(db, keeper, async (tx) => {
      const work = await beginWork(tx, { kind: exportKind, title, parameters }, actor, now);
      const detail = { work: work.id, ...parameters };
      await recordFile(tx, { action: 'reports.export_begun', detail }, actor, now);
      return { work };
    });
  });

  /** The dates in every zone that there is a chamber in. */
  async function inZones(dates: Dates): Promise<Pick<Asked, 'stretches'>> {
    const zones = await findZones(pool);
    return { stretches: zones.flatMap((zone) => stretchesIn(zone, dates)) };
  }

  /** What the report is narrowed to. Doctors have their own reports; to them there are no others. */
  async function findFilters(
    query: { doctorId?: number; chamberId?: number; specialization?: string },
    actor: Actor,
  ) {
    const doctorId = query.doctorId ?? (actor.userType === 'doctor' ? actor.userId : undefined);
    if (doctorId !== undefined && !mayRead(actor, doctorId)) throw new Problem('not_found');
    const { chamberId, specialization: code } = query;
    return {
      doctor: doctorId === undefined ? null : existing(await findDoctors(pool, [doctorId])),
      chamber: chamberId === undefined ? null : existing(await findChambers(pool, [chamberId])),
      specialization:
        code === undefined
          ? null
          : existing((await findSpecializations(pool)).filter((each) => each.code === code)),
    };
  }
}

function existing<Found>([found]: readonly Found[]): Found {
  if (found === undefined) throw new Problem('not_found');
  return found;
}

const idsOf = (whose: {
  doctor: { id: number } | null;
  chamber: { id: number } | null;
  specialization: { code: string } | null;
}) => ({
  doctorId: whose.doctor?.id ?? null,
  chamberId: whose.chamber?.id ?? null,
  specialization: whose.specialization?.code ?? null,
});

function readGrouping(name: FigureReportName, asked: ReportGrouping | undefined): ReportGrouping | null {
  const groupBy = groupingOf(name, asked);
  if (groupBy !== undefined) return groupBy;
  const known = figureReports[name].groupings.join(', ');
  throw invalidInput({ path: 'groupBy', message: `This report is told by ${known}` });
}

function readMeasure(name: AppointmentReport, figure: string): RowMeasure {
  const all = new Map(rowMeasuresOf(name));
  const measure = all.get(figure);
  if (measure) return measure;
  const known = [...all.keys()].join(', ');
  throw invalidInput({ path: 'figure', message: `The figures of this report are ${known}` });
}

function readGroup(by: ReportGrouping | null, key: string | undefined) {
  if (key === undefined) return null;
  if (by === null) throw invalidInput({ path: 'groupBy', message: 'Say what the group is one of' });
  if (keyPatterns[by].test(key)) return { by, key };
  throw invalidInput({ path: 'group', message: 'Use the key of a group of this report' });
}
