import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { migrate, readMigrations } from '../migrate.ts';
import { BackupError, verifyBackup, type BackedUpTable, type Manifest } from './manifest.ts';
import { jobColumns, recordBackup } from './write-backup.ts';

/**
 * Puts a backup into a database: the schema as it was, all rows in one transaction that ends with `settle`, then what
 * newer migrations make of them. The folder is verified before anything is touched.
 */
export async function loadBackup(options: {
  /** The schema's owner. */
  url: string;
  folder: string;
  dataDir: string;
  embedded: boolean;
  /** Deletes what the database holds; without it only an empty one is taken. */
  replace: boolean;
  /** What must be true of old data before anybody works on them. */
  settle: (client: pg.Client) => Promise<void>;
}): Promise<Manifest> {
  const { url, folder, dataDir, embedded, replace, settle } = options;
  const manifest = await verifyBackup(folder);
  const last = await lastOfOurs(manifest);
  if (embedded && !manifest.embedded)
    throw new BackupError(
      'The embedded database is a demonstration with published passwords, this backup is none: set DATABASE_URL to a database of your own',
    );
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'shomoy restore',
    statement_timeout: 0,
    idle_in_transaction_session_timeout: 0,
  });
  await client.connect();
  try {
    await refuseCompany(client);
    await emptyDatabase(client, replace);
    await migrate(url, { until: last });
    await client.query('begin');
    await loadRows(client, folder, manifest);
    await settle(client);
    await client.query('commit');
    await restoreFiles(folder, dataDir, manifest);
    await migrate(url);
    await recordBackup(client, manifest);
    await client.query('analyze');
    return manifest;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

async function lastOfOurs(manifest: Manifest): Promise<string> {
  const ours = new Map((await readMigrations()).map(({ name, checksum }) => [name, checksum]));
  const strange = manifest.migrations.find(({ name, checksum }) => ours.get(name) !== checksum);
  if (strange)
    throw new BackupError(
      `The backup has migration ${strange.name}, this Shomoy has not: restore with the version that made it, or a newer one`,
    );
  return manifest.migrations.at(-1)?.name ?? '';
}

async function refuseCompany(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
  );
  const count = rows[0]?.count ?? 0;
  if (count > 0)
    throw new BackupError(
      `Others are connected to the database (${count}); stop every service of Shomoy first`,
    );
}

async function emptyDatabase(client: pg.Client, replace: boolean): Promise<void> {
  const { rows } = await client.query<{ ours: boolean; tables: number }>(
    `select to_regclass('public.migrations') is not null as ours,
       (select count(*)::int from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r') as tables`,
  );
  const { ours = false, tables = 0 } = rows[0] ?? {};
  if (!ours && tables > 0)
    throw new BackupError('The database belongs to another program; name an empty one in DATABASE_URL');
  if (!ours) return;
  const held = await client.query<{ users: number; appointments: number }>(
    `select (select count(*)::int from users) as users, (select count(*)::int from appointments) as appointments`,
  );
  const { users = 0, appointments = 0 } = held.rows[0] ?? {};
  if (users + appointments > 0 && !replace)
    throw new BackupError(
      `The database holds ${users} users and ${appointments} appointments. Name an empty one in DATABASE_URL, or delete these for good with --replace`,
    );
  await client.query('drop schema if exists graphile_worker cascade');
  await client.query('drop schema public cascade');
  await client.query('create schema public');
}

/**
 * As the owner, who need not be a superuser: foreign keys and exclusion constraints are taken off and set again, which
 * proves every row, and is quicker than row by row (100,000 appointments: 19 s against 58 s).
 */
async function loadRows(client: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  const names = manifest.tables.map(({ name }) => name);
  const { rows: constraints } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype in ('f', 'x') and connamespace = 'public'::regnamespace
     order by contype = 'f'`,
  );
  for (const { table, name } of constraints)
    await client.query(`alter table ${table} drop constraint ${name}`);
  await client.query(`set local maintenance_work_mem = '256MB'`);
  await client.query(`truncate ${names.join(', ')}`);
  for (const table of manifest.tables) {
    await client.query(`alter table ${table.name} disable trigger user`);
    await copyIn(client, folder, table);
    await client.query(`alter table ${table.name} enable trigger user`);
  }
  await loadJobs(client, folder, manifest.jobs);
  for (const { name, last, called } of manifest.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [name, last, called]);
  for (const { table, name, definition } of constraints)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`);
}

async function copyIn(client: pg.Client, folder: string, table: BackedUpTable): Promise<void> {
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const rows = client.query(copyStreams.from(`copy ${table.name} (${columns}) from stdin`));
  await pipeline(createReadStream(path.join(folder, table.file)), createGunzip(), rows);
  if (rows.rowCount !== table.rows)
    throw new BackupError(`${table.file} holds ${rows.rowCount} rows, the manifest says ${table.rows}`);
}

async function loadJobs(client: pg.Client, folder: string, jobs: BackedUpTable): Promise<void> {
  const columns = jobColumns.map((column) => `${column} text`).join(', ');
  await client.query(`create temporary table jobs (${columns}) on commit drop`);
  await copyIn(client, folder, { ...jobs, name: 'pg_temp.jobs' });
  await client.query(`
    insert into graphile_worker._private_tasks (identifier) select distinct task from pg_temp.jobs
    on conflict do nothing`);
  await client.query(`
    insert into graphile_worker._private_job_queues (queue_name)
    select distinct queue from pg_temp.jobs where queue is not null on conflict do nothing`);
  await client.query(`
    insert into graphile_worker._private_jobs (id, task_id, job_queue_id, payload, priority, run_at, attempts,
      max_attempts, last_error, key, flags, created_at)
    overriding system value
    select j.id::bigint, t.id, q.id, j.payload::json, j.priority::smallint, j.run_at::timestamptz, j.attempts::smallint,
      j.max_attempts::smallint, j.last_error, j.key, j.flags::jsonb, j.created_at::timestamptz
    from pg_temp.jobs j join graphile_worker._private_tasks t on t.identifier = j.task
      left join graphile_worker._private_job_queues q on q.queue_name = j.queue`);
}

async function restoreFiles(folder: string, dataDir: string, { files }: Manifest): Promise<void> {
  await mkdir(path.join(dataDir, 'photos'), { recursive: true });
  for (const { file } of files) {
    const to = path.join(dataDir, file);
    await copyFile(path.join(folder, file), to);
    // The secret is its owner's alone.
    if (file === 'jwt.secret') await chmod(to, 0o600);
  }
}
