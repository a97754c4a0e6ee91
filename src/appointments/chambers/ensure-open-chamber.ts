import type { Tx } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';

/**
 * Refuses what would be set up in a chamber that has ended, until the transaction is over. The foreign key alone would
 * not: its lock waits for whoever ends the chamber, but then finds the row still there.
 */
export async function ensureOpenChamber(tx: Tx, chamberId: number): Promise<void> {
  const chamber = await tx
    .selectFrom('chambers')
    .select('id')
    .where('id', '=', chamberId)
    .where('ended_at', 'is', null)
    .forKeyShare()
    .executeTakeFirst();
  if (!chamber) throw invalidInput({ path: 'chamberId', message: 'There is no such chamber' });
}
