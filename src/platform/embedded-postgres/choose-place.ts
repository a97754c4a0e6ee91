import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The account PostgreSQL runs under when we are root, which it refuses to run as. */
export type RunAs = { uid: number; gid: number };

export type Place = {
  folder: string;
  /** Undefined: under our own account. */
  runAs: RunAs | undefined;
};

/**
 * Decides which folder holds the database and whose account runs it. That is `dataDir`, unless we are root and the
 * account cannot enter it. A database that exists decides for itself: same folder, same owner.
 */
export function choosePlace({ dataDir, say }: { dataDir: string; say: (line: string) => void }): Place {
  const existing = findCluster(dataDir);
  const place =
    existing === undefined ? chooseNewPlace(dataDir, placeElsewhere(dataDir)) : reopenPlace(existing);
  if (place.folder !== dataDir) {
    say(`PostgreSQL cannot run as root or enter ${dataDir}, so the database is kept in ${place.folder}`);
  }
  return place;
}

/** The folder that holds the database of `dataDir`; undefined: there is none yet. */
export const findCluster = (dataDir: string): string | undefined =>
  [dataDir, placeElsewhere(dataDir)].find((folder) => existsSync(clusterHome(folder)));

const placeElsewhere = (dataDir: string): string =>
  `/var/lib/shomoy-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;

/** Holds everything that is renamed into place at once when a database is created. */
export function clusterHome(folder: string) {
  return join(folder, 'postgres');
}

function reopenPlace(folder: string): Place {
  const owner = statSync(clusterHome(folder));
  const us = process.getuid?.();
  if (us === undefined || us === owner.uid) {
    if (us === 0)
      throw new Error(`${clusterHome(folder)} belongs to root, which PostgreSQL refuses; set DATA_DIR`);
    return { folder, runAs: undefined };
  }
  if (us !== 0) {
    throw new Error(
      `The database in ${folder} belongs to user number ${owner.uid}; start as that user or as root, or set DATA_DIR`,
    );
  }
  const runAs = { uid: owner.uid, gid: owner.gid };
  if (!canEnter(folder, runAs)) {
    throw new Error(
      `User number ${owner.uid}, who owns the database, can no longer enter ${folder}; let it in or set DATA_DIR`,
    );
  }
  return { folder, runAs };
}

function chooseNewPlace(dataDir: string, elsewhere: string): Place {
  if (process.getuid?.() !== 0) return { folder: dataDir, runAs: undefined };
  const runAs = findUnprivilegedUser();
  if (canEnter(dataDir, runAs)) return { folder: dataDir, runAs };
  try {
    mkdirSync(elsewhere, { recursive: true });
    chmodSync(elsewhere, 0o755);
  } catch (cause) {
    throw new Error(
      `PostgreSQL cannot enter ${dataDir} and ${elsewhere} cannot be made; set DATA_DIR to a folder that everybody may enter`,
      { cause },
    );
  }
  return { folder: elsewhere, runAs };
}

function findUnprivilegedUser(): RunAs {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((account) => account[0] === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as; start as an ordinary user or set DATABASE_URL',
  );
}

/** Asks the kernel, which knows about access lists and mounts; mode bits alone do not tell. */
function canEnter(folder: string, runAs: RunAs) {
  const probe = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...runAs,
    cwd: '/',
    stdio: 'ignore',
  });
  if (probe.error !== undefined) {
    throw new Error(
      'PostgreSQL refuses to run as root, and this root may not become another user; start as an ordinary user or set DATABASE_URL',
      { cause: probe.error },
    );
  }
  return probe.status === 0;
}
