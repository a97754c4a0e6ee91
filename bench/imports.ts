import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeXlsx } from 'hucre/xlsx';
import pg from 'pg';
import type { Import } from '../src/contract/imports.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { startServer } from './child-process.ts';
import { childrenOf, highestMegabytes } from './process-memory.ts';
import type { Report } from './report.ts';
import { authorizationOf, jwtSecret } from './tokens.ts';

const rows = 100_000;
/** Doctors, each with a row of hours on two days. */
const doctors = 500;
/** Patients who are there before: those of a place that has worked for years. */
const known = 500_000;
const admin = 1;

/**
 * A CSV of 100,000 patients from its upload to the last row written, everything checked twice on the way, beside half a
 * million patients who are there already; the same as a workbook, checked; and all of it taken back. Then doctors and their hours. In a database of its own.
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
    const [authorization = ''] = await authorizationOf([admin], 'admin');
    const ask = (method: string, where: string, body?: FormData) =>
      inTime(`${shomoy.url}/api/v1/admin/imports${where}`, { method, authorization, body, pid: shomoy.pid });
    const check = await ask('POST', '?kind=patients', fileOf(aCsv()));
    const write = await ask('POST', `/${check.id}/confirmation`);
    const { rows: counted } = await client.query<{ count: string }>('select count(*) from import_made');
    if (Number(counted[0]?.count) !== rows) throw new Error(`${counted[0]?.count} rows were made of ${rows}`);
    const workbook = await ask('POST', '?kind=patients', fileOf(await aWorkbook()));
    const back = await ask('POST', `/${check.id}/withdrawal`);
    const both = async (kind: string, csv: string) => {
      const { id, seconds } = await ask('POST', `?kind=${kind}`, fileOf(csv));
      return { id, seconds: seconds + (await ask('POST', `/${id}/confirmation`)).seconds };
    };
    const ofDoctors = await both('doctors', doctorsCsv());
    const ofHours = await both('schedules', hoursCsv());
    const hoursBack = await ask('POST', `/${ofHours.id}/withdrawal`);
    const whole = check.seconds + write.seconds;
    return {
      figures: [
        { what: `${rows} patients: checked and imported`, value: whole, unit: 's', budget: { atMost: 60 } },
        { what: 'the check alone', value: check.seconds, unit: 's' },
        { what: 'the import, which checks again', value: write.seconds, unit: 's' },
        { what: 'rows a second, both together', value: rows / whole, unit: '' },
        { what: 'a workbook, checked', value: workbook.seconds, unit: 's' },
        { what: 'taken back', value: back.seconds, unit: 's' },
        { what: `${doctors} doctors: checked and imported`, value: ofDoctors.seconds, unit: 's' },
        { what: `${doctors} rows of hours: the same`, value: ofHours.seconds, unit: 's' },
        { what: 'the hours taken back', value: hoursBack.seconds, unit: 's' },
        { what: 'memory of the check, at most', value: check.megabytes, unit: 'MB' },
        { what: 'memory of the import, at most', value: write.megabytes, unit: 'MB' },
        { what: 'memory of the workbook’s check, at most', value: workbook.megabytes, unit: 'MB' },
        { what: 'memory of the server, at most', value: highestMegabytes(shomoy.pid) ?? 0, unit: 'MB' },
      ],
    };
  } finally {
    await shomoy.stop();
  }
}

type Asked = { method: string; authorization: string; body?: FormData | undefined; pid: number };

type Done = { id: number; seconds: number; megabytes: number };

/** Asks for a step and waits until it is done, with the memory of the process that does it; throws when it failed. */
async function inTime(url: string, { method, authorization, body, pid }: Asked): Promise<Done> {
  const headers = { authorization };
  const began = performance.now();
  let megabytes = 0;
  let about = await read(await fetch(url, { method, headers, ...(body ? { body } : {}) }));
  while (about.work?.state === 'queued' || about.work?.state === 'running') {
    await sleep(100);
    megabytes = Math.max(megabytes, ...childrenOf(pid).map((child) => highestMegabytes(child) ?? 0));
    const where = new URL(`/api/v1/admin/imports/${about.id}`, url);
    about = await read(await fetch(where, { headers }));
  }
  if (about.work?.state !== 'done' || about.counts?.refused !== 0) throw new Error(JSON.stringify(about));
  return { id: about.id, seconds: (performance.now() - began) / 1_000, megabytes };
}

async function read(answer: Response): Promise<Import> {
  if (!answer.ok) throw new Error(await answer.text());
  const { import: about } = (await answer.json()) as { import: Import };
  return about;
}

const names = ['Rahima Khatun', 'Abdul Karim', 'সালমা আক্তার', 'Nusrat Jahan', 'মোঃ রফিকুল ইসলাম'];
const columns = ['full_name', 'mobile', 'email', 'gender', 'birth_year'];

/** Every fifth mobile is shared by two. */
const aRow = (index: number): string[] => [
  `${names[index % names.length]} ${index}`,
  `015${String(index - (index % 5 === 0 ? 0 : 1)).padStart(8, '0')}`,
  index % 3 === 0 ? `patient${index}@example.com` : '',
  index % 2 === 0 ? 'female' : 'male',
  String(1930 + (index % 90)),
];

const allRows = () => Array.from({ length: rows }, (_, index) => aRow(index + 1));
const aCsv = () => `${[columns, ...allRows()].map((cells) => cells.join(',')).join('\n')}\n`;
const aWorkbook = () => writeXlsx({ sheets: [{ name: 'Patients', rows: [columns, ...allRows()] }] });

const numbered = (row: (index: number) => string): string =>
  Array.from({ length: doctors }, (_, index) => row(index + 1)).join('\n');
const doctorsCsv = () =>
  `full_name,email,license_number,experience_years,consultation_fee\n${numbered((n) => `Doctor Name ${n},d${n}@example.com,L-${n},9,800`)}\n`;
const hoursCsv = () =>
  `doctor,chamber,weekdays,from,to,slot_minutes\n${numbered((n) => `L-${n},Chamber ${n % 100},"Sat, Mon",17:00,21:00,15`)}\n`;

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
