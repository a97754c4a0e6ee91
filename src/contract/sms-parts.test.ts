import { expect, test } from 'vitest';
import { measureSms } from './sms-parts.ts';

test.each([
  ['', 'gsm7', 0, 1],
  ['a'.repeat(160), 'gsm7', 160, 1],
  ['a'.repeat(161), 'gsm7', 161, 2],
  ['a'.repeat(306), 'gsm7', 306, 2],
  ['a'.repeat(307), 'gsm7', 307, 3],
  // Signs of the extension take two places.
  ['[€]'.repeat(26) + 'aaaa', 'gsm7', 160, 1],
  ['ক'.repeat(70), 'ucs2', 70, 1],
  ['ক'.repeat(71), 'ucs2', 71, 2],
  ['ক'.repeat(134), 'ucs2', 134, 2],
  ['ক'.repeat(135), 'ucs2', 135, 3],
  // One typographic quote is enough, and an emoji is two units.
  [`${'a'.repeat(69)}’`, 'ucs2', 70, 1],
  ['😀', 'ucs2', 2, 1],
] as const)('%j travels as %s', (text, encoding, length, parts) => {
  expect(measureSms(text)).toEqual({ encoding, length, parts });
});
