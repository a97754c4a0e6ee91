import { sql } from 'kysely';
import { publish } from '../../platform/bus.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { overlaps } from '../../scheduling/range.ts';
import { sittings, type Sitting } from '../../scheduling/sittings.ts';
import { findRulesInTx } from './queries.ts';

// Long enough for every weekday and, where rules are dated, for the farthest day that can be booked.
const daysChecked = 366;

/**
 * Changes a doctor's weekly hours as one step, and refuses a change that would put the doctor in two places at once
 * (`schedule_overlap`) or leave a live appointment outside the hours (`schedule_in_use`).
 *
 * Every rule of the doctor gets a new version: a booking share-locks its rule and re-checks the version, so it either
 * commits before this looks for stranded appointments, or sees that its verdict is out of date. This holds for rules
 * that the change does not touch as well, since a dated rule switches the undated ones off.
 */
export async function changeHours<T>(
  db: Database,
  doctorId: number,
  now: Temporal.Instant,
  change: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await lockHours(tx, doctorId);
    const result = await change(tx);
    const rules = await findRulesInTx(tx, doctorId);
    // Yesterday in UTC is still today west of it; what has passed may overlap as it likes.
    const from = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
    const to = from.add({ days: daysChecked });
    const offered = sittings(rules, { from: from.toString(), to: to.toString() });
    refuseOverlap(offered);
    await refuseStranding(tx, { doctorId, offered, now });
    await alignSessions(tx, { doctorId, offered, now });
    await publish(tx, { name: 'schedule.changed', data: { doctorId } });
    return result;
  });
}

async function lockHours(tx: Tx, doctorId: number): Promise<void> {
  // Two rules added at once would each not see the other.
  const doctor = await tx
    .selectFrom('doctors')
    .select('user_id')
    .where('user_id', '=', doctorId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!doctor) throw new Problem('not_found');
  await tx
    .updateTable('schedules')
    .set({ version: sql`version + 1` })
    .where('doctor_id', '=', doctorId)
    .where('ended_at', 'is', null)
    .execute();
}

function refuseOverlap(all: readonly Sitting[]): void {
  let last: Sitting | undefined;
  for (const sitting of all) {
    if (last && overlaps(last, sitting))
      throw new Problem(
        'schedule_overlap',
        `On ${sitting.date} ${sitting.rule.from} to ${sitting.rule.to} in chamber ${sitting.rule.chamberId} meets ${last.rule.from} to ${last.rule.to} in chamber ${last.rule.chamberId}.`,
      );
    if (!last || sitting.end > last.end) last = sitting;
  }
}

type After = { doctorId: number; offered: readonly Sitting[]; now: Temporal.Instant };

async function refuseStranding(tx: Tx, { doctorId, offered, now }: After): Promise<void> {
  const { rows } = await sql<{ key: string; count: number }>`
    select s.schedule_id || '.' || s.date::text as key, count(*) as count
    from appointments a join sessions s on s.id = a.session_id
    where a.doctor_id = ${doctorId} and upper(a.period) > ${now.toString()}::timestamptz
      and a.status not in ('cancelled', 'no_show', 'expired', 'completed')
    group by s.id`.execute(tx);
  const keys = new Set(offered.map((sitting) => sitting.sessionKey));
  const stranded = rows.filter(({ key }) => !keys.has(key));
  const count = stranded.reduce((sum, row) => sum + row.count, 0);
  if (count > 0)
    throw new Problem(
      'schedule_in_use',
      `${count} appointments stand in hours that would no longer be. Cancel them first.`,
    );
}

/** Rows of sessions to come that the hours no longer give make room for others; those that they give again open. */
async function alignSessions(tx: Tx, { doctorId, offered, now }: After): Promise<void> {
  const keys = JSON.stringify(offered.map((sitting) => sitting.sessionKey));
  for (const [from, to, given] of [
    ['open', 'replaced', false],
    ['replaced', 'open', true],
  ] as const)
    await sql`
      update sessions set status = ${to}
      where doctor_id = ${doctorId} and status = ${from} and lower(period) > ${now.toString()}::timestamptz
        and (${keys}::jsonb ? (schedule_id || '.' || date::text)) = ${given}`.execute(tx);
}
