import { z } from 'zod';

// PostgreSQL cannot store NUL, and other control characters have no business in a name.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** One line of text, trimmed, 1 to `max` characters, no control characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'Fill this in')
    .max(max, `Use at most ${max} characters`)
    .refine((text) => !controlCharacters.test(text) && !/[\n\r\t]/.test(text), 'Use one line of plain text');

/** Free text of several lines, trimmed, at most `max` characters. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters`)
    .refine((value) => !controlCharacters.test(value), 'Use plain text');

export const id = z.int().positive().max(2_147_483_647);

const digits = z
  .string()
  .regex(/^[0-9]{1,15}$/, 'Use a whole number')
  .transform(Number);

/** A whole number in a URL: text on the wire, a number on both sides of it. */
export const wholeNumber = z.union([z.int().nonnegative(), digits]).meta({ type: 'integer', minimum: 0 });

/** An id in a URL. */
export const idInUrl = wholeNumber
  .refine((value) => value > 0 && value <= 2_147_483_647, 'Use an id')
  .meta({ type: 'integer', minimum: 1 });

/** `true` or `false` in a URL: text on the wire, a boolean on both sides of it. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .meta({ type: 'boolean' });

// Far past and future are slips of the keyboard, and their arithmetic would leave what PostgreSQL and Temporal can hold.
const isNear = (dated: string): boolean => /^(19|20|21)/.test(dated);

/** A calendar date from 1900 to 2199, `YYYY-MM-DD`. */
export const date = z.iso.date({ error: 'Use a date such as 2026-11-25', abort: true }).refine(isNear, {
  error: 'Use a date from 1900 to 2199',
  abort: true,
});

/** A wall time, `HH:MM`. */
export const wallTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'Use a time such as 17:30');

/** A wall time on a date, `YYYY-MM-DDTHH:MM`. */
export const localMinute = z
  .string()
  .regex(/^[0-9-]{10}T([01][0-9]|2[0-3]):[0-5][0-9]$/, {
    error: 'Use a date with a time such as 2026-11-25T14:00',
    abort: true,
  })
  .refine((value) => date.safeParse(value.slice(0, 10)).success, {
    error: 'Use a date from 1900 to 2199',
    abort: true,
  });

/** An instant from 1900 to 2199, RFC 3339 with an offset, at most nanoseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'Use a time such as 2026-11-25T17:30:00+06:00', abort: true })
  .refine((time) => isNear(time) && !/\.[0-9]{10}/.test(time), {
    error: 'Use a time from 1900 to 2199, to the nanosecond at most',
    abort: true,
  });

/** An instant that the server says, RFC 3339 with an offset. The format also spares the serialiser a look at every letter. */
export const toldInstant = z.string().meta({ format: 'date-time' });

/** An amount of money as a decimal string: never a binary floating point number. */
export const amount = z.string().regex(/^[0-9]{1,8}(\.[0-9]{1,2})?$/, 'Use an amount such as 800 or 800.50');

export const money = z.object({ amount: z.string(), currency: z.string() });

const bengaliZero = 0x09e6;

/** Bangla digits become ASCII; everything else stays. */
export const asciiDigits = (value: string): string =>
  value.replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - bengaliZero));

/** `01712345678`, `8801712…`, `+880 1712-…` or Bangla digits, in; `+88` and 11 digits out. */
export const mobile = z
  .string()
  .max(40)
  .transform((value, context) => {
    const plain = asciiDigits(value).replace(/[\s().-]/g, '');
    const match = /^(?:\+?88)?(01[0-9]{9})$/.exec(plain);
    if (match) return `+88${match[1]}`;
    context.addIssue({ code: 'custom', message: 'Use a mobile number of 11 digits, such as 01712 345678' });
    return z.NEVER;
  })
  .meta({ type: 'string', examples: ['+8801712345678'] });

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(100, 'Use at most 100 characters')
  .pipe(z.email('Use an e-mail address such as name@example.com'));

/** A mobile number in any spelling or an e-mail address, by which somebody is reached; out as it is stored. */
export const reachedAt = z
  .string()
  .max(100)
  .transform((value, context) => {
    const read = [mobile, email].map((each) => each.safeParse(value)).find(({ success }) => success);
    if (read?.data !== undefined) return read.data;
    context.addIssue({ code: 'custom', message: 'Use a mobile number or an e-mail address' });
    return z.NEVER;
  })
  .meta({ type: 'string', examples: ['+8801712345678', 'name@example.com'] });

/** A code as it was sent, 6 digits; Bangla digits, spaces and hyphens are as good. */
export const code = z
  .string()
  .max(20)
  .transform((value, context) => {
    const plain = asciiDigits(value).replace(/[\s-]/g, '');
    if (/^[0-9]{6}$/.test(plain)) return plain;
    context.addIssue({ code: 'custom', message: 'Use the code of 6 digits' });
    return z.NEVER;
  })
  .meta({ type: 'string', examples: ['123456'] });

export const password = z
  .string()
  .min(8, 'Use at least 8 characters')
  .max(128, 'Use at most 128 characters')
  .refine((value) => /[A-Z]/.test(value), 'Use at least one upper-case letter')
  .refine((value) => /[0-9]/.test(value), 'Use at least one digit')
  .refine((value) => /[^A-Za-z0-9\s]/.test(value), 'Use at least one special character, such as @ or #');

export const language = z.enum(['bn', 'en']);

export type Mistake = { path: string; message: string };

/** For `superRefine`: a check of several fields together. */
export const refuseMistakes =
  <Value>(check: (value: Value) => Mistake[]) =>
  (value: Value, context: z.RefinementCtx): void => {
    for (const { path, message } of check(value))
      context.addIssue({ code: 'custom', path: path.split('.'), message });
  };

/** Query parameters of every list. */
export const paging = {
  limit: wholeNumber.refine((value) => value >= 1 && value <= 100, 'Use 1 to 100').optional(),
  cursor: z.string().max(200).optional(),
};

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
