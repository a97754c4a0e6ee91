import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { exportRows } from '../src/contract/exports.ts';
import type { Call } from '../src/contract/client.ts';
import { apiPrefix } from '../src/contract/route.ts';
import { cancelWork, getWork, type Work } from '../src/contract/works.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { startServer, type Child } from './child-process.ts';
import { childrenOf, highestMegabytes } from './process-memory.ts';
import type { Figure, Report } from './report.ts';
import { authorizationOf, jwtSecret } from './tokens.ts';
import { visitLayout, writeVisits } from './visits.ts';
import { callBy, watchWork } from './watch-work.ts';

/** `SIZE=100000 npm run bench -- exports`: rows of one file. */
const size = Number(process.env['SIZE'] ?? 1_000_000);
const { admin, appointments } = visitLayout(size);
const everything = { from: '2024-01-01', to: '2026-12-31', figure: 'booked' } as const;

/**
 * Files of every appointment there is, made by a worker of its own and fetched through the API: rows a second, and the
 * resident memory of the process that makes them, which must not grow with the rows. In a database of its own.
 */
export async function benchExports(): Promise<Report> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'shomoy-bench-exports-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
  try {
    await migrate(server.url);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await writeVisits(client, size);
    await client.end();
    const settings = { DATABASE_URL: server.url, JWT_SECRET: jwtSecret };
    const api = await startServer('server.ts', { ...settings, SERVICES: 'gateway,users,appointments' });
    // There is no broker, and no event to hand on.
    const worker = await startServer('server.ts', { ...settings, SERVICES: 'worker' });
    try {
      return await measureAll(api, worker);
    } finally {
      await worker.stop();
      await api.stop();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureAll(api: Child, worker: Child): Promise<Report> {
  const [authorization = ''] = await authorizationOf([admin], 'admin');
  const call = callBy(api.url, authorization);
  const figures: Figure[] = [];
  for (const format of ['csv', 'xlsx'] as const) {
    const began = performance.now();
    const begun = await begin(call, format);
    const { work, megabytes, cpu } = await watchWork(call, begun, worker.pid);
    const seconds = (performance.now() - began) / 1_000;
    if (work.state !== 'done' || work.done !== appointments)
      throw new Error(`an export ended ${work.state}: ${JSON.stringify(work)}`);
    const fetched = await readAway(`${api.url}${apiPrefix}/works/${work.id}/file`, authorization);
    if (fetched !== work.file?.bytes) throw new Error(`${fetched} of ${work.file?.bytes} bytes came`);
    figures.push(
      { what: `${format}: its process, highest RSS`, value: megabytes, unit: 'MB', budget: { atMost: 150 } },
      { what: `${format}: rows`, value: work.done / seconds, unit: '/s' },
      { what: `${format}: CPU a row`, value: (cpu * 1e6) / work.done, unit: 'µs' },
      { what: `${format}: file`, value: fetched / 1e6, unit: 'MB' },
    );
  }
  const others = { worker: highestMegabytes(worker.pid), api: highestMegabytes(api.pid) };
  figures.push({
    what: 'cancelled: its process ends after',
    value: await cancelOne(call, worker.pid),
    unit: 'ms',
    budget: { atMost: 1_500 },
  });
  return { figures, raw: { size: appointments, highestMegabytes: others } };
}

const begin = async (call: Call, format: 'csv' | 'xlsx'): Promise<Work> =>
  (await call(exportRows, { params: { name: 'outcomes' }, body: { ...everything, format } })).work;

/** Bytes that came; none is kept. */
async function readAway(url: string, authorization: string): Promise<number> {
  const answer = await fetch(url, { headers: { authorization, 'accept-encoding': 'identity' } });
  if (!answer.ok || !answer.body) throw new Error(`the file was refused with ${answer.status}`);
  let bytes = 0;
  for await (const chunk of answer.body) bytes += chunk.length;
  return bytes;
}

/** How long the process of a work goes on once it is cancelled. */
async function cancelOne(call: Call, workerPid: number): Promise<number> {
  const { id } = await begin(call, 'csv');
  while ((await call(getWork, { params: { id } })).work.done === 0) await sleep(20);
  await call(cancelWork, { params: { id } });
  const cancelled = performance.now();
  while (childrenOf(workerPid).length > 0) await sleep(10);
  return performance.now() - cancelled;
}
