import { startServer } from './child-process.ts';
import { openDataSet } from './data-set.ts';
import * as layout from './data-set/layout.ts';
import {
  closedLoop,
  openConnections,
  openLoop,
  p50,
  p99,
  request,
  type Connection,
  type Load,
} from './http-load.ts';
import type { Report } from './report.ts';
import { interleave, median, medianRatio } from './statistics.ts';
import { jwtSecret } from './tokens.ts';
import { cpuSeconds } from './process-cpu.ts';

const rounds = 5;

/** The free places of one doctor for a month (480 offered, 80 taken), 1,000,000 appointments stored. */
export async function benchAvailability(): Promise<Report> {
  const data = await openDataSet();
  try {
    const server = await startServer('server.ts', {
      DATABASE_URL: data.url,
      JWT_SECRET: jwtSecret,
      SERVICES: 'gateway,users,appointments',
    });
    const bare = await startServer('bare-server.ts', { databaseUrl: data.url });
    try {
      const open = await openConnections(server.url, 32);
      const one = open.slice(0, 1);
      const eight = open.slice(0, 8);
      const bareEight = await openConnections(bare.url, 8);
      await closedLoop(eight, months(600));
      await closedLoop(eight, months(200, compressed));
      await closedLoop(bareEight, rows(4_000));

      const [plain = [], packed = []] = await interleave(rounds, [
        () => closedLoop(one, months(400)),
        () => closedLoop(one, months(200, compressed)),
      ]);
      const steady = await interleave(rounds, [() => openLoop(open, months(300), 100)]);
      const measured = (pid: number, connections: Connection[], requests: Buffer[]) => async () => {
        const before = cpuSeconds(pid);
        const load = await closedLoop(connections, requests);
        return { load, micros: ((cpuSeconds(pid) - before) * 1e6) / requests.length };
      };
      const [ours = [], row = []] = await interleave(rounds, [
        measured(server.pid, eight, months(600)),
        measured(bare.pid, bareEight, rows(4_000)),
      ]);
      const [sample] = await Promise.all(
        one.map((connection) => connection.send(months(1)[0] ?? Buffer.alloc(0))),
      );
      const speedOf = (side: { load: Load }[]) => side.map(({ load }) => load.perSecond);
      return {
        figures: [
          { what: 'bytes of an answer', value: sample?.body.length ?? Number.NaN, unit: 'B' },
          { what: 'p50, one client', value: median(plain.map(p50)), unit: 'ms', budget: { atMost: 1 } },
          { what: 'p99, one client', value: median(plain.map(p99)), unit: 'ms', budget: { atMost: 5 } },
          { what: 'p50, one client, compressed', value: median(packed.map(p50)), unit: 'ms' },
          { what: 'p99, one client, compressed', value: median(packed.map(p99)), unit: 'ms' },
          { what: 'p50 at 100/s', value: median(steady.flat().map(p50)), unit: 'ms' },
          { what: 'p99 at 100/s', value: median(steady.flat().map(p99)), unit: 'ms', budget: { atMost: 10 } },
          { what: 'months, 8 clients', value: median(speedOf(ours)), unit: '/s' },
          { what: 'one-row reads, 8 clients', value: median(speedOf(row)), unit: '/s' },
          {
            what: 'months ÷ one-row reads',
            value: medianRatio(speedOf(ours), speedOf(row)),
            unit: '',
            budget: { atLeast: 0.25 },
          },
          { what: 'CPU of the server a month', value: median(ours.map(({ micros }) => micros)), unit: 'µs' },
          {
            what: 'CPU of the bare server a row',
            value: median(row.map(({ micros }) => micros)),
            unit: 'µs',
          },
        ],
        raw: { months: speedOf(ours), rows: speedOf(row), steady: steady.flat().map(p99) },
      };
    } finally {
      await Promise.all([server.stop(), bare.stop()]);
    }
  } finally {
    await data.stop();
  }
}

const compressed = { 'accept-encoding': 'gzip, deflate, br, zstd' };

/** Doctors far apart in the tables, none of them busy. */
function months(count: number, headers: Record<string, string> = {}): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const doctorId = ((index * 7_919) % (layout.doctors / 4)) * 4 + 1;
    return request({
      method: 'GET',
      path: `/api/v1/doctors/${doctorId}/availability?from=2026-11-02&to=2026-12-01`,
      headers,
    });
  });
}

const rows = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) =>
    request({ method: 'GET', path: `/row/${1 + ((index * 7_919) % layout.doctors)}` }),
  );
