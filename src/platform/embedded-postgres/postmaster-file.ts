import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode, readOptionalFile } from './optional-file.ts';

/** PostgreSQL's own record of its running postmaster, one value a line: number first, state eighth. */
export function postmasterFile(clusterDir: string) {
  return join(clusterDir, 'postmaster.pid');
}

/** Undefined: no file. `pid` undefined: a file that tells nothing. */
export function readPostmasterFile(clusterDir: string) {
  const content = readOptionalFile(postmasterFile(clusterDir));
  if (content === undefined) return undefined;
  const lines = content.split('\n');
  const pid = Number(lines[0]);
  return {
    lines,
    pid: Number.isSafeInteger(pid) && pid > 0 ? pid : undefined,
    isReady: lines[7]?.trim() === 'ready',
  };
}

/**
 * Fast shutdown: sessions end, a checkpoint is written. After a minute the immediate one, which loses nothing either
 * but leaves recovery to the next start.
 *
 * @throws Error when the process is still there after that.
 */
export async function stopPostmaster(options: {
  pid: number;
  binaries: string;
  isRunning: () => boolean;
}): Promise<void> {
  const { pid, binaries, isRunning } = options;
  for (const { signal, seconds } of [
    { signal: 'SIGINT', seconds: 60 },
    { signal: 'SIGQUIT', seconds: 10 },
  ] as const) {
    if (isRunning()) signalPostmaster({ pid, binaries, signal });
    const deadline = performance.now() + seconds * 1000;
    while (isRunning()) {
      if (performance.now() > deadline) break;
      await sleep(15);
    }
    if (!isRunning()) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop; end it and start again`);
}

export function signalPostmaster(options: { pid: number; binaries: string; signal: 'SIGINT' | 'SIGQUIT' }) {
  const { pid, binaries, signal } = options;
  if (process.platform === 'win32') {
    // Windows has no signals; PostgreSQL listens for them on a pipe of its own.
    spawnSync(join(binaries, 'pg_ctl'), ['kill', signal.slice('SIG'.length), String(pid)]);
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}
