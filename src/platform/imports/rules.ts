import type { ImportKind } from '../../contract/import-columns.ts';
import type { Tx } from '../database.ts';
import type { Cells } from './read-cells.ts';

/** A row as it is looked at: the columns that `rowColumns` names. */
export type ImportRow = Readonly<Record<string, unknown>>;

/** Lines of a file, both included. */
export type Lines = { from: number; until: number };

/** Lines in parts of `size`, for statements that shall not take long. */
export function* inParts({ from, until }: Lines, size: number): Generator<Lines> {
  for (let start = from; start <= until; start += size)
    yield { from: start, until: Math.min(until, start + size - 1) };
}

export type JudgeOrder = {
  importId: number;
  by: { userId: number };
  now: Temporal.Instant;
  /** Whether what only `write` finds out is to be tried as well, and taken back. */
  trial: boolean;
  /** To be called once a second at least. */
  tell(): Promise<void>;
};

export type WriteOrder = {
  importId: number;
  lines: Lines;
  approval: 'approved' | 'pending' | null;
  by: { userId: number };
  now: Temporal.Instant;
  /** How many of the lines are done; to be called once a second at least. */
  tell(lines: number): Promise<void>;
};

/**
 * What a module knows about the rows of its kind of file. All of it runs in one transaction, in which the rows stand in
 * the temporary table `import_rows (line, …)`.
 */
export type ImportRules = {
  readonly kind: ImportKind;
  /** SQL: names and types. */
  readonly rowColumns: string;
  /** Once for a file: how its rows are read. A cell that is not good is told, and null in the row. */
  prepare(tx: Tx, now: Temporal.Instant): Promise<(cells: Cells) => ImportRow>;
  /** Adds findings that only a look at all rows together, and at what is here already, can tell. */
  judge(tx: Tx, order: JudgeOrder): Promise<void>;
  /**
   * Makes what the rows without a finding say, and a row of `import_made` or `import_made_hours` for each. Throws a `Problem`
   * where it refuses what `judge` lets pass without a trial.
   */
  write(tx: Tx, order: WriteOrder): Promise<void>;
  /** Adds findings about what has been built on what was made of some lines. */
  findHindrances(tx: Tx, about: { importId: number; lines: Lines }): Promise<void>;
  /** Removes, or ends, what was made of these lines. */
  remove(tx: Tx, order: WriteOrder): Promise<void>;
};
