import { z } from 'zod';
import { run, type Queryable, type Statement } from './database.ts';

/** Keeps for a person what has been given up. `reason` must not carry data of people. */
export async function bury(
  on: Queryable,
  letter: { task: string; payload: unknown; reason: string; tries: number; jobId?: string },
): Promise<void> {
  const { task, payload, reason, tries, jobId = null } = letter;
  await run(on, buryOne, [task, JSON.stringify(payload), reason, tries, jobId]);
}

const buryOne: Statement = {
  name: 'bury-dead-letter',
  text: `insert into dead_letters (task, payload, reason, tries, job_id)
         values ($1::text, $2::jsonb, $3::text, $4::int, $5::bigint) on conflict (job_id) do nothing`,
};

/** Moves jobs here that used up their tries and could not say so themselves: their worker was killed at the last one. */
export async function buryLostJobs(on: Queryable): Promise<number> {
  return (await run(on, buryLost, [])).length;
}

const buryLost: Statement = {
  name: 'bury-lost-jobs',
  text: `
    insert into dead_letters (task, payload, reason, tries, job_id)
    select t.identifier, j.payload::jsonb, 'The worker ended before it could say why', j.attempts, j.id
    from graphile_worker.complete_jobs(array(
           select id from graphile_worker._private_jobs where attempts >= max_attempts and locked_by is null)) j
      join graphile_worker._private_tasks t on t.id = j.task_id
    on conflict (job_id) do nothing
    returning id`,
};

export type DeadLetter = {
  id: number;
  task: string;
  payload: unknown;
  reason: string;
  tries: number;
  diedAt: Temporal.Instant;
};

/** The newest first; `before` is the id that the page before ended with. */
export async function listDeadLetters(
  on: Queryable,
  page: { limit: number; before?: number | undefined },
): Promise<DeadLetter[]> {
  return run<DeadLetter>(on, listPage, [page.limit, page.before ?? null]);
}

const listPage: Statement = {
  name: 'list-dead-letters',
  text: `select id, task, payload, reason, tries, died_at as "diedAt" from dead_letters
         where $2::bigint is null or id < $2 order by id desc limit $1::int`,
};

/** Null when there is no such letter. */
export async function findDeadLetter(on: Queryable, id: number): Promise<DeadLetter | null> {
  const [letter] = await run<DeadLetter>(on, findOne, [id]);
  return letter ?? null;
}

const findOne: Statement = {
  name: 'find-dead-letter',
  text: `select id, task, payload, reason, tries, died_at as "diedAt" from dead_letters where id = $1`,
};

/** Whose event it is, and what it came from, where the payload says so. */
export function describeLetter({ payload }: DeadLetter): {
  consumer: string | null;
  event: string | null;
  requestId: string | null;
} {
  const { consumer = null, event = null, requestId = null } = delivery.safeParse(payload).data ?? {};
  return { consumer, event: event?.name ?? null, requestId };
}

const delivery = z.object({
  consumer: z.string().optional(),
  event: z.object({ name: z.string() }).optional().catch(undefined),
  requestId: z.string().nullish(),
});

/** Tries it again as a new job; false when there is no such letter. */
export const replayDeadLetter = async (on: Queryable, id: number): Promise<boolean> =>
  (await run(on, replayOne, [id])).length > 0;

const replayOne: Statement = {
  name: 'replay-dead-letter',
  text: `with letter as (delete from dead_letters where id = $1 returning task, payload)
         select graphile_worker.add_job(task, payload => payload::json) from letter`,
};

/** Forgets it; false when there is no such letter. */
export const dropDeadLetter = async (on: Queryable, id: number): Promise<boolean> =>
  (await run(on, dropOne, [id])).length > 0;

const dropOne: Statement = {
  name: 'drop-dead-letter',
  text: `delete from dead_letters where id = $1 returning id`,
};
