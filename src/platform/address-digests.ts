import type { Secrets } from './secrets.ts';

/**
 * What stands for a caller's address in the database, under a label of its own for each use. Of an IPv6 address only the
 * network counts: its holder has the other 2^64.
 */
export const digestOfAddress = (secrets: Secrets, label: string, address: string): Buffer =>
  secrets.mac(label, networkOf(address)).subarray(0, 16);

function networkOf(address: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  if (mapped || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const front = head === '' ? [] : head.split(':');
  const back = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array.from({ length: zeros }, () => '0'), ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
