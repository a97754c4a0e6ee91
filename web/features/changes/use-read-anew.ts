import { useQueryClient } from '@tanstack/react-query';
import type { Route } from '../../../src/contract/route.ts';
import { listSchedules } from '../../../src/contract/schedules.ts';
import { readAnew } from '../../lib/staff/data.ts';

/** Reads what a change has made old: all answers of these routes, and the hours, whose version every change raises. */
export function useReadAnew(routes: readonly Route[]): () => Promise<void> {
  const client = useQueryClient();
  return () => readAnew(client, [...routes, listSchedules]);
}
