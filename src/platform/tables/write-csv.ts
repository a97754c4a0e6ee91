import { neutral } from './neutral.ts';

/** UTF-8 with a mark that Excel needs, RFC 4180. */
export const writeCsv = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(spell).join(',')}\r\n`).join('')}`;

/** Text, which people may have written, or a number of ours as a decimal, which may well begin with a minus. */
type Cell = string | { number: string };

function spell(cell: Cell): string {
  if (typeof cell !== 'string') return cell.number;
  const safe = neutral(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
