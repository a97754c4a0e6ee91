import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { startServer, type Child } from './child-process.ts';
import { cpuSeconds } from './process-cpu.ts';
import type { Report } from './report.ts';
import { interleave, median, medianRatio } from './statistics.ts';
import { jwtSecret, authorizationOf } from './tokens.ts';

const viewers = 5_000;

const rounds = 5;

/**
 * 5,000 readers who watch their notifications in one process: what each costs, and a note of their own to every one of
 * them at once. Beside it the least that such sockets cost: a bare server that reads nothing and checks nobody.
 */
export async function benchLive(): Promise<Report> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shomoy-bench-live-'));
  // Under root PostgreSQL runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const database = await startEmbeddedPostgres({ dataDir: folder });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await migrate(database.url);
    await addReaders(client);
    const server = await startServer('server.ts', {
      DATABASE_URL: database.url,
      JWT_SECRET: jwtSecret,
      SERVICES: 'gateway,users,appointments',
      REDIS_URL: 'redis://127.0.0.1:1',
    });
    const bare = await startServer('bare-sockets.ts');
    try {
      const authorizations = await authorizationOf(Array.from({ length: viewers }, (_, index) => index + 1));
      const ours = await fill(server, authorizations);
      const theirs = await fill(bare, authorizations);
      const idleFrom = cpuSeconds(server.pid);
      await new Promise((passed) => setTimeout(passed, 30_000));
      const idle = (cpuSeconds(server.pid) - idleFrom) / 30;
      const [own = [], least = []] = await interleave(rounds, [
        async () => {
          await addNotes(client);
          return told(ours, () => client.query(`select pg_notify('live', 'user:' || id) from users`));
        },
        () => told(theirs, () => fetch(bare.url)),
      ]);
      const medianOf = (all: Told[], what: keyof Told) => median(all.map((each) => each[what]));
      const ratioOf = (what: keyof Told) =>
        medianRatio(
          own.map((each) => each[what]),
          least.map((each) => each[what]),
        );
      for (const { socket } of [...ours.crowd, ...theirs.crowd]) socket.destroy();
      return {
        figures: [
          {
            what: `memory of each, of ${viewers}`,
            value: ours.kilobytes,
            unit: 'KB',
            budget: { atMost: 20 },
          },
          { what: 'the same, of bare sockets', value: theirs.kilobytes, unit: 'KB' },
          { what: 'CPU while all are idle', value: idle * 100, unit: '%' },
          { what: 'a note to each: half have it after', value: medianOf(own, 'half'), unit: 'ms' },
          {
            what: 'a note to each: all have it after',
            value: medianOf(own, 'all'),
            unit: 'ms',
            budget: { atMost: 1_000 },
          },
          { what: 'CPU of that', value: medianOf(own, 'cpu'), unit: 'ms' },
          { what: 'bare sockets: all have it after', value: medianOf(least, 'all'), unit: 'ms' },
          { what: 'CPU of that', value: medianOf(least, 'cpu'), unit: 'ms' },
          { what: 'until all have it: ours ÷ bare', value: ratioOf('all'), unit: '' },
          { what: 'CPU: ours ÷ bare', value: ratioOf('cpu'), unit: '' },
        ],
        raw: { ours: own, bare: least },
      };
    } finally {
      await Promise.all([server.stop(), bare.stop()]);
    }
  } finally {
    await client.end();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Filled = { crowd: Viewer[]; pid: number; kilobytes: number };

/** Connects everybody; how much memory each of them took. */
async function fill({ url, pid }: Child, authorizations: readonly string[]): Promise<Filled> {
  // The first ones make the process as large as it is without any.
  const crowd = await watch(url, authorizations.slice(0, 200));
  const before = residentKilobytes(pid);
  crowd.push(...(await watch(url, authorizations.slice(200))));
  return { crowd, pid, kilobytes: (residentKilobytes(pid) - before) / (viewers - 200) };
}

async function addReaders(client: pg.Client): Promise<void> {
  await client.query(
    `insert into users (id, full_name, email, password_hash, user_type) overriding system value
     select n, 'Patient ' || n, 'patient' || n || '@example.org', '', 'patient' from generate_series(1, $1::int) n`,
    [viewers],
  );
  await client.query(
    `insert into sign_ins (id, user_id, token_hash, rotated_at, created_at, expires_at)
     select ('00000000-0000-4000-8000-' || lpad(to_hex(id), 12, '0'))::uuid, id, '', '2026-11-01', '2026-11-01', '2027-11-01'
     from users`,
  );
}

type Viewer = { socket: Socket; heard: number; onHeard: () => void };

/** Connects them fifty at a time, each until it is up to date. */
async function watch(url: string, authorizations: readonly string[]): Promise<Viewer[]> {
  const all: Viewer[] = [];
  for (let from = 0; from < authorizations.length; from += 50)
    all.push(...(await Promise.all(authorizations.slice(from, from + 50).map((each) => connect(url, each)))));
  return all;
}

async function connect(url: string, authorization: string): Promise<Viewer> {
  const { hostname, port } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  const viewer: Viewer = { socket, heard: -1, onHeard: () => undefined };
  socket.on('data', (chunk: Buffer) => hear(viewer, chunk));
  socket.write(
    `GET /api/v1/notifications/stream HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      `sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nauthorization: ${authorization}\r\n\r\n`,
  );
  await heard(viewer, 0);
  const hello = Buffer.from('{"type":"hello"}');
  // Masked with zeros.
  socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | hello.length, 0, 0, 0, 0]), hello]));
  await heard(viewer, 1);
  return viewer;
}

/** The handshake's answer, then frames, of which several may come together; none is large enough to come in parts here. */
function hear(viewer: Viewer, chunk: Buffer): void {
  if (viewer.heard === -1) viewer.heard = 0;
  else
    for (let at = 0; at < chunk.length;) {
      if (chunk[at] === 0x89) viewer.socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
      else viewer.heard += 1;
      const length = chunk[at + 1] ?? 0;
      at += length === 126 ? 4 + chunk.readUInt16BE(at + 2) : 2 + length;
    }
  viewer.onHeard();
}

const heard = (viewer: Viewer, count: number): Promise<void> =>
  new Promise((resolve, reject) => {
    viewer.socket.once('close', () => reject(new Error('a viewer was let go')));
    viewer.onHeard = () => {
      if (viewer.heard >= count) resolve();
    };
    viewer.onHeard();
  });

async function addNotes(client: pg.Client): Promise<void> {
  await client.query(
    `with planned as (
       insert into messages (code_id, kind, channel, recipient, user_id, language, state, due_at, stale_at, try_at, finished_at)
       select gen_random_uuid(), 'reminder', 'in_app', id, id, 'en', 'sent', now(), now(), now(), now() from users
       returning id, user_id
     )
     insert into notifications (message_id, user_id, kind, title, text)
     select id, user_id, 'reminder', 'Your visit is near', 'Please come to the chamber.' from planned`,
  );
}

type Told = { half: number; all: number; cpu: number };

/** Milliseconds until half and all of them have one message more, and of the server's CPU. */
async function told({ crowd, pid }: Filled, tell: () => Promise<unknown>): Promise<Told> {
  const cpuFrom = cpuSeconds(pid);
  const began = performance.now();
  const times = crowd.map((viewer) => heard(viewer, viewer.heard + 1).then(() => performance.now() - began));
  await tell();
  const sorted = (await Promise.all(times)).toSorted((a, b) => a - b);
  return {
    half: sorted[sorted.length >> 1] ?? Number.NaN,
    all: sorted.at(-1) ?? Number.NaN,
    cpu: (cpuSeconds(pid) - cpuFrom) * 1_000,
  };
}

/** What the process holds in memory. */
function residentKilobytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
}
