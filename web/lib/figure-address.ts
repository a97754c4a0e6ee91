import type { FigureReport, FigureReportName, ReportGrouping } from '../../src/contract/figures.ts';
import { filled, idIn } from './report-address.ts';
import { readPeriod, type Period } from './report-period.ts';
import type { ScreenQuery } from './staff/screen-query.ts';

/** What the address of a report over any dates names; what it does not, or not so that it can be read, is the usual. */
export type FigureAddress = {
  period: Period;
  doctorId: number | null;
  chamberId: number | null;
  /** A code. */
  specialization: string | null;
  compare: boolean;
  /** The work that has counted it; null: it is counted now. */
  workId: number | null;
  /** What the bars are gathered by. */
  by: string | null;
  /** The figure that is drawn for each group. */
  show: string | null;
  /** Whose rows are shown, and of which group of what. */
  figure: string | null;
  groupBy: string | null;
  group: string | null;
};

export const readFigureAddress = (query: ScreenQuery, today: string): FigureAddress => ({
  period: readPeriod(query, today),
  doctorId: idIn(query, 'doctor'),
  chamberId: idIn(query, 'chamber'),
  specialization: codeIn(query, 'specialization'),
  compare: query['compare'] === 'yes',
  workId: idIn(query, 'work'),
  by: query['by'] ?? null,
  show: query['show'] ?? null,
  figure: query['figure'] ?? null,
  groupBy: query['groupBy'] ?? null,
  group: query['group'] ?? null,
});

/** The filters as the API takes them. A doctor's reports are their own, whatever an address says. */
export const filtersOf = (
  { period: { from, to }, doctorId, chamberId, specialization }: FigureAddress,
  userType: string,
) => ({
  from,
  to,
  ...(chamberId === null ? {} : { chamberId }),
  ...(doctorId === null || userType === 'doctor' ? {} : { doctorId }),
  ...(specialization === null || userType === 'doctor' ? {} : { specialization }),
});

/** What the address of a report says that a work has counted: own dates, so that it says the same tomorrow. */
export const queryOfCounted = (
  { from, to, doctor, chamber, specialization, before }: Omit<FigureReport, 'groups' | 'figures'>,
  workId: number,
  userType: string,
): Record<string, string> =>
  filled({
    from,
    to,
    doctor: doctor && userType !== 'doctor' ? String(doctor.id) : undefined,
    chamber: chamber ? String(chamber.id) : undefined,
    specialization: specialization?.code,
    compare: before ? 'yes' : undefined,
    work: String(workId),
  });

/** The query of another report of the same: the month is the monthly report's, the rest that of all. */
export const queryOfReport = (query: ScreenQuery): Record<string, string> => {
  const {
    by: _,
    show: __,
    figure: ___,
    groupBy: ____,
    group: _____,
    version: ______,
    q: _______,
    work: ________,
    ...kept
  } = query;
  return filled(kept);
};

/** The query of the rows behind a figure, of all or of one group. */
export const queryOfRows = (
  query: ScreenQuery,
  figure: string,
  within?: { groupBy: ReportGrouping; group: string },
): Record<string, string> => {
  const { groupBy: _, group: __, ...kept } = query;
  return filled({ ...kept, figure, ...within });
};

/** Back from the rows to their report. */
export const queryWithoutRows = (query: ScreenQuery): Record<string, string> => {
  const { figure: _, groupBy: __, group: ___, ...kept } = query;
  return filled(kept);
};

/**
 * By what the bars may be gathered: time is the trend's; one doctor's appointments are not told apart by doctor or
 * specialization, nor one chamber's by chamber.
 */
export const groupingsFor = (
  groupings: readonly ReportGrouping[],
  { doctor, chamber }: { doctor: boolean; chamber: boolean },
): ReportGrouping[] =>
  groupings.filter((grouping) => {
    if (grouping === 'day' || grouping === 'week' || grouping === 'month') return false;
    if (grouping === 'doctor' || grouping === 'specialization') return !doctor;
    return grouping !== 'chamber' || !chamber;
  });

/** Of a path, as far as there is such a report. */
export const reportNamed = <Name extends FigureReportName>(
  reports: Readonly<Record<Name, unknown>>,
  name: string,
): Name | null => (Object.keys(reports) as Name[]).find((each) => each === name) ?? null;

export const figureNamed = ({ figures }: Pick<FigureReport, 'figures'>, name: string | null) =>
  figures.find((figure) => figure.name === name);

const codeIn = (query: ScreenQuery, name: string): string | null => {
  const code = query[name] ?? '';
  return /^[a-z0-9_-]{1,60}$/.test(code) ? code : null;
};
