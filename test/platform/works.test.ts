import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  cancelWork,
  getWork,
  getWorkFile,
  listWorks,
  mostWorks,
  type Work,
} from '../../src/contract/works.ts';
import { apiPrefix } from '../../src/contract/route.ts';
import { addJob } from '../../src/platform/jobs.ts';
import { keepFile } from '../../src/platform/kept-files.ts';
import { beginWork, WorkFailure, type WorkRun, type Works } from '../../src/platform/works.ts';
import { doWork, startWorks, workTasks } from '../../src/platform/works/run-work.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { anAdmin, signedIn } from '../harness/builders.ts';
import { refused } from '../harness/refusals.ts';

let t: TestApp;
let admin: { userId: number };
let by: { accessToken: string };
const workers = new Set<{ stop(): Promise<void> }>();
const gates: (() => void)[] = [];

beforeEach(async () => {
  t = await startApp({ SERVICES: 'gateway,users,appointments' });
  admin = await anAdmin(t);
  by = { accessToken: await signedIn(t, admin) };
});
afterEach(async () => {
  // A test that failed before a gate leaves none closed, and no worker of its own to the next.
  for (const open of gates.splice(0)) open();
  const left = [...workers];
  workers.clear();
  for (const worker of left) await worker.stop();
  await t.close();
});

async function aWorker(works: Works): Promise<{ stop(): Promise<void> }> {
  const worker = await startWorks(t.deps, ({ id }, stopping) => doWork(t.deps, { works, id, stopping }));
  workers.add(worker);
  return worker;
}

async function stop(worker: { stop(): Promise<void> }): Promise<void> {
  workers.delete(worker);
  await worker.stop();
}

const title = { en: 'Some lines', bn: 'কয়েকটি লাইন' };

const begin = (given: { kind?: string; parameters?: object; givenFile?: number } = {}): Promise<Work> =>
  t.db
    .transaction()
    .execute((tx) =>
      beginWork(
        tx,
        { kind: 'lines', title, parameters: {}, ...given },
        { ...admin, userType: 'admin' },
        t.clock.now(),
      ),
    );

const read = async (id: number) => (await t.call(getWork, { params: { id } }, by)).work;
const state = async (id: number) => (await read(id)).state;
const until = (id: number, wanted: Work['state']) => expect.poll(() => state(id)).toBe(wanted);

const fetchFile = (id: number, { accessToken } = by) =>
  t.inject({
    url: `${apiPrefix}/works/${id}/file`,
    headers: { authorization: `Bearer ${accessToken}` },
  });

async function count(table: 'file_pieces' | 'files' | 'works'): Promise<number> {
  const { rows } = await t.deps.pool.query<{ n: number }>(`select count(*) as n from ${table}`);
  return rows[0]?.n ?? -1;
}

/** Lines of a size that makes several pieces, some of it Bangla. */
const line = (index: number) => `${index} ${'সময় '.repeat(2_000)}\n`;
const allLines = (lines: number) => Array.from({ length: lines }, (_, index) => line(index)).join('');

/** A gate that a work waits at until the test lets it through. */
function aGate() {
  let open = () => undefined as void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  gates.push(open);
  return { passed, open };
}

async function* someLines(run: WorkRun, total: number, at?: (index: number) => Promise<void>) {
  for (let index = 0; index < total; index++) {
    await at?.(index);
    await run.tell(index, total);
    yield line(index);
  }
}

const csv = { name: 'lines.csv', type: 'text/csv; charset=utf-8' };

/** Writes 50 lines and waits before the 31st. */
const stopping = (gate: Promise<void>) => async (run: WorkRun) => {
  const at = async (index: number) => {
    if (index !== 30) return;
    await sleep(500);
    await run.tell(index, 50);
    await gate;
    await sleep(500);
  };
  return { file: await run.keepFile(csv, someLines(run, 50, at)), counts: { lines: 50 } };
};

test('a work tells how far it is, goes on unwatched, and gives its file to whoever asked, whole', async () => {
  const gate = aGate();
  await aWorker({ lines: stopping(gate.passed) });
  const begun = await begin();
  expect(begun).toMatchObject({ state: 'queued', title, done: 0, total: null, file: null });
  await refused(t.call(getWorkFile, { params: { id: begun.id } }, by), 'file_not_ready');
  await expect.poll(() => read(begun.id)).toMatchObject({ done: 30, total: 50 });
  gate.open();
  await until(begun.id, 'done');
  const done = await read(begun.id);
  expect(done).toMatchObject({ done: 50, total: 50, counts: { lines: 50 }, failure: null });
  const answer = await fetchFile(begun.id);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toBe(csv.type);
  expect(answer.headers['content-disposition']).toBe('attachment; filename="lines.csv"');
  expect(answer.body).toBe(allLines(50));
  expect(done.file).toMatchObject({
    name: 'lines.csv',
    bytes: Buffer.byteLength(answer.body),
    forgotten: false,
  });
  expect(await count('file_pieces')).toBeGreaterThan(2);

  const other = { accessToken: await signedIn(t, await anAdmin(t)) };
  const params = { id: begun.id };
  await refused(t.call(getWork, { params }, other), 'not_found');
  await refused(t.call(getWorkFile, { params }, other), 'not_found');
  await refused(t.call(cancelWork, { params }, other), 'not_found');
  expect((await t.call(listWorks, {}, other)).items).toEqual([]);
  expect((await t.call(listWorks, { query: { kind: 'lines' } }, by)).items).toEqual([done]);
  expect((await t.call(listWorks, { query: { kind: 'others' } }, by)).items).toEqual([]);
});

test('a work that is done before its process is half a second old has told how much it was', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(300);
  try {
    await aWorker({ lines: async (run) => ({ file: await run.keepFile(csv, someLines(run, 3)) }) });
    const { id } = await begin();
    await until(id, 'done');
    expect(await read(id)).toMatchObject({ done: 3, total: 3 });
  } finally {
    clock.mockRestore();
  }
});

test('a work whose beginning is rolled back is never done', async () => {
  let runs = 0;
  await aWorker({
    lines: async () => {
      runs += 1;
      return {};
    },
  });
  await t.db
    .transaction()
    .execute(async (tx) => {
      await beginWork(
        tx,
        { kind: 'lines', title, parameters: {} },
        { ...admin, userType: 'admin' },
        t.clock.now(),
      );
      throw new Error('the form is wrong');
    })
    .catch(() => undefined);
  const { id } = await begin();
  await until(id, 'done');
  expect([runs, await count('works')]).toEqual([1, 1]);
});

test('a work that is cancelled midway ends within a second, and leaves nothing of its file', async () => {
  const gate = aGate();
  await aWorker({ lines: stopping(gate.passed) });
  const { id } = await begin();
  await expect.poll(() => read(id)).toMatchObject({ done: 30 });
  expect(await count('file_pieces')).toBeGreaterThan(0);
  const idempotencyKey = 'cancelled-twice';
  const cancel = () => t.call(cancelWork, { params: { id } }, { ...by, idempotencyKey });
  expect((await cancel()).work).toMatchObject({ state: 'cancelled', file: null });
  expect(await cancel()).toMatchObject({ work: { state: 'cancelled' } });
  gate.open();
  await expect.poll(() => count('files'), { timeout: 5_000 }).toBe(0);
  expect(await count('file_pieces')).toBe(0);
  expect(await state(id)).toBe('cancelled');
  await refused(t.call(cancelWork, { params: { id } }, by), 'work_ended');
  await refused(t.call(getWorkFile, { params: { id } }, by), 'not_found');
});

test('one that waits is cancelled before anybody begins it', async () => {
  const { id } = await begin();
  expect((await t.call(cancelWork, { params: { id } }, by)).work).toMatchObject({
    state: 'cancelled',
    startedAt: null,
  });
  let begun = false;
  await aWorker({
    lines: async () => {
      begun = true;
      return {};
    },
  });
  await expect
    .poll(async () => (await t.deps.pool.query('select from graphile_worker._private_jobs')).rowCount)
    .toBe(0);
  expect(begun).toBe(false);
});

test('of a run that another has taken over nothing counts: the file is whole, once', async () => {
  const gate = aGate();
  let runs = 0;
  const makes: Works = {
    lines: async (run) =>
      (runs += 1) === 1 ? stopping(gate.passed)(run) : { file: await run.keepFile(csv, someLines(run, 7)) },
  };
  await aWorker(makes);
  const { id } = await begin();
  await expect.poll(() => read(id)).toMatchObject({ done: 30 });
  // What happens when its worker is not seen for a minute. The other may be its own second place, which looks by itself.
  await t.deps.pool.query('update graphile_worker._private_jobs set locked_by = null, locked_at = null');
  await aWorker(makes);
  await until(id, 'done');
  gate.open();
  await expect.poll(() => count('files')).toBe(1);
  expect((await fetchFile(id)).body).toBe(allLines(7));
});

test('what is recorded with its effect is done once, whoever goes on', async () => {
  await t.deps.pool.query('create table effects (unit integer)');
  await t.deps.pool.query('grant all on effects to public');
  const starts: number[] = [];
  const inSteps = async (run: WorkRun) => {
    starts.push(run.done);
    for (let unit = run.done; unit < 6; unit++)
      await t.db.transaction().execute(async (tx) => {
        await run.record(tx, unit + 1, 6);
        await sql`insert into effects values (${unit})`.execute(tx);
        if (unit === 3 && starts.length === 1) throw new Error('a lamp fell on the server');
      });
    return {};
  };
  await aWorker({ lines: inSteps });
  const { id } = await begin();
  await nextTry(id, 1);
  await until(id, 'done');
  expect(starts).toEqual([0, 3]);
  const { rows } = await t.deps.pool.query('select unit from effects order by unit');
  expect(rows.map(({ unit }) => unit)).toEqual([0, 1, 2, 3, 4, 5]);
});

/** Has what has failed so many times tried again, without its pause unless that has passed by itself. */
async function nextTry(id: number, tries: number): Promise<void> {
  const { pool } = t.deps;
  const ofWork = `(payload ->> 'workId')::int = $1 and attempts <= $2`;
  await expect
    .poll(async () => {
      await pool.query(
        `update graphile_worker._private_jobs set run_at = now()
         where ${ofWork} and attempts = $2 and locked_at is null and run_at > now()`,
        [id, tries],
      );
      await pool.query(`select pg_notify('jobs:insert', '{"count":1}')`);
      return (await pool.query(`select from graphile_worker._private_jobs where ${ofWork}`, [id, tries]))
        .rowCount;
    })
    .toBe(0);
}

test('a work that breaks is tried three times, then says so in words; one that knows why says why at once', async () => {
  let runs = 0;
  await aWorker({
    lines: async (run) => {
      runs += 1;
      await run.keepFile(csv, someLines(run, 40));
      throw new Error('column "secret" does not exist');
    },
    refusing: async () => {
      throw new WorkFailure({ en: 'The period has no rows.', bn: 'এই সময়ে কিছু নেই।' });
    },
  });
  const { id } = await begin();
  await nextTry(id, 1);
  await nextTry(id, 2);
  await until(id, 'failed');
  expect(runs).toBe(3);
  const failed = await read(id);
  expect(failed.failure?.en).toBe(
    `This did not work, on our side. Please begin it again; if it fails again, tell us the number ${id}.`,
  );
  expect(failed.failure?.bn).toMatch(/[০-৯]+ নম্বরটি/);
  expect(await count('file_pieces')).toBe(0);

  const refusing = await begin({ kind: 'refusing' });
  await until(refusing.id, 'failed');
  expect((await read(refusing.id)).failure).toEqual({
    en: 'The period has no rows.',
    bn: 'এই সময়ে কিছু নেই।',
  });
});

test('a worker that stops hands the work back, and the next one does it', async () => {
  const gate = aGate();
  const first = await aWorker({ lines: stopping(gate.passed) });
  const { id } = await begin();
  await expect.poll(() => read(id)).toMatchObject({ done: 30 });
  const stopped = stop(first);
  gate.open();
  await stopped;
  expect(await state(id)).toBe('queued');
  expect(await count('files')).toBe(0);
  await aWorker({ lines: async (run) => ({ file: await run.keepFile(csv, someLines(run, 50)) }) });
  await until(id, 'done');
  expect((await fetchFile(id)).body).toBe(allLines(50));
});

test('whoever has lost the right gets neither the work nor its file', async () => {
  const makes: Works = { lines: async (run) => ({ file: await run.keepFile(csv, someLines(run, 3)) }) };
  const worker = await aWorker(makes);
  const { id } = await begin();
  await until(id, 'done');
  await stop(worker);
  const { id: waiting } = await begin();
  const { pool } = t.deps;
  await pool.query(`update users set status = 'suspended' where id = $1`, [admin.userId]);
  await aWorker(makes);
  await expect
    .poll(
      async () =>
        (await pool.query('select failure from works where id = $1', [waiting])).rows[0].failure?.en,
    )
    .toBe('The account that asked for this may no longer have it.');
  await pool.query(`update users set status = 'active', user_type = 'assistant' where id = $1`, [
    admin.userId,
  ]);
  const assistant = { accessToken: await signedIn(t, admin) };
  await refused(t.call(getWorkFile, { params: { id } }, assistant), 'not_found');
  expect((await t.call(listWorks, {}, assistant)).items).toEqual([]);
});

test('a file is kept seven days, then its pieces go and whoever asks is told', async () => {
  await aWorker({ lines: async (run) => ({ file: await run.keepFile(csv, someLines(run, 3)) }) });
  const { id } = await begin();
  await until(id, 'done');
  const forget = workTasks(t.deps)['forget-files'];
  const later = async (hours: number) => {
    t.clock.set(t.clock.now().add({ hours }).toString());
    by = { accessToken: await signedIn(t, admin) };
  };
  await later(7 * 24 - 1);
  await forget?.({});
  expect((await fetchFile(id)).statusCode).toBe(200);
  await later(1);
  await refused(t.call(getWorkFile, { params: { id } }, by), 'file_forgotten');
  await forget?.({});
  expect(await count('file_pieces')).toBe(0);
  expect((await read(id)).file).toMatchObject({ name: 'lines.csv', forgotten: true });
  await refused(t.call(getWorkFile, { params: { id } }, by), 'file_forgotten');
  // The record goes later, and what the file was called with it.
  for (const _ of [1, 2]) {
    await later(24 * 91);
    await forget?.({});
  }
  expect([await count('works'), await count('files')]).toEqual([0, 0]);
});

test('a work reads the file that was sent for it, and only one of the sender’s own', async () => {
  async function* sent() {
    yield Buffer.from(allLines(40));
  }
  const kept = await keepFile(t.deps.pool, csv, sent(), { by: admin, now: t.clock.now() });
  const foreign = await keepFile(t.deps.pool, csv, sent(), { by: await anAdmin(t), now: t.clock.now() });
  let lines = '';
  await aWorker({
    lines: async (run) => {
      for await (const piece of run.readGiven()) lines += piece.toString('latin1');
      return { counts: { bytes: lines.length } };
    },
  });
  const { id } = await begin({ givenFile: kept.id });
  await until(id, 'done');
  expect(Buffer.from(lines, 'latin1').toString()).toBe(allLines(40));
  await expect(begin({ givenFile: foreign.id })).rejects.toMatchObject({ code: 'not_found' });
  const files = await count('files');
  const tooLarge = keepFile(t.deps.pool, csv, sent(), { by: admin, now: t.clock.now(), mostBytes: 600_000 });
  await expect(tooLarge).rejects.toMatchObject({ code: 'payload_too_large' });
  expect(await count('files')).toBe(files);
});

test('nobody has more works under way than allowed', async () => {
  for (let index = 0; index < mostWorks; index++) await begin();
  await expect(begin()).rejects.toMatchObject({ code: 'too_many_works' });
});

test('a job whose work is gone is done quietly', async () => {
  await t.db.transaction().execute((tx) => addJob(tx, 'do-work', { workId: 4711, kind: 'lines' }));
  await aWorker({});
  await expect
    .poll(async () => (await t.deps.pool.query('select from graphile_worker._private_jobs')).rowCount)
    .toBe(0);
});
