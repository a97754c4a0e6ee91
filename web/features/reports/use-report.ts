import type { UseQueryResult } from '@tanstack/react-query';
import {
  getFigureReport,
  type FigureReport,
  type FigureReportName,
  type ReportGrouping,
} from '../../../src/contract/figures.ts';
import { getWorkFile } from '../../../src/contract/works.ts';
import { filtersOf, readFigureAddress } from '../../lib/figure-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { useScreenQuery } from '../staff/screen-query.ts';

/** What a work has counted; it never changes. `ask`: once it is done; else as far as it has been asked for. */
export const useCounted = (workId: number | null, { ask }: { ask: boolean }) =>
  useRead(
    getWorkFile,
    { params: { id: workId ?? 0 } },
    { enabled: ask, staleMs: Number.POSITIVE_INFINITY, once: true },
  );

/**
 * The report that the address is about, by a grouping: as the work that it names has counted it, else as it is counted now.
 * What was counted is asked for by `Counted`.
 */
export function useReport(
  name: FigureReportName,
  groupBy: ReportGrouping | null,
  options: { compare?: boolean; enabled?: boolean; keepOld?: boolean } = {},
): Pick<
  UseQueryResult<FigureReport>,
  'data' | 'error' | 'isError' | 'isFetching' | 'isPlaceholderData' | 'refetch'
> {
  const { me, today } = useStaff();
  const address = readFigureAddress(useScreenQuery().query, today());
  const { compare = false, enabled = true, keepOld = false } = options;
  const file = useCounted(address.workId, { ask: false });
  const reports = file.data?.reports ?? [];
  // All have the same totals.
  const counted = groupBy === null ? reports[0] : reports.find((report) => report.groupBy === groupBy);
  const now = useRead(
    getFigureReport,
    {
      params: { name },
      query: {
        ...filtersOf(address, me.userType),
        ...(groupBy === null ? {} : { groupBy }),
        ...(compare ? { compare } : {}),
      },
    },
    { enabled: enabled && !counted && (address.workId === null || file.isSuccess), keepOld, once: true },
  );
  return counted ? { ...now, ...there, data: counted } : now;
}

const there = { error: null, isError: false, isFetching: false, isPlaceholderData: false } as const;
