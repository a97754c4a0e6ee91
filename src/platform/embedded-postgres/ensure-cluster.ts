import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterHome, type RunAs } from './choose-place.ts';
import { runBound } from './spawn-bound.ts';

/** Name of the superuser and of the database that it owns. */
export const ownerName = 'shomoy';

export type Cluster = { dir: string; password: string; created: boolean };

type CreateOptions = {
  folder: string;
  binaries: string;
  runAs: RunAs | undefined;
  say: (line: string) => void;
  /** False skips the flush to disk after creation. */
  durable: boolean;
};

/**
 * Opens the database cluster in `folder`, or creates it. Cluster and password are made aside and renamed into place
 * together, so that an interrupted creation leaves nothing but litter, which the next one clears.
 */
export async function ensureCluster(options: CreateOptions): Promise<Cluster> {
  const home = clusterHome(options.folder);
  await clearUnfinished(options.folder);
  const created = !existsSync(home);
  if (created) await createCluster(options);
  return { ...openCluster(options.folder), created };
}

/** The cluster that is there. */
export function openCluster(folder: string): Omit<Cluster, 'created'> {
  const home = clusterHome(folder);
  checkVersion(home);
  return { dir: clusterDir(home), password: readFileSync(passwordFile(home), 'utf8').trim() };
}

const unfinishedPrefix = 'postgres-unfinished-';
const majorVersion = '18';

function clusterDir(home: string) {
  return join(home, 'data');
}

function passwordFile(home: string) {
  return join(home, 'password');
}

async function clearUnfinished(folder: string) {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(unfinishedPrefix)) continue;
    // Programs of the interrupted creation may still be writing for a moment.
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

async function createCluster({ folder, binaries, runAs, say, durable }: CreateOptions) {
  say(`Creating the database in ${clusterHome(folder)}`);
  const unfinished = mkdtempSync(join(folder, unfinishedPrefix));
  writeFileSync(passwordFile(unfinished), `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  mkdirSync(clusterDir(unfinished), { mode: 0o700 });
  if (runAs !== undefined) {
    for (const path of [unfinished, passwordFile(unfinished), clusterDir(unfinished)]) {
      chownSync(path, runAs.uid, runAs.gid);
    }
  }
  await initializeCluster({ home: unfinished, binaries, runAs, durable });
  const { succeeded, output, errors } = await runBound({
    program: join(binaries, 'postgres'),
    args: ['--single', '-D', clusterDir(unfinished), ...(durable ? [] : ['-F']), 'postgres'],
    runAs,
    input: `create database ${ownerName}\n`,
  });
  if (!succeeded || /ERROR:|FATAL:/.test(errors)) {
    throw new Error(`Creating the database failed\n${output}${errors}`);
  }
  renameSync(unfinished, clusterHome(folder));
  if (durable) syncFolder(folder);
}

/**
 * The builtin provider sorts and folds the same on every machine. pg_trgm and text search however ask the C library
 * what a letter is: under ctype C every Bangla word yields no trigram at all. Which UTF-8 locale exists varies.
 */
const ctypes = ['C.UTF-8', 'en_US.UTF-8', 'C'];

async function initializeCluster(options: {
  home: string;
  binaries: string;
  runAs: RunAs | undefined;
  durable: boolean;
}) {
  const { home, binaries, runAs, durable } = options;
  const reasons: string[] = [];
  for (const ctype of ctypes) {
    const { succeeded, output, errors } = await runBound({
      program: join(binaries, 'initdb'),
      args: [
        `--pgdata=${clusterDir(home)}`,
        `--pwfile=${passwordFile(home)}`,
        `--username=${ownerName}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        `--lc-ctype=${ctype}`,
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        ...(durable ? [] : ['--no-sync']),
      ],
      runAs,
    });
    if (succeeded) return;
    reasons.push(`${output}${errors}`);
    if (!errors.includes('invalid locale name')) break;
  }
  throw new Error(
    `Creating the database failed; free space or set DATA_DIR to another folder\n${reasons.join('\n')}`,
  );
}

/** A power cut must not undo the rename after rows were acknowledged. Windows cannot open folders. */
function syncFolder(folder: string) {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function checkVersion(home: string) {
  const version = readFileSync(join(clusterDir(home), 'PG_VERSION'), 'utf8').trim();
  if (version === majorVersion) return;
  throw new Error(
    `The database in ${home} was made by PostgreSQL ${version}, this is ${majorVersion}; dump it with that version, or set DATA_DIR to a new folder`,
  );
}
