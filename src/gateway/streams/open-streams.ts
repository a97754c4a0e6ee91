import { performance } from 'node:perf_hooks';
import type { WebSocket } from '@fastify/websocket';
import { closings, type Closing } from '../../contract/streams.ts';
import type { Live, Topic } from '../../platform/live.ts';

/** One connected client. */
export type Viewer = {
  /** Sends, unless the client reads so slowly that it is let go. */
  send(message: object): void;
  end(why: Closing): void;
  /** Calls `onTold` whenever the topic has changed, or may have; once at most for one viewer. */
  watch(topic: Topic, onTold: () => void): void;
  gone(): boolean;
};

/** What a kind of stream does. */
export type Attendant = {
  heard(message: unknown): void;
  /** The client is gone, whoever ended it. */
  left(): void;
};

export type Streams = {
  full(): boolean;
  count(): number;
  add(socket: WebSocket, attend: (viewer: Viewer) => Attendant): void;
  /** Calls back every few seconds: for time-outs and rights. */
  everyTick(work: () => void): void;
  /** Tells every client to come back, and waits until they are gone, two seconds at most. */
  close(): Promise<void>;
};

const usual = {
  most: 10_000,
  tickMs: 2_500,
  /** A client that has not answered the ping before is dead. Shorter than proxies and phones forget a connection. */
  beatMs: 25_000,
  /** More than this on its way to a client that does not read is dropped, together with the client. */
  mostBytesWaiting: 64 * 1024,
  mostMessagesPerBeat: 30,
  graceMs: 2_000,
};

type Seat = {
  socket: WebSocket;
  answered: boolean;
  said: number;
  /** By the clock of `performance`; null: not ended by us. */
  endedAt: number | null;
  unwatch: (() => void) | null;
};

/** Holds the sockets of one process: heartbeat, back-pressure, limits, and who watches what. */
export function openStreams(live: Live, options: Partial<typeof usual> = {}): Streams {
  const { most, tickMs, beatMs, mostBytesWaiting, mostMessagesPerBeat, graceMs } = { ...usual, ...options };
  const seats = new Set<Seat>();
  const watchers = new Map<string, Set<() => void>>();
  const ticking: (() => void)[] = [];
  let lastBeat = performance.now();

  const end = (seat: Seat, why: Closing): void => {
    if (seat.endedAt !== null) return;
    seat.endedAt = performance.now();
    seat.unwatch?.();
    seat.socket.close(closings[why].code, why);
  };

  const beat = (): void => {
    for (const seat of seats) {
      if (!seat.answered) seat.socket.terminate();
      else {
        seat.answered = false;
        seat.said = 0;
        seat.socket.ping();
      }
    }
  };

  const tick = (): void => {
    const now = performance.now();
    // A client that does not take our goodbye either is cut off.
    for (const { socket, endedAt } of seats)
      if (endedAt !== null && now - endedAt > graceMs) socket.terminate();
    for (const work of ticking) work();
    if (now - lastBeat < beatMs) return;
    lastBeat = now;
    beat();
  };

  const watch = (topic: Topic, onTold: () => void): (() => void) => {
    const watching = watchers.get(topic) ?? new Set();
    watchers.set(topic, watching.add(onTold));
    return () => {
      watching.delete(onTold);
      if (watching.size === 0 && watchers.get(topic) === watching) watchers.delete(topic);
    };
  };

  const viewerOf = (seat: Seat): Viewer => ({
    send(message) {
      if (seat.endedAt !== null) return;
      if (seat.socket.bufferedAmount > mostBytesWaiting) end(seat, 'too_slow');
      else seat.socket.send(JSON.stringify(message));
    },
    end: (why) => end(seat, why),
    watch(topic, onTold) {
      if (seat.endedAt === null && seats.has(seat)) seat.unwatch = watch(topic, onTold);
    },
    gone: () => seat.endedAt !== null || !seats.has(seat),
  });

  const timer = setInterval(tick, tickMs);
  live.listen({
    told: (topic) => watchers.get(topic)?.forEach((onTold) => onTold()),
    gap: () => {
      for (const watching of watchers.values()) for (const onTold of watching) onTold();
    },
  });
  return {
    full: () => seats.size >= most,
    count: () => seats.size,
    everyTick: (work) => void ticking.push(work),
    add(socket, attend) {
      const seat: Seat = { socket, answered: true, said: 0, endedAt: null, unwatch: null };
      seats.add(seat);
      const attendant = attend(viewerOf(seat));
      socket.on('pong', () => (seat.answered = true));
      socket.on('message', (data, binary) => {
        const message = binary || !Buffer.isBuffer(data) ? undefined : parse(data.toString('utf8'));
        seat.said += 1;
        if (message === undefined || seat.said > mostMessagesPerBeat) end(seat, 'bad_message');
        else if (seat.endedAt === null) attendant.heard(message);
      });
      // Its end is told by `close`, and so is that of a message past the size limit.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        seats.delete(seat);
        seat.unwatch?.();
        attendant.left();
      });
    },
    async close() {
      clearInterval(timer);
      for (const seat of seats) end(seat, 'restarting');
      const until = performance.now() + graceMs;
      while (seats.size > 0 && performance.now() < until)
        await new Promise((looked) => setTimeout(looked, 20));
      for (const { socket } of seats) socket.terminate();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
