import type { ChangePreview } from '../../contract/changes.ts';
import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { findWeeklyHours } from './queries.ts';
import { endHours } from './write-hours.ts';

/** Ends weekly hours. Its sessions to come make room for new hours. */
export const endSchedule = (
  db: Database,
  input: { doctorId: number; scheduleId: number },
  request: ChangeRequest,
): Promise<void | ChangePreview> =>
  changeCalendar(
    db,
    { ...request, scope: { doctorId: input.doctorId }, why: 'The weekly hours ended.' },
    async (tx) => {
      const hours = await findWeeklyHours(tx, input.doctorId);
      if (!hours.some(({ id }) => id === input.scheduleId)) throw new Problem('not_found');
      await endHours(tx, [input.scheduleId], request.now);
    },
  );
