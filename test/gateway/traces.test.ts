import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { startTraces } from '../../src/platform/traces.ts';
import { startApp } from '../harness/app.ts';
import { aDoctor, aSignedInPatient } from '../harness/builders.ts';
import { jobsDone } from '../harness/jobs.ts';
import { expectNoPersonalData } from '../harness/personal-data.ts';

type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
};

const collected: Span[] = [];
let texts = '';
let collector: Server;
let stop: () => Promise<void>;
let env: Record<string, string>;

/** Takes traces as an OpenTelemetry collector does. */
beforeAll(async () => {
  collector = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      texts += text;
      const { resourceSpans } = JSON.parse(text);
      for (const { scopeSpans } of resourceSpans)
        for (const { spans } of scopeSpans) collected.push(...spans);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  ({ stop } = await startTraces({ config: readConfig(env), log: createLog('silent') }));
});

afterAll(async () => {
  await stop();
  collector.close();
});

test('a booking is one trace, by the id that a person is told, from the gateway to the jobs it leaves', async () => {
  const t = await startApp(env);
  const doctor = await aDoctor(t);
  const patient = await aSignedInPatient(t);
  const authorization = `Bearer ${patient.accessToken}`;
  const answer = await t.inject({
    method: 'POST',
    url: '/api/v1/appointments',
    headers: {
      authorization,
      'x-request-id': 'a1b2c3d4-0000-4000-8000-00000000abcd',
      traceparent: strangers,
    },
    payload: {
      doctorId: doctor.doctorId,
      chamberId: doctor.chamberId,
      visitTypeId: doctor.visitTypeId,
      startsAt: '2026-11-02T17:00:00+06:00',
      notes: 'a rash on the left arm',
    },
  });
  expect(answer.statusCode).toBe(201);
  await jobsDone(t);
  await expect
    .poll(() => spansOf('a1b2c3d400004000800000000000abcd').map(({ name }) => name), patiently)
    .toEqual(
      expect.arrayContaining([
        'POST /api/v1/appointments',
        'relay-event',
        'appointment.booked to notifications',
      ]),
    );
  const spans = spansOf('a1b2c3d400004000800000000000abcd');
  const claim = spans.find(({ name }) => name === 'claim-place-appointment.booked');
  // As separate services the gateway's request stands above the service's.
  expect(new Set(above(claim, spans).map(({ name }) => name))).toEqual(
    new Set(['POST /api/v1/appointments']),
  );
  expect(spansOf('e'.repeat(32))).toEqual([]);
  await expectNoPersonalData({ ...t, logs: [texts] }, [patient.accessToken]);
  await t.close();
});

test('a service’s span stands below the gateway’s', async () => {
  const users = await startApp({ ...env, SERVICES: 'users' });
  const patient = await aSignedInPatient(users);
  const url = await users.app.listen({ port: 0, host: '127.0.0.1' });
  const gateway = await startApp({
    ...env,
    SERVICES: 'gateway',
    USERS_URL: url,
    APPOINTMENTS_URL: url,
    DATABASE_URL: users.deps.config.databaseUrl ?? '',
  });
  const { statusCode } = await gateway.inject({
    url: '/api/v1/me',
    headers: { authorization: `Bearer ${patient.accessToken}`, 'x-request-id': 'not-a-uuid' },
  });
  expect(statusCode).toBe(200);
  const both = () => collected.filter(({ attributes }) => requestIdOf(attributes) === 'not-a-uuid');
  await expect.poll(() => both().length, patiently).toBe(2);
  const higher = both().find(({ parentSpanId }) => !parentSpanId);
  const lower = both().find(({ parentSpanId }) => parentSpanId);
  expect(lower?.parentSpanId).toBe(higher?.spanId);
  expect(lower?.traceId).toBe(higher?.traceId);
  await gateway.close();
  await users.close();
});

// Somebody else's word on where a trace belongs.
const strangers = `00-${'e'.repeat(32)}-${'b'.repeat(16)}-01`;

// The exporter sends what it has every second.
const patiently = { timeout: 40_000, interval: 100 };

const spansOf = (traceId: string): Span[] => collected.filter((span) => span.traceId === traceId);

/** The spans above one, up to that which has none above it. */
function above(span: Span | undefined, spans: readonly Span[]): Span[] {
  const parent = spans.find(({ spanId }) => spanId === span?.parentSpanId);
  if (!parent) {
    expect(span?.parentSpanId ?? '').toBe('');
    return [];
  }
  return [parent, ...above(parent, spans)];
}

const requestIdOf = (attributes: Span['attributes']): unknown =>
  attributes.find(({ key }) => key === 'shomoy.request_id')?.value['stringValue'];
