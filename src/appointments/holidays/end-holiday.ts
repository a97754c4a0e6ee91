import type { ChangePreview } from '../../contract/changes.ts';
import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { scopeOf } from './create-holiday.ts';
import { findHoliday } from './queries.ts';

/** Drops a holiday: the usual hours hold. */
export async function endHoliday(
  db: Database,
  id: number,
  request: ChangeRequest,
): Promise<void | ChangePreview> {
  const holiday = await findHoliday(db, id);
  if (!holiday) throw new Problem('not_found');
  const why = `${holiday.name} is no holiday any more.`;
  return changeCalendar(db, { ...request, scope: scopeOf(holiday), why }, async (tx) => {
    await tx
      .updateTable('exceptions')
      .set({ ended_at: request.now.toString() })
      .where('id', '=', id)
      .execute();
  });
}
