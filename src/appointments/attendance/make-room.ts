import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import type { Locked } from '../booking/move-appointment.ts';
import { expireOverdue } from '../holds/expire-holds.ts';

/**
 * Lets somebody who was marked absent come after all. Where their place was given away meanwhile they are seen beside
 * whoever has it, over the capacity: in a timed session at their own time, in a serial one under the number after the
 * last, since no number is called twice.
 */
export async function makeRoom(
  tx: Tx,
  { id, doctorId }: Locked,
  reason: string | null,
  now: Temporal.Instant,
): Promise<void> {
  await expireOverdue(tx, { of: { doctorId } }, now);
  await sql`
    update appointments a
    set overbook_reason = coalesce(a.overbook_reason, ${reason}, 'Came late'),
        serial = case when a.serial is not null then (
          select greatest(s.capacity, max(o.serial)) + 1
          from sessions s join appointments o on o.session_id = s.id
          where s.id = a.session_id and o.status not in ('cancelled', 'no_show', 'expired')
          group by s.capacity) end
    where a.id = ${id} and exists (
      select from appointments o
      where o.id <> a.id and o.status not in ('cancelled', 'no_show', 'expired')
        and (o.session_id = a.session_id and o.serial = a.serial
             or o.doctor_id = a.doctor_id and o.occupied && a.occupied
                and o.overbook_reason is null and a.overbook_reason is null))`.execute(tx);
}
