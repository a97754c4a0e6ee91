import type pg from 'pg';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { run, type Statement } from './database.ts';
import { expectedAtSql } from './job-priority.ts';

/** What a process counts of its work. Labels are closed lists: routes, tasks, names of events; never ids. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    /** Shows how many WebSockets are open. */
    countStreams(count: () => number): void {
      // One process may compose its services more than once.
      registry.removeSingleMetric('shomoy_streams');
      const streams: Gauge = new Gauge({
        name: 'shomoy_streams',
        help: 'Open WebSockets',
        registers,
        collect: () => streams.set(count()),
      });
    },
    requests: new Histogram({
      name: 'shomoy_request_seconds',
      help: 'Time to answer, by route',
      labelNames: ['method', 'route'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    answers: new Counter({
      name: 'shomoy_answers_total',
      help: 'Answers by route and status; 409 are people who wanted the same place',
      labelNames: ['method', 'route', 'status'] as const,
      registers,
    }),
    jobs: new Histogram({
      name: 'shomoy_job_seconds',
      help: 'Time of jobs, by task and outcome',
      labelNames: ['task', 'outcome'] as const,
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120],
      registers,
    }),
    relayed: new Counter({
      name: 'shomoy_events_relayed_total',
      help: 'Events handed on to the broker or, without one, to their consumers',
      labelNames: ['event'] as const,
      registers,
    }),
    delivered: new Counter({
      name: 'shomoy_events_delivered_total',
      help: 'Events that came to a consumer: taken, taken before, or kept for another try',
      labelNames: ['consumer', 'event', 'outcome'] as const,
      registers,
    }),
    lateness: new Histogram({
      name: 'shomoy_message_late_seconds',
      help: 'How long after its promised moment a message left the house, by kind and channel',
      labelNames: ['kind', 'channel'] as const,
      buckets: [1, 5, 15, 30, 60, 120, 300, 900, 3_600],
      registers,
    }),
  };
}

/** What stands in the database, looked up whenever somebody reads the metrics: the worker's to tell. */
export function gaugeQueues({ registry }: Metrics, pool: pg.Pool): void {
  // One process may compose its services more than once.
  if (registry.getSingleMetric('shomoy_dead_letters')) return;
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  // The registry asks in the order of making, so the one that looks them all up comes first.
  const letters = new Gauge({
    name: 'shomoy_dead_letters',
    help: 'What was given up and waits for a person',
    registers: [registry],
    async collect() {
      const [row] = await run<Queues>(pool, queues, []);
      letters.set(row?.letters ?? 0);
      oldest.set(row?.oldest ?? 0);
      lag.set(row?.lag ?? 0);
      holds.set(row?.holds ?? 0);
      waiting.set(row?.waiting ?? 0);
      unknown.set(row?.unknown ?? 0);
      failed.set(row?.failed ?? 0);
      backup.set(row?.backup ?? 0);
    },
  });
  const oldest = gauge('shomoy_oldest_job_seconds', 'How long the oldest due job has waited');
  const lag = gauge('shomoy_outbox_lag_seconds', 'How long the oldest event has waited for its relay');
  const holds = gauge(
    'shomoy_hold_expiry_lag_seconds',
    'How long ago the oldest hold that still stands ran out',
  );
  const waiting = gauge('shomoy_oldest_message_seconds', 'How long the oldest due message has waited');
  const unknown = gauge('shomoy_messages_unknown', 'Messages whose fate a person must decide');
  const failed = gauge('shomoy_messages_failed', 'Messages that were given up, and nobody has looked at');
  const backup = gauge(
    'shomoy_backup_age_seconds',
    'Age of the newest backup, or of the database without one',
  );
}

type Queues = Record<
  'oldest' | 'lag' | 'holds' | 'letters' | 'waiting' | 'unknown' | 'failed' | 'backup',
  number
>;

const queues: Statement = {
  name: 'gauge-queues',
  text: `
    select coalesce(extract(epoch from now() - min(expected_at)), 0)::float8 as oldest,
      coalesce(extract(epoch from now() - min(expected_at) filter (where task_identifier = 'relay-event')), 0)::float8 as lag,
      coalesce((select extract(epoch from now() - min(expires_at)) from appointments
                where status = 'held' and expires_at < now()), 0)::float8 as holds,
      (select count(*) from dead_letters)::int as letters,
      coalesce((select extract(epoch from now() - min(try_at)) from messages
                where state = 'pending' and try_at < now()), 0)::float8 as waiting,
      (select count(*) from messages where state = 'unknown' and resolved_at is null)::int as unknown,
      (select count(*) from messages where state = 'failed' and resolved_at is null)::int as failed,
      extract(epoch from now() - coalesce((select max(taken_at) from backups),
                                          (select min(applied_at) from migrations)))::float8 as backup
    from (select ${expectedAtSql} as expected_at, task_identifier from graphile_worker.jobs
          where run_at <= now() and locked_at is null and attempts < max_attempts) as due
    where expected_at <= now()`,
};
