import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { anHttpServer } from '../notifications/capture.ts';
import {
  allEnded,
  aSilentHouse,
  aWorker,
  judge,
  someReminders,
  statesOf,
  toOf,
  type Manner,
} from './message-workers.ts';

const ending: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

const count = 300;
/** As long after its moment as a loaded machine may be. */
const lateMs = 60_000;

/** One after the other, from a time that is still to come when the workers begin. */
const soon = `now() + interval '2 seconds' + n * interval '20 milliseconds'`;
const inAnHour = `now() + interval '1 hour'`;

/**
 * Reminders, sent by workers whose clocks are wrong by so many hours; one of them jumps
 * by an hour in the middle of it. Answers what people were told too early, too late or twice.
 */
async function sendBy(hours: readonly number[], { manner, due }: { manner: Manner; due: string[] }) {
  const told: { to: string; at: number }[] = [];
  const gateway = await anHttpServer(({ body }, response) => {
    told.push({ to: toOf({ body }), at: Date.now() });
    response.end();
  });
  ending.push(() => gateway.close());
  const { t, env, appointmentId } = await aSilentHouse({ SMS_URL: gateway.url });
  ending.push(() => t.close());
  const workers = await Promise.all(hours.map(() => aWorker(env)));
  ending.push(() => workers.map(({ child }) => child.kill('SIGKILL')));
  for (const each of due) await someReminders(t, { appointmentId, channel: 'sms', count, due: each });
  for (const [index, worker] of workers.entries()) {
    worker.tell({ aheadHours: hours[index] ?? 0 });
    worker.tell({ orders: { manner } });
  }
  while (told.length < count / 3) await sleep(20);
  workers.at(-1)?.tell({ aheadHours: (hours.at(-1) ?? 0) + 1 });
  while (told.length < count) await sleep(20);
  const states = await statesOf(t, 'sms');
  await allEnded(t);
  for (const worker of workers) await worker.stop();
  const { rows } = await t.deps.pool.query<{ recipient: string; due: Temporal.Instant }>(
    `select recipient, due_at as due from messages where channel = 'sms'`,
  );
  const dueAt = new Map(rows.map((row) => [row.recipient, row.due.epochMilliseconds]));
  const after = told.map(({ to, at }) => at - (dueAt.get(to) ?? 0));
  return {
    early: after.filter((ms) => ms < 0).length,
    late: after.filter((ms) => ms > lateMs).length,
    twice: judge(
      told.map(({ to }) => to),
      states,
    ).twice,
    all: told.length,
  };
}

test('control: a worker that asks its own clock, two hours ahead, is early', async () => {
  const { early } = await sendBy([2], { manner: 'send-then-mark', due: [inAnHour] });
  expect(early).toBe(count);
});

test('workers whose clocks are wrong by two hours both ways, and one that jumps by an hour: nothing is early, late or twice', async () => {
  // Those of the next hour wait.
  const outcome = await sendBy([-2, 2, 0], { manner: 'ledger', due: [inAnHour, soon] });
  expect(outcome).toEqual({ early: 0, late: 0, twice: 0, all: count });
});
