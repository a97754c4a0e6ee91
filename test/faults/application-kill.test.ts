import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bookAppointment, getLive } from '../../src/contract/appointments.ts';
import { login, register } from '../../src/contract/auth.ts';
import { ApiProblem, type Call } from '../../src/contract/client.ts';
import { getAvailability, getDoctor } from '../../src/contract/doctors.ts';
import { end, waitForNoProcess } from '../embedded-postgres/hosts.ts';
import { newDataDir, startApplication, type Application } from './application.ts';
import { figure } from './figures.ts';

const rounds = figure({ usual: 15, full: 30 });
/** An orderly start is the measure: how long one takes is up to the machine. */
const orderlyStarts = 5;
const timesAsLong = 3;
const leftWithin = 5_000;

let dataDir: string;
let running: Application | undefined;

beforeAll(async () => {
  dataDir = await newDataDir();
});

afterAll(async () => {
  running?.child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

test(`kill -9 of the application ${rounds} times while patients book: every acknowledged booking is there, nothing is left behind`, async () => {
  let app = await start();
  const acknowledged: { liveUrl: string; reference: string }[] = [];
  const readyAfter: number[] = [];
  const orderly: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % (rounds / orderlyStarts) === 0) {
      await end(app.child, 'SIGTERM');
      orderly.push(await timed(async () => (app = await start())));
    }
    const tokens = await somePatients(app.call, round);
    const { stop } = bookUntilStopped({ call: app.call, tokens, acknowledged, from: round * 10 });
    // On a busy machine the first booking takes a while; the kill is to hit those that follow it at any moment.
    const before = acknowledged.length;
    await vi.waitUntil(() => acknowledged.length > before, { timeout: 60_000, interval: 5 });
    await new Promise((done) => setTimeout(done, (round * 97) % 400));
    await end(app.child, 'SIGKILL');
    await stop();
    // Every other round starts at once, while the old PostgreSQL may still be leaving.
    if (round % 2 === 0) await waitForNoProcess(dataDir, leftWithin);
    readyAfter.push(await timed(async () => (app = await start())));
  }
  expect(acknowledged.length).toBeGreaterThan(rounds);
  for (const { liveUrl, reference } of acknowledged) {
    const found = await patiently(() =>
      app.call(getLive, { params: { token: liveUrl.slice('/a/'.length) } }),
    );
    expect(found.reference).toBe(reference);
  }
  console.log(
    `ready ${Math.round(median(readyAfter))} ms after a kill, ${Math.round(median(orderly))} after an orderly end`,
  );
  expect(median(readyAfter)).toBeLessThan(timesAsLong * median(orderly));

  await end(app.child, 'SIGTERM');
  expect(app.child.exitCode).toBe(0);
  await waitForNoProcess(dataDir, 100);
}, 1_800_000);

const start = async (): Promise<Application> => (running = await startApplication({ DATA_DIR: dataDir }));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A busy machine may hold up any single start. */
const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;

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

const password = 'Kodom@phul7';

/** New ones for every round: a patient may have so many visits ahead and no more, which a fast machine books soon. */
const somePatients = (call: Call, round: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      const mobile = `+8801399${String(round * 6 + index).padStart(6, '0')}`;
      const body = { fullName: 'Rahima Khatun', mobile, password, userType: 'patient' as const };
      await patiently(() => call(register, { body })).catch((error: unknown) => {
        // Of a statement that took too long nobody knew whether it was done.
        if (!(error instanceof ApiProblem) || error.body.code !== 'mobile_taken') throw error;
      });
      return (await patiently(() => call(login, { body: { login: mobile, password } }))).accessToken;
    }),
  );

/** Books for patients, each one visit after the other, until it is told to stop or the server is gone. */
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
