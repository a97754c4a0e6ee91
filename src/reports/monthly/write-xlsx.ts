import writeExcelFile from 'write-excel-file/node';
import { neutral } from './policy.ts';
import type { Line, Sheet } from './write-sheet.ts';

/** Two sheets: the figures with what they mean, and the appointments they are the sum of. */
export function writeXlsx(sheet: Sheet): Promise<Buffer> {
  const { columns, lines, figures, statuses } = sheet;
  const keys = Object.keys(columns) as (keyof Line)[];
  const summary = [
    [bold(sheet.title)],
    [text(sheet.doctor)],
    ...sheet.facts.map((fact) => [text(fact)]),
    [],
    ...figures.map(({ name, value, money, means }) => [bold(name), number(value, money), text(means)]),
    [],
    ...statuses.map(({ name, value }) => [bold(name), number(value, false)]),
    [text(sheet.statusesMean)],
  ];
  const rows = [
    keys.map((key) => bold(columns[key])),
    ...lines.map((line) => keys.map((key) => (key === 'fee' ? number(line.fee, true) : text(line[key])))),
  ];
  return writeExcelFile([
    { data: summary, sheet: '1', columns: [{ width: 24 }, { width: 18 }, { width: 90 }] },
    { data: rows, sheet: '2', columns: keys.map(() => ({ width: 18 })), stickyRowsCount: 1 },
  ]).toBuffer();
}

const text = (value: string) => ({ value: neutral(value), type: String });
const bold = (value: string) => ({ ...text(value), fontWeight: 'bold' as const });

// A spreadsheet's own numbers are binary; up to 15 digits it shows and sums what is written here.
const number = (value: string, money: boolean) => ({
  value: Number(value),
  type: Number,
  format: money ? '#,##0.00' : '0',
});
