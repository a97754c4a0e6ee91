import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, vi } from 'vitest';
import type { startDelivery } from '../../src/notifications/delivery/deliver-messages.ts';
import type { TestApp } from '../harness/app.ts';
import { anHttpServer, type CapturedCall } from '../notifications/capture.ts';
import { aVisit, startNow } from '../notifications/visits.ts';

/** Before or after one of the ledger's statements, or in the middle of what a naive sender does. */
export type Moment =
  | `${'before' | 'after'} ${'claim-messages' | 'hand-out-message' | 'end-message'}`
  | 'between looking and sending'
  | 'between sending and marking';

export type Manner = 'ledger' | 'send-then-mark' | 'mark-then-send';

export type Orders = {
  at?: { moment: Moment; time: number; signal: 'SIGKILL' | 'SIGSTOP' };
  manner?: Manner;
  limits?: Parameters<typeof startDelivery>[1];
};

/** What a process of `message-worker.ts` is told. */
export type Told = { orders: Orders } | { aheadHours: number } | { stop: true };

export type Worker = {
  child: ChildProcess;
  tell(told: Told): void;
  /** Lets it finish what is under way. */
  stop(): Promise<void>;
};

// So that a process loads in half the time.
const quickStart = { NODE_COMPILE_CACHE: path.join(tmpdir(), 'shomoy-compiled') };

/** A process that has everything loaded and waits for its orders. */
export async function aWorker(env: Record<string, string>): Promise<Worker> {
  const child = fork(path.join(import.meta.dirname, 'message-worker.ts'), {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'fatal', DATABASE_CONNECTIONS: '4', ...quickStart, ...env },
    execArgv: [],
  });
  const ended = once(child, 'exit');
  await Promise.race([
    once(child, 'message'),
    ended.then(() => {
      throw new Error('a worker ended before it was ready');
    }),
  ]);
  const tell = (told: Told) => void child.send(told);
  return {
    child,
    tell,
    async stop() {
      tell({ stop: true });
      await ended;
      expect(child.exitCode).toBe(0);
    },
  };
}

export const isFrozen = ({ child }: Worker): boolean =>
  execFileSync('ps', ['-o', 'stat=', '-p', String(child.pid)], { encoding: 'utf8' }).startsWith('T');

/** A database with a visit to remind of, where nobody sends anything; `env` is what a worker of it needs. */
export async function aSilentHouse(
  ways: Record<string, string>,
): Promise<{ t: TestApp; env: Record<string, string>; appointmentId: number }> {
  const t = await startNow({ SERVICES: 'gateway,users,appointments' });
  const { appointment } = await aVisit(t);
  const { databaseUrl = '', dataDir, jwtSecret = '' } = t.deps.config;
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, JWT_SECRET: jwtSecret, ...ways };
  return { t, env, appointmentId: appointment.id };
}

/** Reminders to so many different people, due now unless it is said when. Answers who they are. */
export async function someReminders(
  t: TestApp,
  given: {
    appointmentId: number;
    channel: 'sms' | 'email';
    count: number;
    /** SQL, of the number n of a reminder. */
    due?: string;
    stale?: string;
  },
): Promise<string[]> {
  const { appointmentId, channel, count } = given;
  const due = given.due ?? 'now()';
  const recipient =
    channel === 'sms' ? `'+880177' || lpad(n::text, 7, '0')` : `'reader' || n || '@example.com'`;
  const { rows } = await t.deps.pool.query<{ recipient: string }>(
    `with taken as (select count(*) as before from messages where channel = $2)
     insert into messages (appointment_id, kind, minutes, channel, recipient, language, state, due_at, try_at, stale_at)
     select $1, 'reminder', 120, $2, ${recipient}, 'en', 'pending', ${due}, ${due}, ${given.stale ?? `now() + interval '2 hours'`}
     from taken, generate_series(before + 1, before + $3) n
     returning recipient`,
    [appointmentId, channel, count],
  );
  return rows.map((row) => row.recipient);
}

/** What became of the messages of a channel, by whom they were for. */
export async function statesOf(t: TestApp, channel: 'sms' | 'email'): Promise<Map<string, string>> {
  const { rows } = await t.deps.pool.query<{ recipient: string; state: string }>(
    `select recipient, state from messages where channel = $1 and kind = 'reminder' and minutes = 120`,
    [channel],
  );
  return new Map(rows.map(({ recipient, state }) => [recipient, state]));
}

/** Resolves when nothing is left to be sent; pauses between tries are cut short. */
export const allEnded = (t: TestApp): Promise<void> =>
  vi.waitFor(
    async () => {
      await hurry(t);
      const { rows } = await t.deps.pool.query(
        `select id from messages where state in ('pending', 'sending') and due_at <= now()`,
      );
      expect(rows).toEqual([]);
    },
    { timeout: 300_000, interval: 200 },
  );

export const hurry = (t: TestApp): Promise<unknown> =>
  t.deps.pool.query(
    `update messages set try_at = now() where state = 'pending' and tries > 0 and try_at > now()`,
  );

/** How often somebody was told something, and whether the ledger owns up to it. */
export function judge(told: readonly string[], states: ReadonlyMap<string, string>) {
  const times = new Map<string, number>();
  for (const recipient of told) times.set(recipient, (times.get(recipient) ?? 0) + 1);
  const count = (wrong: (state: string, times: number) => boolean) =>
    [...states].filter(([recipient, state]) => wrong(state, times.get(recipient) ?? 0)).length;
  return {
    twice: count((_, often) => often > 1),
    lost: count((state, often) => often === 0 && state !== 'unknown'),
    unknown: count((state) => state === 'unknown'),
    unknownAndTold: count((state, often) => state === 'unknown' && often === 1),
    sent: count((state) => state === 'sent'),
  };
}

export const toOf = ({ body }: Pick<CapturedCall, 'body'>): string => (JSON.parse(body) as { to: string }).to;

/** A gateway that sends what it has not seen the key of; each `lose`th answer never arrives. */
export async function aKeyedGateway({ lose = Infinity }: { lose?: number } = {}) {
  const told: string[] = [];
  const keys = new Set<unknown>();
  const taken: { each: () => void } = { each: () => undefined };
  const server = await anHttpServer((call: CapturedCall, response) => {
    const key = call.headers['x-key'];
    if (!keys.has(key)) told.push(toOf(call));
    keys.add(key);
    taken.each();
    if (server.calls.length % lose === 0) response.destroy();
    else response.end('{"status":"OK"}');
  });
  const env = {
    SMS_URL: server.url,
    SMS_HEADERS: '{"content-type":"application/json","x-key":"{key}"}',
    SMS_SUCCESS: 'json:status=OK',
    SMS_KEYED: 'on',
  };
  return { told, calls: server.calls, taken, env, close: server.close };
}
