import { event, type Event, type EventName } from '../contract/events.ts';
import type { Tx } from './database.ts';
import { addJob, addJobSql, type Tasks } from './jobs.ts';

const task = 'relay-event';

/** Publishes inside the caller's transaction. Jobs and outbox are one thing: the relay job is the outbox row. */
export const publish = (tx: Tx, happened: Event): Promise<void> => addJob(tx, task, happened);

/** The same for a statement that does everything in one round trip; `data` is an SQL expression of type jsonb. */
export const publishSql = (name: EventName, data: string): string =>
  addJobSql(task, `jsonb_build_object('name', '${name}', 'data', ${data})`);

/** A handler runs at least once for each event and must leave the same state if it runs again. */
export type Subscribers = { readonly [Name in EventName]?: readonly ((happened: Event) => Promise<void>)[] };

/** The job that hands an event to everyone who subscribed to it. */
export function relay(subscribers: Subscribers): Tasks {
  return {
    [task]: async (payload) => {
      const happened = event.parse(payload);
      for (const handle of subscribers[happened.name] ?? []) await handle(happened);
    },
  };
}
