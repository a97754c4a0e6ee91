import type { Actor } from '../../platform/access-tokens.ts';
import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { lockUsers } from './lock-users.ts';
import { findBound } from './queries.ts';
import { recordDeed } from './record-deed.ts';

export type Approval = 'pending' | 'approved' | 'refused';

/**
 * Approves or refuses a doctor, or takes that back (`pending`). Refuses with `not_found`; with `approval_decided` when the
 * doctor no longer stands as whoever decides has seen them; and, where an approval would end, with `doctor_booked` while
 * patients are booked or wait: their doctor must not vanish, and a suspension leaves them their places.
 */
export async function decideDoctor(
  tx: Tx,
  { doctorId, decision, instead }: { doctorId: number; decision: Approval; instead: Approval },
  by: Pick<Actor, 'userId'>,
  now: Temporal.Instant,
): Promise<void> {
  await lockUsers(tx, by);
  // Stronger than an update's own lock: whoever takes a place holds this row by its key, and looks whether the doctor is
  // approved once it is free again. So no place is taken between the look below and the commit.
  const doctor = await tx
    .selectFrom('doctors')
    .select('approval')
    .where('user_id', '=', doctorId)
    .forUpdate()
    .executeTakeFirst();
  if (!doctor) throw new Problem('not_found');
  if (doctor.approval !== instead || decision === instead) throw new Problem('approval_decided');
  if (instead === 'approved') {
    const { visits, waiting } = await findBound(tx, doctorId, now);
    if (visits + waiting > 0) throw new Problem('doctor_booked');
  }
  await tx
    .updateTable('doctors')
    .set(
      decision === 'pending'
        ? { approval: decision, approval_decided_at: null, approval_decided_by: null }
        : { approval: decision, approval_decided_at: now.toString(), approval_decided_by: by.userId },
    )
    .where('user_id', '=', doctorId)
    .execute();
  await recordDeed(
    tx,
    { action: 'doctor.decided', detail: { doctorId, from: instead, to: decision } },
    by,
    now,
  );
  await publish(tx, { name: 'doctor.changed', data: { doctorId } });
}
