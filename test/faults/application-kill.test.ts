import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointment, getLive } from '../../src/contract/appointments.ts';
import { login } from '../../src/contract/auth.ts';
import { ApiProblem, createClient, type Call } from '../../src/contract/client.ts';
import { getAvailability, getDoctor } from '../../src/contract/doctors.ts';
import { end, waitForNoProcess } from '../embedded-postgres/hosts.ts';

const rounds = 30;
const readyWithin = 5_000;
const leftWithin = 5_000;

let dataDir: string;
let running: ChildProcess | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'shomoy-kill-'));
  // PostgreSQL runs as another user when the tests run as root, and must be able to enter.
  await chmod(dataDir, 0o755);
});

afterAll(async () => {
  running?.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

test(
  `kill -9 of the application ${rounds} times while patients book: every acknowledged booking is there, nothing is left behind`,
  async () => {
    let app = await start();
    const tokens = await signIn(app.call);
    const acknowledged: { liveUrl: string; reference: string }[] = [];
    const readyAfter: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { stop } = bookUntilStopped({ call: app.call, tokens, acknowledged, from: round * 10 });
      await new Promise((done) => setTimeout(done, 60 + ((round * 97) % 500)));
      await end(app.child, 'SIGKILL');
      await stop();
      // Every other round starts at once, while the old PostgreSQL may still be leaving.
      if (round % 2 === 0) await waitForNoProcess(dataDir, leftWithin);
      const began = performance.now();
      app = await start();
      readyAfter.push(performance.now() - began);
    }
    expect(acknowledged.length).toBeGreaterThan(rounds);
    for (const { liveUrl, reference } of acknowledged) {
      const found = await patiently(() => app.call(getLive, { params: { token: liveUrl.slice('/a/'.length) } }));
      expect(found.reference).toBe(reference);
    }
    // The median: a busy machine may hold up any single start.
    expect(readyAfter.toSorted((a, b) => a - b)[rounds / 2]).toBeLessThan(readyWithin);

    await end(app.child, 'SIGTERM');
    expect(app.child.exitCode).toBe(0);
    await waitForNoProcess(dataDir, 100);
  },
  240_000,
);

/** Starts the application as `npm start` does and resolves when it says that it is ready. */
async function start(): Promise<{ child: ChildProcess; call: Call }> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0', RATE_LIMIT: 'off', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = child;
  const url = await readyUrl(child);
  const call = createClient(async ({ method, url: target, headers, body }) => {
    const answer = await fetch(url + target, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text() };
  });
  return { child, call };
}

const readyUrl = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
      const url = /ready at (http\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error(`the application ended without being ready:\n${said}`)));
  });

/** A server that has just started on a busy machine may ask for a moment. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.body.code !== 'unavailable') throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}

/** Access tokens outlive the process: the key they are signed with is kept in the data folder. */
const signIn = (call: Call): Promise<string[]> =>
  Promise.all(
    [1, 2, 3, 4, 5, 6].map(async (patient) => {
      const credentials = { login: `patient${patient}@example.com`, password: `Patient@${patient}` };
      return (await call(login, { body: credentials })).accessToken;
    }),
  );

/** Books for the demonstration's patients, a few at a time, until it is told to stop or the server is gone. */
function bookUntilStopped(options: {
  call: Call;
  tokens: string[];
  acknowledged: { liveUrl: string; reference: string }[];
  from: number;
}) {
  const { call, tokens, acknowledged } = options;
  let stopped = false;
  let doctor = options.from;
  const work = Promise.all(tokens.map((token) => bookAs(token)));
  return {
    async stop() {
      stopped = true;
      await work;
    },
  };

  async function bookAs(accessToken: string): Promise<void> {
    try {
      while (!stopped) await bookWith(String(10 + (doctor++ % 280)), accessToken);
    } catch (error) {
      // A cut connection is the end of this round.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  async function bookWith(doctorId: string, accessToken: string): Promise<void> {
    try {
      const { doctor } = await call(getDoctor, { params: { id: doctorId } });
      const [chamber] = doctor.chambers;
      const [visitType] = chamber?.visitTypes ?? [];
      if (!chamber || !visitType || !doctor.nextAvailable) return;
      const date = doctor.nextAvailable.slice(0, 10);
      const { days } = await call(getAvailability, {
        params: { id: doctor.id },
        query: { from: date, to: date, visitTypeId: visitType.id },
      });
      const session = days[0]?.sessions.find(({ places }) => places.length > 0);
      const startsAt = session?.places[0]?.startsAt;
      if (!session || !startsAt) return;
      const wanted = session.mode === 'serial' ? { sessionKey: session.sessionKey } : { startsAt };
      const body = { doctorId: doctor.id, chamberId: chamber.id, visitTypeId: visitType.id, ...wanted };
      const booked = await call(bookAppointment, { body }, { accessToken });
      acknowledged.push({ liveUrl: booked.liveUrl, reference: booked.reference });
    } catch (error) {
      // A refusal of a place is part of the game.
      if (!(error instanceof ApiProblem)) throw error;
    }
  }
}
