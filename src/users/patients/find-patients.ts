import type { Tx } from '../../platform/database.ts';

const columns = [
  'patients.id',
  'patients.full_name',
  'patients.relation',
  'patients.gender',
  'patients.birth_year',
] as const;

/**
 * The patients of a mobile number, with an account and without. Staff see here who somebody's family is, so every look
 * is recorded, without the number.
 */
export async function findPatientsByMobile(
  tx: Tx,
  mobile: string,
  by: { userId: number },
  now: Temporal.Instant,
): Promise<DeskPatientRow[]> {
  const found = await tx
    .selectFrom('patients')
    .leftJoin('users', 'users.id', 'patients.user_id')
    .select(columns)
    .where((where) => where.or([where('patients.mobile', '=', mobile), where('users.mobile', '=', mobile)]))
    .orderBy(
      (order) => order('patients.relation', '=', 'self'),
      (direction) => direction.desc().nullsLast(),
    )
    .orderBy('patients.id')
    .limit(100)
    .execute();
  await tx
    .insertInto('audit_log')
    .values({
      at: now.toString(),
      by_user: by.userId,
      action: 'patients.looked_up',
      detail: JSON.stringify({ found: found.length }),
    })
    .execute();
  return found.map((row) => ({ ...row, mobile }));
}

export type DeskPatientRow = {
  id: number;
  full_name: string;
  relation: 'self' | 'spouse' | 'child' | 'parent' | 'sibling' | 'other' | null;
  gender: 'female' | 'male' | 'other' | null;
  birth_year: number | null;
  mobile: string | null;
};
