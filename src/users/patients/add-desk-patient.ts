import { sql } from 'kysely';
import type { RouteRequest } from '../../contract/route.ts';
import type { addDeskPatient as addRoute } from '../../contract/desk-patients.ts';
import type { Tx } from '../../platform/database.ts';
import type { DeskPatientRow } from './find-patients.ts';
import { refuseUnbornYear } from './policy.ts';

const columns = ['id', 'full_name', 'relation', 'gender', 'birth_year', 'mobile'] as const;

/**
 * Takes somebody without an account into the list: a caller, a walk-in, a guest (`by` null). The same name with the same
 * mobile or e-mail is the same person, so that their limits and other visits count.
 */
export async function addPatientWithoutAccount(
  tx: Tx,
  input: RouteRequest<typeof addRoute>['body'] & { email?: string },
  by: { userId: number | null },
  now: Temporal.Instant,
): Promise<DeskPatientRow> {
  refuseUnbornYear(input.birthYear, now);
  const { fullName, mobile = null, email = null, gender = null, birthYear = null } = input;
  const added = await tx
    .insertInto('patients')
    .values({
      full_name: fullName,
      mobile,
      email,
      gender,
      birth_year: birthYear,
      created_by: by.userId,
      created_at: now.toString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst();
  if (added) return added;
  return tx
    .selectFrom('patients')
    .select(columns)
    .where('user_id', 'is', null)
    .where((where) => where.or([where('mobile', '=', mobile), where('email', '=', email)]))
    .where(sql<boolean>`lower(full_name) = lower(${fullName})`)
    .executeTakeFirstOrThrow();
}
