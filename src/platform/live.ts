import pg from 'pg';
import { z } from 'zod';
import { run, type Statement } from './database.ts';
import type { Deps } from './deps.ts';
import { addJobSql, type Tasks } from './jobs.ts';
import type { SharedRedis } from './redis.ts';

/** Something that people watch. What is said about it is only that it has changed: whoever watches reads it again. */
export type Topic = `user:${number}`;

export type Ear = {
  told: (topic: string) => void;
  /** Something may have been missed: every topic counts as told. */
  gap: () => void;
};

/** News among the processes of an installation: by Redis where it is configured and there, else by PostgreSQL. */
export type Live = {
  /** Says that a topic has changed, after that was committed. Throws when neither carries it. */
  tell(topic: Topic): Promise<void>;
  /** Hears of every topic from now on; `gap` says when it has begun. */
  listen(ear: Ear): void;
  close(): Promise<void>;
};

export function openLive(deps: Pick<Deps, 'pool' | 'log' | 'config'>, redis: SharedRedis | null): Live {
  const { pool, config } = deps;
  const channel = `${config.installation}:live`;
  const ends: (() => Promise<void>)[] = [];
  return {
    async tell(topic) {
      if (redis?.state() === 'ok') {
        try {
          await redis.commands.publish(channel, topic);
          return;
        } catch {
          // It went away this moment; PostgreSQL carries it.
        }
      }
      await run(pool, notify, [topic]);
    },
    listen({ told, gap }) {
      // Both, always: whoever tells may find Redis away while we do not, or the other way round.
      redis?.hear(channel, { heard: told, again: gap });
      ends.push(hearPostgres(deps, { told, gap }));
    },
    async close() {
      for (const end of ends.splice(0)) await end();
    },
  };
}

export const tellTask = 'tell-live';

/**
 * SQL that tells of a topic, an expression over each row of `source`, once and only if its transaction is committed: an
 * INSERT of jobs, so that a worker's death keeps nobody from hearing. `announceJobs` must follow.
 */
export const tellSql = (topic: string, source: string): string =>
  addJobSql(tellTask, `json_build_object('topic', ${topic})`, source);

const payloadOfTell = z.object({ topic: z.templateLiteral(['user:', z.int()]) });

export const liveTasks = (live: Live): Tasks => ({
  [tellTask]: (payload) => live.tell(payloadOfTell.parse(payload).topic),
});

const notify: Statement = { name: 'tell-live', text: `select pg_notify('live', $1)` };

const askEveryMs = 10_000;

/** A connection that only listens, made again whenever it is lost. Answers what ends it. */
function hearPostgres({ pool, log }: Pick<Deps, 'pool' | 'log'>, { told, gap }: Ear): () => Promise<void> {
  let stopped = false;
  let current: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  const connect = async (pauseMs: number): Promise<void> => {
    const client = new pg.Client({ ...pool.options, application_name: 'shomoy live' });
    current = client;
    const lost = () => {
      if (current !== client) return;
      current = undefined;
      client.end().catch(() => undefined);
      if (stopped) return;
      again = setTimeout(() => void connect(Math.min(pauseMs * 2, 5_000)), pauseMs);
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => told(payload ?? ''));
    try {
      await client.connect();
      await client.query('listen live');
      gap();
    } catch (error) {
      log.warn({ err: error }, 'live news are not heard from the database; trying again');
      lost();
    }
  };
  void connect(500);
  // A connection whose other end is gone without a word is found out by asking.
  const asking = setInterval(() => {
    const asked = current;
    asked?.query('select 1').catch((error: Error) => asked.emit('error', error));
  }, askEveryMs);
  return async () => {
    stopped = true;
    clearInterval(asking);
    clearTimeout(again);
    await current?.end().catch(() => undefined);
  };
}
