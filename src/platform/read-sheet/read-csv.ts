import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { SheetRow } from './sheet-row.ts';
import { UnreadableFile } from './unreadable-file.ts';

// One record; a quote that is never closed would otherwise take in the whole file.
const longestRecord = 100_000;

/** Comma, semicolon or tab, whichever the first line has most of; UTF-8 with or without a mark. Throws `UnreadableFile`. */
export async function* readCsv(chunks: AsyncIterable<Buffer>): AsyncGenerator<SheetRow> {
  const text = decode(chunks);
  let head = '';
  for (let next = await text.next(); !next.done; next = await text.next()) {
    head += next.value;
    if (/[^\r\n][\r\n]/.test(head) || head.length > longestRecord) break;
  }
  const parser = Readable.from(join(head, text)).pipe(
    parse({
      delimiter: chooseDelimiter(head),
      relax_column_count: true,
      max_record_size: longestRecord,
      skip_empty_lines: false,
    }),
  );
  yield* rowsOf(parser);
}

async function* rowsOf(parser: AsyncIterable<string[]>): AsyncGenerator<SheetRow> {
  let line = 0;
  try {
    for await (const cells of parser) {
      line += 1;
      if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
    }
  } catch (error) {
    // Rows that were read before it are lost with the stream, but it has counted them.
    if (error instanceof CsvError)
      throw new UnreadableFile(
        'broken_quotes',
        (typeof error.records === 'number' ? error.records : line) + 1,
      );
    throw error;
  }
}

async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  for await (const chunk of chunks) {
    if (first && isUtf16(chunk)) throw new UnreadableFile('not_utf8');
    first = false;
    yield decodeSome(decoder, chunk);
  }
  yield decodeSome(decoder);
}

function decodeSome(decoder: TextDecoder, chunk?: Buffer): string {
  let text: string;
  try {
    text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new UnreadableFile('not_utf8');
  }
  if (text.includes('\u0000')) throw new UnreadableFile('not_a_table');
  return text;
}

const isUtf16 = ([first, second]: Buffer): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

async function* join(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  // An empty string would end the stream.
  if (head !== '') yield head;
  for await (const text of rest) if (text !== '') yield text;
}

function chooseDelimiter(head: string): string {
  const [line = ''] = head.replace(/^[\r\n]+/, '').split(/[\r\n]/, 1);
  const plain = line.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: plain.split(sign).length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.sign ?? ',';
}
