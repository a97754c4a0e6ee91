import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './database-schema.ts';
import type { InstantRange } from './instant-range.ts';
import { endLostConnections } from './lost-connections.ts';
import { Problem } from './problems.ts';
import { traceStatements } from './traces.ts';

export type Database = Kysely<DB>;
/** What a function that locks or writes twice demands. */
export type Tx = Transaction<DB>;

export type Connections = { pool: pg.Pool; db: Database; close(): Promise<void> };

/**
 * Opens the pool. Every wait has an end: node-pg hangs for ever on a half-open connection otherwise.
 * Instants come as `Temporal.Instant`, dates and times as text, numerics as decimal strings, bigints as numbers.
 */
export function openDatabase(options: {
  url: string;
  connections: number;
  onError: (error: Error) => void;
  traced?: boolean;
}): Connections {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    query_timeout: 15_000,
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'shomoy',
    types: { getTypeParser },
  });
  // One for idle connections, one for those in use: an error without a listener would end the process.
  pool.on('error', options.onError);
  pool.on('connect', (client) => {
    client.on('error', options.onError);
    if (options.traced) traceStatements(client);
  });
  const stopWatching = endLostConnections(pool, options.url);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    stopWatching();
    await db.destroy();
  };
  return { pool, db, close };
}

/** A statement; under a name it is prepared once per connection, which only texts that never vary may ask for. */
export type Statement = { name?: string; text: string };

/** Where a statement runs: anywhere, or inside a transaction. */
export type Queryable = pg.Pool | pg.ClientBase | Tx;

/** Runs a named statement. A checked-out client survives an SQL error; `pool.query` would throw the connection away. */
export async function run<Row extends pg.QueryResultRow>(
  on: Queryable,
  statement: Statement,
  values: unknown[],
): Promise<Row[]> {
  if (on instanceof Kysely)
    return (await on.executeQuery<Row>(CompiledQuery.raw(statement.text, values))).rows;
  if (!(on instanceof pg.Pool)) return (await on.query<Row>({ ...statement, values })).rows;
  const client = await on.connect();
  let broken: Error | undefined;
  try {
    return (await client.query<Row>({ ...statement, values })).rows;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError))
      broken = error instanceof Error ? error : new Error('query failed');
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Runs `work` in a transaction of one client; what it throws rolls everything back. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

const patienceMs = 10 * 60_000;

/** Left to itself PostgreSQL works on for a client that is gone, until it has something to send. On Windows it cannot look. */
const lookForClientMs = 250;

/**
 * Reads what one moment saw, for as long as it takes: on a connection of its own, whose statements may take minutes. What
 * lies between two of them has a limit as elsewhere. When `over` is aborted, or this process dies, the statement under way
 * is over too, in PostgreSQL as well, and what it was aborted with is thrown.
 */
export async function inSnapshot<T>(
  pool: pg.Pool,
  work: (client: pg.Client) => Promise<T>,
  over: AbortSignal,
): Promise<T> {
  const client = new pg.Client({
    ...pool.options,
    statement_timeout: patienceMs,
    query_timeout: patienceMs,
    application_name: 'shomoy snapshot',
  });
  // What is lost is found by the next statement; an error without a listener would end the process.
  client.on('error', () => undefined);
  const cutOff = () => void client.end();
  over.addEventListener('abort', cutOff);
  try {
    // One that is closed while it connects never says so.
    await Promise.race([client.connect(), abortOf(over)]);
    await client.query(`
      begin isolation level repeatable read, read only;
      select set_config('client_connection_check_interval', '${lookForClientMs}', true)
      where version() ~ 'linux|darwin|bsd'`);
    return await work(client);
  } catch (error) {
    over.throwIfAborted();
    throw error;
  } finally {
    over.removeEventListener('abort', cutOff);
    await client.end();
  }
}

const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, refuse) => signal.addEventListener('abort', () => refuse(signal.reason), { once: true }));

/** The constraint a statement broke, if that is why it failed. */
export function brokenConstraint(error: unknown): string | null {
  return error instanceof pg.DatabaseError && error.code?.startsWith('23') ? (error.constraint ?? '') : null;
}

/** Whether a statement lost against another transaction, so that the same work may succeed at the next attempt. */
const lostRace = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['23P01', '23505', '40P01', '40001'].includes(error.code ?? '');

const attempts = 4;

/** Does work that begins and ends its own transaction, again when it lost against another one. */
export async function untilWon<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!lostRace(error)) throw error;
      if (attempt === attempts)
        throw new Problem('unavailable', 'Many people are changing this right now; try again.', {
          retryAfter: 1,
        });
    }
  }
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);

/** Whether the database, not the request, is at fault: gone, restarting, out of room or of time. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|53|57P|57014|55P03|25006|25P03)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && unreachable.has(error.code)) return true;
  return /timeout exceeded when trying to connect|Query read timeout|Connection terminated|not queryable/i.test(
    error.message,
  );
}

const { builtins } = pg.types;
const tstzrange = 3910;

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  switch (oid) {
    case builtins.INT8:
      return parseSafeInteger;
    case builtins.TIMESTAMPTZ:
      return parseInstant;
    case tstzrange:
      return parseRange;
    case builtins.DATE:
    case builtins.TIME:
      return (value) => value;
    default:
      return pg.types.getTypeParser(oid, format ?? 'text');
  }
}

function parseSafeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('a bigint from the database is past 2^53');
  return number;
}

/** PostgreSQL writes `2026-11-23 17:00:00+00`. */
const parseInstant = (value: string): Temporal.Instant => Temporal.Instant.from(value);

function parseRange(value: string): InstantRange {
  const match = /^\["([^"]+)","([^"]+)"\)$/.exec(value);
  if (!match?.[1] || !match[2]) throw new RangeError('a range from the database is not half-open');
  return { start: parseInstant(match[1]), end: parseInstant(match[2]) };
}
