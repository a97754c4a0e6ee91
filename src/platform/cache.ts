import type { Log } from './log.ts';
import { patienceMs, type SharedRedis } from './redis.ts';

/** What is shown to many may be remembered for a moment in Redis; without Redis everybody reads for themselves. */
export type Cache = {
  /**
   * What `read` answers, which must be JSON, or what it answered somebody else who asked the same about the same within
   * the last second. Nothing may be decided on it.
   */
  remember<Value>(question: { about: string; asked: string }, read: () => Promise<Value>): Promise<Value>;
  /** What is remembered about these is so no longer. */
  forget(about: readonly string[]): Promise<void>;
};

// From before the reading began, by Redis's own clock; an answer on its way back takes `patienceMs` more at most.
const lifetimeMs = 950 - patienceMs;

/**
 * All answers about one thing lie together and end together, when the oldest does. One that comes late, because Redis
 * was frozen or the line slow, is past its end already and is not kept.
 */
const keepUntil = `
  local time = redis.call('TIME')
  if time[1] * 1000 + time[2] / 1000 >= tonumber(ARGV[3]) then return 0 end
  local first = redis.call('EXISTS', KEYS[1]) == 0
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  if first then redis.call('PEXPIREAT', KEYS[1], ARGV[3]) end
  return 1`;

export function openCache(
  redis: SharedRedis | null,
  { installation, log }: { installation: string; log: Log },
): Cache {
  if (!redis) return { remember: (_, read) => read(), forget: async () => undefined };
  const { commands } = redis;
  const keyOf = (about: string) => `${installation}:shown:${about}`;
  const failed = (error: unknown) => log.debug({ err: error }, 'redis did not answer the cache');

  /** The answer, or until when the one that is read from now on can be kept. */
  const look = async (key: string, asked: string): Promise<{ found: string } | { until: number } | null> => {
    try {
      const answers = await commands.pipeline().time().hget(key, asked).exec();
      const [time, found] = (answers ?? []).map(([error, answer]) => {
        if (error) throw error;
        return answer;
      });
      if (typeof found === 'string') return { found };
      if (!Array.isArray(time)) return null;
      const [seconds, micros] = time.map(Number);
      return { until: Math.floor((seconds ?? 0) * 1_000 + (micros ?? 0) / 1_000) + lifetimeMs };
    } catch (error) {
      failed(error);
      return null;
    }
  };

  return {
    async remember({ about, asked }, read) {
      if (redis.state() !== 'ok') return read();
      const key = keyOf(about);
      const seen = await look(key, asked);
      if (seen && 'found' in seen) return JSON.parse(seen.found);
      const value = await read();
      if (seen) commands.eval(keepUntil, 1, key, asked, JSON.stringify(value), seen.until).catch(failed);
      return value;
    },
    async forget(about) {
      if (about.length === 0 || redis.state() !== 'ok') return;
      // It is forgotten by itself within the second.
      await commands.del(...about.map(keyOf)).catch(failed);
    },
  };
}
