import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { migrationLock } from '../migrate.ts';
import {
  BackupError,
  manifestFile,
  manifestSumFile,
  measureFile,
  type BackedUpFile,
  type BackedUpTable,
  type Manifest,
} from './manifest.ts';

/**
 * Copies everything that Shomoy keeps into a new folder, while it is being used: all tables as one snapshot saw them,
 * waiting jobs, photos, and in the embedded run the secret. Written aside and renamed when it is whole and on disk.
 */
export async function writeBackup(options: {
  /** The schema's owner. */
  url: string;
  folder: string;
  dataDir: string;
  embedded: boolean;
}): Promise<Manifest> {
  const { url, dataDir, embedded } = options;
  const folder = path.resolve(options.folder);
  if (await stat(folder).catch(() => null))
    throw new BackupError(`${folder} is there already; name a folder that is not`);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  // Health data: for its owner alone.
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'shomoy backup',
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  await client.connect();
  try {
    // A photo that is replaced meanwhile must be here if the snapshot still names it: before and after.
    const photos = await copyPhotos(dataDir, unfinished);
    const contents = await copyDatabase(client, unfinished);
    const files = new Map([...photos, ...(await copyPhotos(dataDir, unfinished, photos))]);
    if (embedded) {
      const secret = await copyInto(unfinished, path.join(dataDir, 'jwt.secret'), 'jwt.secret');
      if (secret) files.set(secret.file, secret);
    }
    const manifest: Manifest = { format: 1, embedded, ...contents, files: [...files.values()] };
    await finish(unfinished, folder, manifest);
    await recordBackup(client, manifest);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

export const sizeOf = ({ tables, jobs, files }: Manifest): number =>
  [...tables, jobs, ...files].reduce((sum, { bytes }) => sum + bytes, 0);

/** For the alert on its age. A schema that is still to be migrated may have no place for it. */
export async function recordBackup(client: pg.Client, manifest: Manifest): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('backups') is not null as there`,
  );
  if (rows[0]?.there)
    await client.query('insert into backups (taken_at, bytes) values ($1, $2)', [
      manifest.takenAt,
      sizeOf(manifest),
    ]);
}

/** Of the moment, or written by migrating and by making backups. Files are made anew: they would be most of a backup. */
const leftOut = ['live_workers', 'migrations', 'backups', 'file_pieces'];

async function copyDatabase(
  client: pg.Client,
  folder: string,
): Promise<Omit<Manifest, 'format' | 'embedded' | 'files'>> {
  // A migration waits for the backup, and the other way round.
  await client.query('select pg_advisory_lock_shared($1)', [migrationLock]);
  await client.query('begin isolation level repeatable read, read only');
  const { rows } = await client.query<{ takenAt: string; server: string }>(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "takenAt",
       current_setting('server_version') as server`,
  );
  const moment = rows[0];
  if (!moment) throw new BackupError('The database did not tell the time');
  const migrations = await client
    .query<{ name: string; checksum: string }>('select name, checksum from migrations order by name')
    .catch((error: unknown) => {
      const undefinedTable = '42P01';
      if (!(error instanceof pg.DatabaseError) || error.code !== undefinedTable) throw error;
      throw new BackupError('The database has no schema of Shomoy; there is nothing to back up');
    });
  const tables: BackedUpTable[] = [];
  for (const { name, columns } of (await client.query<Columns>(readTables, [leftOut])).rows)
    tables.push(
      await copyOut(client, folder, {
        name,
        columns,
        source: `${name} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')})`,
      }),
    );
  const jobs = await copyOut(client, folder, { name: 'jobs', columns: jobColumns, source: `(${readJobs})` });
  const sequences: Manifest['sequences'] = [];
  for (const { name } of (await client.query<{ name: string }>(readSequences)).rows) {
    // Not part of the snapshot: never below what its rows have.
    const value = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    );
    if (value.rows[0]) sequences.push({ name, ...value.rows[0] });
  }
  await client.query('commit');
  return { ...moment, migrations: migrations.rows, tables, jobs, sequences };
}

type Columns = { name: string; columns: string[] };

const readTables = `
  select c.oid::regclass::text as name, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ($1)
  group by c.oid, c.relname order by c.relname`;

const readSequences = `
  select c.oid::regclass::text as name from pg_class c
  where c.relkind = 'S' and (c.relnamespace = 'public'::regnamespace
    or c.oid = pg_get_serial_sequence('graphile_worker._private_jobs', 'id')::regclass)
  order by 1`;

export const jobColumns = [
  'id',
  'task',
  'queue',
  'payload',
  'priority',
  'run_at',
  'attempts',
  'max_attempts',
  'last_error',
  'key',
  'flags',
  'created_at',
];

// By the names of tasks and queues: their numbers are each database's own. Nobody has them in hand after a restore.
const readJobs = `
  select j.id, t.identifier, q.queue_name, j.payload, j.priority, j.run_at,
    case when j.locked_at is null then j.attempts else greatest(j.attempts - 1, 0) end, j.max_attempts, j.last_error,
    j.key, j.flags, j.created_at
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    left join graphile_worker._private_job_queues q on q.id = j.job_queue_id`;

async function copyOut(
  client: pg.Client,
  folder: string,
  { name, columns, source }: { name: string; columns: string[]; source: string },
): Promise<BackedUpTable> {
  const file = `${name}.copy.gz`;
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const rows = client.query(copyStreams.to(`copy ${source} to stdout`));
  const target = createWriteStream(path.join(folder, file), { flags: 'wx', mode: 0o600, flush: true });
  // The fastest level: the disk waits for the processor here, not the other way round.
  await pipeline(rows, createGzip({ level: 1 }), measured, target);
  return { name, columns, rows: rows.rowCount, file, bytes, sha256: hash.digest('hex') };
}

async function copyPhotos(
  dataDir: string,
  folder: string,
  known: ReadonlyMap<string, BackedUpFile> = new Map(),
): Promise<Map<string, BackedUpFile>> {
  const photos = path.join(dataDir, 'photos');
  const names = await readdir(photos).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  await mkdir(path.join(folder, 'photos'), { recursive: true, mode: 0o700 });
  const copied = new Map<string, BackedUpFile>();
  for (const name of names) {
    const file = `photos/${name}`;
    if (known.has(file)) continue;
    const copy = await copyInto(folder, path.join(photos, name), file);
    if (copy) copied.set(file, copy);
  }
  return copied;
}

/** Null: it has gone meanwhile. */
async function copyInto(folder: string, from: string, file: string): Promise<BackedUpFile | null> {
  const to = path.join(folder, file);
  try {
    await copyFile(from, to);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  await syncPath(to);
  return { file, ...(await measureFile(to)) };
}

async function finish(unfinished: string, folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const ownersOnly = { mode: 0o600, flush: true };
  await writeFile(path.join(unfinished, manifestFile), text, ownersOnly);
  const sum = createHash('sha256').update(text).digest('hex');
  await writeFile(path.join(unfinished, manifestSumFile), `${sum}\n`, ownersOnly);
  await syncPath(unfinished);
  await rename(unfinished, folder);
  await syncPath(path.dirname(folder));
}

/** A power cut must not take back what we said was kept. Windows cannot open folders. */
async function syncPath(name: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(name, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
