import { startServer } from './child-process.ts';
import { openDataSet } from './data-set.ts';
import * as layout from './data-set/layout.ts';
import { closedLoop, openConnections, p50, p99, request, type Connection, type Load } from './http-load.ts';
import { cpuSeconds } from './process-cpu.ts';
import type { Report } from './report.ts';
import { interleave, median, medianRatio } from './statistics.ts';
import { authorizationOf, jwtSecret } from './tokens.ts';

const rounds = 7;
const perRound = 4_000;

/** One appointment by its id: authentication, rights and presentation, beside a bare route on the same query. */
export async function benchRead(): Promise<Report> {
  const data = await openDataSet();
  try {
    const server = await startServer('server.ts', {
      DATABASE_URL: data.url,
      JWT_SECRET: jwtSecret,
      SERVICES: 'gateway,users,appointments',
    });
    const bare = await startServer('bare-server.ts', { databaseUrl: data.url });
    try {
      const side = async (child: { url: string; pid: number }, requests: Buffer[]) => {
        const open = await openConnections(child.url, 8);
        return () => measure(child.pid, open, requests);
      };
      const ours = await side(server, await readings());
      const theirs = await side(bare, bareReadings());
      for (const run of [ours, theirs]) await run();
      const [own = [], least = []] = await interleave(rounds, [ours, theirs]);
      const speedOf = (all: { load: Load }[]) => all.map(({ load }) => load.perSecond);
      return {
        figures: [
          { what: 'appointments by id, 8 clients', value: median(speedOf(own)), unit: '/s' },
          { what: 'bare route on the same query', value: median(speedOf(least)), unit: '/s' },
          {
            what: 'ours ÷ bare',
            value: medianRatio(speedOf(own), speedOf(least)),
            unit: '',
            budget: { atLeast: 0.7 },
          },
          { what: 'p50', value: median(own.map(({ load }) => p50(load))), unit: 'ms' },
          { what: 'p99', value: median(own.map(({ load }) => p99(load))), unit: 'ms' },
          { what: 'CPU of the server', value: median(own.map(({ micros }) => micros)), unit: 'µs' },
          { what: 'CPU of the bare server', value: median(least.map(({ micros }) => micros)), unit: 'µs' },
        ],
        raw: { ours: speedOf(own), bare: speedOf(least), statuses: own.map(({ load }) => load.statuses) },
      };
    } finally {
      await Promise.all([server.stop(), bare.stop()]);
    }
  } finally {
    await data.stop();
  }
}

async function measure(pid: number, open: Connection[], requests: Buffer[]) {
  const before = cpuSeconds(pid);
  const load = await closedLoop(open, requests);
  if (load.statuses[200] !== requests.length)
    throw new Error(`not all were found: ${JSON.stringify(load.statuses)}`);
  return { load, micros: ((cpuSeconds(pid) - before) * 1e6) / requests.length };
}

/** Stored patients far apart, each with the first of their appointments: that of the doctor with the same number. */
const readers = Array.from({ length: perRound }, (_, index) => 1 + ((index * 7_919) % layout.doctors)).map(
  (number) =>
    // Only the evenings of those who are not busy begin with place 0 on 29 October.
    layout.isBusy(number) ? number - 1 : number,
);
const appointmentOf = (doctorId: number): number => (doctorId - 1) * layout.appointmentsPerDoctor + 1;

async function readings(): Promise<Buffer[]> {
  const accounts = readers.map((patient) => layout.doctors + Math.floor((patient - 1) / 10) + 1);
  const authorizations = await authorizationOf(accounts);
  return readers.map((number, index) =>
    request({
      method: 'GET',
      path: `/api/v1/appointments/${appointmentOf(number)}`,
      headers: { authorization: authorizations[index] ?? '' },
    }),
  );
}

const bareReadings = (): Buffer[] =>
  readers.map((number) => request({ method: 'GET', path: `/appointments/${appointmentOf(number)}` }));
