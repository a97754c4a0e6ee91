import writeExcelFile from 'write-excel-file/node';
import { neutral } from './neutral.ts';

type Cell = ReturnType<typeof text> | ReturnType<typeof bold> | ReturnType<typeof number> | null;
type Page = { rows: Cell[][]; widths: number[]; head?: boolean };

/** An XLSX file of several sheets; `head`: the first row stays in sight. */
export const writeWorkbook = (pages: readonly Page[]): Promise<Buffer> =>
  writeExcelFile(
    pages.map(({ rows, widths, head }, index) => ({
      data: rows,
      sheet: String(index + 1),
      columns: widths.map((width) => ({ width })),
      ...(head ? { stickyRowsCount: 1 } : {}),
    })),
  ).toBuffer();

export const text = (value: string) => ({ value: neutral(value), type: String });
export const bold = (value: string) => ({ ...text(value), fontWeight: 'bold' as const });

/** A spreadsheet's own numbers are binary; up to 15 digits it shows and sums what is written here. */
export const number = (value: string, format: '0' | '0.0' | '#,##0.00') => ({
  value: Number(value),
  type: Number,
  format,
});
