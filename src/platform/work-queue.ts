import { Problem } from './problems.ts';

export type WorkQueue = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Runs at most `atOnce` pieces of work together and lets `waiting` more wait their turn. What comes on top is refused
 * with `unavailable`: a queue without an end only turns a burst into time-outs.
 */
export function workQueue({ atOnce, waiting }: { atOnce: number; waiting: number }): WorkQueue {
  const turns: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < atOnce) running += 1;
    else if (turns.length < waiting) await new Promise<void>((resolve) => turns.push(resolve));
    else throw new Problem('unavailable', 'The service is busy; try again shortly.', { retryAfter: 2 });
    try {
      return await work();
    } finally {
      // The next in line takes this place over, so `running` stays as it is.
      const next = turns.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
