import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Import } from '../src/contract/imports.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { startServer } from './child-process.ts';
import { drainQueue, type Drained } from './imports/drain-queue.ts';
import { doctorsCsv, hoursCsv, patientsCsv, patientsWorkbook } from './imports/files.ts';
import { childrenOf, highestMegabytes } from './process-memory.ts';
import { cpuSeconds, cpuSecondsOfChildren, parentOf } from './process-cpu.ts';
import type { Figure, Report } from './report.ts';
import { authorizationOf, jwtSecret } from './tokens.ts';

/** `SIZE=10000 npm run bench -- imports`: rows of each file. Hours are of a fifth as many doctors. */
const rows = Number(process.env['SIZE'] ?? 100_000);
/** Patients who are there before: those of a place that has worked for years. */
const known = 5 * rows;
const admin = 1;

/**
 * A CSV of 100,000 patients from its upload to the last row written, everything checked twice on the way, beside half a
 * million patients who are there already; the same as a workbook, checked; and all of it taken back. Then as many doctors,
 * and as many rows of hours, each with the jobs that it leaves. In a database of its own.
 */
export async function benchImports(): Promise<Report> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'shomoy-bench-imports-'));
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await migrate(server.url);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
      return await measure(server.url, client);
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(url: string, client: pg.Client): Promise<Report> {
  const shomoy = await startServer('server.ts', {
    DATABASE_URL: url,
    JWT_SECRET: jwtSecret,
    // All in one process: with its jobs, and without a broker.
    RABBITMQ_URL: '',
    REDIS_URL: '',
  });
  try {
    const { rows: own } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const processes = { pid: shomoy.pid, postmaster: parentOf(own[0]?.pid ?? 0) };
    const [authorization = ''] = await authorizationOf([admin], 'admin');
    const ask = (method: string, where: string, body?: FormData) =>
      inTime(`${shomoy.url}/api/v1/admin/imports${where}`, { method, authorization, body, ...processes });
    const both = async (kind: string, csv: string) => {
      const check = await ask('POST', `?kind=${kind}`, fileOf(csv));
      return { check, write: await ask('POST', `/${check.id}/confirmation`) };
    };
    const patients = await both('patients', patientsCsv(rows));
    const { rows: counted } = await client.query<{ count: string }>('select count(*) from import_made');
    if (Number(counted[0]?.count) !== rows) throw new Error(`${counted[0]?.count} rows were made of ${rows}`);
    const workbook = await ask('POST', '?kind=patients', fileOf(await patientsWorkbook(rows)));
    const back = await ask('POST', `/${patients.check.id}/withdrawal`);
    const doctors = await both('doctors', doctorsCsv(rows));
    const doctorsQueue = await drainQueue(client);
    const hours = await both('schedules', hoursCsv(rows));
    const hoursQueue = await drainQueue(client);
    const hoursBack = await ask('POST', `/${hours.check.id}/withdrawal`);
    const backQueue = await drainQueue(client);
    return {
      figures: [
        ...figuresOf(`${rows} patients`, patients),
        { what: 'a workbook, checked', value: workbook.seconds, unit: 's' },
        { what: 'memory of that', value: workbook.megabytes, unit: 'MB' },
        { what: 'taken back', value: back.seconds, unit: 's' },
        ...figuresOf(`${rows} doctors`, doctors),
        ...figuresOfQueue(doctorsQueue),
        ...figuresOf(`${rows} rows of hours`, hours),
        ...figuresOfQueue(hoursQueue),
        { what: 'the hours taken back', value: hoursBack.seconds, unit: 's' },
        { what: 'memory of that', value: hoursBack.megabytes, unit: 'MB' },
        ...figuresOfQueue(backQueue),
        { what: 'memory of the server, at most', value: highestMegabytes(shomoy.pid) ?? 0, unit: 'MB' },
      ],
    };
  } finally {
    await shomoy.stop();
  }
}

const figuresOf = (what: string, { check, write }: { check: Done; write: Done }): Figure[] => [
  {
    what: `${what}: checked and imported`,
    value: check.seconds + write.seconds,
    unit: 's',
    budget: { atMost: 60 },
  },
  { what: 'CPU of that, with PostgreSQL', value: check.cpu + write.cpu, unit: 's' },
  { what: 'the check alone', value: check.seconds, unit: 's' },
  { what: 'the import, which checks again', value: write.seconds, unit: 's' },
  { what: 'memory of the check, at most', value: check.megabytes, unit: 'MB' },
  { what: 'memory of the import, at most', value: write.megabytes, unit: 'MB' },
];

const figuresOfQueue = ({ jobs, perSecond, slowest }: Drained): Figure[] => [
  { what: `its ${jobs} jobs, done a second`, value: perSecond, unit: '' },
  { what: 'an event meanwhile, at most', value: slowest, unit: 's', budget: { atMost: 2 } },
];

type Asked = { method: string; authorization: string; body?: FormData | undefined } & Processes;
/** Of the server, and of its PostgreSQL. */
type Processes = { pid: number; postmaster: number };

/** `cpu`: seconds of the process that does the work and of PostgreSQL. */
type Done = { id: number; seconds: number; cpu: number; megabytes: number };

/** Asks for a step and waits until it is done, with the memory of the process that does it; throws when it failed. */
async function inTime(url: string, { method, authorization, body, pid, postmaster }: Asked): Promise<Done> {
  const headers = { authorization };
  const began = performance.now();
  const used = () =>
    childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), cpuSecondsOfChildren(postmaster));
  const before = used();
  let [megabytes, cpu] = [0, 0];
  let about = await read(await fetch(url, { method, headers, ...(body ? { body } : {}) }));
  while (about.work?.state === 'queued' || about.work?.state === 'running') {
    await sleep(250);
    cpu = Math.max(cpu, used() - before);
    megabytes = Math.max(megabytes, ...childrenOf(pid).map((child) => highestMegabytes(child) ?? 0));
    const where = new URL(`/api/v1/admin/imports/${about.id}`, url);
    about = await read(await fetch(where, { headers }));
  }
  if (about.work?.state !== 'done' || about.counts?.refused !== 0) throw new Error(JSON.stringify(about));
  return { id: about.id, seconds: (performance.now() - began) / 1_000, cpu, megabytes };
}

async function read(answer: Response): Promise<Import> {
  if (!answer.ok) throw new Error(await answer.text());
  const { import: about } = (await answer.json()) as { import: Import };
  return about;
}

function fileOf(content: string | Uint8Array): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), 'patients');
  return form;
}

const statements = [
  `insert into users (full_name, email, password_hash, user_type) values ('Admin', 'admin@example.com', 'none', 'admin')`,
  `insert into sign_ins (id, user_id, token_hash, rotated_at, created_at, expires_at)
   values ('00000000-0000-4000-8000-000000000001', 1, '', now(), now(), '2100-01-01')`,
  `insert into patients (full_name, mobile, created_at)
   select 'Known ' || n, '+88016' || lpad((n / 2)::text, 8, '0'), now() from generate_series(1, ${known}) n`,
  `insert into chambers (name, address, division, district)
   select 'Chamber ' || n, 'Road ' || n, 'Dhaka', 'Dhaka' from generate_series(0, 99) n`,
  'vacuum analyze',
];
