import { useScreenQuery } from '../staff/screen-query.ts';

/** Changes what a report is about: what a work has counted is of another choice then. */
export function useFilterChange(): ReturnType<typeof useScreenQuery>['change'] {
  const { change } = useScreenQuery();
  return (values) => change({ ...values, work: null });
}
