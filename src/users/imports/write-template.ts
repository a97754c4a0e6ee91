import { importColumns, type ImportKind } from '../../contract/import-columns.ts';
import { fileTypes } from '../../contract/reports.ts';
import { FileAnswer } from '../../platform/http.ts';
import { writeCsv } from '../../platform/tables/write-csv.ts';
import { bold, text, writeWorkbook } from '../../platform/tables/write-workbook.ts';

/**
 * A file to fill in: the columns and a row as an example. A workbook has what each column takes on a second sheet, and keeps
 * what is typed as text, so that no 0 is lost.
 */
export async function writeTemplate(kind: ImportKind, format: 'csv' | 'xlsx'): Promise<FileAnswer> {
  const columns = importColumns[kind];
  const names = columns.map(({ name }) => name);
  const examples = columns.map(({ example }) => example);
  const name = `${kind}.${format}`;
  if (format === 'csv')
    return new FileAnswer({ name, type: fileTypes.csv, content: Buffer.from(writeCsv([names, examples])) });
  const content = await writeWorkbook([
    { rows: [names.map(bold), examples.map(text)], widths: columns.map(() => 22), head: true },
    {
      rows: columns.map((column) => [
        bold(column.name + (column.required ? ' *' : '')),
        text(column.says.en),
        text(column.says.bn),
      ]),
      widths: [22, 70, 70],
    },
  ]);
  return new FileAnswer({ name, type: fileTypes.xlsx, content });
}
