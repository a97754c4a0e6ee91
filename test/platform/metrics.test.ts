import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';

const token = 'a-token-for-prometheus';
let t: TestApp;

beforeAll(async () => {
  t = await startApp({ METRICS_TOKEN: token });
});
afterAll(() => t.close());

const read = (authorization = `Bearer ${token}`) => t.inject({ url: '/metrics', headers: { authorization } });

test('metrics are for whoever shows the token, and do not exist without one', async () => {
  expect((await read()).statusCode).toBe(200);
  for (const wrong of ['', 'Bearer', `Bearer ${token}x`, token])
    expect((await read(wrong)).statusCode).toBe(404);
  const without = await startApp();
  expect((await without.inject({ url: '/metrics' })).statusCode).toBe(404);
  await without.close();
});

test('requests, jobs, events and queues are counted under names that do not grow with the data', async () => {
  const { slug } = await aDoctor(t);
  // A doctor is shown once their search row is ready.
  await jobsDone(t);
  await t.inject({ url: `/api/v1/doctors/${slug}` });
  await t.inject({ url: '/api/v1/doctors/nobody-of-this-name' });
  await t.inject({ url: '/no/such/path' });
  await jobsDone(t);
  const { body } = await read();
  expect(body).toContain('shomoy_answers_total{method="GET",route="/api/v1/doctors/:id",status="200"} 1');
  expect(body).toContain('shomoy_answers_total{method="GET",route="/api/v1/doctors/:id",status="404"} 1');
  expect(body).toMatch(/shomoy_job_seconds_count\{task="relay-event",outcome="done"\} [1-9]/);
  expect(body).toMatch(
    /shomoy_events_delivered_total\{consumer="appointments",event="[a-z.]+",outcome="taken"\} [1-9]/,
  );
  expect(body).toMatch(/^shomoy_oldest_job_seconds 0$/m);
  expect(body).toMatch(/^shomoy_outbox_lag_seconds 0$/m);
  expect(body).toMatch(/^shomoy_dead_letters 0$/m);
  expect(body).not.toContain(slug);
  expect(body).not.toContain('/no/such/path');
});
