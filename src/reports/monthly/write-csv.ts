import { neutral } from './policy.ts';
import type { Line, Sheet } from './write-sheet.ts';

/** The appointments alone, so that programs can read it: UTF-8 with a mark that Excel needs, RFC 4180. */
export function writeCsv({ columns, lines }: Sheet): string {
  const keys = Object.keys(columns) as (keyof Line)[];
  const rows = [keys.map((key) => columns[key]), ...lines.map((line) => keys.map((key) => line[key]))];
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

const cell = (text: string): string => {
  const safe = neutral(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
