import { EventEmitter } from 'node:events';
import { Logger, run as runWorker, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import { run, type Statement, type Tx } from './database.ts';
import type { Log } from './log.ts';

/**
 * The SQL of an INSERT that adds a job for each row of `source`, for statements that do everything in one round trip;
 * `payload` is an SQL expression over that row. `migrate` has registered the task; `announceJobs` must follow.
 *
 * Not by the library's add_job: that takes four statements, and NOTIFY holds a lock of the whole server from there until
 * the commit is on disk, so that commits queue up one by one (measured, 32 clients: 300 bookings/s, without it 1,750).
 */
export const addJobSql = (task: string, payload: string, source: string): string => `
  insert into graphile_worker._private_jobs (task_id, payload)
  select (select id from graphile_worker._private_tasks where identifier = '${task}'), (${payload})::json from ${source}`;

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

/** Adds a job inside the caller's transaction: it runs if and only if the transaction commits. */
export async function addJob(tx: Tx, task: string, payload: object): Promise<void> {
  await sql`select graphile_worker.add_job(${task}, payload => ${JSON.stringify(payload)}::json)`.execute(tx);
}

/** A handler gets the payload as it was stored, and runs at least once. */
export type Tasks = Record<string, (payload: unknown) => Promise<void>>;

/** A recurring job: a task and a crontab line, UTC. */
export type Recurring = { task: string; cron: string };

/** Runs jobs until stopped; `stop` hands unfinished ones back. */
export async function startJobs(options: {
  pool: pg.Pool;
  log: Log;
  tasks: Tasks;
  recurring: readonly Recurring[];
}): Promise<{ stop(): Promise<void> }> {
  const { pool, log } = options;
  const events: WorkerEvents = new EventEmitter();
  const alive = new Set<string>();
  events.on('worker:create', ({ worker }) => alive.add(worker.workerId));
  const beat = async () => {
    try {
      await run(pool, heartbeat, [[...alive]]);
      await run(pool, unlockDead, []);
    } catch (error) {
      // The next beat tries again; a worker counts as dead only after several that failed.
      log.warn({ err: error }, 'worker heartbeat failed');
    }
  };
  const runner: Runner = await runWorker({
    pgPool: pool,
    concurrency: 4,
    pollInterval: 2_000,
    noHandleSignals: true,
    events,
    taskList: taskList(options.tasks, log),
    crontab: options.recurring.map(({ task, cron }) => `${cron} ${task}`).join('\n'),
    // The library's own lines quote error messages, and those quote data; failures are logged by taskList.
    logger: new Logger(() => () => undefined),
  });
  await beat();
  const timer = setInterval(() => void beat(), beatMs);
  return {
    async stop() {
      clearInterval(timer);
      await runner.stop();
      await run(pool, signOff, [[...alive]]);
    },
  };
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

function taskList(tasks: Tasks, log: Log): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      async (payload: unknown, helpers: { job: { id: string; attempts: number } }) => {
        try {
          await task(payload);
        } catch (error) {
          log.error(
            { err: error, task: name, job: helpers.job.id, attempt: helpers.job.attempts },
            'job failed',
          );
          throw error;
        }
      },
    ]),
  );
}
