import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';

/**
 * Refuses what would be set up in a chamber that has ended, until the transaction is over. The foreign key alone would
 * not: its lock waits for whoever ends the chamber, but then finds the row still there.
 */
export const ensureOpenChamber = (tx: Tx, chamberId: number): Promise<void> =>
  ensureOpenChambers(tx, [chamberId]);

/** The same for several, each named once. */
export async function ensureOpenChambers(tx: Tx, chamberIds: readonly number[]): Promise<void> {
  const { rows } = await sql`
    select id from chambers where id = any (${[...chamberIds]}) and ended_at is null
    order by id for key share`.execute(tx);
  if (rows.length < chamberIds.length)
    throw invalidInput({ path: 'chamberId', message: 'There is no such chamber' });
}
