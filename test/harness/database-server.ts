import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWebIfStale } from '../../scripts/build-web.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { serviceNames } from '../../src/config.ts';
import { createDatabase, databaseUrl, rolePassword } from './databases.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One PostgreSQL for the run, with a migrated template that each test file clones, and the web app as it is now. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Before any test can load it: a build in the middle of the run would pull pages from under others.
  await buildWebIfStale((line) => void process.stdout.write(`${line}\n`));
  const dataDir = await mkdtemp(path.join(tmpdir(), 'shomoy-test-'));
  // Under root PostgreSQL runs as another user, who must be able to enter.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  await createDatabase(server.url, 'shomoy_template');
  const passwords = new Map(serviceNames.map((service) => [service, rolePassword]));
  await migrate(databaseUrl(server.url, 'shomoy_template'), { passwords });
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
