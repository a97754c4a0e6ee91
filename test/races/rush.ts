import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { bookAppointment } from '../../src/contract/appointments.ts';
import { apiPrefix } from '../../src/contract/route.ts';
import { startApp, type TestApp } from '../harness/app.ts';

/** Someone with an account of their own. */
export type Rusher = { userId: number; patientId: number; accessToken: string };

export type Answer = {
  status: number;
  code: string;
  body: { id?: number; serial?: number; alternatives?: object[] };
  /** Seconds until one may ask again, if it was said. */
  retryAfter: string | undefined;
  milliseconds: number;
};

export type Rush = {
  t: TestApp;
  /** Sends over real connections, all at once as far as the machine can. */
  send(attempts: readonly Attempt[]): Promise<Answer[]>;
  close(): Promise<void>;
};

export type Attempt = {
  by: Rusher;
  method?: 'POST' | 'DELETE';
  path?: string;
  body?: object;
  key?: string;
};

/** A Shomoy that listens on a port, with a client that keeps its connections open. */
export async function startRush(given: { connections: number }): Promise<Rush> {
  const t = await startApp({ DATABASE_CONNECTIONS: '16', LOG_LEVEL: 'warn' });
  const port = Number(new URL(await t.app.listen({ port: 0, host: '127.0.0.1' })).port);
  const agent = new Agent({ keepAlive: true, maxSockets: given.connections });
  return {
    t,
    send: (attempts) => Promise.all(attempts.map((attempt) => sendOne({ agent, port, attempt }))),
    async close() {
      agent.destroy();
      await t.close();
    },
  };
}

/** Many patients, made in bulk and signed in. */
export async function someRushers(t: TestApp, count: number): Promise<Rusher[]> {
  const now = t.clock.now();
  const { rows } = await t.deps.pool.query<{ userId: number; patientId: number; signInId: string }>(
    `with people as (
       insert into users (full_name, mobile, password_hash, user_type, created_at)
       select 'Rusher ' || n, '+88018' || lpad((n + (select count(*) from users))::text, 8, '0'), 'none', 'patient', $2
       from generate_series(1, $1::int) n
       returning id
     ), selves as (
       insert into patients (user_id, full_name, relation) select id, 'Rusher', 'self' from people returning id, user_id
     ), signed as (
       insert into sign_ins (user_id, token_hash, rotated_at, created_at, expires_at)
       select id, '\\x00', $2, $2, $2::timestamptz + interval '30 days' from people returning id, user_id
     )
     select selves.user_id as "userId", selves.id as "patientId", signed.id as "signInId"
     from selves join signed using (user_id)`,
    [count, now.toString()],
  );
  return Promise.all(
    rows.map(async ({ userId, patientId, signInId }) => ({
      userId,
      patientId,
      accessToken: await t.deps.tokens.sign({ userId, userType: 'patient', signInId }, now),
    })),
  );
}

/**
 * Turns the database into one that checks nothing, so that a booking is a mere check and then an insert: the planted
 * fault that every race must see. With nothing to conflict with, ON CONFLICT inserts.
 */
export async function dropPromises(t: TestApp): Promise<void> {
  await t.deps.pool.query(`
    alter table appointments drop constraint appointments_doctor_free, drop constraint appointments_patient_free;
    drop index appointments_one_per_serial;
    alter table idempotency_keys drop constraint idempotency_keys_pkey`);
}

/** Makes the queue of each session let everybody through: the lock becomes a function that does nothing. */
export async function dropQueue(t: TestApp): Promise<void> {
  await t.deps.pool.query(`
    alter function pg_catalog.pg_advisory_xact_lock(bigint) rename to pg_advisory_xact_lock_of_old;
    create function pg_catalog.pg_advisory_xact_lock(bigint) returns void language sql as 'select'`);
}

/** Live appointments that share a doctor's time or a serial: pairs that must not exist. */
export async function doubleBookings(t: TestApp): Promise<number> {
  const { rows } = await t.deps.pool.query<{ count: number }>(
    `select count(*) from appointments a join appointments b on b.id > a.id and b.doctor_id = a.doctor_id
       and (b.occupied && a.occupied or (b.session_id = a.session_id and b.serial = a.serial))
     where a.status = 'confirmed' and b.status = 'confirmed'`,
  );
  return rows[0]?.count ?? 0;
}

export async function deadlocks(t: TestApp): Promise<number> {
  const { rows } = await t.deps.pool.query<{ deadlocks: number }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.deadlocks ?? 0;
}

/** How often each outcome came, such as `{ '201': 1, slot_taken: 99 }`. */
export function outcomes(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, code } of answers) {
    const outcome = code === '' ? String(status) : code;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

export function percentile(answers: readonly Answer[], share: number): number {
  const times = answers.map((answer) => answer.milliseconds).toSorted((a, b) => a - b);
  return Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
}

function sendOne({
  agent,
  port,
  attempt,
}: {
  agent: Agent;
  port: number;
  attempt: Attempt;
}): Promise<Answer> {
  const { by, method = 'POST', path = bookAppointment.path, body, key } = attempt;
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = { authorization: `Bearer ${by.accessToken}` };
  if (payload !== undefined) headers['content-type'] = 'application/json';
  if (key !== undefined) headers['idempotency-key'] = key;
  return new Promise((resolve, reject) => {
    const sending = request(
      { agent, host: '127.0.0.1', port, method, path: apiPrefix + path, headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('error', reject);
        response.on('end', () => {
          const answered: Answer['body'] & { code?: string } = text === '' ? {} : JSON.parse(text);
          resolve({
            status: response.statusCode ?? 0,
            code: answered.code ?? '',
            body: answered,
            retryAfter: response.headers['retry-after'],
            milliseconds: performance.now() - began,
          });
        });
      },
    );
    // Counted from the socket on: waiting in the client's own queue for one is not the server's time.
    let began = performance.now();
    sending.on('socket', () => (began = performance.now()));
    sending.on('error', reject);
    sending.end(payload);
  });
}
