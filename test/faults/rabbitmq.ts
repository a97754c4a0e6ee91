import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from 'rabbitmq-client';

/** A RabbitMQ of the test's own, which it may stop and start; the machine's is nobody's to stop. */
export type OwnBroker = {
  url: string;
  start(): Promise<void>;
  /** It takes what is sent and does nothing with it, until it is stopped. */
  freeze(): Promise<void>;
  /** As `kill -9` does, or so that it can say goodbye. */
  stop(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again if it is frozen or stopped. */
  revive(): Promise<void>;
  remove(): Promise<void>;
};

/** The server itself: the one on the path may change to another user. */
const program = process.env['RABBITMQ_SERVER'] ?? '/usr/lib/rabbitmq/bin/rabbitmq-server';

export async function ownBroker(): Promise<OwnBroker> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shomoy-rabbit-'));
  const [port, distPort] = [await freePort(), await freePort()];
  await mkdir(path.join(folder, 'logs'));
  await writeFile(path.join(folder, 'enabled_plugins'), '[].\n');
  const config = path.join(folder, 'rabbitmq.conf');
  await writeFile(
    config,
    `listeners.tcp.1 = 127.0.0.1:${port}\nlog.console = false\ndisk_free_limit.absolute = 1MB\n`,
  );
  const env = {
    ...process.env,
    HOME: folder,
    RABBITMQ_NODENAME: `shomoy${port}@localhost`,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distPort),
    RABBITMQ_MNESIA_BASE: path.join(folder, 'data'),
    RABBITMQ_LOG_BASE: path.join(folder, 'logs'),
    RABBITMQ_ENABLED_PLUGINS_FILE: path.join(folder, 'enabled_plugins'),
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_PID_FILE: path.join(folder, 'pid'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1',
  };
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  let server: ChildProcess | undefined;
  let frozen = false;
  const start = async () => {
    server = spawn(program, [], { env, detached: true, stdio: 'ignore' });
    const probe = new Connection({ url, retryLow: 200, retryHigh: 500 });
    probe.on('error', () => undefined);
    // Seconds on an idle machine, most of a minute on a busy one.
    await probe.onConnect(300_000);
    await probe.close();
  };
  const stop = async (signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM') => {
    const ending = server;
    server = undefined;
    frozen = false;
    const pid = ending?.pid;
    if (!ending || ending.exitCode !== null || pid === undefined) return;
    const ended = once(ending, 'exit');
    // Its own process group, since the start script is not the server.
    process.kill(-pid, signal);
    await ended;
    // The script may end before the server, which still has its name and its port: the next one would find them taken.
    await until(() => statesOf(pid).every(isGone));
  };
  return {
    url,
    start,
    async freeze() {
      const pid = server?.pid;
      if (pid === undefined) throw new Error('the broker does not run');
      frozen = true;
      process.kill(-pid, 'SIGSTOP');
      // From here on it surely does nothing. What had just ended stays a zombie: whose child it was is stopped.
      await until(() => statesOf(pid).every((state) => state.startsWith('T') || isGone(state)));
    },
    stop,
    async revive() {
      if (frozen) await stop('SIGKILL');
      if (!server) await start();
    },
    async remove() {
      await stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 5));
}

/** Of all processes of a group, as ps writes them. */
const statesOf = (group: number): string[] =>
  execFileSync('ps', ['-eo', 'pgid=,stat='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([pgid, state]) => (Number(pgid) === group && state !== undefined ? [state] : []));

/** A zombie whose last thread has ended: nothing is open any more. */
const isGone = (state: string): boolean => state.startsWith('Z') && !state.includes('l');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
