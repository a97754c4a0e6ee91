import type pg from 'pg';
import {
  events,
  nameOf,
  parseHappened,
  type Event,
  type EventName,
  type Happened,
} from '../contract/events.ts';
import { run, type Database, type Statement, type Tx } from './database.ts';
import { buryLostJobs } from './dead-letters.ts';
import { unhurried } from './job-priority.ts';
import { addJob, addJobSql, type Tasks } from './jobs.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { currentRequestId, inRequest, requestIdOf, touch } from './request-scope.ts';
import { inSpan } from './traces.ts';

export const relayTask = 'relay-event';
export const deliverTask = 'deliver-event';

/** Publishes inside the caller's transaction. Jobs and outbox are one thing: the relay job is the outbox row. */
export async function publish(tx: Tx, { name, data }: Event): Promise<void> {
  if ('doctorId' in data) touch(doctorsTime(data.doctorId));
  const text = `select graphile_worker.add_job('${relayTask}', payload => ${envelopeSql(name, '$1::jsonb', '$2')}::json)`;
  await run(tx, { text }, [JSON.stringify(data), currentRequestId()]);
}

/**
 * The same for each of `datas`, in one statement. Where one act makes many, nobody awaits any single one: those are relayed
 * when nothing else is due.
 */
export async function publishAll<Name extends EventName>(
  tx: Tx,
  name: Name,
  datas: readonly (Event & { name: Name })['data'][],
): Promise<void> {
  if (datas.length === 0) return;
  for (const data of datas) if ('doctorId' in data) touch(doctorsTime(data.doctorId));
  const envelope = envelopeSql(name, 'data', '$2');
  const priority = datas.length > 1 ? unhurried : 0;
  const text = `
    with added as (${addJobSql(relayTask, envelope, 'jsonb_array_elements($1::jsonb) as data', priority)} returning 1)
    select pg_notify('jobs:insert', json_build_object('count', count(*))::text) from added`;
  await run(tx, { text }, [JSON.stringify(datas), currentRequestId()]);
}

/**
 * The same for a statement that does everything in one round trip: an INSERT for each row of `source`. `data` is an SQL
 * expression of type jsonb, `requestId` the place of a parameter that gets `currentRequestId()`. `announceJobs` must
 * follow, and a `touch` if it is about a doctor.
 */
export const publishSql = (event: {
  name: EventName;
  data: string;
  requestId: `$${number}`;
  source: string;
}): string => addJobSql(relayTask, envelopeSql(event.name, event.data, event.requestId), event.source);

/** How the cache calls what is remembered of a doctor: every event about a doctor makes it old. */
export const doctorsTime = (doctorId: number): string => `doctor:${doctorId}`;

const envelopeSql = (name: EventName, data: string, requestId: string): string =>
  `jsonb_build_object('id', gen_random_uuid(), 'name', '${name}', 'version', ${events[name].version},
     'occurredAt', now(), 'requestId', ${requestId}::text, 'data', ${data})`;

/**
 * What a module does about events. A handler's effects inside `tx` happen once for each event: the transaction holds the
 * consumer's inbox row. Whatever it does outside of it may happen again, and must leave the same state then.
 */
export type Subscribers = {
  readonly [Name in EventName]?: readonly ((happened: Happened<Name>, tx: Tx) => Promise<void>)[];
};

/** Subscribers by the name of their consumer. The name stands in the inbox and in the broker: it never changes. */
export type Consumers = Readonly<Record<string, Subscribers>>;

/** An event, or what arrived as one, for one consumer. */
export type Delivery = { consumer: string; event: unknown };

/** A consumer that has failed so often gets the event no more by itself: e^1 + … + e^7 seconds, half an hour. */
const tries = 8;

type Parts = { pool: pg.Pool; log: Log; metrics: Metrics };

export type Bus = ReturnType<typeof openBus>;

/** Hands events to those who subscribed to them. `taken` is told whose effect has just been committed. */
export function openBus(
  options: Omit<Parts, 'pool'> & {
    db: Database;
    consumers: Consumers;
    taken?: (consumer: string) => void;
  },
) {
  const { db, log, metrics, consumers, taken } = options;
  /** The consumer's effect and its inbox row, or neither. */
  const deliver = async ({ consumer, event }: Delivery): Promise<void> => {
    const happened = parseHappened(event);
    // Looked up by the event's own name, so the handlers are for events of its kind.
    const handlers = consumers[consumer]?.[happened.name] as
      | readonly ((same: Happened, tx: Tx) => Promise<void>)[]
      | undefined;
    if (!handlers) return;
    const take = async (tx: Tx) => {
      // Whoever delivers the same event at the same time waits here for the outcome of the other.
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('inbox')
        .values({ consumer, event_id: happened.id })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 0n) return 'taken before';
      for (const handle of handlers) await handle(happened, tx);
      return 'taken';
    };
    const outcome = await inSpan(
      `${happened.name} to ${consumer}`,
      { 'messaging.message.id': happened.id },
      () => db.transaction().execute(take),
    );
    metrics.delivered.inc({ consumer, event: happened.name, outcome });
    if (outcome === 'taken') taken?.(consumer);
  };
  /**
   * One that fails, or that only newer code can read, is tried again later, in nobody's way. Throws only when the
   * database cannot keep that either.
   */
  const deliverOrKeep = (delivery: Delivery): Promise<void> =>
    inRequest(requestIdOf(delivery.event), async () => {
      try {
        await deliver(delivery);
      } catch (error) {
        const { consumer, event } = delivery;
        log.warn({ err: error, consumer }, 'event was not taken; it will be tried again');
        await db.transaction().execute((tx) => addJob(tx, deliverTask, delivery, { tries, delaySeconds: 1 }));
        metrics.delivered.inc({ consumer, event: nameOf(event) ?? 'unknown', outcome: 'kept' });
      }
    });
  return { consumers, deliver, deliverOrKeep };
}

/** The relay of one process: an event goes straight to its consumers. */
export const relayHere = (bus: Bus, { metrics }: Parts): Tasks => ({
  [relayTask]: async (event) => {
    metrics.relayed.inc({ event: parseHappened(event).name });
    for (const consumer of Object.keys(bus.consumers)) await bus.deliverOrKeep({ consumer, event });
  },
});

/** The relay to a broker, which hands events to their consumers. */
export const relayBy = (
  publishConfirmed: (happened: Happened) => Promise<void>,
  { metrics }: Parts,
): Tasks => ({
  [relayTask]: async (event) => {
    const happened = parseHappened(event);
    await publishConfirmed(happened);
    metrics.relayed.inc({ event: happened.name });
  },
});

/** No event comes again after so long but as a dead letter, and those have no inbox row. */
const rememberedDays = 30;

/** The other jobs of the bus: second tries, and tidying up. */
export const busTasks = (bus: Bus, { pool, log }: Parts): Tasks => ({
  // Our own words, added by deliverOrKeep or from the dead letters.
  [deliverTask]: (payload) => bus.deliver(payload as Delivery),
  'forget-inbox': async () => {
    await run(pool, forgetTaken, [rememberedDays]);
  },
  'bury-lost-jobs': async () => {
    const count = await buryLostJobs(pool);
    if (count > 0) log.error({ count }, 'jobs were given up: their workers ended at the last try');
  },
});

const forgetTaken: Statement = {
  name: 'forget-inbox',
  text: `delete from inbox where taken_at < now() - $1 * interval '1 day'`,
};
