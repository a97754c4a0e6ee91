import { sql, type Insertable } from 'kysely';
import type { HourSettings } from '../../contract/hours.ts';
import type { Tx } from '../../platform/database.ts';
import type { Schedules } from '../../platform/database-schema.ts';
import { ensureOpenChamber, ensureOpenChambers } from '../chambers/ensure-open-chamber.ts';
import { scheduleColumns, type ScheduleRow } from './queries.ts';

/** Hours on a weekday of a chamber, between two dates where these are given. */
export type Hours = HourSettings & {
  weekday: number;
  validFrom: string | null;
  validUntil: string | null;
};

type Where = { doctorId: number; chamberId: number; exceptionId: number | null };

/** Adds a rule. Only inside `changeCalendar`, which looks at what it does to other hours and to appointments. */
export async function addHours(tx: Tx, where: Where, hours: Hours): Promise<ScheduleRow> {
  await ensureOpenChamber(tx, where.chamberId);
  return tx
    .insertInto('schedules')
    .values(rowOf({ where, hours }))
    .returning(scheduleColumns)
    .executeTakeFirstOrThrow();
}

/** Adds many rules at once; likewise. */
export async function addAllHours(
  tx: Tx,
  all: readonly { where: Where; hours: Hours }[],
): Promise<ScheduleRow[]> {
  const rows = all.map(rowOf);
  const [first] = rows;
  if (!first) return [];
  await ensureOpenChambers(tx, [...new Set(all.map(({ where }) => where.chamberId))]);
  const columns = sql.join(Object.keys(first).map((name) => sql.ref(name)));
  // As values they would be tens of thousands of parameters.
  const written = await sql<ScheduleRow>`
    insert into schedules (${columns})
    select ${columns} from jsonb_populate_recordset(null::schedules, ${JSON.stringify(rows)}::jsonb)
    returning ${sql.join(scheduleColumns.map((name) => sql.ref(name)))}`.execute(tx);
  return written.rows;
}

const rowOf = ({ where, hours }: { where: Where; hours: Hours }) => ({
  doctor_id: where.doctorId,
  chamber_id: where.chamberId,
  exception_id: where.exceptionId,
  ...columnsOf(hours),
});

/**
 * Rewrites a rule; likewise. Where serials would get other times it ends and a new one takes its place: who keeps a serial
 * at its old time keeps the old session, and the numbers of the new one are all its own.
 */
export async function rewriteHours(
  tx: Tx,
  before: ScheduleRow,
  hours: Hours,
  now: Temporal.Instant,
): Promise<ScheduleRow> {
  if (givesOtherSerials(before, hours)) {
    await endHours(tx, [before.id], now);
    const where = { doctorId: before.doctor_id, chamberId: before.chamber_id, exceptionId: null };
    return addHours(tx, where, hours);
  }
  return tx
    .updateTable('schedules')
    .set(columnsOf(hours))
    .where('id', '=', before.id)
    .returning(scheduleColumns)
    .executeTakeFirstOrThrow();
}

const givesOtherSerials = (before: ScheduleRow, hours: Hours): boolean =>
  before.mode !== hours.mode ||
  (hours.mode === 'serial' &&
    (before.from_time.slice(0, 5) !== hours.from || before.slot_minutes !== hours.slotMinutes));

/** Ends rules; likewise. */
export async function endHours(tx: Tx, scheduleIds: readonly number[], now: Temporal.Instant): Promise<void> {
  if (scheduleIds.length === 0) return;
  await sql`
    update schedules set ended_at = ${now.toString()}
    where id = any (${[...scheduleIds]}) and ended_at is null`.execute(tx);
}

const columnsOf = (hours: Hours) =>
  ({
    weekday: hours.weekday,
    from_time: hours.from,
    to_time: hours.to,
    valid_from: hours.validFrom,
    valid_until: hours.validUntil,
    mode: hours.mode,
    slot_minutes: hours.slotMinutes,
    capacity: hours.capacity,
    quota_online: hours.quotas?.online ?? null,
    quota_phone: hours.quotas?.phone ?? null,
    quota_walk_in: hours.quotas?.walkIn ?? null,
    quota_release_minutes: hours.quotaReleaseMinutes,
    buffer_before_minutes: hours.bufferBeforeMinutes,
    buffer_after_minutes: hours.bufferAfterMinutes,
    notice_minutes: hours.noticeMinutes,
    horizon_days: hours.horizonDays,
  }) satisfies Partial<Insertable<Schedules>>;
