import { asciiDigits } from '../../contract/fields.ts';
import type { UserType } from '../../contract/route.ts';
import type { Database } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';
import { selectUsers, type UserRow } from '../queries.ts';

type Search = {
  q?: string;
  userType?: UserType;
  approval?: 'pending' | 'approved' | 'refused';
  limit?: number;
  cursor?: string;
};

/** Users, newest first, 50 unless told. `q` is part of a name, e-mail, mobile or licence number. */
export async function searchUsers(
  db: Database,
  { q, userType, approval, limit = 50, cursor }: Search,
): Promise<{ rows: UserRow[]; nextCursor: string | null }> {
  let users = selectUsers(db)
    .orderBy('u.id', 'desc')
    .limit(limit + 1);
  if (userType) users = users.where('u.user_type', '=', userType);
  if (approval) users = users.where('d.approval', '=', approval);
  if (cursor !== undefined) users = users.where('u.id', '<', readCursor(cursor));
  if (q) {
    const part = `%${escapeLike(q)}%`;
    const digits = asciiDigits(q).replace(/[\s().+-]/g, '');
    users = users.where((by) =>
      by.or([
        by('u.full_name', 'ilike', part),
        by('d.name_bn', 'ilike', part),
        by('u.email', 'ilike', part),
        by('u.license_number', 'ilike', part),
        ...(/^[0-9]+$/.test(digits) ? [by('u.mobile', 'like', `%${digits}%`)] : []),
      ]),
    );
  }
  const found = await users.execute();
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last ? writeCursor(last.id) : null };
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

const writeCursor = (id: number): string => Buffer.from(`u${id}`).toString('base64url');

function readCursor(cursor: string): number {
  const id = /^u([0-9]{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (!id) throw invalidInput({ path: 'cursor', message: 'Use the nextCursor of the page before' });
  return Number(id);
}
