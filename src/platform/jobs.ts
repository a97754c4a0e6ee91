import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger,
  run as runWorker,
  type Job,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import { isUnavailable, run, type Statement, type Tx } from './database.ts';
import { bury } from './dead-letters.ts';
import { reasonOf, type Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { currentRequestId, inRequest, requestIdOf } from './request-scope.ts';
import { inSpan } from './traces.ts';

/**
 * The SQL of an INSERT that adds a job for each row of `source`, for statements that do everything in one round trip;
 * `payload` is an SQL expression over that row. `migrate` has registered the task; `announceJobs` must follow.
 *
 * Not by the library's add_job: that takes four statements, and NOTIFY holds a lock of the whole server from there until
 * the commit is on disk, so that commits queue up one by one (measured, 32 clients: 300 bookings/s, without it 1,750).
 */
export const addJobSql = (task: string, payload: string, source: string, priority = 0): string => `
  insert into graphile_worker._private_jobs (task_id, payload, priority)
  select (select id from graphile_worker._private_tasks where identifier = '${task}'), (${payload})::json, ${priority}
  from ${source}`;

/** Lets `addJobSql` find the task in a database whose worker has never run. */
export async function registerTask(client: pg.Client, task: string): Promise<void> {
  await client.query(
    'insert into graphile_worker._private_tasks (identifier) values ($1) on conflict do nothing',
    [task],
  );
}

const announceAfterMs = 10;
const unannounced = new WeakMap<pg.Pool, number>();

/**
 * Wakes the workers for jobs that have just been committed, once for all of a moment. It may fail: workers look by
 * themselves every two seconds.
 */
export function announceJobs(pool: pg.Pool): void {
  const waiting = unannounced.get(pool) ?? 0;
  unannounced.set(pool, waiting + 1);
  if (waiting > 0) return;
  setTimeout(() => {
    const count = unannounced.get(pool);
    unannounced.delete(pool);
    run(pool, announcement, [JSON.stringify({ count })]).catch(() => undefined);
  }, announceAfterMs).unref();
}

const announcement: Statement = { name: 'announce-jobs', text: `select pg_notify('jobs:insert', $1)` };

/**
 * Adds a job inside the caller's transaction: it runs if and only if the transaction commits. The payload gets the id of
 * the request that this belongs to. A job that has failed `tries` times (25, with growing pauses) is a dead letter.
 */
export async function addJob(
  tx: Tx,
  task: string,
  payload: object,
  { tries, delaySeconds = 0 }: { tries?: number; delaySeconds?: number } = {},
): Promise<void> {
  const json = JSON.stringify({ requestId: currentRequestId() ?? undefined, ...payload });
  await sql`
    select graphile_worker.add_job(${task}, payload => ${json}::json, max_attempts => ${tries ?? null}::int,
      run_at => now() + ${delaySeconds} * interval '1 second')`.execute(tx);
}

/** A handler gets the payload as it was stored, and runs at least once. */
export type Tasks = Record<string, (payload: unknown) => Promise<void>>;

/** A recurring job: a task and a crontab line, UTC. */
export type Recurring = { task: string; cron: string };

/** Runs jobs until stopped; `stop` hands unfinished ones back. */
export async function startJobs(options: {
  pool: pg.Pool;
  log: Log;
  metrics: Metrics;
  tasks: Tasks;
  recurring: readonly Recurring[];
  atOnce?: number;
}): Promise<{ stop(): Promise<void> }> {
  const { pool, log, atOnce = 4 } = options;
  const unknown = options.recurring.filter(({ task }) => !(task in options.tasks));
  if (unknown.length > 0) throw new Error(`no task is called ${unknown[0]?.task}`);
  const events: WorkerEvents = new EventEmitter();
  // A job is locked by the pool of its worker, so that is who has to be alive.
  const alive = new Set<string>();
  events.on('pool:create', ({ workerPool }) => alive.add(workerPool.id));
  const underWay = new Set<string>();
  const beat = async () => {
    try {
      await run(pool, heartbeat, [[...alive]]);
      await run(pool, unlockDead, []);
      await run(pool, unlockLeft, [[...alive], [...underWay]]);
    } catch (error) {
      // The next beat tries again; a worker counts as dead only after several that failed.
      log.warn({ err: error }, 'worker heartbeat failed');
    }
  };
  const runner: Runner = await runWorker({
    pgPool: enduring(pool),
    concurrency: atOnce,
    pollInterval: 2_000,
    noHandleSignals: true,
    events,
    taskList: taskList(options.tasks, { ...options, underWay }),
    crontab: options.recurring.map(({ task, cron }) => `${cron} ${task}`).join('\n'),
    // The library's own lines quote error messages, and those quote data; failures are logged by taskList.
    logger: new Logger(() => () => undefined),
  });
  await beat();
  let beating = Promise.resolve();
  const timer = setInterval(() => void (beating = beat()), beatMs);
  const signsOff = async (): Promise<boolean> => {
    // A beat that is under way would say once more that it lives.
    await beating;
    try {
      await run(pool, signOff, [[...alive]]);
      return true;
    } catch (error) {
      if (isUnavailable(error)) return false;
      throw error;
    }
  };
  return {
    async stop() {
      clearInterval(timer);
      const inGoodOrder = (await endsUnlessAway(runner.stop(), pool)) && (await signsOff());
      if (!inGoodOrder)
        log.warn('stopped without the database: jobs under way are taken up by other workers in a minute');
    },
  };
}

/**
 * Waits for the end of a stop, true, but not for a database that is away, false: the library would go on for hours trying
 * to write how a job has ended. A restart of a moment is waited for.
 */
async function endsUnlessAway(stopped: Promise<void>, pool: pg.Pool): Promise<boolean> {
  const ended = stopped.then(() => true);
  let awaySince: number | null = null;
  while (awaySince === null || performance.now() - awaySince < 2_000) {
    if (await Promise.race([ended, sleep(1_000, false, { ref: false })])) return true;
    const began = performance.now();
    const answered = run(pool, { text: 'select' }, []).then(
      () => true,
      (error: unknown) => !isUnavailable(error),
    );
    awaySince = (await Promise.race([ended, answered])) ? null : (awaySince ?? began);
  }
  return false;
}

/**
 * The pool for graphile-worker. It does not wait for its own note of how a job ended: one that fails is an unhandled
 * rejection, and a restart of PostgreSQL would end this process. Of the codes by which it tries again there is one for a
 * server that takes no connections, so that is what it is told whenever the database is away.
 */
function enduring(pool: pg.Pool): pg.Pool {
  const away = (error: unknown): never => {
    throw isUnavailable(error)
      ? Object.assign(new Error('the database is away', { cause: error }), { code: '57P03' })
      : error;
  };
  const connect = async () => {
    // Trying again has outlived its worker. Nobody awaits it, and the job is handed on as a dead worker's.
    if (pool.ending) return new Promise<never>(() => undefined);
    const client = await pool.connect().catch(away);
    return {
      query: async (statement: pg.QueryConfig, values?: unknown[]) =>
        client.query(statement, values).catch(away),
      release: () => client.release(),
    };
  };
  type Listen = Parameters<typeof pool.connect>[0];
  const value = (listen?: Listen) => (listen ? pool.connect(listen) : connect());
  return Object.create(pool, { connect: { value } }) as pg.Pool;
}

// graphile-worker alone would wait four hours before it takes a dead worker's jobs up again. A worker that has not been
// seen for a minute is dead, or so late that its jobs may as well run twice: at most 75 s pass after a crash.
const beatMs = 15_000;

const heartbeat: Statement = {
  name: 'worker-heartbeat',
  text: `insert into live_workers (worker_id, seen_at) select id, now() from unnest($1::text[]) id order by id
         on conflict (worker_id) do update set seen_at = excluded.seen_at`,
};

const signOff: Statement = {
  name: 'worker-sign-off',
  text: `delete from live_workers where worker_id = any ($1::text[]) or seen_at < now() - interval '1 day'`,
};

const unlockDead: Statement = {
  name: 'unlock-dead-workers',
  // A job locked just now may be a new worker's, whose first beat is still to come.
  text: `
    select graphile_worker.force_unlock_workers(array(
      select held.locked_by
      from (select locked_by, locked_at from graphile_worker._private_jobs
            union all select locked_by, locked_at from graphile_worker._private_job_queues) held
      where held.locked_at < now() - interval '1 minute'
        and not exists (select from live_workers w
                        where w.worker_id = held.locked_by and w.seen_at > now() - interval '1 minute')))`,
};

const unlockLeft: Statement = {
  name: 'unlock-left-jobs',
  // Ours, and nobody is at it: how it ended could not be written.
  text: `update graphile_worker._private_jobs set locked_by = null, locked_at = null
         where locked_by = any ($1::text[]) and locked_at < now() - interval '1 minute' and id <> all ($2::bigint[])`,
};

function taskList(
  tasks: Tasks,
  options: { log: Log; pool: pg.Pool; metrics: Metrics; underWay: Set<string> },
): TaskList {
  const { log, pool, metrics, underWay } = options;
  return Object.fromEntries(
    Object.entries(tasks).map(([task, run]) => [
      task,
      async (payload: unknown, { job }: { job: Pick<Job, 'id' | 'attempts' | 'max_attempts'> }) =>
        inRequest(requestIdOf(payload) ?? `job-${job.id}`, async () => {
          const done = metrics.jobs.startTimer({ task });
          underWay.add(job.id);
          try {
            await inSpan(task, { 'messaging.message.id': job.id }, () => run(payload));
            done({ outcome: 'done' });
          } catch (error) {
            done({ outcome: 'failed' });
            const { id, attempts: tries, max_attempts } = job;
            log.error({ err: error, task, job: id, attempt: tries }, 'job failed');
            if (tries < max_attempts) throw error;
            await bury(pool, { task, payload, reason: reasonOf(error), tries, jobId: id });
          } finally {
            underWay.delete(job.id);
          }
        }),
    ]),
  );
}
