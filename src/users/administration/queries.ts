import { asciiDigits } from '../../contract/fields.ts';
import type { UserType } from '../../contract/route.ts';
import { run, type Database, type Queryable, type Statement } from '../../platform/database.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { selectUsers, type UserRow } from '../queries.ts';

type Search = {
  q?: string;
  userType?: UserType;
  status?: 'active' | 'inactive' | 'suspended';
  approval?: 'pending' | 'approved' | 'refused';
  limit?: number;
  cursor?: string;
};

/** Users, newest first. `q` is part of a name, e-mail, mobile or licence number. */
export async function searchUsers(
  db: Database,
  { q, userType, status, approval, limit = defaultLimit, cursor }: Search,
): Promise<{ rows: UserRow[]; nextCursor: string | null }> {
  let users = selectUsers(db)
    .orderBy('u.id', 'desc')
    .limit(limit + 1);
  if (userType) users = users.where('u.user_type', '=', userType);
  if (status) users = users.where('u.status', '=', status);
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

export type StandingRow = {
  devices: number;
  lastUsedAt: Temporal.Instant | null;
  invitedAt: Temporal.Instant | null;
  comingVisits: number;
  desks: number;
};

/** SQL: appointments a that somebody still counts on; a hold only while it lasts. */
const isComing = (now: string): string => `
  a.status in ('held', 'pending', 'confirmed', 'arrived', 'in_consultation')
  and upper(a.period) > ${now}::timestamptz and (a.status <> 'held' or a.expires_at > ${now}::timestamptz)`;

export async function findStanding(
  on: Queryable,
  userId: number,
  now: Temporal.Instant,
): Promise<StandingRow> {
  const [row] = await run<StandingRow>(on, standing, [userId, now.toString()]);
  if (!row) throw new Error('a query without a table answered nothing');
  return row;
}

const standing: Statement = {
  name: 'standing-of-user',
  text: `
    select s.devices, s.last_used as "lastUsedAt",
      (select max(i.invited_at) from invitations i where i.user_id = $1) as "invitedAt",
      (select count(*)::int from appointments a
       where (a.doctor_id = $1 or a.patient_id in (select p.id from patients p where p.user_id = $1))
         and ${isComing('$2')}) as "comingVisits",
      (select count(*)::int from assistant_attachments t where t.assistant_id = $1) as desks
    from (select count(*)::int as devices, max(rotated_at) as last_used from sign_ins
          where user_id = $1 and ended_at is null and expires_at > $2::timestamptz) s`,
};

/** Who counts on a doctor: visits to come, and places in line. */
export async function findBound(
  on: Queryable,
  doctorId: number,
  now: Temporal.Instant,
): Promise<{ visits: number; waiting: number }> {
  const [row] = await run<{ visits: number; waiting: number }>(on, bound, [doctorId, now.toString()]);
  return row ?? { visits: 0, waiting: 0 };
}

const bound: Statement = {
  name: 'bound-to-doctor',
  text: `
    select (select count(*)::int from appointments a where a.doctor_id = $1 and ${isComing('$2')}) as visits,
      (select count(*)::int from waitlist_entries w where w.doctor_id = $1 and w.status = 'waiting') as waiting`,
};
