import { asciiDigits } from '../../contract/fields.ts';
import type { UserType } from '../../contract/route.ts';
import type { Database } from '../../platform/database.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { selectUsers, type UserRow } from '../queries.ts';

type Search = {
  q?: string;
  userType?: UserType;
  approval?: 'pending' | 'approved' | 'refused';
  limit?: number;
  cursor?: string;
};

/** Users, newest first. `q` is part of a name, e-mail, mobile or licence number. */
export async function searchUsers(
  db: Database,
  { q, userType, approval, limit = defaultLimit, cursor }: Search,
): Promise<{ rows: UserRow[]; nextCursor: string | null }> {
  let users = selectUsers(db)
    .orderBy('u.id', 'desc')
    .limit(limit + 1);
  if (userType) users = users.where('u.user_type', '=', userType);
  if (approval) users = users.where('d.approval', '=', approval);
  const [before] = readCursor(cursor, 1) ?? [];
  if (before != null) users = users.where('u.id', '<', before);
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
  const { page, nextCursor } = cutPage(await users.execute(), limit, ({ id }) => [id]);
  return { rows: page, nextCursor };
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
