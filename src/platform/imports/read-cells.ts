import type { z } from 'zod';
import type { FindingDetail } from '../../contract/import-wording.ts';
import type { FindingCode } from '../../contract/imports.ts';
import * as fields from '../../contract/fields.ts';
import type { Found } from './found.ts';
import type { SheetRecord } from './read-records.ts';

export type Cells = ReturnType<typeof readCells>;

/** Reads the cells of a row as what they should be; null where there is nothing, or nothing good, which `tell` is told. */
export function readCells({ line, cell }: SheetRecord, tell: (found: Found) => void) {
  const refuse = (column: string, code: FindingCode, detail: FindingDetail = {}): null => {
    tell({ line, column, code, value: cell(column).slice(0, 200) || null, detail });
    return null;
  };
  /** Null when empty; `read` answers null for what is not good. */
  const some = <Value>(column: string, read: (text: string) => Value | null): Value | null => {
    const text = cell(column);
    return text === '' ? null : read(text);
  };
  const parsed = <Value>(column: string, code: FindingCode, schema: z.ZodType<Value>, text: string) => {
    const { data } = schema.safeParse(text);
    return data ?? refuse(column, code);
  };
  return {
    line,
    cell,
    refuse,
    /** Whether there is anything; tells if not. */
    need: (column: string): boolean => cell(column) !== '' || refuse(column, 'empty') !== null,
    text: (column: string, most: number): string | null =>
      some(column, (text) => {
        if (text.length > most) return refuse(column, 'too_long', { most });
        return parsed(column, 'bad_text', fields.line(most), text);
      }),
    mobile: (column: string): string | null =>
      some(column, (text) => parsed(column, 'bad_mobile', fields.mobile, withItsZero(text))),
    email: (column: string): string | null =>
      some(column, (text) => parsed(column, 'bad_email', fields.email, text)),
    wholeNumber: (column: string, least: number, most: number): number | null =>
      some(column, (text) => {
        const plain = plainNumber(text);
        const number = /^[0-9]{1,9}$/.test(plain) ? Number(plain) : NaN;
        return number >= least && number <= most ? number : refuse(column, 'bad_number', { least, most });
      }),
    amount: (column: string): string | null =>
      some(column, (text) => parsed(column, 'bad_amount', fields.amount, plainNumber(text))),
    /** The year of a year or of a date in any usual order. */
    year: (column: string, most: number): number | null =>
      some(column, (text) => {
        const plain = fields.asciiDigits(text);
        const [, first, last] =
          /^(?:(\d{4})(?:[-/.]\d{1,2}[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}))$/.exec(plain) ?? [];
        const year = Number(first ?? last);
        return year >= 1900 && year <= most ? year : refuse(column, 'bad_year', { most });
      }),
    /** `17:30`, from that or `5.30 pm`. */
    time: (column: string): string | null =>
      some(column, (text) => {
        const plain = fields.asciiDigits(text).toLowerCase();
        const [, hour = '', minute = '00', half = ''] =
          /^([0-9]{1,2})(?:[:.]([0-5][0-9])(?::00)?)?\s*([ap]m)?$/.exec(plain) ?? [];
        const read = half === '' ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
        const good = hour !== '' && read < 24 && (half === '' ? plain.length > 2 : Number(hour) <= 12);
        return good ? `${String(read).padStart(2, '0')}:${minute}` : refuse(column, 'bad_time');
      }),
    /** `YYYY-MM-DD`, from that or day, month and year. */
    date: (column: string): string | null =>
      some(column, (text) => {
        const plain = fields.asciiDigits(text).replace(/[/.]/g, '-');
        const [, day = '', month = '', year = ''] =
          /^([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})$/.exec(plain) ?? [];
        const turned = year === '' ? plain : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
        return parsed(column, 'bad_date', fields.date, turned);
      }),
    /** One of the choices, by any of the words for it. */
    choice: <Choice extends string>(
      column: string,
      words: Readonly<Record<Choice, readonly string[]>>,
    ): Choice | null =>
      some(column, (text) => {
        const plain = text.toLowerCase();
        const choices = Object.keys(words) as Choice[];
        const chosen = choices.find((choice) => choice === plain || words[choice].includes(plain));
        return chosen ?? refuse(column, 'bad_choice', { choices });
      }),
  };
}

/** What a spreadsheet makes of 01712345678 is 1712345678. */
function withItsZero(text: string): string {
  const plain = fields.asciiDigits(text).replace(/^'/, '').trim();
  return /^1[0-9]{9}$/.test(plain) ? `0${plain}` : plain;
}

/** `৳ ১,২০০` is 1200. */
const plainNumber = (text: string): string =>
  fields
    .asciiDigits(text)
    .replace(/^(৳|tk\.?|bdt)/i, '')
    .replace(/[,\s]/g, '');
