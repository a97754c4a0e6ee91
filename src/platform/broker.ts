import { Connection, ConsumerStatus, type AsyncMessage, type Publisher } from 'rabbitmq-client';
import type { Happened } from '../contract/events.ts';
import { deliverTask, type Bus } from './bus.ts';
import { bury } from './dead-letters.ts';
import type { Deps } from './deps.ts';

export type Broker = {
  /**
   * Resolves when RabbitMQ has confirmed the event: then it lies on the disks of most of its nodes. Throws after a while
   * without a word: then it may lie there or not, and the inbox makes it harmless to publish it again.
   */
  publish(happened: Happened): Promise<void>;
  state(): 'ok' | 'unavailable';
  /** Runs something whenever there is a connection, and stops it while there is none. */
  whileConnected(begin: () => Promise<{ stop(): Promise<void> }>): void;
  /** Lets what is under way finish, or go back to its queue. */
  close(): Promise<void>;
};

// A message that comes back so often without an answer kills whoever takes it.
const deliveryLimit = 10;

// The library waits for ever for a confirm that got lost, and for an answer to a declaration likewise.
const confirmMs = 15_000;
// Less than a process that ends has for everything.
const farewellMs = 3_000;

/**
 * Events by RabbitMQ: one topic exchange, whose routing keys are the names of events, and a quorum queue for each
 * consumer. Reconnects by itself. Never throws for a broker that is out of reach: `state` says so.
 */
export function openBroker({ config, log, pool }: Deps, bus: Bus): Broker {
  const { rabbitmqUrl: url, installation: prefix } = config;
  if (url === undefined) throw new TypeError('no RABBITMQ_URL');
  const names = { events: `${prefix}.events`, dead: `${prefix}.dead` };
  const connection = new Connection({
    url,
    connectionName: 'shomoy',
    noDelay: true,
    heartbeat: 10,
    connectionTimeout: 5_000,
    acquireTimeout: 5_000,
    retryLow: 250,
    retryHigh: 5_000,
  });
  const stopping = new AbortController();
  const queues = Object.entries(bus.consumers).map(([consumer, subscribers]) => ({
    consumer,
    queueBindings: Object.keys(subscribers).map((routingKey) => ({
      exchange: names.events,
      queue: `${prefix}.${consumer}`,
      routingKey,
    })),
    declaration: {
      queue: `${prefix}.${consumer}`,
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-delivery-limit': deliveryLimit,
        'x-dead-letter-exchange': names.dead,
        // A dead letter leaves its queue when the next one has it, not before.
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      } as const,
    },
  }));
  const deadQueue = { queue: names.dead, durable: true, arguments: { 'x-queue-type': 'quorum' } as const };
  const exchanges = [
    { exchange: names.events, type: 'topic', durable: true },
    { exchange: names.dead, type: 'fanout', durable: true },
  ];
  const deadBinding = { exchange: names.dead, queue: names.dead };

  // The publisher declares every queue: an event must have somewhere to wait before its consumer first comes.
  const openSender = () => {
    const publisher = connection.createPublisher({
      exchanges,
      queueBindings: [...queues.flatMap((queue) => queue.queueBindings), deadBinding],
      confirm: true,
      queues: [deadQueue, ...queues.map(({ declaration }) => declaration)],
    });
    return { send: sender(publisher, names.events), close: () => publisher.close() };
  };
  let current = openSender();
  const wanted = new Set(queues.flatMap((queue) => queue.queueBindings.map(({ routingKey }) => routingKey)));

  const consumers = [
    ...queues.map(({ consumer, declaration, queueBindings }) =>
      connection.createConsumer(
        { ...consumption, exchanges, queueBindings, queue: declaration.queue, queueOptions: declaration },
        untilTaken((message) => bus.deliverOrKeep({ consumer, event: contentOf(message) })),
      ),
    ),
    connection.createConsumer(
      { ...consumption, exchanges, queueBindings: [deadBinding], queue: names.dead, queueOptions: deadQueue },
      untilTaken((message) => {
        const from = deathOf(message)?.slice(prefix.length + 1);
        const payload = { consumer: from ?? 'unknown', event: contentOf(message) };
        const reason = 'Its consumer ended each time before it could answer';
        return bury(pool, { task: deliverTask, payload, reason, tries: deliveryLimit + 1 });
      }),
    ),
  ];
  for (const consumer of consumers)
    consumer.on('error', (error: unknown) => log.warn({ err: error }, 'consumer lost its channel'));

  /** Answers only when the work is done. While the database is away nothing else could be done either, so it waits. */
  function untilTaken(take: (message: AsyncMessage) => Promise<void>) {
    return async (message: AsyncMessage): Promise<ConsumerStatus> => {
      for (let wait = 500; !stopping.signal.aborted; wait = Math.min(wait * 2, 10_000)) {
        try {
          await take(message);
          return ConsumerStatus.ACK;
        } catch (error) {
          log.warn({ err: error }, 'event waits for the database');
          await pause(wait, stopping.signal);
        }
      }
      return ConsumerStatus.REQUEUE;
    };
  }

  let connected = false;
  const listeners: (() => void)[] = [];
  const look = () => {
    if (connected === connection.ready) return;
    connected = connection.ready;
    if (connected) log.info('connected to the broker');
    else log.warn('the broker is out of reach: events wait');
    for (const listener of listeners) listener();
  };
  connection.on('connection', look);
  connection.on('error', look);
  // The library tells of a lost connection only when it had been a good one.
  const looking = setInterval(look, 500);
  // Only a server short of memory or disk says this; what is sent meanwhile is confirmed late.
  connection.on('connection.blocked', () => log.warn('the broker is short of memory or disk'));

  const ends: (() => Promise<void>)[] = [];
  return {
    async publish(happened) {
      const used = current;
      const sent = await within(confirmMs, used.send(happened));
      if (sent === 'late') {
        // Its channel may be the one that hears nothing: the next try has another.
        if (used === current) current = openSender();
        used.close().catch(() => undefined);
        throw new Error('the broker did not confirm an event in time');
      }
      const { returned } = sent;
      if (returned && wanted.has(happened.name)) throw new Error('the broker had no queue for an event');
    },
    state: () => (connection.ready ? 'ok' : 'unavailable'),
    whileConnected(begin) {
      const follow = follower(begin, () => connected && !stopping.signal.aborted);
      listeners.push(follow.look);
      follow.look();
      ends.push(follow.end);
    },
    async close() {
      stopping.abort();
      clearInterval(looking);
      const farewell = async () => {
        for (const end of ends) await end();
        await Promise.all(consumers.map((consumer) => consumer.close()));
        await current.close();
        await connection.close();
      };
      const ended = farewell().catch((error: unknown) =>
        log.warn({ err: error }, 'left the broker in haste'),
      );
      if ((await within(farewellMs, ended)) !== 'late') return;
      // It is there and says nothing. What it has not confirmed, or we have not answered, comes again.
      connection.unsafeDestroy();
      await within(farewellMs, ended);
    },
  };
}

const consumption = { concurrency: 4, qos: { prefetchCount: 16 } };

/** Sends persistent, mandatory messages; `returned` when no queue wanted it. The broker says so before it confirms. */
function sender(publisher: Publisher, exchange: string) {
  const returned = new Set<string>();
  publisher.on('basic.return', ({ messageId }) => {
    if (messageId !== undefined) returned.add(messageId);
  });
  return async (happened: Happened): Promise<{ returned: boolean }> => {
    const { id: messageId, name: routingKey, version } = happened;
    await publisher.send(
      {
        exchange,
        routingKey,
        messageId,
        durable: true,
        mandatory: true,
        contentType: 'application/json',
        type: `${routingKey}.v${version}`,
        ...(happened.requestId === null ? {} : { correlationId: happened.requestId }),
      },
      Buffer.from(JSON.stringify(happened)),
    );
    return { returned: returned.delete(messageId) };
  };
}

/** `late`: it has not ended, and nobody waits for it any more. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What is not JSON stays text, so that it can be kept as a dead letter. */
function contentOf({ body }: AsyncMessage): unknown {
  const content: unknown = body;
  return Buffer.isBuffer(content) ? content.toString('utf8').slice(0, 10_000) : content;
}

/** The queue that gave a message up. */
function deathOf({ headers }: AsyncMessage): string | undefined {
  const deaths: unknown = headers?.['x-death'];
  const [first]: unknown[] = Array.isArray(deaths) ? deaths : [];
  if (typeof first !== 'object' || first === null || !('queue' in first)) return undefined;
  return typeof first.queue === 'string' ? first.queue : undefined;
}

/** Keeps something running exactly while `wanted`, one start or stop at a time. */
function follower(begin: () => Promise<{ stop(): Promise<void> }>, wanted: () => boolean) {
  let running: { stop(): Promise<void> } | undefined;
  let last: Promise<void> = Promise.resolve();
  let again: NodeJS.Timeout | undefined;
  const settle = async () => {
    clearTimeout(again);
    try {
      if (wanted() && !running) running = await begin();
      if (!wanted() && running) {
        const { stop } = running;
        running = undefined;
        await stop();
      }
    } catch {
      // The database was away; whoever lost it has said so.
      again = setTimeout(look, 1_000);
    }
  };
  const look = () => void (last = last.then(settle));
  return {
    look,
    async end() {
      look();
      await last;
      clearTimeout(again);
    },
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
