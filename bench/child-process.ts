import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A server under test in a process of its own. */
export type Child = { url: string; pid: number; stop(): Promise<void> };

const results = fileURLToPath(new URL('results/', import.meta.url));

/** Starts `bench/<file>`; with `--profile` on the command line it leaves a CPU profile in results/ at its end. */
export async function startServer(
  file: 'server.ts' | 'bare-server.ts' | 'bare-sockets.ts',
  options: Record<string, string> = {},
): Promise<Child> {
  const profiled = process.argv.includes('--profile') && file === 'server.ts';
  if (profiled) mkdirSync(results, { recursive: true });
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(options)], {
    execArgv: profiled ? ['--cpu-prof', `--cpu-prof-dir=${results}`] : [],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(z.url().parse(message)));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** In the child: what `startServer` was given. */
export const readOptions = (): Record<string, string> => JSON.parse(process.argv[2] ?? '{}');

/** In the child: says where it listens, and stops with the parent, however that ends. */
export function answerParent(url: string, close: () => Promise<void>): void {
  process.once('disconnect', () => void close().then(() => process.exit(0)));
  process.send?.(url);
}
