import type { FigureReport, FigureReportName, ReportGrouping } from '../../contract/figures.ts';
import type { Queryable } from '../../platform/database.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { findAsked, idsOf, type Whose } from './find-asked.ts';
import { findLabels } from './find-labels.ts';
import { datesBefore, type Dates } from './policy.ts';
import { presentReport } from './present.ts';
import { findRecordedSince } from './find-sittings.ts';
import { findFigures, type FigureLine } from './queries.ts';

/** Which report, of which dates, narrowed to whom. */
export type CountedOf = Dates & { name: FigureReportName; whose: Whose };

/** Totals of other dates to stand beside it. */
export type Before = Dates & { lines: FigureLine[] };

/** A report by one grouping, or its totals alone, as the books stand for `on`. */
export async function countReport(
  on: Queryable,
  { name, whose, from, to }: CountedOf,
  { groupBy, before }: { groupBy: ReportGrouping | null; before: Before | null },
): Promise<FigureReport> {
  const asked = await findAsked(on, { report: name, from, to, ...idsOf(whose) });
  const lines = await findFigures(on, asked, groupBy);
  const keys = [...new Set(lines.flatMap(({ key }) => key ?? []))];
  const labels = groupBy === null ? new Map() : await findLabels(on, groupBy, keys);
  const since = name === 'capacity' ? await findRecordedSince(on) : null;
  const zone = asked.stretches[0]?.zone ?? 'UTC';
  return presentReport({ name, from, to, groupBy, ...whose }, lines, {
    labels,
    before,
    since: since === null ? null : formatLocal(since, zone).slice(0, 10),
  });
}

/** Its totals over as many days before. */
export async function countBefore(on: Queryable, { name, whose, ...dates }: CountedOf): Promise<Before> {
  const earlier = datesBefore(dates);
  const asked = await findAsked(on, { report: name, ...earlier, ...idsOf(whose) });
  return { ...earlier, lines: await findFigures(on, asked, null) };
}
