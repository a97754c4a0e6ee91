import type { ChangePreview } from '../../contract/changes.ts';
import { mistakesIn, type Schedule } from '../../contract/hours.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { mistakesInDates, type patchSchedule } from '../../contract/schedules.ts';
import type { Database } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { presentSchedule } from './present.ts';
import { findWeeklyHours } from './queries.ts';
import { rewriteHours } from './write-hours.ts';

type Patch = RouteRequest<typeof patchSchedule>['body'];

/** Changes some of what weekly hours say. */
export const changeSchedule = (
  db: Database,
  input: { doctorId: number; scheduleId: number; patch: Patch },
  request: ChangeRequest,
): Promise<{ schedule: Schedule } | ChangePreview> =>
  changeCalendar(
    db,
    { ...request, scope: { doctorId: input.doctorId }, why: 'The weekly hours changed.' },
    async (tx) => {
      const before = (await findWeeklyHours(tx, input.doctorId)).find(({ id }) => id === input.scheduleId);
      if (!before) throw new Problem('not_found');
      const hours = { ...presentSchedule(before), ...input.patch };
      const mistakes = [...mistakesIn(hours), ...mistakesInDates(hours)];
      if (mistakes.length > 0) throw invalidInput(...mistakes);
      return { schedule: presentSchedule(await rewriteHours(tx, before, hours, request.now)) };
    },
  );
