import type pg from 'pg';
import type { UserType } from '../contract/route.ts';
import type { Language } from '../contract/wording.ts';
import { mostWorks, type Work } from '../contract/works.ts';
import type { Actor } from './access-tokens.ts';
import { run, type Statement, type Tx } from './database.ts';
import { addJob } from './jobs.ts';
import { holdGivenFile, type KeptFile } from './kept-files.ts';
import { Problem } from './problems.ts';
import { findWork } from './works/queries.ts';

export type Wording = Record<Language, string>;

/**
 * Begins long work inside the caller's transaction: a worker does it if and only if that commits. `title` is what the
 * person asked for. Refuses with `not_found` when the given file is not theirs, whole and still there, and with
 * `too_many_works`.
 */
export async function beginWork(
  tx: Tx,
  work: { kind: string; title: Wording; parameters: object; givenFile?: number },
  by: Pick<Actor, 'userId' | 'userType'>,
  now: Temporal.Instant,
): Promise<Work> {
  const { kind, title, parameters, givenFile } = work;
  if (givenFile !== undefined) {
    const held = await holdGivenFile(tx, { id: givenFile, by, until: now.add({ hours: 48 }) });
    if (!held) throw new Problem('not_found', 'This file is no longer kept; send it again.');
  }
  const [begun] = await run<{ id: number }>(tx, addWork, [
    kind,
    JSON.stringify(title),
    by.userId,
    by.userType,
    JSON.stringify(parameters),
    givenFile ?? null,
    now.toString(),
    mostWorks,
  ]);
  if (!begun)
    throw new Problem(
      'too_many_works',
      `Wait until one of your ${mostWorks} works is done, or end one of them.`,
    );
  await addJob(tx, doWorkTask, { workId: begun.id, kind });
  const added = await findWork(tx, { id: begun.id, by }, now);
  if (!added) throw new Error(`work ${begun.id} is gone`);
  return added;
}

export const doWorkTask = 'do-work';

/** One run of a work, as whoever does it sees it. */
export type WorkRun = {
  readonly id: number;
  /** As they were given to `beginWork`; to be parsed. */
  readonly parameters: unknown;
  /** Who asked for it; they still are what they were then. */
  readonly by: { userId: number; userType: UserType };
  /** What earlier runs have recorded: this one goes on there. 0 where nothing is recorded. */
  readonly done: number;
  readonly given: KeptFile | null;
  readGiven(): AsyncIterable<Buffer>;
  /**
   * Says how far this run has come, as often as one likes: once a second at least, since it throws when the work was
   * cancelled, when another run has it, or when this process stops. Let what it throws pass.
   */
  tell(done: number, total: number | null): Promise<void>;
  /** The same inside the transaction that does these units: whoever goes on after a crash does none of them twice. */
  record(tx: Tx, done: number, total: number | null): Promise<void>;
  /**
   * Reads what one moment saw, by statements that may take minutes. When the work ends early the one under way is stopped,
   * in PostgreSQL too and within a second, and this throws as `tell` does.
   */
  readSnapshot<T>(read: (client: pg.Client) => Promise<T>): Promise<T>;
  /** Keeps a file that this run makes. None is left of a run that does not come to its end. */
  keepFile(
    file: { name: string; type: string },
    source: AsyncIterable<Uint8Array | string>,
  ): Promise<KeptFile>;
};

export type WorkResult = { file?: KeptFile; counts?: Record<string, number> };

/** By kind, how a work is done. It may be begun again from its start, or from what it recorded, after any crash. */
export type Works = Record<string, (run: WorkRun) => Promise<WorkResult>>;

/** Ends a work for a reason that trying again does not change. */
export class WorkFailure extends Error {
  override readonly name = 'WorkFailure';
  readonly words: Wording;

  constructor(words: Wording) {
    super(words.en);
    this.words = words;
  }
}

// Two requests at the same moment may make it one more: the limit is against heaps.
const addWork: Statement = {
  name: 'add-work',
  text: `
    insert into works (kind, title, asked_by, asked_as, parameters, given_file, created_at)
    select $1, $2::jsonb, $3::int, $4, $5::jsonb, $6::int, $7::timestamptz
    where (select count(*) from works where asked_by = $3::int and state in ('queued', 'running')) < $8::int
    returning id`,
};
