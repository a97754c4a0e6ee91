import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<{ id: string; touched: Set<string> }>();

/** Runs `work`, and all it waits for, under the id of the request or job that it belongs to. */
export const inRequest = <Result>(id: string | null, work: () => Result): Result =>
  id === null ? work() : scope.run({ id, touched: new Set() }, work);

/** The id under which this runs, for events, jobs and log lines; null outside of any request. */
export const currentRequestId = (): string | null => scope.getStore()?.id ?? null;

/** Notes that what others may remember of this is changed by the request or job under way. */
export const touch = (about: string): void => void scope.getStore()?.touched.add(about);

/** What the request or job under way has changed so far. */
export const touched = (): string[] => [...(scope.getStore()?.touched ?? [])];

/** The id that the payload of a job or an event carries. */
export function requestIdOf(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null || !('requestId' in payload)) return null;
  return typeof payload.requestId === 'string' ? payload.requestId : null;
}
