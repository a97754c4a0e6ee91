import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes the folder for this process until `release`.
 *
 * @throws Error naming the process that has it.
 */
export function lockDataDir(dataDir: string): { release: () => void } {
  const holderFile = join(dataDir, 'shomoy.pid');
  const lock = openLock(dataDir, holderFile);
  // A file left by another account cannot be written, but replaced.
  rmSync(holderFile, { force: true });
  writeFileSync(holderFile, `${process.pid}\n`);
  return {
    release() {
      rmSync(holderFile, { force: true });
      lock.close();
    },
  };
}

/**
 * Node offers no file locks, SQLite does: the kernel's own, on every platform, gone with the process however it dies.
 * A file of process numbers would have to guess about reuse and about who may clear a stale one.
 */
function openLock(dataDir: string, holderFile: string) {
  const file = join(dataDir, 'shomoy.lock');
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file);
    // The write makes a file that we may only read an error; SQLite would quietly grant a shared lock on it.
    lock.exec('pragma journal_mode = memory; begin exclusive; pragma user_version = 1');
    return lock;
  } catch (cause) {
    lock?.close();
    if (!isBusy(cause)) {
      throw new Error(`Cannot lock ${file}; set DATA_DIR to a folder you may write to`, { cause });
    }
    throw new Error(
      `Another Shomoy (process ${readHolder(holderFile)}) is already using ${dataDir}; stop it or set DATA_DIR`,
      { cause },
    );
  }
}

const sqliteBusy = 5;

function isBusy(error: unknown) {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

/** Only for the sentence above: the holder writes it a moment after it has the lock. */
function readHolder(holderFile: string) {
  try {
    return readFileSync(holderFile, 'utf8').trim();
  } catch {
    return 'unknown, just starting';
  }
}
