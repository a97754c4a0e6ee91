import { connect, type Socket } from 'node:net';
import { percentile } from './statistics.ts';

export type Answer = { status: number; body: Buffer };

/** A keep-alive connection with one request under way at a time. */
export type Connection = { send(request: Buffer): Promise<Answer>; close(): void };

/** A request as bytes. Written by hand, since node:http costs the client more than the server under test. */
export function request(options: {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}): Buffer {
  const body = options.body === undefined ? '' : JSON.stringify(options.body);
  const headers = {
    host: '127.0.0.1',
    ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...options.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${options.method} ${options.path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/** What a stretch of load gave: milliseconds of every request, and how often each status came. */
export type Load = { perSecond: number; latencies: number[]; statuses: Record<number, number> };

export const p50 = (load: Load): number => percentile(load.latencies, 50);
export const p99 = (load: Load): number => percentile(load.latencies, 99);

/** Sends all requests over the connections, each its next one as soon as it has its answer. */
export async function closedLoop(
  connections: readonly Connection[],
  requests: readonly Buffer[],
): Promise<Load> {
  const record = createRecord();
  const left = requests.values();
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (const bytes of left) {
        const sent = performance.now();
        record.add(await connection.send(bytes), performance.now() - sent);
      }
    }),
  );
  return record.load((performance.now() - began) / 1_000);
}

/**
 * Sends the requests at a steady rate, whatever the answers do; a request's time runs from the moment it is due, so that
 * waiting for a free connection counts.
 */
export async function openLoop(
  connections: readonly Connection[],
  requests: readonly Buffer[],
  rate: number,
): Promise<Load> {
  const record = createRecord();
  const idle = [...connections];
  const due: { bytes: Buffer; since: number }[] = [];
  const began = performance.now();
  let released = 0;
  let answered = 0;
  await new Promise<void>((resolve, reject) => {
    const dispatch = (): void => {
      while (due.length > 0 && idle.length > 0) {
        const connection = idle.pop();
        const next = due.shift();
        if (!connection || !next) return;
        const answering = async (): Promise<void> => {
          record.add(await connection.send(next.bytes), performance.now() - next.since);
          idle.push(connection);
          answered += 1;
          if (answered === requests.length) resolve();
          else dispatch();
        };
        answering().catch(reject);
      }
    };
    const timer = setInterval(() => {
      const now = performance.now();
      const target = Math.min(requests.length, Math.floor(((now - began) / 1_000) * rate));
      for (const bytes of requests.slice(released, target)) due.push({ bytes, since: now });
      released = target;
      if (released === requests.length) clearInterval(timer);
      dispatch();
    }, 1);
  });
  return record.load((performance.now() - began) / 1_000);
}

function createRecord() {
  const latencies: number[] = [];
  const statuses: Record<number, number> = {};
  return {
    add({ status }: Answer, milliseconds: number): void {
      // A broken server is quick: its figures must not be mistaken for good ones.
      if (status >= 500 && status !== 503) throw new Error(`the server under test answered ${status}`);
      latencies.push(milliseconds);
      statuses[status] = (statuses[status] ?? 0) + 1;
    },
    load: (seconds: number): Load => ({ perSecond: latencies.length / seconds, latencies, statuses }),
  };
}

export const openConnections = (url: string, count: number): Promise<Connection[]> =>
  Promise.all(Array.from({ length: count }, () => openConnection(url)));

async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect({ host: hostname, port: Number(port), noDelay: true });
    opening.once('connect', () => resolve(opening)).once('error', reject);
  });
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = readAnswer(received);
    if (!answer) return;
    received = Buffer.alloc(0);
    waiting?.resolve(answer);
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the server closed the connection')));
  return {
    send: (bytes) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}

/** The answer, once all of it is there; null before. */
function readAnswer(bytes: Buffer): Answer | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const start = headEnd + 4;
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = start + Number(length);
    return bytes.length < end ? null : { status, body: bytes.subarray(start, end) };
  }
  return status === 204 ? { status, body: bytes.subarray(start) } : readChunks(bytes, { status, start });
}

function readChunks(bytes: Buffer, { status, start }: { status: number; start: number }): Answer | null {
  const parts: Buffer[] = [];
  let at = start;
  while (true) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return null;
    if (size === 0) return { status, body: Buffer.concat(parts) };
    parts.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}
