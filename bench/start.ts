import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from './report.ts';
import { median } from './statistics.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** From the command to "ready": on an empty folder, with the demonstration's data made, and again. Three times. */
export async function benchStart(): Promise<Report> {
  const first: number[] = [];
  const second: number[] = [];
  for (let round = 0; round < 3; round++) {
    const folder = await mkdtemp(path.join(tmpdir(), 'shomoy-bench-start-'));
    // Under root PostgreSQL runs as another user, who must be able to enter.
    await chmod(folder, 0o755);
    try {
      first.push(await startOnce(folder));
      for (let again = 0; again < 3; again++) second.push(await startOnce(folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return {
    figures: [
      {
        what: 'first start, with demonstration data',
        value: median(first),
        unit: 's',
        budget: { atMost: 15 },
      },
      { what: 'second start', value: median(second), unit: 's', budget: { atMost: 1.5 } },
    ],
    raw: { first, second },
  };
}

/** Seconds until it says that it is ready; then it is stopped as by Ctrl-C. */
async function startOnce(dataDir: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [main], {
    env: { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const seconds = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (text) => {
      if (String(text).includes('ready at')) resolve((performance.now() - began) / 1_000);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)));
  });
  child.kill('SIGINT');
  await ended;
  return seconds;
}
