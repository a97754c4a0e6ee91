import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import pg from 'pg';

const lookMs = 250;
/** A statement without an answer for so long is slow, or its server is gone. */
const slowMs = 1_500;
const probeMs = 1_250;
const probes = 2;

/**
 * Ends the connections of a server that is gone, within 5 s: one whose machine lost its power or its network closes
 * nothing, and TCP alone waits a quarter of an hour. Where a statement is slow a new connection is tried; if none comes
 * about twice in a row, the statements that wait fail as the database does. A server that is only slow still greets.
 */
export function endLostConnections(pool: pg.Pool, connectionString: string): () => void {
  const lines = new Map<pg.PoolClient, Line>();
  let lookedAt = performance.now();
  let failed = 0;
  let probing = false;

  pool.on('connect', (client) => {
    const socket = socketOf(client);
    const line = { socket, answered: socket.bytesWritten, read: socket.bytesRead, quietSince: lookedAt };
    lines.set(client, line);
    client.on('drain', () => (line.answered = socket.bytesWritten));
  });
  pool.on('remove', (client) => void lines.delete(client));

  const hanging = (now: number) =>
    [...lines.values()].filter(
      ({ socket, answered, quietSince }) => socket.bytesWritten > answered && now - quietSince >= slowMs,
    );
  const probe = async () => {
    probing = true;
    failed = (await greets(connectionString)) ? 0 : failed + 1;
    probing = false;
    if (failed < probes) return;
    for (const { socket } of hanging(performance.now()))
      socket.destroy(new Error('Connection terminated: the database does not answer'));
  };
  const look = () => {
    const now = performance.now();
    // This process itself stood still, and no answer could be read.
    const stoodStill = now - lookedAt > 4 * lookMs;
    if (stoodStill) failed = 0;
    for (const line of lines.values()) note(line, { now, stoodStill });
    lookedAt = now;
    if (!probing && hanging(now).length > 0) void probe();
  };
  const timer = setInterval(look, lookMs).unref();
  return () => clearInterval(timer);
}

/** `answered`: how much had been sent when the last answer was complete. `quietSince`: the last sign of life. */
type Line = { socket: Socket; answered: number; read: number; quietSince: number };

function note(line: Line, { now, stoodStill }: { now: number; stoodStill: boolean }): void {
  const { bytesRead, bytesWritten } = line.socket;
  if (stoodStill || bytesWritten <= line.answered || bytesRead > line.read) line.quietSince = now;
  line.read = bytesRead;
}

/** The library's own, which its types do not tell of. */
function socketOf(client: pg.PoolClient): Socket {
  const { connection } = client as pg.PoolClient & { connection: { stream: Socket } };
  return connection.stream;
}

/** Whether the server takes a new connection, or at least says why not. */
async function greets(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: probeMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    return error instanceof pg.DatabaseError;
  } finally {
    void client.end().catch(() => undefined);
  }
}
