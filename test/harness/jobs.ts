import { expect, vi } from 'vitest';
import type { TestApp } from './app.ts';

/** Resolves when every job so far has been done, and with it every event has reached its subscribers. */
export const jobsDone = (t: TestApp): Promise<void> =>
  vi.waitFor(
    async () => {
      const waiting = () => t.deps.pool.query('select from graphile_worker.jobs');
      expect((await waiting()).rowCount).toBe(0);
      expect(await t.eventsTaken()).toBe(true);
      // One that could not be taken at first is a job again.
      expect((await waiting()).rowCount).toBe(0);
    },
    { timeout: 30_000, interval: 20 },
  );
