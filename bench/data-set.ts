import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { benchClock } from './clock.ts';
import { writeData } from './data-set/write-data.ts';

/**
 * 10,000 doctors with 1,000,000 appointments, made once (some three minutes) and kept in `.data/` until the schema or
 * the way of making them changes. PostgreSQL runs as in production, so everything is as durable as there.
 */
export type DataSet = {
  /** A database that only reads; what it holds is what the next bench finds. */
  url: string;
  /** A copy of its own for a bench that writes. */
  copy(): Promise<string>;
  /** A database with nothing in it. */
  empty(): Promise<string>;
  stop(): Promise<void>;
};

const home = new URL('.data/', import.meta.url);

export async function openDataSet(): Promise<DataSet> {
  const version = await versionOf();
  const folder = fileURLToPath(new URL(version, home));
  await removeOthers(version);
  await mkdir(folder, { recursive: true });
  const done = new URL(`${version}/complete`, home);
  const server = await startEmbeddedPostgres({ dataDir: folder });
  try {
    const url = databaseOf(server, 'bench_data');
    if (!existsSync(done)) {
      console.log('making 10,000 doctors with 1,000,000 appointments; this takes some minutes, once');
      await recreate(server, 'bench_data');
      await migrate(url);
      await writeData(url, benchClock());
      await writeFile(done, '');
    }
    // For what the worker's library and the start of a new version add to an old database.
    await migrate(url);
    return {
      url,
      async copy() {
        await recreate(server, 'bench_copy', 'bench_data');
        return databaseOf(server, 'bench_copy');
      },
      async empty() {
        await recreate(server, 'bench_empty');
        return databaseOf(server, 'bench_empty');
      },
      async stop() {
        for (const name of ['bench_copy', 'bench_empty'])
          await execute(server, `drop database if exists ${name} with (force)`);
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Whatever the stored data follow from. */
async function versionOf(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['../migrations/', './data-set/']) {
    const names = await readdir(new URL(folder, import.meta.url));
    for (const name of names.toSorted()) hash.update(await readFile(new URL(folder + name, import.meta.url)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function removeOthers(version: string): Promise<void> {
  await mkdir(home, { recursive: true });
  for (const name of await readdir(home))
    if (name !== version) await rm(new URL(name, home), { recursive: true, force: true });
}

function databaseOf({ url }: EmbeddedPostgres, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function recreate(server: EmbeddedPostgres, name: string, template = 'template1'): Promise<void> {
  // A pool that has ended leaves its sessions behind for some milliseconds, and a template must have none.
  await execute(
    server,
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${template}' and datname <> 'template1'`,
  );
  await execute(server, `drop database if exists ${name} with (force)`);
  await execute(server, `create database ${name} template ${template} strategy file_copy`);
}

async function execute({ url }: EmbeddedPostgres, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
