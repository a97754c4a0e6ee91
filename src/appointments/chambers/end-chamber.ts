import { publish } from '../../platform/bus.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { countDoctorsWithHours } from './queries.ts';

/**
 * Closes a chamber for good, and with it the visit types there; refused while somebody has hours or an appointment to
 * come in it. Hours are added under a key-share lock on their chamber, which `for update` waits for, and bookings need
 * hours; `ensureOpenChamber` lets nothing in afterwards.
 */
export async function endChamber(db: Database, chamberId: number, now: Temporal.Instant): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const chamber = await tx
      .selectFrom('chambers')
      .select('id')
      .where('id', '=', chamberId)
      .where('ended_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!chamber) throw new Problem('not_found');
    await refuseInUse(tx, chamberId, now);
    const ended_at = now.toString();
    await tx.updateTable('chambers').set({ ended_at }).where('id', '=', chamberId).execute();
    for (const doctorId of await endVisitTypes(tx, chamberId, ended_at))
      await publish(tx, { name: 'schedule.changed', data: { doctorId } });
  });
}

async function refuseInUse(tx: Tx, chamberId: number, now: Temporal.Instant): Promise<void> {
  const doctors = await countDoctorsWithHours(tx, { chamberId, now });
  if (doctors > 0)
    throw new Problem(
      'chamber_in_use',
      `Doctors still have hours in this chamber (${doctors} of them). End the hours first.`,
    );
  const appointments = await countToCome(tx, chamberId, now);
  if (appointments > 0)
    throw new Problem(
      'chamber_in_use',
      `Appointments are still to come in this chamber (${appointments} of them). Move or cancel them first.`,
    );
}

/** Through the doctors, since appointments are found by doctor and time; a visit lasts eight hours at most. */
async function countToCome(tx: Tx, chamberId: number, now: Temporal.Instant): Promise<number> {
  const { count } = await tx
    .selectFrom('appointments')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('doctor_id', 'in', (doctors) =>
      doctors.selectFrom('visit_types').select('doctor_id').where('chamber_id', '=', chamberId),
    )
    .where('chamber_id', '=', chamberId)
    .where(({ fn }) => fn('lower', ['period']), '>', now.subtract({ hours: 8 }).toString())
    .where(({ fn }) => fn('upper', ['period']), '>', now.toString())
    .where('status', 'not in', ['cancelled', 'no_show', 'expired', 'completed'])
    .executeTakeFirstOrThrow();
  return count;
}

async function endVisitTypes(tx: Tx, chamberId: number, ended_at: string): Promise<Set<number>> {
  const ended = await tx
    .updateTable('visit_types')
    .set({ ended_at })
    .where('chamber_id', '=', chamberId)
    .where('ended_at', 'is', null)
    .returning('doctor_id')
    .execute();
  return new Set(ended.map((row) => row.doctor_id));
}
