import { reportStatuses, reportSums, type ReportFigure } from '../../src/contract/reports.ts';
import { monthIn } from './calendar-search.ts';
import { stepMonth } from './calendar-month.ts';
import type { ScreenQuery } from './staff/screen-query.ts';

/** What the address of a report's screen names; what it does not, or not so that it can be read, is the usual. */
export type ReportAddress = {
  /** `2026-10`; the last full month. */
  month: string;
  /** Null: none is named. */
  doctorId: number | null;
  /** Null: the latest. */
  version: number | null;
  figure: ReportFigure;
};

export const readReportAddress = (query: ScreenQuery, today: string): ReportAddress => ({
  month: monthIn(query, lastFullMonth(today)),
  doctorId: idIn(query, 'doctor'),
  version: idIn(query, 'version'),
  figure: figures.find((figure) => figure === query['figure']) ?? 'appointments',
});

/** A date in the last month that is over. */
export const lastFullMonth = (today: string): string => stepMonth(today, -1);

/** The query of another month of what the address shows. */
export const queryOfMonth = (query: ScreenQuery, month: string | null): Record<string, string> => {
  const { version: _, month: __, ...rest } = query;
  return filled(month === null ? rest : { ...rest, month });
};

/** A query without what it does not name. */
export const filled = (query: ScreenQuery): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const figures: readonly ReportFigure[] = [...reportSums, ...reportStatuses];

/** A number from 1 that an address has under a name. */
export const idIn = (query: ScreenQuery, name: string): number | null => {
  const text = query[name] ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
};
