import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../../src/contract/client.ts';
import { countReport } from '../../src/contract/counts.ts';
import { figureReports, type FigureReportName, type ReportGrouping } from '../../src/contract/figures.ts';
import { cancelWork, getWork } from '../../src/contract/works.ts';
import { startServer } from '../child-process.ts';
import { childrenOf } from '../process-memory.ts';
import type { Figure } from '../report.ts';
import { authorizationOf, jwtSecret } from '../tokens.ts';
import { callBy, watchWork } from '../watch-work.ts';

/** What a screen asks for: the trend, and all that its groups can be gathered by. */
const groupingsOf = (name: FigureReportName): ReportGrouping[] =>
  figureReports[name].groupings.filter((grouping) => grouping !== 'day' && grouping !== 'week');

/**
 * Reports of everything over some dates, compared and by all groupings, counted by a worker of its own: how long each takes
 * and what its process holds; and how soon that of the last one ends when it is cancelled.
 */
export async function measureCounts(
  names: readonly FigureReportName[],
  options: {
    databaseUrl: string;
    apiUrl: string;
    admin: number;
    dates: { from: string; to: string };
  },
): Promise<Figure[]> {
  const { databaseUrl, apiUrl, admin, dates } = options;
  // Anew for each: all of them together take longer than one sign-in holds.
  const signIn = async () => callBy(apiUrl, (await authorizationOf([admin], 'admin')).join(''));
  const worker = await startServer('server.ts', {
    DATABASE_URL: databaseUrl,
    JWT_SECRET: jwtSecret,
    SERVICES: 'worker',
  });
  const begin = async (call: Call, name: FigureReportName) => {
    const body = { ...dates, groupBy: groupingsOf(name), compare: true };
    return (await call(countReport, { params: { name }, body })).work;
  };
  try {
    const figures: Figure[] = [];
    for (const name of names) {
      const call = await signIn();
      const began = performance.now();
      const { work, megabytes } = await watchWork(call, await begin(call, name), worker.pid);
      if (work.state !== 'done') throw new Error(`${name} ended ${work.state}: ${JSON.stringify(work)}`);
      figures.push(
        {
          what: `${name}: counted by a work, ${work.total} steps`,
          value: (performance.now() - began) / 1_000,
          unit: 's',
        },
        { what: `${name}: its process, highest RSS`, value: megabytes, unit: 'MB', budget: { atMost: 150 } },
      );
    }
    const [last] = names.slice(-1);
    if (last === undefined) return figures;
    const call = await signIn();
    const { id } = await begin(call, last);
    while ((await call(getWork, { params: { id } })).work.total === null) await sleep(20);
    await call(cancelWork, { params: { id } });
    const cancelled = performance.now();
    while (childrenOf(worker.pid).length > 0) await sleep(10);
    const value = performance.now() - cancelled;
    figures.push({
      what: 'cancelled: its process ends after',
      value,
      unit: 'ms',
      budget: { atMost: 1_500 },
    });
    return figures;
  } finally {
    await worker.stop();
  }
}
