import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../harness/app.ts';
import { aCrowd, liveThrough, type Crowd } from './crowd.ts';
import { loseHistory, mostHeld, overlaps, toldSteps, unkept, unreplayable } from './life-checks.ts';
import { deadlocks, dropPromises, dropQueue } from './rush.ts';

let t: TestApp;
let faulty: TestApp;

// Without a worker: what time does is a step like any other here, and the outbox is nobody’s load.
const settings = { DATABASE_CONNECTIONS: '24', LOG_LEVEL: 'warn', SERVICES: 'gateway,users,appointments' };

beforeAll(async () => {
  t = await startApp(settings);
  faulty = await startApp(settings);
  await dropPromises(faulty);
  await dropQueue(faulty);
  await loseHistory(faulty);
});
afterAll(async () => {
  await t.close();
  await faulty.close();
});

// `SEED=… npx vitest …` chooses the same steps again; how they meet is up to the machine.
const seed = Number(process.env['SEED'] ?? Temporal.Now.instant().epochMilliseconds % 1_000_000);

const spell = (outcomes: Crowd['outcomes']): string =>
  [...outcomes]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(', ');

test('control: without constraints and with a history that forgets, every check sees it', async () => {
  const crowd = await aCrowd(faulty, { doctors: 10, clients: 64, seed });
  let fewest = 0;
  // Two visits of one patient at the same time are rare: it goes on until they were seen too.
  for (let part = 0; part < 5 && fewest === 0; part++) {
    await liveThrough(crowd, { steps: 3_000, watch: async () => undefined });
    const { doctor, patient, serial } = await overlaps(faulty);
    const [lost, broken] = [await unkept(faulty, crowd.told), await unreplayable(faulty)];
    console.log(
      `control, seed ${seed}: overlaps ${doctor} of doctors, ${patient} of patients, ${serial} of serials; ` +
        `${lost.length} answers without a row, ${broken.length} lives that do not replay`,
    );
    fewest = Math.min(doctor, patient, serial, lost.length, broken.length);
  }
  expect(fewest).toBeGreaterThan(0);
});

test('64 clients take 20,000 steps with 20 doctors: nobody meets anybody, and every answer is kept', async () => {
  const crowd = await aCrowd(t, { doctors: 20, clients: 64, seed });
  const began = performance.now();
  await liveThrough(crowd, {
    steps: 20_000,
    watch: async () => expect(await overlaps(t)).toEqual({ doctor: 0, patient: 0, serial: 0 }),
  });
  const done = crowd.told.length;
  console.log(
    `seed ${seed}: ${Math.round((performance.now() - began) / 1_000)} s, ${done} steps done; ${spell(crowd.outcomes)}`,
  );
  expect([...crowd.outcomes.keys()].filter((outcome) => / 5\d\d /.test(outcome))).toEqual([]);
  expect(crowd.unequal).toEqual([]);
  expect(await overlaps(t)).toEqual({ doctor: 0, patient: 0, serial: 0 });
  expect(await unkept(t, crowd.told)).toEqual([]);
  expect(new Set(crowd.told.map(({ id, version }) => `${id}.${version}`)).size).toBe(done);
  expect(await unreplayable(t)).toEqual([]);
  const { all, givenBack } = await toldSteps(t);
  expect(givenBack).toBeLessThanOrEqual(crowd.givenBack);
  expect(all).toBe(done + crowd.renewals + givenBack);
  expect(await mostHeld(t)).toBeLessThanOrEqual(3);
  expect(t.logs.filter((line) => /40P01|deadlock/.test(line))).toEqual([]);
  expect(await deadlocks(t)).toBe(0);
});
