import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A Redis of the test's own, which it may stop and start; the machine's is nobody's to stop. */
export type OwnRedis = {
  url: string;
  start(): Promise<void>;
  /** It takes what is sent and answers nothing, until it is thawed or stopped. */
  freeze(): void;
  thaw(): void;
  /** As `kill -9` does. */
  stop(): Promise<void>;
  /** Thaws it, and starts it again if it is stopped. */
  revive(): Promise<void>;
};

export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort();
  let child: ChildProcessByStdio<null, Readable, null> | undefined;
  const start = async () => {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'] });
    const failed = once(child, 'error').then(() => {
      throw new Error('redis-server could not be started: install it to run the fault suite');
    });
    await Promise.race([untilReady(child), failed]);
  };
  const thaw = () => void child?.kill('SIGCONT');
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw,
    async stop() {
      const ending = child;
      child = undefined;
      if (!ending || ending.exitCode !== null) return;
      const ended = once(ending, 'exit');
      ending.kill('SIGKILL');
      await ended;
    },
    async revive() {
      thaw();
      if (!child) await start();
    },
  };
}

/** One reader from the first byte on: the line may be in the first chunk, and a second reader would miss it. */
async function untilReady({ stdout }: { stdout: Readable }): Promise<void> {
  for await (const line of createInterface({ input: stdout })) {
    if (!line.includes('Ready to accept connections')) continue;
    stdout.resume();
    return;
  }
  throw new Error('redis-server stopped before it was ready');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
