import { neutral, type Cell } from './neutral.ts';

/** UTF-8 with a mark that Excel needs, RFC 4180. */
export const writeCsv = (rows: readonly (readonly Cell[])[]): string =>
  csvMark + rows.map(writeCsvRow).join('');

export const csvMark = '\uFEFF';

export const writeCsvRow = (row: readonly Cell[]): string => `${row.map(spell).join(',')}\r\n`;

function spell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return cell.number;
  const safe = neutral(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
