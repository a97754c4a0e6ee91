import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countReport } from '../../src/contract/counts.ts';
import { exportRows } from '../../src/contract/exports.ts';
import { apiPrefix } from '../../src/contract/route.ts';
import { getWork, type Work } from '../../src/contract/works.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn } from '../harness/builders.ts';
import { quickSittings, slowSittings, statementsOver, statementsUnderWay } from '../reports/slow-sittings.ts';
import { someVisits } from '../reports/visits.ts';
import { fileOf } from '../reports/work-files.ts';
import { within } from '../harness/lived-time.ts';

const rows = 50_000;
const first = '2026-01-01T00:00:00Z';
/** For a process to begin, or to begin again, and do all its work. */
const patience = 120_000;
let apps: TestApp[];
let by: { accessToken: string };

beforeEach(async () => {
  const t = await startApp();
  apps = [t];
  by = { accessToken: await signedIn(t, await anAdmin(t)) };
  const { patientId } = await aPatient(t);
  const doctor = await aDoctor(t);
  await someVisits(t, doctor, [{ at: first, patientId, status: 'completed', fee: '800' }]);
  // Each a minute after the one before. A thousand at once: on a busy machine more take too long for one statement.
  for (let from = 1; from < rows; from += 1_000) await addVisits(t, from, Math.min(from + 999, rows - 1));
});
afterEach(async () => {
  for (const app of apps.toReversed()) await app.close();
});

async function addVisits(t: TestApp, from: number, to: number): Promise<void> {
  await t.deps.pool.query(
    `insert into appointments (session_id, doctor_id, chamber_id, patient_id, visit_type_id, channel, status, period, occupied,
                               promised_local, time_zone, fee, created_at)
     select session_id, doctor_id, chamber_id, patient_id, visit_type_id, channel, status, later, later, promised_local,
       time_zone, fee, created_at
     from appointments, generate_series($1::int, $2::int) n,
       lateral (select tstzrange(lower(period) + n * interval '1 minute', upper(period) + n * interval '1 minute') as later) moved
     where lower(period) = $3`,
    [from, to, first],
  );
}

/** A file takes a second more for each half of a megabyte: it is surely under way while somebody looks for its process. */
const slowFiles = (t: TestApp) =>
  t.deps.pool.query(`
    create function wait_a_second() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return new; end $$;
    create trigger slow before insert on file_pieces for each row execute function wait_a_second()`);
const quickFiles = (t: TestApp) => t.deps.pool.query('drop trigger slow on file_pieces');

const begin = async (t: TestApp): Promise<number> => {
  const body = { from: '2025-12-30', to: '2026-03-01', figure: 'booked', format: 'csv' } as const;
  return (await t.call(exportRows, { params: { name: 'outcomes' }, body }, by)).work.id;
};
const read = async (t: TestApp, id: number): Promise<Work> =>
  (await t.call(getWork, { params: { id } }, by)).work;
const underWay = (t: TestApp, id: number) =>
  expect.poll(async () => (await read(t, id)).done, { timeout: patience, interval: 20 }).toBeGreaterThan(0);

/** Expects every row once, in one file that nothing else is left beside. */
async function expectWhole(t: TestApp, id: number): Promise<void> {
  await expect.poll(async () => (await read(t, id)).state, { timeout: patience }).toBe('done');
  const { body } = await t.inject({
    url: `${apiPrefix}/works/${id}/file`,
    headers: { authorization: `Bearer ${by.accessToken}` },
  });
  const lines = body.split('\r\n').slice(1, -1);
  expect(lines).toHaveLength(rows);
  expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(rows);
}

/** The processes that do works for this one. */
const workers = (): number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'latin1')
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('do-work.ts'));

test('an export whose process is killed is made again, and its file is whole', async () => {
  const [t] = apps;
  if (!t) throw new Error('there is an app');
  await slowFiles(t);
  const id = await begin(t);
  await underWay(t, id);
  const [pid] = workers();
  if (pid === undefined) throw new Error('nobody is at it');
  process.kill(pid, 'SIGKILL');
  await quickFiles(t);
  await expectWhole(t, id);
  const { rows: tries } = await t.deps.pool.query('select tries from works where id = $1', [id]);
  expect(tries).toEqual([{ tries: 2 }]);
});

test('the statement of a work whose process is killed ends with it, and the report is counted all the same', async () => {
  const [t] = apps;
  if (!t) throw new Error('there is an app');
  await slowSittings(t, 600);
  const period = { from: '2025-12-30', to: '2026-03-01' };
  const begun = await t.call(
    countReport,
    { params: { name: 'capacity' }, body: { ...period, groupBy: ['doctor'] } },
    by,
  );
  await expect.poll(() => statementsUnderWay(t), { timeout: patience, interval: 50 }).toBe(1);
  const [pid] = workers();
  if (pid === undefined) throw new Error('nobody is at it');
  // The next try is short, so that what is under way is the first one's.
  await quickSittings(t);
  process.kill(pid, 'SIGKILL');
  expect(await within(t, statementsOver(t), 1_500)).not.toBe('still waiting');
  expect((await fileOf(t, begun, by, patience)).work.done).toBe(1);
});

test('an export under way when its worker stops goes on with the next one', async () => {
  const [t] = apps;
  if (!t) throw new Error('there is an app');
  const next = await startApp({
    DATABASE_URL: t.deps.config.databaseUrl ?? '',
    SERVICES: 'gateway,users,appointments',
  });
  apps.push(next);
  await slowFiles(t);
  const id = await begin(t);
  await underWay(t, id);
  await t.close();
  apps.shift();
  expect(workers()).toEqual([]);
  expect((await read(next, id)).state).toBe('queued');
  await quickFiles(next);
  apps.push(await startApp({ DATABASE_URL: next.deps.config.databaseUrl ?? '' }));
  await expectWhole(next, id);
});
