import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { freePlaces, take } from './booking/free-places.ts';
import { writeBooking } from './booking/write-booking.ts';
import { startServer } from './child-process.ts';
import { openDataSet } from './data-set.ts';
import { closedLoop, openConnections, openLoop, p99 } from './http-load.ts';
import { cpuSeconds } from './process-cpu.ts';
import type { Report } from './report.ts';
import { median, percentile } from './statistics.ts';
import { jwtSecret } from './tokens.ts';

const backlog = 3_000;
/** Each booking makes a mail and a note in the app. */
const perBooking = 2;
const rate = 150;
const seconds = 10;

/**
 * Messages from the booking's event through the ledger to a mail server and into the app: a backlog that a worker finds,
 * and a steady stream of bookings with a worker beside them.
 */
export async function benchJobs(): Promise<Report> {
  const data = await openDataSet();
  const mails = await openMailServer();
  try {
    const databaseUrl = await data.copy();
    const settings = {
      DATABASE_URL: databaseUrl,
      JWT_SECRET: jwtSecret,
      // The relay of one process, straight to the consumers.
      RABBITMQ_URL: '',
      SMTP_URL: mails.url,
      MAIL_FROM: 'bench@example.org',
    };
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query(noteBookings);
      const drained = await drainBacklog(settings, client);
      const steady = await tellSteadily(settings, client);
      return {
        figures: [...drained.figures, ...steady.figures],
        raw: { drained: drained.raw, steady: steady.raw, mails: mails.count() },
      };
    } finally {
      await client.end();
    }
  } finally {
    await mails.close();
    await data.stop();
  }
}

type Settings = Record<string, string>;

async function drainBacklog(settings: Settings, client: pg.Client): Promise<Report> {
  const rates: number[] = [];
  const micros: number[] = [];
  const places = freePlaces({ skip: 300_000 });
  for (let round = 0; round < 5; round++) {
    const web = await startServer('server.ts', {
      ...settings,
      RABBITMQ_URL: 'amqp://127.0.0.1:1',
      SERVICES: 'gateway,users,appointments',
    });
    const open = await openConnections(web.url, 16);
    await closedLoop(open, await writeBooking(take(places, backlog)));
    await web.stop();
    const before = await countEnded(client);
    const began = performance.now();
    const worker = await startServer('server.ts', settings);
    await until(async () => (await countEnded(client)) >= before + backlog * perBooking);
    rates.push((backlog * perBooking) / ((performance.now() - began) / 1_000));
    micros.push((cpuSeconds(worker.pid) * 1e6) / (backlog * perBooking));
    await worker.stop();
  }
  return {
    figures: [
      {
        what: `messages of ${backlog} bookings, events and ledger in, from the worker's start`,
        value: median(rates),
        unit: '/s',
        budget: { atLeast: 300 },
      },
      { what: 'CPU of the worker a message', value: median(micros), unit: 'µs' },
    ],
    raw: { rates, micros },
  };
}

async function tellSteadily(settings: Settings, client: pg.Client): Promise<Report> {
  const server = await startServer('server.ts', settings);
  try {
    const places = freePlaces({ skip: 400_000 });
    const open = await openConnections(server.url, 32);
    await closedLoop(open, await writeBooking(take(places, 500)));
    const idle = async () => (await ask<{ rest: number }>(client, unfinished))[0]?.rest === 0;
    await until(idle);
    const { last = 0 } = (await ask<{ last: number }>(client, newest))[0] ?? {};
    const load = await openLoop(open, await writeBooking(take(places, rate * seconds)), rate);
    await until(idle);
    const rows = await ask<{ planned: number; late: number }>(client, lateness, [last]);
    const of = (values: number[]) => ({ p50: percentile(values, 50), p99: percentile(values, 99) });
    const late = of(rows.map((row) => row.late));
    const planned = of(rows.map((row) => row.planned));
    return {
      figures: [
        {
          what: `lateness of a message at ${rate * perBooking}/s: p99`,
          value: late.p99 / 1_000,
          unit: 's',
          budget: { atMost: 2 },
        },
        {
          what: 'from the booking to its event’s consumer: p99',
          value: planned.p99,
          unit: 'ms',
          budget: { atMost: 20 },
        },
        { what: 'from the booking to its event’s consumer: p50', value: planned.p50, unit: 'ms' },
        { what: `bookings at ${rate}/s beside it: p99`, value: p99(load), unit: 'ms' },
      ],
      raw: { messages: rows.length, late, planned, statuses: load.statuses },
    };
  } finally {
    await server.stop();
  }
}

const ended = `select count(*)::int as count from messages where state = 'sent'`;
const countEnded = async (client: pg.Client): Promise<number> =>
  (await ask<{ count: number }>(client, ended))[0]?.count ?? 0;

const unfinished = `
  select (select count(*) from messages where state in ('pending', 'sending') and kind = 'booked')::int
    + (select count(*) from graphile_worker.jobs where run_at <= now())::int as rest`;
const newest = 'select coalesce(max(id), 0)::int as last from messages';

// The server's clock is that of the stored data, so the moment of a booking is noted by the database's.
const noteBookings = `
  create table bench_booked (appointment_id bigint primary key, at timestamptz not null);
  create function bench_note() returns trigger language plpgsql as $$
    begin insert into bench_booked values (new.id, now()); return null; end $$;
  create trigger bench_note after insert on appointments for each row execute function bench_note()`;

const lateness = `
  select extract(epoch from m.created_at - b.at)::float8 * 1000 as planned,
    extract(epoch from m.finished_at - m.due_at)::float8 * 1000 as late
  from messages m join bench_booked b on b.appointment_id = m.appointment_id
  where m.id > $1 and m.kind = 'booked' and m.state = 'sent'`;

async function ask<Row extends pg.QueryResultRow>(
  client: pg.Client,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await client.query<Row>(text, values)).rows;
}

/** Looks again and again, for two minutes at the most. */
async function until(done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 120_000;
  while (!(await done())) {
    if (performance.now() > end) throw new Error('the messages were not sent within two minutes');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Takes every mail, here in the bench's own process, so that it is nobody's time under test. */
async function openMailServer() {
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, _session, done) {
      stream.resume();
      stream.on('end', () => {
        count += 1;
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    count: () => count,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
