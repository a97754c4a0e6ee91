import { z } from 'zod';
import type { UserType } from '../../contract/route.ts';
import { inSnapshot, run, type Queryable, type Statement } from '../database.ts';
import type { Deps } from '../deps.ts';
import { addJob, startJobs, type Tasks } from '../jobs.ts';
import { dropFile, dropForgotten, forgetFiles, keepFile, readFile, type KeptFile } from '../kept-files.ts';
import {
  doWorkTask,
  WorkFailure,
  type Wording,
  type WorkResult,
  type WorkRun,
  type Works,
} from '../works.ts';

/** Long enough to come back for it, short enough for what has patients' names in it. */
const fileDays = 7;
/** After that nobody looks for what was asked. */
const workDays = 90;
const mostTries = 3;
const tellEveryMs = 400;
/** In one process: each holds a connection, and nobody waits for it as for a message. */
const atOnce = 2;

/**
 * Does what people asked for, until stopped: then what is under way is handed back, and begins again elsewhere. Apart from
 * the other jobs, whose places these would take for minutes.
 */
export async function startWorks(
  deps: Deps,
  doOne: (work: { id: number; kind: string }, stopping: AbortSignal) => Promise<void>,
): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const tasks: Tasks = {
    [doWorkTask]: (payload) => {
      const { workId: id, kind } = payloadOf.parse(payload);
      return doOne({ id, kind }, stopping.signal);
    },
  };
  const jobs = await startJobs({ ...deps, tasks, recurring: [], atOnce });
  return {
    async stop() {
      stopping.abort();
      await jobs.stop();
    },
  };
}

const payloadOf = z.object({ workId: z.int(), kind: z.string() });

export const workTasks = ({ pool, clock }: Deps): Tasks => ({
  'forget-files': async () => {
    const now = clock.now();
    await forgetFiles(pool, now);
    const before = now.subtract({ hours: 24 * workDays });
    await run(pool, forgetWorks, [before.toString()]);
    await dropForgotten(pool, before);
  },
});

/** Takes a work and does it to its end, whatever that is. Throws when it broke, so that it is tried again. */
export async function doWork(
  deps: Deps,
  { works, id, stopping }: { works: Works; id: number; stopping: AbortSignal },
): Promise<void> {
  const { pool, db, clock, log } = deps;
  const [taken] = await run<Taken>(pool, take, [id, clock.now().toString()]);
  // It has ended meanwhile.
  if (!taken) return;
  const made: number[] = [];
  try {
    const doIt = works[taken.kind];
    if (!doIt) throw new Error(`no work is called ${taken.kind}`);
    if (!taken.allowed) throw new WorkFailure(words.noRight);
    // Killed in every try: it may well be what kills the worker.
    if (taken.tries > mostTries) throw new WorkFailure(words.gaveUp(id));
    await finish(deps, taken, await doIt(runOf(deps, { taken, made, stopping })));
  } catch (error) {
    for (const file of made) await dropFile(pool, file);
    if (error instanceof WorkEnded) return;
    if (error instanceof WorkStopped) {
      await db.transaction().execute(async (tx) => {
        const [handed] = await run(tx, handBack, [id, taken.run]);
        if (handed) await addJob(tx, doWorkTask, { workId: id, kind: taken.kind });
      });
      return;
    }
    const known = error instanceof WorkFailure;
    if (known || taken.tries >= mostTries)
      await run(pool, fail, [
        id,
        taken.run,
        clock.now().toString(),
        JSON.stringify(known ? error.words : words.gaveUp(id)),
      ]);
    if (!known) throw error;
    log.info({ work: id, kind: taken.kind, why: error.words.en }, 'a work failed');
  }
}

type Taken = {
  id: number;
  kind: string;
  parameters: unknown;
  run: number;
  tries: number;
  done: number;
  userId: number;
  userType: UserType;
  /** The person still is what they were, and may sign in. */
  allowed: boolean;
  given: KeptFile | null;
};

/** It was cancelled, or another run has it: nothing of this one counts. */
class WorkEnded extends Error {
  override readonly name = 'WorkEnded';
}

class WorkStopped extends Error {
  override readonly name = 'WorkStopped';
}

function runOf(
  { pool, clock }: Deps,
  { taken, made, stopping }: { taken: Taken; made: number[]; stopping: AbortSignal },
): WorkRun {
  const { id, given } = taken;
  // A process that has just begun counts its time from zero: its first step is told all the same.
  let toldAt = -Infinity;
  const write = async (on: Queryable, done: number, total: number | null) => {
    if (stopping.aborted) throw new WorkStopped();
    const [mine] = await run(on, tellProgress, [id, taken.run, done, total]);
    if (!mine) throw new WorkEnded();
  };
  return {
    id,
    parameters: taken.parameters,
    by: { userId: taken.userId, userType: taken.userType },
    done: taken.done,
    given,
    readGiven: () => {
      if (!given) throw new Error(`work ${id} was given no file`);
      return readFile(pool, given);
    },
    async tell(done, total) {
      const now = performance.now();
      if (now - toldAt < tellEveryMs && !stopping.aborted) return;
      toldAt = now;
      await write(pool, done, total);
    },
    record: (tx, done, total) => write(tx, done, total),
    async readSnapshot(read) {
      const over = new AbortController();
      const look = async () => {
        if (stopping.aborted) return over.abort(new WorkStopped());
        const [mine] = await run(pool, findMine, [id, taken.run]);
        if (!mine) over.abort(new WorkEnded());
      };
      // One look that fails is made up for by the next; what is wrong with the database the reading itself finds out.
      const looking = setInterval(() => void look().catch(() => undefined), tellEveryMs);
      try {
        return await inSnapshot(pool, read, over.signal);
      } finally {
        clearInterval(looking);
      }
    },
    async keepFile(file, source) {
      const kept = await keepFile(pool, file, source, { by: null, now: clock.now() });
      made.push(kept.id);
      return kept;
    },
  };
}

async function finish({ db, clock }: Deps, taken: Taken, { file, counts }: WorkResult): Promise<void> {
  const now = clock.now();
  const forgetAt = now.add({ hours: 24 * fileDays });
  await db.transaction().execute(async (tx) => {
    const [mine] = await run(tx, complete, [
      taken.id,
      taken.run,
      now.toString(),
      file?.id ?? null,
      counts ? JSON.stringify(counts) : null,
    ]);
    if (!mine) throw new WorkEnded();
    if (file) await run(tx, keepUntil, [file.id, forgetAt.toString()]);
  });
}

const words: { noRight: Wording; gaveUp(id: number): Wording } = {
  noRight: {
    en: 'The account that asked for this may no longer have it.',
    bn: 'যে অ্যাকাউন্ট থেকে এটি চাওয়া হয়েছিল, তার আর এটি পাওয়ার অনুমতি নেই।',
  },
  gaveUp: (id) => ({
    en: `This did not work, on our side. Please begin it again; if it fails again, tell us the number ${id}.`,
    bn: `আমাদের দিকের সমস্যায় কাজটি হয়নি। আবার শুরু করুন; আবারও না হলে ${String(id).replace(/\d/g, (digit) => '০১২৩৪৫৬৭৮৯'.charAt(Number(digit)))} নম্বরটি আমাদের জানান।`,
  }),
};

const take: Statement = {
  name: 'take-work',
  // One that is running may have lost its worker: whoever still does it finds its number gone.
  text: `
    with taken as (
      update works set state = 'running', run = run + 1, tries = tries + 1,
        started_at = coalesce(started_at, $2::timestamptz)
      where id = $1 and state in ('queued', 'running')
      returning id, kind, parameters, run, tries, done, asked_by, asked_as, given_file
    )
    select t.id, t.kind, t.parameters, t.run, t.tries, t.done, t.asked_by as "userId", t.asked_as as "userType",
      u.status = 'active' and u.user_type = t.asked_as as allowed,
      case when f.id is not null
        then json_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes) end as given
    from taken t join users u on u.id = t.asked_by left join files f on f.id = t.given_file`,
};

const tellProgress: Statement = {
  name: 'tell-work-progress',
  text: `update works set done = $3, total = $4 where id = $1 and run = $2 and state = 'running' returning id`,
};

const findMine: Statement = {
  name: 'find-own-work',
  text: `select from works where id = $1 and run = $2 and state = 'running'`,
};

const handBack: Statement = {
  name: 'hand-back-work',
  text: `update works set state = 'queued', tries = tries - 1
         where id = $1 and run = $2 and state = 'running' returning id`,
};

const fail: Statement = {
  name: 'fail-work',
  text: `update works set state = 'failed', ended_at = $3, failure = $4::jsonb
         where id = $1 and run = $2 and state = 'running'`,
};

const complete: Statement = {
  name: 'complete-work',
  text: `update works set state = 'done', ended_at = $3, made_file = $4, counts = $5::jsonb, done = coalesce(total, done)
         where id = $1 and run = $2 and state = 'running' returning id`,
};

const keepUntil: Statement = {
  name: 'keep-file-until',
  text: `update files set forget_at = $2 where id = $1`,
};

const forgetWorks: Statement = { name: 'forget-works', text: `delete from works where ended_at < $1` };
