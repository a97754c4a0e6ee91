import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { hasCode, readOptionalFile } from './optional-file.ts';
import { readPostmasterFile, postmasterFile, stopPostmaster } from './postmaster-file.ts';

/**
 * Stops a postmaster that an earlier run left behind, or waits for one that is stopping, and disarms a pid file whose
 * number now belongs to another program. Call only while holding the lock on the data folder.
 */
export async function retireEarlierPostmaster(options: {
  clusterDir: string;
  binaries: string;
  say: (line: string) => void;
}): Promise<void> {
  const { clusterDir, binaries, say } = options;
  const file = postmasterFile(clusterDir);
  const earlier = readPostmasterFile(clusterDir);
  if (earlier === undefined) return;
  // Empty or torn by a power cut: PostgreSQL would refuse to start over it.
  if (earlier.pid === undefined) {
    rmSync(file);
    return;
  }
  const { pid } = earlier;
  if (isPostmasterOf(clusterDir, pid)) {
    say(`Stopping a PostgreSQL that an earlier run left behind (process ${pid})`);
    await stopPostmaster({ pid, binaries, isRunning: () => isPostmasterOf(clusterDir, pid) });
    return;
  }
  disarm(file, earlier.lines);
}

/**
 * PostgreSQL takes any living process of its account for a rival. Only the number is changed: by the shared memory
 * that the rest names, PostgreSQL still notices backends that outlived a killed postmaster.
 */
function disarm(file: string, [, ...rest]: string[]) {
  try {
    // r+ creates nothing: a postmaster that ended just now has removed its file.
    writeFileSync(file, [deadPid, ...rest].join('\n'), { flag: 'r+' });
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

/** Above every system's limit, so never a process; no shorter than what it replaces. */
const deadPid = '2147483647';

function isPostmasterOf(clusterDir: string, pid: number) {
  const command = readCommand(pid);
  return (
    command !== undefined && /^"?[^"]*postgres/.test(command.program) && command.line.includes(clusterDir)
  );
}

/** Undefined for a number without a process, and for a zombie: it has ended and only waits to be collected. */
function readCommand(pid: number) {
  switch (process.platform) {
    case 'linux': {
      const line = readOptionalFile(`/proc/${pid}/cmdline`);
      return line === undefined ? undefined : { program: basename(line.split('\0')[0] ?? ''), line };
    }
    case 'win32':
      return askSystem('powershell', [
        '-NoProfile',
        '-Command',
        `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`,
      ]);
    default:
      return askSystem('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  }
}

function askSystem(program: string, args: string[]) {
  const { stdout, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  const line = stdout.trim();
  return line === '' ? undefined : { program: line, line };
}
