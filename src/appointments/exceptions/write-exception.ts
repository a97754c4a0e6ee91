import type { HourSettings } from '../../contract/hours.ts';
import type { Tx } from '../../platform/database.ts';
import { addHours, endHours } from '../schedules/write-hours.ts';
import type { ExceptionRow } from './queries.ts';

type OtherHours = { doctorId: number; chamberId: number; from: string; until: string; hours: HourSettings[] };

/** The rules of an exception: its hours on each weekday of its dates. Only inside `changeCalendar`. */
export async function writeRules(tx: Tx, exceptionId: number, given: OtherHours): Promise<void> {
  const { doctorId, chamberId, from, until, hours } = given;
  for (const weekday of weekdaysOf(from, until))
    for (const settings of hours)
      await addHours(
        tx,
        { doctorId, chamberId, exceptionId },
        { ...settings, weekday, validFrom: from, validUntil: until },
      );
}

/** Ends the rules of an exception; likewise. */
export const endRules = (tx: Tx, { hours }: ExceptionRow, now: Temporal.Instant): Promise<void> =>
  endHours(
    tx,
    hours.map(({ id }) => id),
    now,
  );

/** ISO weekdays among the dates, in the order of the dates. */
function weekdaysOf(from: string, until: string): number[] {
  const first = Temporal.PlainDate.from(from);
  const days = Math.min(first.until(until).days, 6);
  return Array.from({ length: days + 1 }, (_, day) => first.add({ days: day }).dayOfWeek);
}
