import { bold, number, text, writeWorkbook } from '../../platform/tables/write-workbook.ts';
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
    ...figures.map(({ name, value, money, means }) => [
      bold(name),
      number(value, money ? '#,##0.00' : '0'),
      text(means),
    ]),
    [],
    ...statuses.map(({ name, value }) => [bold(name), number(value, '0')]),
    [text(sheet.statusesMean)],
  ];
  const rows = [
    keys.map((key) => bold(columns[key])),
    ...lines.map((line) =>
      keys.map((key) => (key === 'fee' ? number(line.fee, '#,##0.00') : text(line[key]))),
    ),
  ];
  return writeWorkbook([
    { rows: summary, widths: [24, 18, 90] },
    { rows, widths: keys.map(() => 18), head: true },
  ]);
}
