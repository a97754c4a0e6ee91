import { writeCsv } from '../../platform/tables/write-csv.ts';
import type { Line, Sheet } from './write-sheet.ts';

/** The appointments alone, so that programs can read it. */
export function writeRows({ columns, lines }: Sheet): string {
  const keys = Object.keys(columns) as (keyof Line)[];
  return writeCsv([keys.map((key) => columns[key]), ...lines.map((line) => keys.map((key) => line[key]))]);
}
