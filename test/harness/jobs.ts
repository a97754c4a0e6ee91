import { expect, vi } from 'vitest';
import type { TestApp } from './app.ts';

/** Resolves when every job so far has been done, and with it every event has reached its subscribers. */
export const jobsDone = (t: TestApp): Promise<void> =>
  vi.waitFor(
    async () => expect((await t.deps.pool.query('select from graphile_worker.jobs')).rowCount).toBe(0),
    { timeout: 5_000, interval: 20 },
  );
