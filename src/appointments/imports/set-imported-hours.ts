import { changeCalendarWithin } from '../calendar/change-calendar.ts';
import { run, type Tx } from '../../platform/database.ts';
import { addAllHours } from '../schedules/write-hours.ts';
import { usualWindow } from '../visit-types/create-visit-type.ts';
import { usual, type ScheduleRow, type VisitKind } from './read-schedule.ts';

/** A row with nothing against it, and the fees that are to be set for it. */
export type GoodRow = { line: number; chamberId: number; hours: HoursOfRow; fees: NewFee[] };
export type HoursOfRow = {
  weekdays: number[];
  from: string;
  to: string;
  mode: 'timed' | 'serial';
  slotMinutes: number;
  capacity: number | null;
  validFrom: string | null;
  validUntil: string | null;
};
export type NewFee = { kind: VisitKind; fee: string; minutes: number };

export type Made = { line: number; scheduleId?: number; visitTypeId?: number };

export type DoctorRows = { doctorId: number; rows: readonly GoodRow[] };

// The calendars of so many are changed at once: a third of a second, in which nobody can end the work.
const doctorsAtOnce = 200;

/** Doctors, or what is known of them, in parts of as many as are done at once. */
export function* atOnce<Each>(all: readonly Each[]): Generator<Each[]> {
  for (let from = 0; from < all.length; from += doctorsAtOnce) yield all.slice(from, from + doctorsAtOnce);
}

/** Adds the hours and fees of some doctors as one change of their calendars. Refuses as such a change does. */
export async function setImportedHours(
  tx: Tx,
  doctors: readonly DoctorRows[],
  by: { userId: number },
  now: Temporal.Instant,
): Promise<Made[]> {
  const scope = { doctorIds: doctors.map(({ doctorId }) => doctorId) };
  const change = { scope, by, why: 'The weekly hours changed.', now, query: {} };
  return changeCalendarWithin(tx, change, async () => [
    ...(await addRules(tx, doctors)),
    ...(await addFees(tx, doctors)),
  ]);
}

async function addRules(tx: Tx, doctors: readonly DoctorRows[]): Promise<Made[]> {
  const all = doctors.flatMap(({ doctorId, rows }) =>
    rows.flatMap(({ line, chamberId, hours }) =>
      hours.weekdays.map((weekday) => ({
        line,
        where: { doctorId, chamberId, exceptionId: null },
        hours: { ...usual, ...hours, weekday },
      })),
    ),
  );
  const lineOf = new Map(all.map(({ line, where, hours }) => [keyOf({ ...where, ...hours }), line]));
  return (await addAllHours(tx, all)).map((row) => {
    const line = lineOf.get(
      keyOf({
        doctorId: row.doctor_id,
        chamberId: row.chamber_id,
        weekday: row.weekday,
        from: row.from_time.slice(0, 5),
        validFrom: row.valid_from,
        validUntil: row.valid_until,
      }),
    );
    if (line === undefined) throw new Error('hours came back that nobody added');
    return { line, scheduleId: row.id };
  });
}

type Key = Pick<HoursOfRow, 'from' | 'validFrom' | 'validUntil'> & {
  doctorId: number;
  chamberId: number;
  weekday: number;
};

/** Two of one key would meet, and be refused. */
const keyOf = ({ doctorId, chamberId, weekday, from, validFrom, validUntil }: Key): string =>
  JSON.stringify([doctorId, chamberId, weekday, from, validFrom, validUntil]);

async function addFees(tx: Tx, doctors: readonly DoctorRows[]): Promise<Made[]> {
  const all = doctors.flatMap(({ doctorId, rows }) =>
    rows.flatMap(({ line, chamberId, fees }) =>
      fees.map((fee) => ({ line, doctorId, chamberId, windowDays: usualWindow[fee.kind], ...fee })),
    ),
  );
  return run<Made>(tx, { text: insertFees }, [JSON.stringify(all)]);
}

const insertFees = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as given (line integer, "doctorId" integer, "chamberId" integer, kind text,
                                                          minutes smallint, fee numeric, "windowDays" smallint)
  ), made as (
    insert into visit_types (doctor_id, chamber_id, kind, minutes, fee, window_days)
    select "doctorId", "chamberId", kind, minutes, fee, "windowDays" from given
    returning id, doctor_id, chamber_id, kind
  )
  select g.line, m.id as "visitTypeId"
  from made m join given g on g."doctorId" = m.doctor_id and g."chamberId" = m.chamber_id and g.kind = m.kind`;

/** The hours of a row that was read without a fault; null of any other. */
export function hoursOf(row: ScheduleRow): HoursOfRow | null {
  const { weekdays, from_time: from, to_time: to, mode, slot_minutes: slotMinutes } = row;
  if (weekdays === null || from === null || to === null || mode === null || slotMinutes === null) return null;
  const { capacity, valid_from: validFrom, valid_until: validUntil } = row;
  return { weekdays, from, to, mode, slotMinutes, capacity, validFrom, validUntil };
}
