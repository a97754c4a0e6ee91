import type { Language } from './language.ts';

const bengaliZero = 0x09e6;

/** A number, or text with ASCII digits, in the digits of the language. Phone numbers and codes stay as they are. */
export function digits(language: Language, value: number | string): string {
  const text = String(value);
  if (language === 'en') return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(bengaliZero + Number(digit)));
}
