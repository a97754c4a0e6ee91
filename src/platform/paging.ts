import { Problem } from './problems.ts';

/** Where a page of a list ended, as opaque text. Numbers and null only: what the list is sorted by, then the id. */
const writeCursor = (...position: (number | null)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Reads back what `writeCursor` wrote, null without a cursor; refuses what it cannot have written. */
export function readCursor(cursor: string | undefined, length: number): (number | null)[] | null {
  if (cursor === undefined) return null;
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(position) &&
      position.length === length &&
      isId(position.at(-1)) &&
      position.every(isSortValue)
    )
      return position;
  } catch {
    // Not JSON: answered like every other made-up cursor.
  }
  throw new Problem('invalid_input', 'This page cannot be found; start again at the first.', {
    errors: [{ path: 'cursor', message: 'Use the nextCursor of the page before' }],
  });
}

// Times, fees and ids: none is negative, and PostgreSQL's types end where these limits are.
const isSortValue = (value: unknown): value is number | null =>
  value === null || (typeof value === 'number' && value >= 0 && value <= latestInstant);
const isId = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= largestId;
const latestInstant = 8.64e15;
const largestId = 2_147_483_647;

/** Cuts a list that was read with one row too many into a page and the cursor of the next. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  position: (last: Row) => (number | null)[],
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    nextCursor: rows.length > limit && last !== undefined ? writeCursor(...position(last)) : null,
  };
}

export const defaultLimit = 20;
