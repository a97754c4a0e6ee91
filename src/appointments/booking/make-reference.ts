// Crockford's digits: no I, L, O or U, so that a reference survives being read out over the phone.
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The short human reference of an appointment id, such as `K7QX-93`. A bijection, so references never collide, and
 * scattered, so that neighbours do not show how many bookings a day has. Not a secret.
 */
export function makeReference(id: number): string {
  const scattered = scatter(id % 2 ** 30);
  let text = '';
  for (let shift = 25; shift >= 0; shift -= 5) text += digits[(scattered >>> shift) & 31];
  const beyond = Math.floor(id / 2 ** 30);
  return `${beyond === 0 ? '' : digits[beyond]}${text.slice(0, 4)}-${text.slice(4)}`;
}

/** The id that a reference stands for, with or without its hyphen; letters that look like a digit count as it. Or null. */
export function readReference(text: string): number | null {
  const plain = text.toUpperCase().replace('-', '').replace(/[IL]/g, '1').replace(/O/g, '0');
  if (!/^[0-9A-HJKMNP-TV-Z]{6,7}$/.test(plain)) return null;
  const value = (part: string) => part.split('').reduce((sum, digit) => sum * 32 + digits.indexOf(digit), 0);
  const beyond = plain.length === 7 ? value(plain.slice(0, 1)) : 0;
  return beyond * 2 ** 30 + gather(value(plain.slice(-6)));
}

const keys = [0x2f1b, 0x51c3, 0x19e7, 0x6a4d];
const mix = (half: number, key: number): number => (Math.imul(half + key, 0x9e3779b1) >>> 17) & 0x7fff;

/** Four Feistel rounds over 15 + 15 bits. */
function scatter(value: number): number {
  let left = value >>> 15;
  let right = value & 0x7fff;
  for (const key of keys) [left, right] = [right, left ^ mix(right, key)];
  return ((left << 15) | right) >>> 0;
}

/** The rounds backwards. */
function gather(value: number): number {
  let left = value >>> 15;
  let right = value & 0x7fff;
  for (const key of keys.toReversed()) [left, right] = [right ^ mix(left, key), left];
  return ((left << 15) | right) >>> 0;
}
