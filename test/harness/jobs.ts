import { expect, vi } from 'vitest';
import type { TestApp } from './app.ts';

/** Resolves when every job so far has been done, and with it every event has reached its subscribers. */
export const jobsDone = (t: TestApp): Promise<void> =>
  vi.waitFor(
    async () => {
      const waiting = () => t.deps.pool.query('select from graphile_worker.jobs');
      expect((await waiting()).rowCount).toBe(0);
      const taken = await t.eventsTaken();
      expect(taken).not.toBeNull();
      // One that could not be taken at first is a job again, and so is what taking it has led to,
      expect((await waiting()).rowCount).toBe(0);
      // unless that was handed on meanwhile.
      expect(await t.eventsTaken()).toBe(taken);
    },
    { timeout: 30_000, interval: 20 },
  );
