import { sql } from 'kysely';
import { z } from 'zod';
import { brokenConstraint, untilWon, type Tx } from '../database.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { WorkFailure, type WorkRun, type Works, type WorkResult } from '../works.ts';
import { countFound, lookAtRows, type Counts } from './look-at-rows.ts';
import { dropFindings, countJudged, linesOf } from './queries.ts';
import { findImportToDo, recordCheck, recordImport, recordWithdrawal, type ImportToDo } from './records.ts';
import { inParts, type ImportRules, type JudgeOrder, type WriteOrder } from './rules.ts';

export const checkTask = 'import-check';
export const writeTask = 'import';
export const withdrawTask = 'import-withdrawal';

/** What is done about files of these kinds of rows; each begins again from its start after a crash. */
export const importWorks = (deps: Deps, rules: readonly ImportRules[]): Works => ({
  [checkTask]: (run) => inImport(deps, { run, rules, work: checkRows }),
  [writeTask]: (run) => inImport(deps, { run, rules, work: writeRows }),
  [withdrawTask]: (run) => inImport(deps, { run, rules, work: withdrawRows }),
});

type Part = { run: WorkRun; rules: ImportRules; about: ImportToDo; now: Temporal.Instant };

const parameters = z.object({ importId: z.int() });

/** In one transaction. Another's registration may win over a row; the next attempt then finds it. */
async function inImport(
  { db, clock }: Deps,
  {
    run,
    rules,
    work,
  }: {
    run: WorkRun;
    rules: readonly ImportRules[];
    work: (tx: Tx, part: Part) => Promise<{ counts: Counts; failure?: WorkFailure }>;
  },
): Promise<WorkResult> {
  const { importId } = parameters.parse(run.parameters);
  const { counts, failure } = await untilWon(() =>
    db.transaction().execute(async (tx) => {
      const about = await findImportToDo(tx, importId);
      const own = rules.find(({ kind }) => kind === about.kind);
      if (!own) throw new Error(`no import is of ${about.kind}`);
      return work(tx, { run, rules: own, about, now: clock.now() });
    }),
  );
  // Thrown only now: what was found is to stay.
  if (failure) throw failure;
  return { counts };
}

async function checkRows(tx: Tx, { run, rules, about, now }: Part): Promise<{ counts: Counts }> {
  if (about.state !== 'unchecked') return { counts: countsOf(about) };
  const { counts } = await lookAtRows(
    tx,
    rules,
    { importId: about.id, file: run.readGiven(), by: run.by, now, trial: true },
    (rows) => run.tell(rows, null),
  );
  await recordCheck(tx, about.id, counts);
  await run.record(tx, counts.rows, counts.rows);
  return { counts };
}

async function writeRows(
  tx: Tx,
  { run, rules, about, now }: Part,
): Promise<{ counts: Counts; failure?: WorkFailure }> {
  const { id: importId, approval } = about;
  if (about.state !== 'checked') return { counts: countsOf(about) };
  const whole = 2 * (about.rows ?? 0);
  const { counts, lines, order } = await lookAtRows(
    tx,
    rules,
    // The writing itself is the trial.
    { importId, file: run.readGiven(), by: run.by, now, trial: false },
    (rows) => run.tell(rows, whole),
  );
  await recordCheck(tx, importId, counts);
  if (counts.refused > 0) return { counts, failure: new WorkFailure(changedMeanwhile) };
  const tell = (written: number) => run.tell(Math.min(whole, counts.rows + written), whole);
  const refusal = await writeUnlessRefused(tx, rules, { importId, lines, approval, by: run.by, now, tell });
  if (refusal) {
    const found = await findRefused(tx, { rules, order, counts });
    // What stood in the way a moment ago is gone: the next try will see.
    if (found.refused === 0) throw refusal;
    await recordCheck(tx, importId, found);
    return { counts: found, failure: new WorkFailure(changedMeanwhile) };
  }
  await recordImport(tx, { importId, kind: about.kind, rows: counts.new, by: run.by, now });
  await run.record(tx, whole, whole);
  return { counts };
}

/** All of it, or nothing and why not. */
async function writeUnlessRefused(tx: Tx, rules: ImportRules, order: WriteOrder): Promise<Problem | null> {
  await sql`savepoint writing`.execute(tx);
  try {
    await rules.write(tx, order);
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await sql`rollback to savepoint writing`.execute(tx);
    return error;
  }
}

/** The rows that writing refuses, by the trial that a check has. */
async function findRefused(
  tx: Tx,
  { rules, order, counts }: { rules: ImportRules; order: JudgeOrder; counts: Counts },
): Promise<Counts> {
  await dropFindings(tx, order.importId);
  await rules.judge(tx, { ...order, trial: true });
  return countFound(tx, order.importId, { rows: counts.rows, whole: true });
}

// Each row is looked for in every table that may name it: asked about 100,000 at once, a busy database gave up after 10 s.
const askedAtOnce = 5_000;

async function withdrawRows(
  tx: Tx,
  { run, rules, about, now }: Part,
): Promise<{ counts: Counts; failure?: WorkFailure }> {
  const { id: importId } = about;
  const counts = countsOf(about);
  if (about.state !== 'imported') return { counts };
  await dropFindings(tx, importId);
  const lines = await linesOf(tx, importId);
  const tell = (removed: number) => run.tell(removed, lines?.until ?? null);
  for (const part of lines ? inParts(lines, askedAtOnce) : []) {
    await rules.findHindrances(tx, { importId, lines: part });
    await tell(0);
  }
  const { refused } = await countJudged(tx, importId);
  if (refused > 0) return { counts, failure: new WorkFailure(builtUpon) };
  if (lines)
    await removeUnlessNamed(() =>
      rules.remove(tx, { importId, lines, approval: about.approval, by: run.by, now, tell }),
    );
  await recordWithdrawal(tx, { importId, kind: about.kind, rows: counts.new, by: run.by, now });
  await run.record(tx, counts.rows, counts.rows);
  return { counts };
}

/** A booking that came between the look and the removal, or something that no hindrance tells of. */
async function removeUnlessNamed(remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (brokenConstraint(error) === null && !(error instanceof Problem)) throw error;
    throw new WorkFailure(namedElsewhere);
  }
}

const countsOf = ({ rows, newRows, sameRows, refusedRows }: ImportToDo): Counts => ({
  rows: rows ?? 0,
  new: newRows ?? 0,
  same: sameRows ?? 0,
  refused: refusedRows ?? 0,
});

const changedMeanwhile = {
  en: 'Nothing was imported: since the check, some rows no longer fit what is here. The list below says which.',
  bn: 'কিছুই ইমপোর্ট হয়নি: যাচাইয়ের পর কিছু সারি আর মেলে না। কোনগুলো, তা নিচের তালিকায় আছে।',
};

const builtUpon = {
  en: 'Nothing was taken back: some of what was imported is in use by now. The list below says which rows, and by what.',
  bn: 'কিছুই ফিরিয়ে নেওয়া হয়নি: ইমপোর্ট করা কিছু তথ্য এর মধ্যে ব্যবহার হয়েছে। কোন সারি, কী কারণে, তা নিচের তালিকায় আছে।',
};

const namedElsewhere = {
  en: 'Nothing was taken back: somebody is just using what was imported. Try again, and look at the list below then.',
  bn: 'কিছুই ফিরিয়ে নেওয়া হয়নি: ইমপোর্ট করা তথ্য কেউ এখনই ব্যবহার করছেন। আবার চেষ্টা করে নিচের তালিকাটি দেখুন।',
};
