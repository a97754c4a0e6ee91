import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunAs } from './choose-place.ts';
import { readPostmasterFile, signalPostmaster, stopPostmaster } from './postmaster-file.ts';
import { spawnBound } from './spawn-bound.ts';

type LaunchOptions = {
  clusterDir: string;
  binaries: string;
  runAs: RunAs | undefined;
  settings: Record<string, string>;
  logFile: string;
  say: (line: string) => void;
};

/**
 * Starts a postmaster and resolves when it takes connections. Its log replaces the one of the run before.
 *
 * @throws Error with the last lines of that log.
 */
export async function launchPostmaster(
  options: LaunchOptions,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const { clusterDir, binaries, logFile, say } = options;
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    const child = await spawnPostmaster(options, port);
    const isRunning = () => child.exitCode === null && child.signalCode === null;
    const stop = async () => {
      child.ref();
      await stopPostmaster({ pid: child.pid, binaries, isRunning });
      process.off('exit', stopAtExit);
    };
    // For an end by an uncaught error where the kernel does not tell PostgreSQL.
    const stopAtExit = () => {
      if (isRunning()) signalPostmaster({ pid: child.pid, binaries, signal: 'SIGINT' });
    };
    process.once('exit', stopAtExit);

    if (await becomesReady({ child, clusterDir, logFile, say })) {
      child.unref();
      return { port, stop };
    }
    await stop();
    const log = readFileSync(logFile, 'utf8');
    if (attempt === attempts || !isPassing(log)) {
      const lastLines = log.trim().split('\n').slice(-15).join('\n');
      throw new Error(`PostgreSQL did not start; it says in ${logFile}:\n${lastLines}`);
    }
    await sleep(100);
  }
}

const attempts = 50;

/** Another program took the port since we found it free, or backends of a killed postmaster are still ending. */
function isPassing(log: string) {
  return log.includes('could not create any TCP/IP sockets') || log.includes('is still in use');
}

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1');
  return address.port;
}

async function spawnPostmaster(options: LaunchOptions, port: number) {
  const { clusterDir, binaries, runAs, settings, logFile } = options;
  const effective = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // The path of a socket may have 107 bytes only, and nobody needs it.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  rmSync(logFile, { force: true });
  const log = openSync(logFile, 'wx', 0o600);
  try {
    return await spawnBound({
      program: join(binaries, 'postgres'),
      args: [
        '-D',
        clusterDir,
        ...Object.entries(effective).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      runAs,
      deathSignal: 'INT',
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

const pollMs = 15;
const patienceMs = 5_000;
const limitMs = 10 * 60_000;

/** False: it ended. Recovery of a large database after a crash may take minutes, so patience ends late. */
async function becomesReady(options: {
  child: ChildProcess & { pid: number };
  clusterDir: string;
  logFile: string;
  say: (line: string) => void;
}) {
  const { child, clusterDir, logFile, say } = options;
  const begun = performance.now();
  let toldToWait = false;
  while (child.exitCode === null && child.signalCode === null) {
    const file = readPostmasterFile(clusterDir);
    if (file?.pid === child.pid && file.isReady) return true;
    const waited = performance.now() - begun;
    if (waited > limitMs) return false;
    if (waited > patienceMs && !toldToWait) {
      toldToWait = true;
      say(`PostgreSQL is still starting, perhaps recovering from a crash; ${logFile} tells more`);
    }
    await sleep(pollMs);
  }
  return false;
}
