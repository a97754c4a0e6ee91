import { event, type Event, type EventName } from '../contract/events.ts';
import type { Tx } from './database.ts';
import { addJob, addJobSql, type Tasks } from './jobs.ts';

export const relayTask = 'relay-event';

/** Publishes inside the caller's transaction. Jobs and outbox are one thing: the relay job is the outbox row. */
export const publish = (tx: Tx, happened: Event): Promise<void> => addJob(tx, relayTask, happened);

/**
 * The same for a statement that does everything in one round trip: an INSERT for each row of `source`; `data` is an SQL
 * expression of type jsonb. `announceJobs` must follow.
 */
export const publishSql = (name: EventName, data: string, source: string): string =>
  addJobSql(relayTask, `jsonb_build_object('name', '${name}', 'data', ${data})`, source);

/** A handler runs at least once for each event and must leave the same state if it runs again. */
export type Subscribers = {
  readonly [Name in EventName]?: readonly ((happened: Extract<Event, { name: Name }>) => Promise<void>)[];
};

/** The job that hands an event to everyone who subscribed to it. */
export function relay(subscribers: Subscribers): Tasks {
  return {
    [relayTask]: async (payload) => {
      const happened = event.parse(payload);
      // Looked up by the event's own name, so the handlers are for events of its kind.
      const handlers = subscribers[happened.name] as readonly ((same: Event) => Promise<void>)[] | undefined;
      for (const handle of handlers ?? []) await handle(happened);
    },
  };
}
