import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { appointmentReport, figureReports } from '../src/contract/figures.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { startServer } from './child-process.ts';
import { closedLoop, openConnections, request, type Connection } from './http-load.ts';
import type { Figure, Report } from './report.ts';
import { writeBookable } from './reports/bookable.ts';
import { measureCounts } from './reports/counts.ts';
import { measureGeneration } from './reports/generation.ts';
import { median, percentile } from './statistics.ts';
import { authorizationOf, jwtSecret } from './tokens.ts';
import { visitLayout, writeVisits } from './visits.ts';

/** `SIZE=5000000 npm run bench -- reports`: appointments of three years, 2,500 for each doctor. */
const size = Number(process.env['SIZE'] ?? 500_000);
const layout = visitLayout(size);
const { doctors, admin, appointments } = layout;
/** Requests for one doctor, and for everything. */
const [many, few] = [40, 7];
const year = { from: '2025-11-01', to: '2026-10-31' };
const lastMonth = { from: '2026-10-01', to: '2026-10-31' };
const names = appointmentReport.options;

/**
 * Monthly reports of all doctors beside bookings; an administrator's start; every report over a year, by month: of one
 * doctor, of a chamber, and of everything, which is told as a multiple of counting the year's appointments; and the first
 * page of rows behind its first figure; and everything of the year counted by a work. In a database of its own; `SIZE=5000000` takes a quarter of an hour to make.
 */
export async function benchReports(): Promise<Report> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'shomoy-bench-reports-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
  try {
    await migrate(server.url);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      await writeVisits(client, size);
      await writeBookable(client, layout);
      return await measureAll(server.url, client);
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureAll(url: string, client: pg.Client): Promise<Report> {
  const api = await startServer('server.ts', {
    DATABASE_URL: url,
    JWT_SECRET: jwtSecret,
    SERVICES: 'gateway,users,appointments',
  });
  try {
    const [connection] = await openConnections(api.url, 1);
    const [authorization] = await authorizationOf([admin], 'admin');
    if (!connection || authorization === undefined) throw new Error('no connection');
    const counting = median(await timesOf(few, () => client.query(countOfYear)));
    const start = await measure(connection, authorization, { path: '/admin/overview', count: many });
    const summary = await measure(connection, authorization, {
      path: '/reports/monthly/summary?year=2026&month=10',
      count: few,
    });
    const figures: Figure[] = [
      ...(await measureGeneration(layout, { databaseUrl: url, apiUrl: api.url, authorization, client })),
      { what: 'an administrator’s start, p50', value: percentile(start, 50), unit: 'ms' },
      {
        what: 'an administrator’s start, p95',
        value: percentile(start, 95),
        unit: 'ms',
        budget: { atMost: 300 },
      },
      { what: 'summary of a month, p50', value: percentile(summary, 50), unit: 'ms' },
      { what: 'count(*) of the year', value: counting, unit: 'ms' },
    ];
    for (const name of names) {
      const ask = (query: Record<string, string>, count: number) => {
        const rows = 'figure' in query ? '/appointments' : '';
        const asked = new URLSearchParams({ ...year, ...query });
        return measure(connection, authorization, { path: `/reports/${name}${rows}?${asked}`, count });
      };
      const one = await ask({ groupBy: grouping(name), doctorId: '3' }, many);
      const chamber = await ask({ groupBy: grouping(name), chamberId: '1' }, many);
      const all = await ask({ groupBy: grouping(name) }, few);
      const month = await ask({ groupBy: grouping(name), ...lastMonth }, few);
      const rows = await ask({ figure: firstFigure(name), doctorId: '3' }, many);
      figures.push(
        { what: `${name}: a doctor, p50`, value: percentile(one, 50), unit: 'ms', budget: { atMost: 100 } },
        { what: `${name}: a doctor, p95`, value: percentile(one, 95), unit: 'ms', budget: { atMost: 200 } },
        { what: `${name}: a chamber, p50`, value: percentile(chamber, 50), unit: 'ms' },
        { what: `${name}: rows of a doctor, p95`, value: percentile(rows, 95), unit: 'ms' },
        { what: `${name}: everything of a month, p50`, value: percentile(month, 50), unit: 'ms' },
        { what: `${name}: everything, p50`, value: percentile(all, 50), unit: 'ms' },
        { what: `${name}: everything, p95`, value: percentile(all, 95), unit: 'ms' },
        { what: `${name}: everything ÷ count`, value: percentile(all, 50) / counting, unit: '' },
      );
    }
    figures.push(...(await measureCounts(names, { databaseUrl: url, apiUrl: api.url, admin, dates: year })));
    return { figures, raw: { size: appointments, doctors } };
  } finally {
    await api.stop();
  }
}

const grouping = (name: string): string => (name === 'busiest-hours' ? 'weekday_hour' : 'month');
const firstFigure = (name: string): string =>
  Object.entries(figureReports)
    .filter(([each]) => each === name)
    .flatMap(([, { figures }]) => Object.keys(figures))[0] ?? '';

async function measure(
  connection: Connection,
  authorization: string,
  { path, count }: { path: string; count: number },
): Promise<number[]> {
  const bytes = request({ method: 'GET', path: `/api/v1${path}`, headers: { authorization } });
  await connection.send(bytes);
  const { latencies, statuses } = await closedLoop(
    [connection],
    Array.from({ length: count }, () => bytes),
  );
  // Longer than a statement may take.
  if (statuses[503] !== undefined) return latencies.map(() => Infinity);
  if (statuses[200] !== count) throw new Error(`${path} was refused: ${JSON.stringify(statuses)}`);
  return latencies;
}

async function timesOf(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < count; run++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times;
}

const countOfYear = `
  select count(*) from appointments
  where lower(period) >= '${year.from} 00:00+06' and lower(period) < '${year.to} 24:00+06'`;
