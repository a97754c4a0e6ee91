import { readCsv } from './read-sheet/read-csv.ts';
import { readWorkbook } from './read-sheet/read-workbook.ts';
import type { SheetRow } from './read-sheet/sheet-row.ts';
import { UnreadableFile } from './read-sheet/unreadable-file.ts';

/**
 * The rows of a CSV or XLSX file, told apart by its bytes; a CSV is read as it comes, an XLSX only once it is there.
 * Throws `UnreadableFile`.
 */
export async function* readSheet(chunks: AsyncIterable<Buffer>): AsyncGenerator<SheetRow> {
  const file = chunks[Symbol.asyncIterator]();
  const start = await file.next();
  if (start.done) throw new UnreadableFile('empty_file');
  const first = start.value;
  const whole = resume(first, file);
  if (startsWith(first, oleMark)) throw new UnreadableFile('old_excel');
  if (startsWith(first, zipMark)) yield* readWorkbook(Buffer.concat(await Array.fromAsync(whole)));
  else yield* readCsv(whole);
}

async function* resume(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

const zipMark = [0x50, 0x4b, 0x03, 0x04];
/** What Excel wrote before 2007, and what it still wraps a file with a password in. */
const oleMark = [0xd0, 0xcf, 0x11, 0xe0];

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);
