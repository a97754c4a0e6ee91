import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import type { Dates } from './queries.ts';

/**
 * Whose calendar changes: one doctor's, some doctors', or on some stretches of dates that of all who sit in a chamber (null:
 * anywhere).
 */
export type Scope =
  | { doctorId: number }
  | { doctorIds: readonly number[] }
  | { chamberId: number | null; stretches: readonly Dates[] };

/**
 * Holds off other changes of these calendars and gives every rule in them a new version, so that no booking goes through
 * on a verdict from before. Answers the doctors in ascending order.
 */
export async function lockHours(
  tx: Tx,
  scope: Scope,
  { toLook = false }: { toLook?: boolean } = {},
): Promise<number[]> {
  if (!('stretches' in scope)) {
    const doctorIds = 'doctorId' in scope ? [scope.doctorId] : scope.doctorIds.toSorted((a, b) => a - b);
    // The same order as for everybody: the table, then doctors, then rules. Otherwise two changes could wait in a circle.
    await sql`lock table schedules in row exclusive mode`.execute(tx);
    await lockDoctors(tx, doctorIds);
    await bumpVersions(tx, doctorIds);
    return doctorIds;
  }
  // Shuts out hours that somebody adds at this moment, whose rule would otherwise keep its version. Bookings wait for
  // their rule's row until this commits.
  if (!toLook) await sql`lock table schedules in share row exclusive mode`.execute(tx);
  const { rows } = await sql<{ id: number }>`
    select distinct doctor_id as id from schedules
    where ended_at is null and (${scope.chamberId}::int is null or chamber_id = ${scope.chamberId})
    order by id`.execute(tx);
  const doctorIds = rows.map(({ id }) => id);
  // Looking at a holiday must not hold up the bookings of everybody.
  if (toLook) return doctorIds;
  await lockDoctors(tx, doctorIds);
  await bumpVersions(tx, doctorIds);
  return doctorIds;
}

async function lockDoctors(tx: Tx, doctorIds: number[]): Promise<void> {
  // Two rules added at once would each not see the other.
  const { rows } = await sql`
    select user_id from doctors where user_id = any (${doctorIds}) order by user_id for no key update`.execute(
    tx,
  );
  if (rows.length < doctorIds.length) throw new Problem('not_found');
}

async function bumpVersions(tx: Tx, doctorIds: number[]): Promise<void> {
  await sql`
    update schedules set version = version + 1
    where doctor_id = any (${doctorIds}) and ended_at is null`.execute(tx);
}
