import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { readConfig, type SmsGateway } from '../../src/config.ts';
import { startDelivery } from '../../src/notifications/delivery/deliver-messages.ts';
import { providersOf } from '../../src/notifications/delivery/send-message.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { deriveSecrets } from '../../src/platform/secrets.ts';
import { sendSms } from '../../src/platform/sms.ts';
import { appointmentLinks } from '../../src/services/appointment-links.ts';
import type { Manner, Moment, Told } from './message-workers.ts';

// A process that sends messages as the worker does, or as somebody might who knows no better, and that ends or freezes
// itself at a named moment. It says that it is ready, and begins when it is told its orders.

const config = readConfig();
const log = createLog(config.logLevel);
const { pool, close } = openDatabase({
  url: config.databaseUrl ?? '',
  connections: config.databaseConnections,
  onError: () => undefined,
});
const secrets = deriveSecrets(config.jwtSecret ?? '');

let at: { moment: Moment; time: number; signal: NodeJS.Signals } | undefined;
let times = 0;

/** The signal is there before the next step. */
function reach(moment: string): void {
  if (moment !== at?.moment || ++times !== at.time) return;
  process.kill(process.pid, at.signal);
}

// The ledger's statements have names, so its moments need no hook in the product.
pool.on('connect', (client: pg.PoolClient) => {
  const query = client.query as (...given: unknown[]) => unknown;
  const watched = async (statement: { name: string }): Promise<unknown> => {
    reach(`before ${statement.name}`);
    const result = (await Reflect.apply(query, client, [statement])) as pg.QueryResult;
    if (result.rows.length > 0) reach(`after ${statement.name}`);
    return result;
  };
  Object.assign(client, {
    query: (...given: [{ name?: string }, ...unknown[]]) =>
      given.length === 1 && given[0].name !== undefined
        ? watched({ ...given[0], name: given[0].name })
        : Reflect.apply(query, client, given),
  });
});
await pool.query('select');

let end: () => Promise<void> = async () => undefined;

process.on('message', (told: Told) => {
  if ('aheadHours' in told) setClocks(told.aheadHours);
  if ('orders' in told) {
    at = told.orders.at;
    end = begin(told.orders.manner ?? 'ledger', told.orders.limits);
  }
  if ('stop' in told)
    void end()
      .then(close)
      .then(() => process.disconnect?.());
});
if (process.send) process.send('ready');

function begin(manner: Manner, limits: Parameters<typeof startDelivery>[1]): () => Promise<void> {
  if (manner !== 'ledger') return sendNaively(manner, config.sms);
  const links = appointmentLinks(secrets);
  const providers = providersOf({ config, pool, secrets });
  const delivery = startDelivery(
    { pool, log, metrics: createMetrics(), config, secrets, links, providers },
    limits,
  );
  return () => delivery.stop();
}

/** The planted faults: no lease, no fence, no key, its own clock. */
function sendNaively(
  manner: Exclude<Manner, 'ledger'>,
  gateway: SmsGateway | undefined,
): () => Promise<void> {
  if (!gateway) throw new Error('no SMS_URL');
  let stopped = false;
  const markSent = (id: number) =>
    pool.query(`update messages set state = 'sent', finished_at = now() where id = $1`, [id]);
  const work = async () => {
    while (!stopped) {
      const { rows } = await pool.query<{ id: number; recipient: string }>(
        `select id, recipient from messages where state = 'pending' and channel = 'sms' and try_at <= $1 order by id limit 1`,
        [new Date()],
      );
      const [message] = rows;
      if (message) {
        if (manner === 'mark-then-send') await markSent(message.id);
        reach('between looking and sending');
        await sendSms(gateway, { to: message.recipient, text: 'Your visit is tomorrow', key: randomUUID() });
        reach('between sending and marking');
        if (manner === 'send-then-mark') await markSent(message.id);
      } else await sleep(50);
    }
  };
  const working = work();
  return async () => {
    stopped = true;
    await working;
  };
}

const realNow = Date.now;
const RealDate = Date;
const realInstant = Temporal.Now.instant;

/** Everything that tells this process the time. */
function setClocks(aheadHours: number): void {
  const now = () => realNow() + aheadHours * 3_600_000;
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [number]) {
      super(given[0] ?? now());
    }
    static override now = now;
  } as DateConstructor;
  Temporal.Now.instant = () => realInstant().add({ hours: aheadHours });
}
