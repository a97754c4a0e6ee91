import { z } from 'zod';
import { brokenConstraint, untilWon, type Tx } from '../database.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { WorkFailure, type WorkRun, type Works, type WorkResult } from '../works.ts';
import { lookAtRows, type Counts } from './look-at-rows.ts';
import { dropFindings, countJudged, linesOf } from './queries.ts';
import { findImportToDo, recordCheck, recordImport, recordWithdrawal, type ImportToDo } from './records.ts';
import type { ImportRules, Lines } from './rules.ts';

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
    { importId: about.id, file: run.readGiven(), by: run.by, now },
    (rows) => run.tell(rows, null),
  );
  await recordCheck(tx, about.id, counts);
  await run.record(tx, counts.rows, counts.rows);
  return { counts };
}

// A statement of one to three seconds, in which nobody can end the work.
const writtenAtOnce = 10_000;

async function writeRows(
  tx: Tx,
  { run, rules, about, now }: Part,
): Promise<{ counts: Counts; failure?: WorkFailure }> {
  const { id: importId, approval } = about;
  if (about.state !== 'checked') return { counts: countsOf(about) };
  const whole = 2 * (about.rows ?? 0);
  const { counts, lines } = await lookAtRows(
    tx,
    rules,
    { importId, file: run.readGiven(), by: run.by, now },
    (rows) => run.tell(rows, whole),
  );
  await recordCheck(tx, importId, counts);
  if (counts.refused > 0) return { counts, failure: new WorkFailure(changedMeanwhile) };
  for (const part of inParts(lines, writtenAtOnce)) {
    await rules.write(tx, { importId, lines: part, approval, by: run.by, now });
    await run.tell(Math.min(whole, counts.rows + part.until), whole);
  }
  await recordImport(tx, { importId, kind: about.kind, rows: counts.new, by: run.by, now });
  await run.record(tx, whole, whole);
  return { counts };
}

// Each row is looked for in every table that could name it.
const removedAtOnce = 1_000;

async function withdrawRows(
  tx: Tx,
  { run, rules, about, now }: Part,
): Promise<{ counts: Counts; failure?: WorkFailure }> {
  const { id: importId } = about;
  const counts = countsOf(about);
  if (about.state !== 'imported') return { counts };
  await dropFindings(tx, importId);
  await rules.findHindrances(tx, importId);
  const { refused } = await countJudged(tx, importId);
  if (refused > 0) return { counts, failure: new WorkFailure(builtUpon) };
  const lines = await linesOf(tx, importId);
  for (const part of lines ? inParts(lines, removedAtOnce) : []) {
    await removeUnlessNamed(() =>
      rules.remove(tx, { importId, lines: part, approval: about.approval, by: run.by, now }),
    );
    await run.tell(part.until, lines?.until ?? null);
  }
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

function* inParts({ from, until }: Lines, size: number): Generator<Lines> {
  for (let start = from; start <= until; start += size)
    yield { from: start, until: Math.min(until, start + size - 1) };
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
