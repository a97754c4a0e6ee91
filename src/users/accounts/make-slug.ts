import { randomBytes } from 'node:crypto';

/** `salma-akter`, `salma-akter-2` …; a name without Latin letters gives `doctor-` and the id: a bare number is an id. */
export function* slugsFor(fullName: string, userId: number): Generator<string> {
  const base = latinSlug(fullName) ?? `doctor-${userId}`;
  yield base;
  for (let count = 2; count <= 20; count += 1) yield `${base}-${count}`;
  // Past the 20th of one name the numbers help nobody, and trying each would cost a round trip.
  while (true) yield `${base}-${randomBytes(4).toString('hex')}`;
}

/** Null for a name without Latin letters. */
export function latinSlug(fullName: string): string | null {
  const latin = fullName
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    // A ligature is several letters now, and an address has at most 120.
    .slice(0, 100)
    .replace(/^-|-$/g, '');
  return /[a-z]/.test(latin) ? latin : null;
}
