import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestApp } from '../harness/app.ts';
import { aMailServer, anHttpServer } from '../notifications/capture.ts';
import { aVisit, ledgerOf, startNow } from '../notifications/visits.ts';
import { judge, someReminders, statesOf, toOf } from './message-workers.ts';

let t: TestApp;
let mail: Awaited<ReturnType<typeof aMailServer>>;
let sms: Awaited<ReturnType<typeof anHttpServer>>;
let waitedFor = 0;
let most = 0;

const silent = '+8801799999999';

beforeAll(async () => {
  mail = await aMailServer({
    answer: (recipient) =>
      recipient.startsWith('refused') ? Object.assign(new Error('no'), { responseCode: 550 }) : null,
  });
  // Never answers about one number.
  sms = await anHttpServer((call, response) => {
    if (toOf(call) === silent) {
      most = Math.max(most, ++waitedFor);
      response.on('close', () => waitedFor--);
    } else response.end();
  });
  t = await startNow({ SMTP_URL: mail.url, MAIL_FROM: 'desk@shomoy.example', SMS_URL: sms.url });
});
afterAll(async () => {
  await t.close();
  await mail.close();
  await sms.close();
});

test('one without a phone, one whose server refuses and one whose gateway never answers delay none of 1,000 others', async () => {
  const { appointment } = await aVisit(t, { mobile: null });
  const booked = await ledgerOf(t, appointment.id, { kind: 'booked' });
  expect(booked.map(({ channel }) => channel).toSorted()).toEqual(['email', 'in_app']);
  // Ten messages to each of those in trouble, all before the others.
  await t.deps.pool.query(
    `insert into messages (appointment_id, kind, minutes, channel, recipient, language, state, due_at, try_at, stale_at)
     select $1, 'reminder', n, channel, recipient, 'en', 'pending', now(), now(), now() + interval '2 hours'
     from generate_series(1, 10) n, (values ('sms', $2), ('email', 'refused@example.com')) each (channel, recipient)`,
    [appointment.id, silent],
  );
  for (const channel of ['sms', 'email'] as const)
    await someReminders(t, { appointmentId: appointment.id, channel, count: 500 });

  const sent = async (channel: 'sms' | 'email') =>
    [...(await statesOf(t, channel)).values()].filter((state) => state === 'sent').length;
  await vi.waitFor(
    async () => {
      expect(await sent('sms')).toBe(500);
      expect(await sent('email')).toBe(500);
    },
    { timeout: 180_000, interval: 200 },
  );
  // Whatever its gateway does, one number holds one of six places.
  expect(most).toBe(1);
  const others = sms.calls.map(toOf).filter((to) => to !== silent);
  expect(judge(others, await statesOf(t, 'sms'))).toMatchObject({ twice: 0, lost: 0 });
});
