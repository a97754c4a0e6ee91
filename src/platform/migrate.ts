import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { ServiceName } from '../config.ts';
import { relayTask } from './bus.ts';
import { registerTask } from './jobs.ts';
import { tellTask } from './live.ts';
import { grantRoles } from './roles.ts';

const ours = new URL('../../migrations/', import.meta.url);
// Any constant will do, as long as every copy of Shomoy asks for the same lock.
export const migrationLock = 7_460_618;

/** The database was changed by a newer Shomoy, or a released migration was edited. */
class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings the schema up to date: forward-only plain SQL, one transaction a file, under an advisory lock so that copies
 * started together wait for each other. Then the services' roles get their rights; those with a password may sign in.
 * Returns the names of the migrations it applied. `until` names the last one wanted, for data of an older version.
 */
export async function migrate(
  url: string,
  options: { passwords?: ReadonlyMap<ServiceName, string>; until?: string; folder?: URL } = {},
): Promise<string[]> {
  const { passwords, until, folder = ours } = options;
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'shomoy migrate',
  });
  await client.connect();
  try {
    await takeTurn(client);
    await client.query(`create table if not exists migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    const files = await readMigrations(folder);
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migrations order by name',
    );
    refuseForeign(files, rows);
    const pending = files.slice(rows.length).filter(({ name }) => until === undefined || name <= until);
    for (const file of pending) await apply(client, file);
    await runMigrations({ connectionString: url });
    for (const task of [relayTask, tellTask]) await registerTask(client, task);
    const granted = await grantRoles(client, passwords);
    if (!granted && passwords && passwords.size > 0)
      throw new MigrationError(
        'The schema is up to date, but the user of DATABASE_URL may not make roles, so no service can sign in: give it CREATEROLE.',
      );
    return pending.map((file) => file.name);
  } finally {
    await client.end();
  }
}

/** Services that run apart have roles that may not change the schema: they only look whether it is theirs. */
export async function refuseOldSchema(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('migrations') is not null as there`,
    );
    const applied = rows[0]?.there
      ? await client.query<{ name: string }>('select name from migrations order by name')
      : { rows: [] };
    const known = new Set(applied.rows.map(({ name }) => name));
    const missing = (await readMigrations()).filter(({ name }) => !known.has(name));
    // A newer schema is expanded before it is contracted, so this code still works on it.
    if (missing.length > 0)
      throw new MigrationError(
        `The database lacks ${missing[0]?.name}: run \`npm run migrate\` as its owner before the services start.`,
      );
  } finally {
    await client.end();
  }
}

export type Migration = { name: string; sql: string; checksum: string };

/** Those that this Shomoy knows, in their order. */
export async function readMigrations(folder = ours): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      // A checkout with CRLF line ends is the same migration.
      const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
      return { name, sql, checksum };
    }),
  );
}

function refuseForeign(files: Migration[], applied: { name: string; checksum: string }[]): void {
  for (const [index, row] of applied.entries()) {
    const file = files[index];
    if (!file || file.name !== row.name)
      throw new MigrationError(
        `The database knows migration ${row.name}, this Shomoy does not: it was last used by a newer version. Start that version, or restore a backup.`,
      );
    if (file.checksum !== row.checksum)
      throw new MigrationError(
        `Migration ${row.name} was edited after it was applied. Put the file back as it was and write a new migration.`,
      );
  }
}

// A migration that waits for its lock holds up everybody who comes after it. So it waits for this long, gives way, and
// tries again: the longest that a request stands still, however long somebody else's transaction takes.
const lockWaitMs = 300;
const pauseMs = 700;
const patience = 120;

/** Asked for again and again: whoever waits for the lock itself has a snapshot, and an index built meanwhile waits for it. */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      migrationLock,
    ]);
    if (rows[0]?.taken) return;
    await sleep(100);
  }
}

async function apply(client: pg.Client, file: Migration): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await (isAlone(file) ? applyAlone(client, file) : applyInTransaction(client, file));
    } catch (error) {
      if (isLockTimeout(error) && attempt < patience) {
        await sleep(pauseMs);
        continue;
      }
      const why = isLockTimeout(error)
        ? 'somebody held its tables for minutes; end that transaction, or migrate at a quieter hour'
        : error instanceof Error
          ? error.message
          : 'unknown error';
      throw new MigrationError(`Migration ${file.name} failed: ${why}`, { cause: error });
    }
  }
}

const isLockTimeout = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '55P03';

async function applyInTransaction(client: pg.Client, file: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = ${lockWaitMs}`);
    await client.query(file.sql);
    await client.query(record, [file.name, file.checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** One statement that cannot run in a transaction, such as an index that is built while people write. */
export const isAlone = ({ sql }: Pick<Migration, 'sql'>): boolean => sql.startsWith('-- no transaction');

async function applyAlone(client: pg.Client, file: Migration): Promise<void> {
  await client.query(file.sql);
  await client.query(record, [file.name, file.checksum]);
}

const record = 'insert into migrations (name, checksum) values ($1, $2)';
