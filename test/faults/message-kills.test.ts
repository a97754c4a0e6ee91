import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { aMailServer } from '../notifications/capture.ts';
import { figure } from './figures.ts';
import {
  aKeyedGateway,
  allEnded,
  aSilentHouse,
  aWorker,
  hurry,
  judge,
  someReminders,
  statesOf,
  type Manner,
  type Moment,
  type Worker,
} from './message-workers.ts';

const kills = figure({ usual: 30, full: 200 });
const ofEach = figure({ usual: 400, full: 2_500 });

const ending: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

const aGateway = async (given?: Parameters<typeof aKeyedGateway>[0]) => {
  const gateway = await aKeyedGateway(given);
  ending.push(gateway.close);
  return gateway;
};

const started = async (env: Record<string, string>): Promise<Worker> => {
  const worker = await aWorker(env);
  ending.push(() => worker.child.kill('SIGKILL'));
  return worker;
};

const killed = (worker: Worker) =>
  vi.waitFor(() => expect(worker.child.signalCode).toBe('SIGKILL'), { timeout: 60_000, interval: 5 });

test.each<{ manner: Manner; moment: Moment; wrong: { twice: number; lost: number } }>([
  { manner: 'send-then-mark', moment: 'between sending and marking', wrong: { twice: 3, lost: 0 } },
  { manner: 'mark-then-send', moment: 'between looking and sending', wrong: { twice: 0, lost: 3 } },
])('control: $manner is wrong about a message with every kill', async ({ manner, moment, wrong }) => {
  const gateway = await aGateway();
  const { t, env, appointmentId } = await aSilentHouse(gateway.env);
  ending.push(() => t.close());
  await someReminders(t, { appointmentId, channel: 'sms', count: 30 });
  for (let life = 0; life < 3; life++) {
    const worker = await started(env);
    worker.tell({ orders: { manner, at: { moment, time: 5, signal: 'SIGKILL' } } });
    await killed(worker);
  }
  const last = await started(env);
  last.tell({ orders: { manner } });
  await allEnded(t);
  await last.stop();
  expect(judge(gateway.told, await statesOf(t, 'sms'))).toMatchObject(wrong);
});

// A claim is one statement for several messages.
const moments: { moment: Moment | 'taken'; most: number }[] = [
  { moment: 'before claim-messages', most: 12 },
  { moment: 'after claim-messages', most: 12 },
  // Given out, and not in the provider's hands.
  { moment: 'after hand-out-message', most: 30 },
  { moment: 'taken', most: 30 },
  { moment: 'before end-message', most: 30 },
];

// Short, so that what a killed worker had does not keep the test waiting.
const limits = { leaseSeconds: 6, neededSeconds: 3, sendSeconds: 1 };

test(
  `kill -9 of the worker ${kills} times in ${2 * ofEach} messages, each twentieth answer lost: by a keyed gateway none twice and none lost, by SMTP none twice and what may be lost is shown as unknown`,
  { timeout: kills * 60_000 },
  async () => {
    const gateway = await aGateway({ lose: 20 });
    let mailsTaken = 0;
    const mail = await aMailServer({
      drop: () => {
        gateway.taken.each();
        return ++mailsTaken % 20 === 0;
      },
    });
    ending.push(() => mail.close());
    const house = await aSilentHouse({
      ...gateway.env,
      SMTP_URL: mail.url,
      MAIL_FROM: 'Shomoy <desk@shomoy.example>',
    });
    const { t, env, appointmentId } = house;
    ending.push(() => t.close());
    await someReminders(t, { appointmentId, channel: 'sms', count: ofEach });
    await someReminders(t, { appointmentId, channel: 'email', count: ofEach });
    // Their moment passed while nobody was there.
    const missed = await someReminders(t, {
      appointmentId,
      channel: 'sms',
      count: 50,
      due: `now() - interval '3 hours'`,
      stale: `now() - interval '1 hour'`,
    });

    let next = started(env);
    for (let life = 0; life < kills; life++) {
      const worker = await next;
      // Loads while the other works.
      next = started(env);
      const { moment, most } = moments[life % moments.length] ?? { moment: 'taken', most: 1 };
      const time = 1 + ((life * 7) % most);
      if (moment === 'taken') {
        let left = time;
        gateway.taken.each = () => {
          if (--left === 0) worker.child.kill('SIGKILL');
        };
        worker.tell({ orders: { limits } });
      } else worker.tell({ orders: { at: { moment, time, signal: 'SIGKILL' }, limits } });
      await killed(worker);
      gateway.taken.each = () => undefined;
      await hurry(t);
    }
    const last = await next;
    last.tell({ orders: { limits } });
    await allEnded(t);
    await last.stop();

    const states = await statesOf(t, 'sms');
    for (const recipient of missed) {
      expect(states.get(recipient)).toBe('missed');
      states.delete(recipient);
    }
    expect(gateway.told.filter((recipient) => missed.includes(recipient))).toEqual([]);
    expect(judge(gateway.told, states)).toEqual({
      twice: 0,
      lost: 0,
      unknown: 0,
      unknownAndTold: 0,
      sent: ofEach,
    });
    // The kills did leave answers open: the key was needed.
    expect(gateway.calls.length).toBeGreaterThan(ofEach);

    const mails = judge(
      mail.mails.map(({ to }) => to),
      await statesOf(t, 'email'),
    );
    console.log(
      `${gateway.calls.length - ofEach} SMS given again under their key; mails: ${JSON.stringify(mails)}`,
    );
    expect(mails).toMatchObject({ twice: 0, lost: 0 });
    expect(mails.sent + mails.unknown).toBe(ofEach);
    expect(mails.unknownAndTold).toBeGreaterThan(0);
    expect(mails.unknown).toBeGreaterThan(mails.unknownAndTold);
  },
);

test('what a killed worker had goes out within 90 seconds', async () => {
  const gateway = await aGateway();
  const { t, env, appointmentId } = await aSilentHouse(gateway.env);
  ending.push(() => t.close());
  await someReminders(t, { appointmentId, channel: 'sms', count: 6 });
  const worker = await started(env);
  const claimed = performance.now();
  worker.tell({ orders: { at: { moment: 'after claim-messages', time: 1, signal: 'SIGKILL' } } });
  await killed(worker);
  const at = performance.now();
  const other = await started(env);
  other.tell({ orders: {} });
  while (gateway.told.length < 6) await sleep(100);
  expect(performance.now() - at).toBeLessThan(90_000);
  // It had them: nobody took them sooner than its lease ended.
  expect(performance.now() - claimed).toBeGreaterThan(50_000);
  await other.stop();
});
