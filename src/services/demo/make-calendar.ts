import { sql } from 'kysely';
import { placeClosures, type LocalClosure } from '../../appointments/exceptions/queries.ts';
import type { Tx } from '../../platform/database.ts';
import type { Closure } from '../../scheduling/closures.ts';
import type { DemoDoctor } from './make-doctors.ts';

type Input = { doctors: readonly DemoDoctor[]; adminId: number; now: Temporal.Instant };

const holidaysBehind = 30;
const holidaysAhead = 400;

/**
 * Sets the public holidays around the present day and gives some doctors a few days off in the next weeks. Answers what
 * is closed to each doctor's appointments; of tentative holidays as if the moon had been sighted.
 */
export async function makeCalendar(tx: Tx, input: Input): Promise<Map<number, Closure[]>> {
  const today = input.now.toZonedDateTimeISO('Asia/Dhaka').toPlainDate();
  const holidays = await setHolidays(tx, { ...input, today });
  const timesOff = inventTimesOff(input.doctors, today);
  await tx
    .insertInto('exceptions')
    .values(
      timesOff.map(({ doctorId, from, until, note }) => ({
        kind: 'time_off' as const,
        doctor_id: doctorId,
        from_local: from,
        until_local: until,
        note,
        created_by: doctorId,
        created_at: input.now.toString(),
      })),
    )
    .execute();
  const timeOffOf = Map.groupBy(timesOff, ({ doctorId }) => doctorId);
  return new Map(
    input.doctors.map(({ id, rules }) => [
      id,
      placeClosures([...holidays, ...(timeOffOf.get(id) ?? [])], rules),
    ]),
  );
}

async function setHolidays(
  tx: Tx,
  { adminId, now, today }: Input & { today: Temporal.PlainDate },
): Promise<LocalClosure[]> {
  const { rows } = await sql<{ from: string; until: string }>`
    insert into exceptions (kind, from_local, until_local, name, name_bn, tentative, created_by, created_at)
    select 'holiday', first_date::text, last_date::text, name, name_bn, moon_sighted, ${adminId}::int, ${now.toString()}
    from public_holidays
    where country = 'BD' and last_date >= ${today.subtract({ days: holidaysBehind }).toString()}
      and first_date <= ${today.add({ days: holidaysAhead }).toString()}
    order by first_date, name
    returning from_local as "from", until_local as until`.execute(tx);
  return rows.map((row) => ({ ...row, kind: 'holiday', chamberId: null, tentative: false }));
}

type TimeOff = LocalClosure & { doctorId: number; note: string };

/** One doctor in twelve: mostly whole days, for some an afternoon. */
function inventTimesOff(doctors: readonly DemoDoctor[], today: Temporal.PlainDate): TimeOff[] {
  const away = doctors.filter((_doctor, index) => index % 12 === 7);
  return away.map(({ id }, index) => {
    const first = today.add({ days: 2 + ((index * 5) % 19) });
    const period =
      index % 4 === 3
        ? { from: `${first.toString()}T12:00`, until: `${first.toString()}T19:00` }
        : { from: first.toString(), until: first.add({ days: index % 4 }).toString() };
    return {
      ...period,
      doctorId: id,
      kind: 'time_off',
      chamberId: null,
      tentative: false,
      note: reasons[index % reasons.length] ?? '',
    };
  });
}

const reasons = ['A conference', 'Family', 'A journey', 'Examinations at the medical college'];
