import { Redis } from 'ioredis';
import type { Log } from './log.ts';

/** The connections of this process to Redis. What stands there is never the truth: everything works without it. */
export type SharedRedis = {
  /** Commands fail at once while Redis is away, and after `patienceMs` when it has just stopped answering. */
  commands: Redis;
  state(): 'ok' | 'unavailable';
  /** Hears what is published from now on; `again` when something may have been missed. */
  hear(channel: string, ear: { heard: (text: string) => void; again: () => void }): void;
  close(): void;
};

/** The longest that a request waits for Redis. */
export const patienceMs = 250;

// A Redis that is frozen, or whose line is cut somewhere on the way, keeps its connection: only an answer proves it well.
const askEveryMs = 500;

/** Connects, and again by itself whenever the connection is lost. Never throws for a Redis that is out of reach. */
export async function openRedis(url: string, log: Log): Promise<SharedRedis> {
  const open: Redis[] = [];
  const add = (): Redis => {
    const redis = connect(url);
    open.push(redis);
    return redis;
  };
  const commands = add();
  let away = true;
  commands.on('ready', () => {
    if (away) log.info('connected to redis');
    away = false;
  });
  commands.on('close', () => {
    if (!away) log.warn('redis is out of reach: nothing is shared or remembered there');
    away = true;
  });
  const asking = setInterval(() => {
    for (const redis of open) if (redis.status === 'ready') redis.ping().catch(() => undefined);
  }, askEveryMs);
  asking.unref();
  // What comes before the first connection would not be counted.
  await commands.connect().catch(() => undefined);
  return {
    commands,
    state: () => (commands.status === 'ready' ? 'ok' : 'unavailable'),
    hear(channel, { heard, again }) {
      const listener = add();
      listener.on('message', (_, text) => heard(text));
      listener.on('ready', () => {
        listener.subscribe(channel).then(again, () => listener.disconnect(true));
      });
      void listener.connect().catch(() => undefined);
    },
    close() {
      clearInterval(asking);
      for (const redis of open) redis.disconnect();
    },
  };
}

function connect(url: string): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: patienceMs,
    // With a question every `askEveryMs` this ends the connection to a Redis that no longer answers.
    socketTimeout: askEveryMs,
    disconnectTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
  });
  // Without a listener an error would end the process; what it means shows in `state`.
  redis.on('error', () => undefined);
  return redis;
}
