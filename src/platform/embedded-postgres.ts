import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { choosePlace, findCluster } from './embedded-postgres/choose-place.ts';
import { ensureCluster, openCluster, ownerName } from './embedded-postgres/ensure-cluster.ts';
import { launchPostmaster } from './embedded-postgres/launch-postmaster.ts';
import { lockDataDir } from './embedded-postgres/lock-data-dir.ts';
import { readPostmasterFile } from './embedded-postgres/postmaster-file.ts';
import { prepareBinaries } from './embedded-postgres/prepare-binaries.ts';
import { retireEarlierPostmaster } from './embedded-postgres/retire-earlier-postmaster.ts';

export type EmbeddedPostgres = {
  /** postgres://user:password@127.0.0.1:port/database, to connect as the owner. */
  url: string;
  port: number;
  /** The folder that really holds the database: `dataDir` as given, or the place `say` told of. */
  dataDir: string;
  /** True when this start created the database. */
  firstStart: boolean;
  /** Fast shutdown; resolves when the postmaster is gone. Safe to call twice. */
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL 18 on a free port of 127.0.0.1 and resolves when it takes connections. It never outlives this
 * process on Linux; elsewhere the next start stops a leftover. Must run on a thread that lives as long as the database.
 *
 * `say` gets sentences for a person on the terminal. `settings` are server settings that win over ours,
 * e.g. `{ fsync: 'off' }` for a throw-away cluster.
 *
 * @throws Error with what to do next: the folder is in use or unusable, no binaries for this platform, PostgreSQL failed.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  say?: (line: string) => void;
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  const { say = () => undefined, settings = {} } = options;
  const dataDir = openDataDir(options.dataDir);
  const { folder, runAs } = choosePlace({ dataDir, say });
  const lock = lockDataDir(dataDir);
  try {
    const binaries = await prepareBinaries({ folder, runAs, say });
    const cluster = await ensureCluster({ folder, binaries, runAs, say, durable: settings.fsync !== 'off' });
    await retireEarlierPostmaster({ clusterDir: cluster.dir, binaries, say });
    const logFile = join(dataDir, 'postgres.log');
    const postmaster = await launchPostmaster({
      clusterDir: cluster.dir,
      binaries,
      runAs,
      settings,
      logFile,
      say,
    });
    let stopping: Promise<void> | undefined;
    return {
      url: addressOf(cluster, postmaster.port),
      port: postmaster.port,
      dataDir: folder,
      firstStart: cluster.created,
      stop: () => (stopping ??= postmaster.stop().then(lock.release)),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Address of the PostgreSQL that another process runs on `dataDir`; undefined: there seems to be none. */
export function findEmbeddedPostgres(dataDir: string): string | undefined {
  const folder = existsSync(dataDir) ? findCluster(realpathSync(dataDir)) : undefined;
  if (folder === undefined) return undefined;
  const cluster = openCluster(folder);
  const file = readPostmasterFile(cluster.dir);
  // The fourth line is its port.
  const port = Number(file?.lines[3]);
  return file?.isReady && port > 0 ? addressOf(cluster, port) : undefined;
}

const addressOf = ({ password }: { password: string }, port: number): string =>
  `postgres://${ownerName}:${password}@127.0.0.1:${port}/${ownerName}`;

function openDataDir(dataDir: string) {
  try {
    mkdirSync(dataDir, { recursive: true });
    return realpathSync(dataDir);
  } catch (cause) {
    throw new Error(`Cannot use ${dataDir} for data; set DATA_DIR to a folder you may write to`, { cause });
  }
}
