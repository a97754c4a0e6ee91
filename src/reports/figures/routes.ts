import type { FastifyInstance } from 'fastify';
import { countKind, countReport as countReportRoute, getCountedFile } from '../../contract/counts.ts';
import { exportKind, exportRows } from '../../contract/exports.ts';
import {
  figureName,
  figureReports,
  getFigureReport,
  listFigureAppointments,
  listOfferedSittings,
  type FigureReport,
  type FigureReportName,
  type ReportGrouping,
} from '../../contract/figures.ts';
import { fileTypes, type FileFormat } from '../../contract/reports.ts';
import type { Language } from '../../contract/wording.ts';
import type { Work } from '../../contract/works.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { FileAnswer, serve } from '../../platform/http.ts';
import { answerOnce, type Idempotency } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { readSettings } from '../../platform/settings.ts';
import { beginWork } from '../../platform/works.ts';
import { recordFetch } from '../../platform/works/find-own-work.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { recordFile } from '../files/record-file.ts';
import { mayRead } from '../monthly/policy.ts';
import type { Named } from '../monthly/present.ts';
import { findZones } from '../monthly/queries.ts';
import { countBefore, countReport } from './count-report.ts';
import { findAsked, findWhose, idsOf, type Whose } from './find-asked.ts';
import { findCounted } from './find-counted.ts';
import { findLabels } from './find-labels.ts';
import { findSittings } from './find-sittings.ts';
import { fileNameOf, groupingOf, keyPatterns, measuresOf, rowMeasuresOf, sumMeasures } from './policy.ts';
import { figureTitle, partOf, presentRow, presentSitting, titleOf } from './present.ts';
import { findRows, type Label } from './queries.ts';
import type { ExportParameters } from './write-export.ts';
import { writeFile } from './write-file.ts';
import type { CountParameters } from './write-report.ts';

export function figureRoutes(app: FastifyInstance, named: Named): void {
  const { pool, db } = app.deps;

  serve(app, getFigureReport, async ({ params: { name }, query, actor, now }) => {
    const { from, to, format = 'json', language = 'bn' } = query;
    const groupBy = readGrouping(name, query.groupBy);
    const of = { name, from, to, whose: await findWhoseOf(query, actor) };
    const before = query.compare ? await countBefore(pool, of) : null;
    const report = await countReport(pool, of, { groupBy, before });
    if (format === 'json') return report;
    return fileOf(report, { countedAt: now, format, language });
  });

  serve(app, countReportRoute, async ({ params: { name: report }, body, actor, now, idempotency }) => {
    const { from, to, compare = false } = body;
    const groupBy = (body.groupBy ?? [undefined]).map((each) => readGrouping(report, each));
    const whose = await findWhoseOf(body, actor);
    const title = titleOf({ what: figureReports[report].title, from, to, ...whose });
    const parameters: CountParameters = { report, from, to, ...idsOf(whose), groupBy, compare };
    return begin({ kind: countKind, title, parameters }, 'reports.count_begun', { actor, now, idempotency });
  });

  serve(app, getCountedFile, async ({ params: { id }, query, actor, now }) => {
    const { groupBy, format, language = 'bn' } = query;
    const { work, countedAt, reports } = await findCounted(pool, { id, by: actor }, now);
    const file = await fileOf(readCounted(reports, groupBy), {
      countedAt: Temporal.Instant.from(countedAt),
      format,
      language,
    });
    await recordFetch(pool, { work, name: file.name }, actor, now);
    return file;
  });

  serve(app, listFigureAppointments, async ({ params: { name }, query, actor }) => {
    const { from, to } = query;
    const groupBy = readGrouping(name, query.groupBy);
    const measure = readMeasure(name, rowMeasuresOf(name), query.figure);
    const group = readGroup(groupBy, query.group);
    const whose = await findWhoseOf(query, actor);
    const after = readCursor(query.cursor, 2);
    const limit = query.limit ?? defaultLimit;
    const rows = await findRows(pool, await findAsked(pool, { report: name, from, to, ...idsOf(whose) }), {
      measure,
      group,
      after: after && { starts: after[0] ?? 0, id: after[1] ?? 0 },
      limit: limit + 1,
    });
    const { page, nextCursor } = cutPage(rows, limit, (last) => [last.starts, last.id]);
    return { items: page.map((row) => presentRow(named, row)), nextCursor };
  });

  serve(app, listOfferedSittings, async ({ query, actor }) => {
    const { from, to } = query;
    const groupBy = readGrouping('capacity', query.groupBy);
    const measure = readMeasure('capacity', sumMeasures, query.figure);
    const group = readGroup(groupBy, query.group);
    const whose = await findWhoseOf(query, actor);
    const after = readCursor(query.cursor, 2);
    const limit = query.limit ?? defaultLimit;
    const rows = await findSittings(
      pool,
      await findAsked(pool, { report: 'capacity', from, to, ...idsOf(whose) }),
      {
        measure,
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
    readMeasure(report, measuresOf(report), figure);
    const group = readGroup(groupBy, body.group);
    const whose = await findWhoseOf(body, actor);
    const labels = group ? await findLabels(pool, group.by, [group.key]) : new Map();
    const what = partOf(report, figureTitle(report, figure));
    const title = titleOf({ what, from, to, format, ...whose, group: labels.get(group?.key ?? '') });
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
    return begin({ kind: exportKind, title, parameters }, 'reports.export_begun', {
      actor,
      now,
      idempotency,
    });
  });

  /** A report as a file to save, whenever it was counted. */
  async function fileOf(
    report: FigureReport,
    { countedAt, ...as }: { countedAt: Temporal.Instant; format: FileFormat; language: Language },
  ): Promise<FileAnswer> {
    const [zone = 'UTC'] = await findZones(pool);
    return new FileAnswer({
      name: fileNameOf({ ...report, ...as }),
      type: fileTypes[as.format],
      content: await writeFile(report, {
        ...as,
        countedAt: formatLocal(countedAt.epochMilliseconds, zone),
        organisation: await readSettings(pool),
      }),
    });
  }

  /** Begins a work, and writes down who asked for what: ids and settings alone. */
  async function begin(
    work: { kind: string; title: Label; parameters: object },
    action: 'reports.export_begun' | 'reports.count_begun',
    { actor, now, idempotency }: { actor: Actor; now: Temporal.Instant; idempotency: Idempotency },
  ): Promise<{ work: Work }> {
    const keeper = { userId: actor.userId, idempotency, status: 202, now };
    return answerOnce(db, keeper, async (tx) => {
      const begun = await beginWork(tx, work, actor, now);
      await recordFile(tx, { action, detail: { work: begun.id, ...work.parameters } }, actor, now);
      return { work: begun };
    });
  }

  /** What the report is narrowed to. Doctors have their own reports; to them there are no others. */
  async function findWhoseOf(
    query: {
      doctorId?: number | undefined;
      chamberId?: number | undefined;
      specialization?: string | undefined;
    },
    actor: Actor,
  ): Promise<Whose> {
    const { chamberId = null, specialization = null } = query;
    const doctorId = query.doctorId ?? (actor.userType === 'doctor' ? actor.userId : null);
    if (doctorId !== null && !mayRead(actor, doctorId)) throw new Problem('not_found');
    return findWhose(pool, { doctorId, chamberId, specialization });
  }
}

function readGrouping(name: FigureReportName, asked: ReportGrouping | undefined): ReportGrouping | null {
  const groupBy = groupingOf(name, asked);
  if (groupBy !== undefined) return groupBy;
  const known = figureReports[name].groupings.join(', ');
  throw invalidInput({ path: 'groupBy', message: `This report is told by ${known}` });
}

/** Of what was counted, the report by the asked grouping. */
function readCounted(reports: readonly FigureReport[], asked: ReportGrouping | undefined): FigureReport {
  const found = reports.find(({ name, groupBy }) => groupBy === groupingOf(figureName.parse(name), asked));
  if (found) return found;
  const known = reports.flatMap(({ groupBy }) => groupBy ?? []).join(', ');
  const message = known === '' ? 'This was counted without groups' : `This was counted by ${known}`;
  throw invalidInput({ path: 'groupBy', message });
}

function readMeasure<Measure>(
  name: FigureReportName,
  all: readonly [figure: string, Measure][],
  figure: string,
): Measure {
  const measure = new Map(all).get(figure);
  if (measure) return measure;
  const known = measuresOf(name).map(([each]) => each);
  throw invalidInput({ path: 'figure', message: `The figures of this report are ${known.join(', ')}` });
}

function readGroup(by: ReportGrouping | null, key: string | undefined) {
  if (key === undefined) return null;
  if (by === null) throw invalidInput({ path: 'groupBy', message: 'Say what the group is one of' });
  if (keyPatterns[by].test(key)) return { by, key };
  throw invalidInput({ path: 'group', message: 'Use the key of a group of this report' });
}
