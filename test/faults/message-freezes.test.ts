import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { aMailServer, anHttpServer } from '../notifications/capture.ts';
import type { TestApp } from '../harness/app.ts';
import { figure } from './figures.ts';
import {
  aKeyedGateway,
  allEnded,
  aSilentHouse,
  aWorker,
  isFrozen,
  judge,
  someReminders,
  statesOf,
  toOf,
  type Moment,
  type Orders,
  type Worker,
} from './message-workers.ts';

const ending: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

/** One that can be asked what it has taken, and takes whatever it is given. */
async function aGatewayThatCanBeAsked() {
  const told: string[] = [];
  const taken = new Set<string>();
  const server = await anHttpServer(({ path, method, body }, response) => {
    const key = path.split('/').at(-1) ?? '';
    if (method === 'GET') response.writeHead(taken.has(key) ? 200 : 404);
    else {
      taken.add(key);
      told.push(toOf({ body }));
    }
    response.end();
  });
  ending.push(() => server.close());
  return { told, env: { SMS_URL: `${server.url}/send/{key}`, SMS_LOOKUP_URL: `${server.url}/ask/{key}` } };
}

// On a busy machine seconds may pass between a claim and the next step: who is held up tries again, ten times in all.
const limits = { leaseSeconds: 6, neededSeconds: 3, sendSeconds: 1 };

const started = async (env: Record<string, string>): Promise<Worker> => {
  const worker = await aWorker(env);
  ending.push(() => worker.child.kill('SIGKILL'));
  return worker;
};

/** Workers that freeze at these moments while another goes on; they wake after two leases and finish. */
async function freeze(options: {
  t: TestApp;
  env: Record<string, string>;
  sleepers: readonly Orders[];
  prepare: () => Promise<unknown>;
}): Promise<void> {
  const { t, env } = options;
  const [other, ...sleepers] = await Promise.all([started(env), ...options.sleepers.map(() => started(env))]);
  if (!other) throw new Error('no worker');
  for (const [index, sleeper] of sleepers.entries()) {
    await options.prepare();
    sleeper.tell({ orders: options.sleepers[index] ?? {} });
    await vi.waitFor(() => expect(isFrozen(sleeper)).toBe(true), { timeout: 60_000, interval: 20 });
    // Until all are frozen no lease ends: the next one would take this one's messages, too.
    await lease(t, '1 hour');
  }
  await lease(t, `${limits.leaseSeconds} seconds`);
  const since = performance.now();
  other.tell({ orders: { limits } });
  await allEnded(t);
  while (performance.now() - since < 2 * limits.leaseSeconds * 1_000) await sleep(50);
  for (const { child } of sleepers) child.kill('SIGCONT');
  for (const sleeper of sleepers) await sleeper.stop();
  await allEnded(t);
  await other.stop();
}

/** Whoever is sending has so long from now on. */
const lease = (t: TestApp, length: string) =>
  t.deps.pool.query(`update messages set leased_until = now() + $1::interval where state = 'sending'`, [
    length,
  ]);

test('control: a frozen worker without a fence sends what another has sent', async () => {
  const gateway = await aGatewayThatCanBeAsked();
  const { t, env, appointmentId } = await aSilentHouse(gateway.env);
  ending.push(() => t.close());
  const moment: Moment = 'between looking and sending';
  const sleeper: Orders = { manner: 'send-then-mark', at: { moment, time: 1, signal: 'SIGSTOP' } };
  const prepare = () => someReminders(t, { appointmentId, channel: 'sms', count: 5 });
  await freeze({ t, env, sleepers: [sleeper], prepare });
  expect(judge(gateway.told, await statesOf(t, 'sms')).twice).toBe(1);
});

test('a frozen worker that wakes up does not send what another has asked about and sent', async () => {
  const gateway = await aGatewayThatCanBeAsked();
  const { t, env, appointmentId } = await aSilentHouse(gateway.env);
  ending.push(() => t.close());
  const moments: Moment[] = ['before hand-out-message', 'after hand-out-message', 'before end-message'];
  await freeze({
    t,
    env,
    sleepers: moments.map((moment) => ({ at: { moment, time: 1, signal: 'SIGSTOP' }, limits })),
    // One each: of several some could be on the wire, where only a key would help.
    prepare: () => someReminders(t, { appointmentId, channel: 'sms', count: 1 }),
  });
  expect(judge(gateway.told, await statesOf(t, 'sms'))).toMatchObject({ twice: 0, lost: 0, sent: 3 });
});

const moments: Moment[] = [
  'after claim-messages',
  'before hand-out-message',
  'after hand-out-message',
  'before end-message',
];
const freezes = figure({ usual: 4, full: 52 });

test(
  `a worker is frozen for two leases ${freezes} times: it wakes up and says nothing twice`,
  { timeout: freezes * 120_000 },
  async () => {
    const gateway = await aKeyedGateway();
    ending.push(gateway.close);
    const mail = await aMailServer();
    ending.push(() => mail.close());
    const house = await aSilentHouse({
      ...gateway.env,
      SMTP_URL: mail.url,
      MAIL_FROM: 'Shomoy <desk@shomoy.example>',
    });
    const { t, env, appointmentId } = house;
    ending.push(() => t.close());
    let all = 0;
    const prepare = async () => {
      for (const channel of ['sms', 'email'] as const)
        await someReminders(t, { appointmentId, channel, count: 10 });
      all += 10;
    };
    for (let round = 0; round < freezes / moments.length; round++) {
      const sleepers = moments.map((moment): Orders => {
        const time = moment.includes('claim') ? 1 : 1 + (round % 8);
        return { at: { moment, time, signal: 'SIGSTOP' }, limits };
      });
      await freeze({ t, env, sleepers, prepare });
    }
    const told = judge(gateway.told, await statesOf(t, 'sms'));
    expect(told).toEqual({ twice: 0, lost: 0, unknown: 0, unknownAndTold: 0, sent: all });
    const mails = judge(
      mail.mails.map(({ to }) => to),
      await statesOf(t, 'email'),
    );
    console.log(`mails: ${JSON.stringify(mails)}`);
    expect(mails).toMatchObject({ twice: 0, lost: 0 });
    expect(mails.sent + mails.unknown).toBe(all);
  },
);
