import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Does one thing in a process of its own, which `entry` is the program of: what it costs in memory ends with it, and what
 * it computes holds up nobody here. `order` is what it is told. When `stopping` is aborted, or this process dies, it is
 * cut off from here and ends by itself. `heap` in MB, for what never needs more.
 */
export async function doApart(
  entry: URL,
  order: object,
  { heap, stopping }: { heap: number | null; stopping: AbortSignal },
): Promise<void> {
  // V8 would rather let garbage lie while it has room, and a million rows leave hundreds of MB of it.
  const execArgv = heap === null ? [] : ['--max-semi-space-size=1', `--max-old-space-size=${heap}`];
  const child = fork(fileURLToPath(entry), { execArgv, serialization: 'advanced' });
  const cutOff = () => {
    if (child.connected) child.disconnect();
  };
  stopping.addEventListener('abort', cutOff, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        if (code === 0) resolve();
        else reject(new Error(`what was done apart ended with ${signal ?? code}; its own line says why`));
      });
      child.send(order);
      if (stopping.aborted) cutOff();
    });
  } finally {
    stopping.removeEventListener('abort', cutOff);
  }
}

/** In that process: what it is told, and a signal for when it is to end. */
export async function takeOrder(): Promise<{ order: unknown; stopping: AbortSignal }> {
  const cut = new AbortController();
  process.once('disconnect', () => cut.abort());
  // Ctrl-C goes to every process of a terminal; the one that it belongs to tells this one.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const order = await new Promise<unknown>((resolve) => process.once('message', resolve));
  return { order, stopping: cut.signal };
}
