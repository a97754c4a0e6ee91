import { argon2, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { startServer } from './child-process.ts';
import { openDataSet } from './data-set.ts';
import * as layout from './data-set/layout.ts';
import { closedLoop, openConnections, p50, p99, request, type Load } from './http-load.ts';
import type { Report } from './report.ts';
import { interleave, median, medianRatio } from './statistics.ts';
import { jwtSecret } from './tokens.ts';

const rounds = 5;
const atOnce = 20;
const perRound = 160;

/** 20 people sign in at once, beside bare argon2id on all cores; meanwhile somebody asks whether the server is well. */
export async function benchLogin(): Promise<Report> {
  const data = await openDataSet();
  try {
    const server = await startServer('server.ts', {
      DATABASE_URL: await data.copy(),
      JWT_SECRET: jwtSecret,
      SERVICES: 'gateway,users,appointments',
    });
    try {
      const open = await openConnections(server.url, atOnce);
      const prober = await openConnections(server.url, 1);
      const run = async () => {
        let done = false;
        const signing = closedLoop(open, signIns()).finally(() => (done = true));
        const waits: number[] = [];
        while (!done) {
          const load = await closedLoop(prober, [request({ method: 'GET', path: '/health/ready' })]);
          waits.push(...load.latencies);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        const load = await signing;
        if (load.statuses[200] !== perRound)
          throw new Error(`not all signed in: ${JSON.stringify(load.statuses)}`);
        return { load, longestWait: Math.max(...waits) };
      };
      await run();
      const [ours = [], bare = []] = await interleave<{ load: Load; longestWait: number }>(rounds, [
        run,
        async () => ({ load: await hashAll(), longestWait: 0 }),
      ]);
      const speedOf = (side: { load: Load }[]) => side.map(({ load }) => load.perSecond);
      return {
        figures: [
          { what: 'sign-ins, 20 at once', value: median(speedOf(ours)), unit: '/s' },
          {
            what: `argon2id alone on ${availableParallelism()} cores`,
            value: median(speedOf(bare)),
            unit: '/s',
          },
          {
            what: 'sign-ins ÷ argon2id',
            value: medianRatio(speedOf(ours), speedOf(bare)),
            unit: '',
            budget: { atLeast: 0.9 },
          },
          { what: 'p50 of a sign-in', value: median(ours.map(({ load }) => p50(load))), unit: 'ms' },
          { what: 'p99 of a sign-in', value: median(ours.map(({ load }) => p99(load))), unit: 'ms' },
          {
            what: 'longest wait of a health probe',
            value: median(ours.map(({ longestWait }) => longestWait)),
            unit: 'ms',
            budget: { atMost: 50 },
          },
        ],
        raw: { ours: speedOf(ours), bare: speedOf(bare), waits: ours.map(({ longestWait }) => longestWait) },
      };
    } finally {
      await server.stop();
    }
  } finally {
    await data.stop();
  }
}

const signIns = (): Buffer[] =>
  Array.from({ length: perRound }, (_, index) =>
    request({
      method: 'POST',
      path: '/api/v1/auth/login',
      body: { login: `patient${layout.firstBookingAccount + index}@example.org`, password: layout.password },
    }),
  );

/** As many hashes with the same parameters, one a core at a time. */
async function hashAll(): Promise<Load> {
  const latencies: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      while (latencies.length < perRound) {
        const sent = performance.now();
        await hash();
        latencies.push(performance.now() - sent);
      }
    }),
  );
  return { perSecond: latencies.length / ((performance.now() - began) / 1_000), latencies, statuses: {} };
}

const hash = (): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const input = {
      message: layout.password,
      nonce: randomBytes(16),
      parallelism: 1,
      memory: 19_456,
      passes: 2,
      tagLength: 32,
    };
    argon2('argon2id', input, (error, tag) => (error ? reject(error) : resolve(tag)));
  });
