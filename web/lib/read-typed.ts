import { asciiDigits } from '../../src/contract/fields.ts';
import { isDate, monthOfName } from './dates.ts';

// What people type, read into what the API takes; null where it cannot be read. Bangla digits are as good as any.

/** A mobile number, `01712345678`, with or without +88, spaces and hyphens. */
export function readMobile(typed: string): string | null {
  const plain = asciiDigits(typed).replace(/[\s().-]/g, '');
  return /^(?:\+?88)?(01[0-9]{9})$/.exec(plain)?.[1] ?? null;
}

/** A whole number, `30`; separators of thousands are dropped. */
export function readNumber(typed: string): string | null {
  const plain = asciiDigits(typed).replace(/[\s,]/g, '');
  return /^\d{1,9}$/.test(plain) ? String(Number(plain)) : null;
}

/** An amount, `800` or `800.50`, with or without the sign. */
export function readMoney(typed: string): string | null {
  const plain = asciiDigits(typed).replace(/[\s,৳]|\/-$|taka|টাকা|tk\.?/gi, '');
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) ? plain.replace(/^0+(?=\d)/, '') : null;
}

/** A wall time, `17:30`, from `17:30`, `1730`, `5.30 pm`, `5pm` or `বিকাল ৫:৩০`. Without a part of the day it is by 24 hours. */
export function readTime(typed: string): string | null {
  const plain = fold(typed).trim().toLowerCase();
  const clock = /(\d{1,2})(?:\s*[:.]?\s*(\d\d))?(?!\d)/.exec(plain);
  if (!clock) return null;
  const part = plain.replace(clock[0], '').replace(/[\s.]|টায়|টা/g, '');
  const hour = Number(clock[1]);
  const minute = Number(clock[2] ?? 0);
  const hours24 = part === '' ? hour : hourIn(part, hour);
  if (hours24 === null || hours24 > 23 || minute > 59) return null;
  return `${pad(hours24)}:${pad(minute)}`;
}

/** A date, `2026-11-25`, from `25/11/2026`, `25-11-26`, `25 Nov 2026`, `২৫ নভেম্বর ২০২৬` or itself. */
export function readDate(typed: string): string | null {
  const parts = fold(typed)
    .trim()
    .split(/[\s/.,-]+/);
  const [first = '', second = '', third = ''] = parts;
  if (parts.length !== 3) return null;
  const [year, month, day] = /^\d{4}$/.test(first) ? [first, second, third] : [third, second, first];
  const wholeYear = /^\d\d$/.test(year) ? `20${year}` : year;
  const number = /^\d{1,2}$/.test(month) ? Number(month) : monthOfName(month);
  const date = `${wholeYear}-${pad(number ?? 0)}-${pad(Number(day))}`;
  return isDate(date) ? date : null;
}

/** A month, `2026-10`, from `10/2026`, `10-26`, `Oct 2026`, `অক্টোবর ২০২৬` or itself. */
export function readMonth(typed: string): string | null {
  const parts = typed.trim().split(/[\s/.,-]+/);
  const [first = '', second = ''] = parts;
  if (parts.length !== 2) return null;
  const [year, month] = /^\d{4}$/.test(asciiDigits(first)) ? [first, second] : [second, first];
  return readDate(`1/${month}/${year}`)?.slice(0, 7) ?? null;
}

/** Keyboards write য় as one character or as two; NFC is the two of the tables here. */
const fold = (typed: string): string => asciiDigits(typed).normalize('NFC');

/** Of twelve hours on a clock, which of the day. */
function hourIn(part: string, hour: number): number | null {
  if (hour < 1 || hour > 12) return null;
  const morning = hour % 12;
  const evening = morning + 12;
  if (/^(am|ভোর|সকাল|সকালে)$/.test(part)) return morning;
  if (/^(pm|বিকাল|বিকেল|বিকালে|বিকেলে|সন্ধ্যা|সন্ধ্যায়)$/.test(part)) return evening;
  // Noon begins before twelve, and night goes on after it.
  if (/^(দুপুর|দুপুরে)$/.test(part)) return hour === 11 ? hour : evening;
  if (/^(রাত|রাতে)$/.test(part)) return hour === 12 || hour < 6 ? morning : evening;
  return null;
}

const pad = (value: number): string => String(value).padStart(2, '0');
