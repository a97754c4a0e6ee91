import { streamXlsxRows } from 'hucre/xlsx';
import type { SheetRow } from './sheet-row.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { unpackedSize } from './unpacked-size.ts';

// 100,000 rows of twenty columns are about 100 MB of XML, and take some four times that while they are read.
const mostUnpacked = 150 * 1024 * 1024;
/** A row may be formatted to its 16,384th cell; a table of ours is not nearly as wide. */
const mostCells = 200;

/** The rows of the first sheet. Dates and times come as `YYYY-MM-DD` and `HH:MM`, numbers as decimals. Throws `UnreadableFile`. */
export async function* readWorkbook(file: Buffer): AsyncGenerator<SheetRow> {
  const size = unpackedSize(file);
  if (size === null) throw new UnreadableFile('broken_workbook');
  if (size > mostUnpacked) throw new UnreadableFile('too_large');
  const rows = streamXlsxRows(file);
  for (;;) {
    const next = await rows.next().catch(() => {
      throw new UnreadableFile('broken_workbook');
    });
    if (next.done) return;
    const cells = next.value.values.slice(0, mostCells).map(spell);
    if (cells.some((cell) => cell.trim() !== '')) yield { line: next.value.index + 1, cells };
  }
}

function spell(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return spellNumber(value);
  if (value instanceof Date) return spellDate(value);
  return '';
}

/** Never `8.80171e+12`, nor the last digit of what a spreadsheet has summed. */
const spellNumber = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(12)));

/** A spreadsheet's date has no zone; the library gives it as one of UTC. A time alone is on its day zero. */
function spellDate(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  const [day = '', clock = ''] = Temporal.Instant.fromEpochMilliseconds(
    Math.round(value.getTime() / 60_000) * 60_000,
  )
    .toString()
    .split('T');
  if (day < '1900-01-02') return clock.slice(0, 5);
  return day;
}
