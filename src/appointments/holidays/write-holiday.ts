import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';
import type { HolidayRow } from './queries.ts';

/** Adds a holiday. Only inside `changeCalendar`, which looks at the appointments on its dates. */
export async function addHoliday(
  tx: Tx,
  holiday: Omit<HolidayRow, 'id'>,
  { by, now }: { by: { userId: number }; now: Temporal.Instant },
): Promise<HolidayRow> {
  try {
    const { id } = await tx
      .insertInto('exceptions')
      .values({
        kind: 'holiday',
        name: holiday.name,
        name_bn: holiday.nameBn,
        chamber_id: holiday.chamberId,
        from_local: holiday.from,
        until_local: holiday.until,
        tentative: holiday.tentative,
        created_by: by.userId,
        created_at: now.toString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, ...holiday };
  } catch (error) {
    throw brokenConstraint(error) === 'exceptions_chamber_id_fkey'
      ? invalidInput({ path: 'chamberId', message: 'There is no such chamber' })
      : error;
  }
}
