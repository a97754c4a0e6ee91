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

/** Four Feistel rounds over 15 + 15 bits. */
function scatter(value: number): number {
  let left = value >>> 15;
  let right = value & 0x7fff;
  for (const key of [0x2f1b, 0x51c3, 0x19e7, 0x6a4d]) {
    const mixed = Math.imul(right + key, 0x9e3779b1) >>> 17;
    [left, right] = [right, left ^ (mixed & 0x7fff)];
  }
  return ((left << 15) | right) >>> 0;
}
