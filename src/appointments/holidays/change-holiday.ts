import type { ChangePreview } from '../../contract/changes.ts';
import { mistakesInPeriod, mostDaysOf, type Holiday, type patchHoliday } from '../../contract/exceptions.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Database } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { scopeOf } from './create-holiday.ts';
import { findHoliday } from './queries.ts';

type Patch = RouteRequest<typeof patchHoliday>['body'];

/** Confirms a tentative holiday, moves it, or gives it another name. */
export async function changeHoliday(
  db: Database,
  input: { id: number; patch: Patch },
  request: ChangeRequest,
): Promise<{ holiday: Holiday } | ChangePreview> {
  const before = await findHoliday(db, input.id);
  if (!before) throw new Problem('not_found');
  const after = { ...before, ...input.patch };
  const mistakes = mistakesInPeriod(after, mostDaysOf.holiday);
  if (mistakes.length > 0) throw invalidInput(...mistakes);
  const scope = scopeOf(before, after);
  return changeCalendar(db, { ...request, scope, why: `Holiday: ${after.name}.` }, async (tx) => {
    const changed = await tx
      .updateTable('exceptions')
      .set({
        name: after.name,
        name_bn: after.nameBn,
        from_local: after.from,
        until_local: after.until,
        tentative: after.tentative,
      })
      .where('id', '=', input.id)
      // As it was read: the scope that is locked follows from its dates.
      .where('from_local', '=', before.from)
      .where('until_local', '=', before.until)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!changed) throw new Problem('not_found', 'This holiday has just been changed. Load it again.');
    return { holiday: after };
  });
}
