import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { relayTask } from './bus.ts';
import { registerTask } from './jobs.ts';

const folder = new URL('../../migrations/', import.meta.url);
// Any constant will do, as long as every copy of Shomoy asks for the same lock.
const lockId = 7_460_618;

/** The database was changed by a newer Shomoy, or a released migration was edited. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings the schema up to date: forward-only plain SQL, one transaction a file, under an advisory lock so that copies
 * started together wait for each other. Returns the names it applied.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'shomoy migrate',
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockId]);
    await client.query(`create table if not exists migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
    const files = await readMigrations();
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migrations order by name',
    );
    refuseForeign(files, rows);
    const pending = files.slice(rows.length);
    for (const file of pending) await apply(client, file);
    await runMigrations({ connectionString: url });
    await registerTask(client, relayTask);
    return pending.map((file) => file.name);
  } finally {
    await client.end();
  }
}

type Migration = { name: string; sql: string; checksum: string };

async function readMigrations(): Promise<Migration[]> {
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

async function apply(client: pg.Client, file: Migration): Promise<void> {
  await client.query('begin');
  try {
    // A migration that cannot get its lock gives way, so that live traffic is not queued up behind it.
    await client.query("set local lock_timeout = '5s'");
    await client.query(file.sql);
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [file.name, file.checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new MigrationError(
      `Migration ${file.name} failed: ${error instanceof Error ? error.message : 'unknown error'}`,
      {
        cause: error,
      },
    );
  }
}
