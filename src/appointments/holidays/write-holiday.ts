import type { Tx } from '../../platform/database.ts';
import { refuseChamber } from '../chambers/refuse-chamber.ts';
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
    return refuseChamber(error);
  }
}
