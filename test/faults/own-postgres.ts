import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { newDataDir } from './application.ts';

/** A PostgreSQL of the test's own, migrated, which stays at its address when it is stopped and started again. */
export type OwnPostgres = {
  url: string;
  start(): Promise<void>;
  /** As an administrator does who restarts it. */
  stop(): Promise<void>;
  kill(): Promise<void>;
  remove(): Promise<void>;
};

export async function ownPostgres(): Promise<OwnPostgres> {
  const dataDir = await newDataDir();
  const port = String(await freePort());
  const launch = () => startEmbeddedPostgres({ dataDir, settings: { port } });
  let running: EmbeddedPostgres | undefined = await launch();
  const folder = running.dataDir;
  const address = new URL(running.url);
  address.port = port;
  await migrate(address.href);
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  return {
    url: address.href,
    async start() {
      running = await launch();
    },
    stop,
    async kill() {
      const file = readFileSync(path.join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8');
      process.kill(Number(file.split('\n')[0]), 'SIGKILL');
      await stop();
    },
    async remove() {
      await stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
