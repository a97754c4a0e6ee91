import type { ImportKind } from '../../contract/import-columns.ts';
import type { Tx } from '../database.ts';
import type { Cells } from './read-cells.ts';

/** A row as it is looked at: the columns that `rowColumns` names. */
export type ImportRow = Readonly<Record<string, unknown>>;

/** Lines of a file, both included. */
export type Lines = { from: number; until: number };

export type JudgeOrder = {
  importId: number;
  by: { userId: number };
  now: Temporal.Instant;
  /** To be called once a second at least. */
  tell(): Promise<void>;
};

export type WriteOrder = {
  importId: number;
  lines: Lines;
  approval: 'approved' | 'pending' | null;
  by: { userId: number };
  now: Temporal.Instant;
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
  /** Makes what the rows without a finding say, and a row of `import_made` or `import_made_hours` for each. */
  write(tx: Tx, order: WriteOrder): Promise<void>;
  /** Adds findings about what has been built on what was made. */
  findHindrances(tx: Tx, importId: number): Promise<void>;
  /** Removes, or ends, what was made of these lines. */
  remove(tx: Tx, order: WriteOrder): Promise<void>;
};
