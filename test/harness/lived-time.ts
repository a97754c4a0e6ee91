import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApp } from './app.ts';

const stepMs = 100;

/** How long it took; of what held up this process, or the database, for longer than a moment, that moment alone counts. */
export async function livedMs({ deps }: TestApp, work: Promise<unknown>): Promise<number> {
  let over = false;
  const done = work.finally(() => (over = true));
  let lived = 0;
  while (!over) {
    const began = performance.now();
    await Promise.race([done, sleep(20)]);
    if (!over) await deps.pool.query('select');
    lived += Math.min(performance.now() - began, stepMs);
  }
  await done;
  return lived;
}

/**
 * The result, or that it is still waited for after so long. Only time counts in which both this process and the database
 * went on: while the machine holds one of them up nobody has an answer, whatever is tested.
 */
export async function within<Result>(
  { deps }: TestApp,
  work: Promise<Result>,
  ms: number,
): Promise<Result | 'still waiting'> {
  let over = false;
  const late = async () => {
    for (let lived = 0; lived < ms && !over; lived += stepMs) {
      await sleep(stepMs);
      if (!over) await deps.pool.query('select');
    }
    return 'still waiting' as const;
  };
  return Promise.race([work, late()]).finally(() => (over = true));
}
