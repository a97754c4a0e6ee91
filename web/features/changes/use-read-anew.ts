import { useQueryClient } from '@tanstack/react-query';
import type { Route } from '../../../src/contract/route.ts';
import { listSchedules } from '../../../src/contract/schedules.ts';

/** Reads what a change has made old: all answers of these routes, and the hours, whose version every change raises. */
export function useReadAnew(routes: readonly Route[]): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    // The names that `useRead` keeps answers under.
    const reading = [...routes, listSchedules].map(({ method, path }) =>
      client.invalidateQueries({ queryKey: [`${method} ${path}`] }),
    );
    await Promise.all(reading);
  };
}
