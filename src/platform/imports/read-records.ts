import type { ImportColumn } from '../../contract/import-columns.ts';
import { mostImportRows } from '../../contract/imports.ts';
import { readSheet } from '../read-sheet.ts';
import type { SheetRow } from '../read-sheet/sheet-row.ts';
import { UnreadableFile } from '../read-sheet/unreadable-file.ts';
import type { Found } from './found.ts';

/** A row by the names of its columns; a cell that is empty or not there is ''. */
export type SheetRecord = { line: number; cell: (column: string) => string };

/**
 * The records of a file whose first row names its columns. `tell` is told what is wrong with them; then there are no
 * records. Throws `UnreadableFile`.
 */
export async function* readRecords(
  file: AsyncIterable<Buffer>,
  columns: readonly ImportColumn[],
  tell: (found: Found) => void,
): AsyncGenerator<SheetRecord> {
  let places: ReadonlyMap<string, number> | null = null;
  let count = 0;
  for await (const row of readSheet(file)) {
    if (!places) {
      places = placeColumns(row, columns, tell);
      if (!places) return;
      continue;
    }
    count += 1;
    if (count > mostImportRows) throw new UnreadableFile('too_many_rows', row.line);
    yield recordOf(row, places);
  }
  if (!places) throw new UnreadableFile('empty_file');
  if (count === 0) tell({ line: null, column: null, code: 'no_rows', value: null });
}

const recordOf = ({ line, cells }: SheetRow, places: ReadonlyMap<string, number>): SheetRecord => ({
  line,
  cell: (column) => (cells[places.get(column) ?? -1] ?? '').trim(),
});

/** Where each column is; null when the headings do not fit. */
function placeColumns(
  { line, cells }: SheetRow,
  columns: readonly ImportColumn[],
  tell: (found: Found) => void,
): Map<string, number> | null {
  const nameOf = new Map(
    columns.flatMap(({ name, others = [] }) => [name, ...others].map((each) => [each, name])),
  );
  const places = new Map<string, number>();
  let fits = true;
  const refuse = (code: Found['code'], column: string) => {
    fits = false;
    tell({ line, column: column.slice(0, 100), code, value: null });
  };
  for (const [place, heading] of cells.entries()) {
    if (heading.trim() === '') continue;
    const name = nameOf.get(plainHeading(heading));
    if (name === undefined) refuse('column_unknown', heading.trim());
    else if (places.has(name)) refuse('column_twice', name);
    else places.set(name, place);
  }
  for (const { name, required } of columns) if (required && !places.has(name)) refuse('column_missing', name);
  return fits ? places : null;
}

/** ` E-mail Address* ` is `e_mail_address`. */
const plainHeading = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, '_')
    .replace(/^_|_$/g, '');
