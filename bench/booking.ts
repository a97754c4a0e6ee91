import pg from 'pg';
import { cpuSeconds, cpuSecondsOfChildren, parentOf } from './process-cpu.ts';
import { freePlaces, take, type FreePlace } from './booking/free-places.ts';
import { writeBareBooking, writeBooking, writeNaiveBooking } from './booking/write-booking.ts';
import { startServer, type Child } from './child-process.ts';
import { openDataSet } from './data-set.ts';
import { closedLoop, openConnections, openLoop, p50, p99, type Load } from './http-load.ts';
import type { Report } from './report.ts';
import { interleave, median, medianRatio, percentile } from './statistics.ts';
import { jwtSecret } from './tokens.ts';

const connections = 32;
const rounds = 7;
const perRound = 3_000;

/**
 * Bookings through HTTP at 32 connections, beside the bare statement that takes a place and beside a server that checks
 * and then inserts; bookings at a steady 500 a second; 200 people for one place.
 */
export async function benchBooking(): Promise<Report> {
  const data = await openDataSet();
  try {
    const databaseUrl = await data.copy();
    const servers = {
      // The worker would spend its time on the bare side's events too.
      web: await startServer('server.ts', {
        ...settings(databaseUrl),
        SERVICES: 'gateway,users,appointments',
      }),
      naive: await startServer('bare-server.ts', { databaseUrl }),
    };
    try {
      const speed = await compareSpeed(databaseUrl, servers);
      const contested = await contest(databaseUrl, servers);
      await servers.web.stop();
      const steady = await bookSteadily(databaseUrl);
      return {
        figures: [...speed.figures, ...steady.figures, ...contested.figures],
        raw: { speed, steady, contested },
      };
    } finally {
      await Promise.all([servers.web.stop(), servers.naive.stop()]);
    }
  } finally {
    await data.stop();
  }
}

const settings = (databaseUrl: string) => ({ DATABASE_URL: databaseUrl, JWT_SECRET: jwtSecret });

type Round = { load: Load; serverMicros: number; postgresMicros: number };

const cpuOf = ({ serverMicros, postgresMicros }: Round): number => serverMicros + postgresMicros;

async function compareSpeed(databaseUrl: string, servers: { web: Child; naive: Child }): Promise<Report> {
  const clients = await openClients(databaseUrl);
  const postmaster = await postmasterOf(clients);
  const places = freePlaces();
  const side = async (url: string, write: (places: FreePlace[]) => Promise<Buffer[]>) => {
    const open = await openConnections(url, connections);
    const pid = url === servers.web.url ? servers.web.pid : servers.naive.pid;
    return () =>
      measure(
        { pid, postmaster },
        async () => write(take(places, perRound)),
        (requests) => closedLoop(open, requests),
      );
  };
  const http = await side(servers.web.url, writeBooking);
  const naive = await side(servers.naive.url, writeNaiveBooking);
  const bare = () =>
    measure(
      { pid: process.pid, postmaster },
      async () => take(places, perRound).map(writeBareBooking),
      (claims) => claimAll(clients, claims),
    );
  // One round to warm up: prepared statements, compiled code, known callers.
  for (const run of [http, bare, naive]) {
    const { load } = await run();
    if (load.statuses[201] !== perRound)
      throw new Error(`not all were booked: ${JSON.stringify(load.statuses)}`);
  }
  await execute(clients, 'checkpoint');
  const [ours = [], limit = [], peer = []] = await interleave(rounds, [http, bare, naive]);
  await Promise.all(clients.map((client) => client.end()));
  const speedOf = (side: Round[]) => side.map(({ load }) => load.perSecond);
  const failed = ours
    .flatMap(({ load }) => Object.entries(load.statuses))
    .filter(([status]) => status !== '201');
  return {
    figures: [
      { what: 'bookings through HTTP, 32 connections', value: median(speedOf(ours)), unit: '/s' },
      { what: 'the bare statement, 32 clients', value: median(speedOf(limit)), unit: '/s' },
      {
        what: 'HTTP ÷ bare',
        value: medianRatio(speedOf(ours), speedOf(limit)),
        unit: '',
        budget: { atLeast: 0.5 },
      },
      { what: 'answers other than 201', value: failed.length, unit: '', budget: { atMost: 0 } },
      { what: 'p50 at 32 connections', value: median(ours.map(({ load }) => p50(load))), unit: 'ms' },
      { what: 'p99 at 32 connections', value: median(ours.map(({ load }) => p99(load))), unit: 'ms' },
      {
        what: 'CPU of the server a booking',
        value: median(ours.map((each) => each.serverMicros)),
        unit: 'µs',
      },
      {
        what: 'CPU of PostgreSQL a booking',
        value: median(ours.map((each) => each.postgresMicros)),
        unit: 'µs',
      },
      {
        what: 'CPU of PostgreSQL, bare',
        value: median(limit.map((each) => each.postgresMicros)),
        unit: 'µs',
      },
      {
        what: 'CPU of bare (client, PostgreSQL) ÷ ours',
        value: medianRatio(limit.map(cpuOf), ours.map(cpuOf)),
        unit: '',
      },
      { what: 'check-then-insert server', value: median(speedOf(peer)), unit: '/s' },
      { what: 'ours ÷ check-then-insert', value: medianRatio(speedOf(ours), speedOf(peer)), unit: '' },
    ],
    raw: { http: speedOf(ours), bare: speedOf(limit), naive: speedOf(peer) },
  };
}

async function measure<Prepared extends readonly unknown[]>(
  processes: { pid: number; postmaster: number },
  prepare: () => Promise<Prepared>,
  run: (prepared: Prepared) => Promise<Load>,
): Promise<Round> {
  const prepared = await prepare();
  const before = [cpuSeconds(processes.pid), cpuSecondsOfChildren(processes.postmaster)] as const;
  const load = await run(prepared);
  const micros = (now: number, then: number) => ((now - then) * 1e6) / prepared.length;
  return {
    load,
    serverMicros: micros(cpuSeconds(processes.pid), before[0]),
    postgresMicros: micros(cpuSecondsOfChildren(processes.postmaster), before[1]),
  };
}

/** The default shape: gateway, services and worker in one process. */
async function bookSteadily(databaseUrl: string): Promise<Report> {
  const rate = 500;
  const server = await startServer('server.ts', settings(databaseUrl));
  try {
    const open = await openConnections(server.url, 64);
    const places = freePlaces({ skip: 100_000 });
    await closedLoop(open, await writeBooking(take(places, 2_000)));
    const loads: Load[] = [];
    for (let round = 0; round < 5; round++)
      loads.push(await openLoop(open, await writeBooking(take(places, rate * 4)), rate));
    return {
      figures: [
        { what: 'p50 at 500/s, worker in the process', value: median(loads.map(p50)), unit: 'ms' },
        {
          what: 'p99 at 500/s, worker in the process',
          value: median(loads.map(p99)),
          unit: 'ms',
          budget: { atMost: 15 },
        },
      ],
      raw: loads.map((load) => ({ p50: p50(load), p99: p99(load), statuses: load.statuses })),
    };
  } finally {
    await server.stop();
  }
}

/** 200 people for one place, five times; the same on the server that checks and then inserts. */
async function contest(databaseUrl: string, servers: { web: Child; naive: Child }): Promise<Report> {
  const people = 200;
  const places = freePlaces({ skip: 200_000 });
  const run = async (url: string, write: (places: FreePlace[]) => Promise<Buffer[]>) => {
    const open = await openConnections(url, people);
    const loads: Load[] = [];
    for (let round = 0; round < 5; round++) {
      const [place] = take(places, 1);
      if (!place) break;
      const wishes = take(places, people).map((other) => ({
        ...place,
        patientId: other.patientId,
        accountId: other.accountId,
      }));
      loads.push(await closedLoop(open, await write(wishes)));
    }
    for (const connection of open) connection.close();
    return loads;
  };
  const ours = await run(servers.web.url, writeBooking);
  const peer = await run(servers.naive.url, writeNaiveBooking);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ doubles: number }>(
    `select count(*)::int as doubles from naive_appointments a join naive_appointments b
       on b.doctor_id = a.doctor_id and b.starts_at < a.ends_at and a.starts_at < b.ends_at and b.id < a.id`,
  );
  await client.end();
  const won = (loads: Load[]) => loads.map(({ statuses }) => statuses[201] ?? 0);
  const odd = ours
    .flatMap(({ statuses }) => Object.keys(statuses))
    .filter((status) => status !== '201' && status !== '409');
  return {
    figures: [
      {
        what: '200 for one place: most bookings made',
        value: Math.max(...won(ours)),
        unit: '',
        budget: { atMost: 1 },
      },
      {
        what: '200 for one place: answers but 201 and 409',
        value: odd.length,
        unit: '',
        budget: { atMost: 0 },
      },
      {
        what: '200 for one place: p99',
        value: percentile(
          ours.flatMap(({ latencies }) => latencies),
          99,
        ),
        unit: 'ms',
        budget: { atMost: 150 },
      },
      { what: 'check-then-insert: most bookings of one place', value: Math.max(...won(peer)), unit: '' },
      {
        what: 'check-then-insert: pairs of double bookings',
        value: rows[0]?.doubles ?? Number.NaN,
        unit: '',
      },
    ],
    raw: { ours: ours.map(({ statuses }) => statuses), peer: peer.map(({ statuses }) => statuses) },
  };
}

async function openClients(databaseUrl: string): Promise<pg.Client[]> {
  return Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      return client;
    }),
  );
}

async function postmasterOf([client]: pg.Client[]): Promise<number> {
  const { rows = [] } = (await client?.query<{ pid: number }>('select pg_backend_pid() as pid')) ?? {};
  return parentOf(rows[0]?.pid ?? 0);
}

async function execute([client]: pg.Client[], statement: string): Promise<void> {
  await client?.query(statement);
}

async function claimAll(clients: readonly pg.Client[], claims: readonly pg.QueryConfig[]): Promise<Load> {
  const latencies: number[] = [];
  const left = claims.values();
  const began = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (const claim of left) {
        const sent = performance.now();
        const { rowCount } = await client.query(claim);
        if (rowCount !== 1) throw new Error('a place that is laid out as free was taken');
        latencies.push(performance.now() - sent);
      }
    }),
  );
  return {
    perSecond: claims.length / ((performance.now() - began) / 1_000),
    latencies,
    statuses: { 201: claims.length },
  };
}
