import { sql } from 'kysely';
import { epochOf } from '../availability/queries.ts';
import type { Tx } from '../../platform/database.ts';
import { instantOf, spellRange } from '../../platform/instant-range.ts';
import { overlaps } from '../../scheduling/range.ts';
import { sittingHolding } from '../../scheduling/misfits.ts';
import type { Sitting } from '../../scheduling/sittings.ts';
import { asVisit } from './find-stranded.ts';
import type { DoctorCalendar, PromisedAppointment } from './queries.ts';

type SessionRow = {
  id: number;
  doctorId: number;
  key: string;
  starts: number;
  ends: number;
  mode: 'timed' | 'serial';
  capacity: number | null;
  status: 'open' | 'replaced';
};

/**
 * Brings the rows of sessions that are not over in line with the hours: those the hours no longer give make room for
 * others, those they give again open, those they give at another time move there. A sitting that has begun goes on even
 * when its hours end, unless others take its time over.
 */
export async function alignSessions(
  tx: Tx,
  { calendars, now }: { calendars: readonly DoctorCalendar[]; now: Temporal.Instant },
): Promise<void> {
  const { rows } = await sql<SessionRow>`
    select id, doctor_id as "doctorId", schedule_id || '.' || date::text as key, ${sql.raw(epochOf('lower(period)'))} as starts,
      ${sql.raw(epochOf('upper(period)'))} as ends, mode, capacity, status
    from sessions
    where doctor_id = any (${calendars.map(({ doctorId }) => doctorId)}) and status in ('open', 'replaced')
      and upper(period) > ${now.toString()}::timestamptz - interval '2 days'`.execute(tx);
  if (rows.length === 0) return;
  const having = new Set(rows.map(({ doctorId }) => doctorId));
  const sittingsOf = new Map(
    calendars.flatMap(({ doctorId, sittings }) =>
      having.has(doctorId) ? [[doctorId, sittings] as const] : [],
    ),
  );
  const given = new Map(
    [...sittingsOf.values()].flat().map((sitting) => [sitting.sessionKey, sitting] as const),
  );
  const leaving: number[] = [];
  const coming: Omit<SessionRow, 'key' | 'status' | 'doctorId'>[] = [];
  for (const row of rows) {
    const sitting = given.get(row.key);
    if (!sitting) {
      const begun = row.starts <= now.epochMilliseconds;
      const own = sittingsOf.get(row.doctorId) ?? [];
      const inTheWay = own.some((each) => overlaps(each, { start: row.starts, end: row.ends }));
      if (row.status === 'open' && (!begun || inTheWay)) leaving.push(row.id);
      continue;
    }
    const { start, end, rule } = sitting;
    if (Math.max(end, row.ends) <= now.epochMilliseconds) continue;
    const asGiven =
      row.starts === start && row.ends === end && row.mode === rule.mode && row.capacity === rule.capacity;
    if (row.status === 'open' && asGiven) continue;
    // Two sessions that change places would meet on the way.
    if (row.status === 'open') leaving.push(row.id);
    coming.push({ id: row.id, starts: start, ends: end, mode: rule.mode, capacity: rule.capacity });
  }
  if (leaving.length > 0)
    await sql`update sessions set status = 'replaced' where id = any (${leaving})`.execute(tx);
  if (coming.length > 0)
    await sql`
      update sessions s
      set status = 'open', mode = c.mode, capacity = c.capacity,
          period = tstzrange(${sql.raw(instantOf('c.starts'))}, ${sql.raw(instantOf('c.ends'))})
      from jsonb_to_recordset(${JSON.stringify(coming)}::jsonb)
        as c (id bigint, starts float8, ends float8, mode text, capacity smallint)
      where s.id = c.id`.execute(tx);
}

/**
 * Appointments whose hours were taken over by others of the same chamber (dated hours end, and the usual ones give the
 * same times) go on in the session of those. Nothing changes for the patient.
 */
export async function rehomeAppointments(
  tx: Tx,
  { calendars, promised }: { calendars: readonly DoctorCalendar[]; promised: readonly PromisedAppointment[] },
): Promise<void> {
  const sittingsOf = new Map(calendars.map(({ doctorId, sittings }) => [doctorId, sittings]));
  for (const appointment of promised) {
    const sitting = sittingHolding(asVisit(appointment), sittingsOf.get(appointment.doctorId) ?? []);
    if (!sitting || sitting.sessionKey === appointment.sessionKey) continue;
    await tx
      .updateTable('appointments')
      .set({ session_id: await ensureSession(tx, appointment.doctorId, sitting) })
      .where('id', '=', appointment.id)
      .execute();
  }
}

/** The row of a session, made when it is first needed. */
export async function ensureSession(tx: Tx, doctorId: number, sitting: Sitting): Promise<number> {
  const { rule, date } = sitting;
  await tx
    .insertInto('sessions')
    .values({
      schedule_id: rule.scheduleId,
      doctor_id: doctorId,
      chamber_id: rule.chamberId,
      date,
      period: spellRange(sitting),
      mode: rule.mode,
      capacity: rule.capacity,
    })
    .onConflict((conflict) => conflict.columns(['schedule_id', 'date']).doNothing())
    .execute();
  const { id } = await tx
    .selectFrom('sessions')
    .select('id')
    .where('schedule_id', '=', rule.scheduleId)
    .where('date', '=', date)
    .executeTakeFirstOrThrow();
  return id;
}
