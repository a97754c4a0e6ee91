import type { Actor } from '../../platform/access-tokens.ts';
import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

/** Approves or refuses a doctor who waits for it. Refuses with `not_found` or, the second time, `approval_decided`. */
export async function decideDoctor(
  tx: Tx,
  { doctorId, decision }: { doctorId: number; decision: 'approved' | 'refused' },
  by: Pick<Actor, 'userId'>,
  now: Temporal.Instant,
): Promise<void> {
  const decided = await tx
    .updateTable('doctors')
    .set({ approval: decision, approval_decided_at: now.toString(), approval_decided_by: by.userId })
    .where('user_id', '=', doctorId)
    .where('approval', '=', 'pending')
    .executeTakeFirstOrThrow();
  if (decided.numUpdatedRows === 0n) {
    const doctor = await tx
      .selectFrom('doctors')
      .select('user_id')
      .where('user_id', '=', doctorId)
      .executeTakeFirst();
    throw new Problem(doctor ? 'approval_decided' : 'not_found');
  }
  await publish(tx, { name: 'doctor.changed', data: { doctorId } });
}
