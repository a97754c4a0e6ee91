import type pg from 'pg';
import { wordFinding } from '../../contract/import-wording.ts';
import { fileTypes } from '../../contract/reports.ts';
import type { Language } from '../../contract/wording.ts';
import { FileAnswer } from '../../platform/http.ts';
import { writeCsv } from '../../platform/tables/write-csv.ts';
import { findFindings } from './queries.ts';

const atOnce = 10_000;

const headings = {
  en: ['Row', 'Column', 'What stands there', 'What to do'],
  bn: ['সারি', 'কলাম', 'যা লেখা আছে', 'যা করতে হবে'],
};

/** Everything that was found in a file, for whoever mends it in a spreadsheet. */
export async function writeFindings(
  pool: pg.Pool,
  { id, language }: { id: number; language: Language },
): Promise<FileAnswer> {
  const parts = [writeCsv([headings[language]])];
  let after = { line: -1, id: 0 };
  for (;;) {
    const rows = await findFindings(pool, { id, after, limit: atOnce });
    const cells = rows.map(({ line, column, code, value, detail }) => [
      line === null ? '' : { number: String(line) },
      column ?? '',
      value ?? '',
      wordFinding(language, code, detail),
    ]);
    // The mark stands at the file's beginning only.
    parts.push(writeCsv(cells).replace('\uFEFF', ''));
    const last = rows.at(-1);
    if (rows.length < atOnce || !last) break;
    after = { line: last.line ?? 0, id: last.id };
  }
  return new FileAnswer({
    name: `import-${id}-rows.csv`,
    type: fileTypes.csv,
    content: Buffer.from(parts.join('')),
  });
}
