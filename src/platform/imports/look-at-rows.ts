import { importColumns } from '../../contract/import-columns.ts';
import type { Tx } from '../database.ts';
import { UnreadableFile } from '../read-sheet/unreadable-file.ts';
import type { Found } from './found.ts';
import { addFindings, addRows, countJudged, countRows, dropFindings, startRows } from './queries.ts';
import { readCells } from './read-cells.ts';
import { readRecords } from './read-records.ts';
import type { ImportRow, ImportRules, JudgeOrder, Lines } from './rules.ts';

// A tenth of a second's reading, in which nothing else is done here, and a statement of half a megabyte.
const atOnce = 2_000;

export type Counts = { rows: number; new: number; same: number; refused: number };

/**
 * Reads a file into `import_rows` and writes what is found there, for a check and for the import alike. `tell` hears how
 * many rows have been read.
 */
export async function lookAtRows(
  tx: Tx,
  rules: ImportRules,
  about: Pick<JudgeOrder, 'importId' | 'by' | 'now' | 'trial'> & { file: AsyncIterable<Buffer> },
  tell: (rows: number) => Promise<void>,
): Promise<{ counts: Counts; lines: Lines; order: JudgeOrder }> {
  const { importId, file, by, now, trial } = about;
  const { kind, rowColumns } = rules;
  await dropFindings(tx, importId);
  await startRows(tx, rowColumns);
  const readRow = await rules.prepare(tx, now);
  let found: Found[] = [];
  let rows: (ImportRow & { line: number })[] = [];
  let count = 0;
  let last = 1;
  const note = (each: Found) => void found.push(each);
  const flush = async () => {
    if (rows.length > 0) await addRows(tx, rowColumns, rows);
    if (found.length > 0) await addFindings(tx, importId, found);
    count += rows.length;
    rows = [];
    found = [];
    await tell(count);
  };
  const whole = await reading(note, async () => {
    for await (const record of readRecords(file, importColumns[kind], note)) {
      rows.push({ line: record.line, ...readRow(readCells(record, note)) });
      last = record.line;
      if (rows.length + found.length >= atOnce) await flush();
    }
  });
  await flush();
  await countRows(tx);
  const order = { importId, by, now, trial, tell: () => tell(count) };
  if (whole && count > 0) await rules.judge(tx, order);
  const counts = await countFound(tx, importId, { rows: count, whole });
  return { counts, lines: { from: 1, until: last }, order };
}

/** How many rows are which, by what has been found. */
export async function countFound(
  tx: Tx,
  importId: number,
  { rows, whole }: { rows: number; whole: boolean },
): Promise<Counts> {
  const { same, refused } = await countJudged(tx, importId);
  return { rows, new: whole ? Math.max(0, rows - same - refused) : 0, same, refused };
}

/** False after a file that could not be read to its end, which is noted. */
async function reading(note: (found: Found) => void, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    note({ line: error.line, column: null, code: error.fault, value: null });
    return false;
  }
}
