import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, type Call } from '../../src/contract/client.ts';

export type Application = { child: ChildProcess; url: string; call: Call };

/** A data folder that PostgreSQL's account can enter too, when the tests run as root. */
export async function newDataDir(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'shomoy-fault-'));
  await chmod(dataDir, 0o755);
  return dataDir;
}

export function spawnApplication(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['src/main.ts'], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      RATE_LIMIT: 'off',
      LOAD_SHEDDING: 'off',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts the application as `npm start` does and resolves when it says that it is ready. */
export async function startApplication(env: Record<string, string>): Promise<Application> {
  const child = spawnApplication(env);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => (said += String(chunk)));
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
      const ready = /ready at (http\S+)/.exec(said)?.[1];
      if (ready) resolve(ready);
    });
    child.once('exit', () => reject(new Error(`the application ended without being ready:\n${said}`)));
  });
  const call = createClient(async ({ method, url: target, headers, body }) => {
    const answer = await fetch(url + target, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text() };
  });
  return { child, url, call };
}

/** Runs the application to its end and returns its exit code and what it wrote to stderr. */
export async function runToEnd(
  env: Record<string, string>,
): Promise<{ code: number | null; errors: string }> {
  const child = spawnApplication(env);
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors += String(chunk)));
  child.stdout?.resume();
  await once(child, 'close');
  return { code: child.exitCode, errors };
}
