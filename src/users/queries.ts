import { sql, type InferResult } from 'kysely';
import type { Database } from '../platform/database.ts';
import { Problem } from '../platform/problems.ts';

/** Users with what a doctor has besides; filter and order are the caller's. */
export const selectUsers = (db: Database) =>
  db
    .selectFrom('users as u')
    .leftJoin('doctors as d', 'd.user_id', 'u.id')
    .select([
      'u.id',
      'u.full_name',
      'u.email',
      'u.mobile',
      'u.email_verified_at',
      'u.mobile_verified_at',
      'u.user_type',
      'u.status',
      'u.division',
      'u.district',
      'u.thana',
      'u.profile_image',
      'u.language',
      'u.created_at',
      'u.license_number',
      'u.experience_years',
      'u.consultation_fee',
      'd.approval',
      'd.slug',
      'd.name_bn',
      'd.gender',
      'd.qualifications',
      'd.about_en',
      'd.about_bn',
      sql<number[]>`array(
        select ds.specialization_id from doctor_specializations ds
        where ds.doctor_id = u.id order by ds.specialization_id
      )`.as('specializations'),
    ]);

export type UserRow = InferResult<ReturnType<typeof selectUsers>>[number];

export async function getUser(db: Database, id: number): Promise<UserRow> {
  const row = await selectUsers(db).where('u.id', '=', id).executeTakeFirst();
  if (!row) throw new Problem('not_found');
  return row;
}
