import type { ChangePreview } from '../../contract/changes.ts';
import type { Schedule } from '../../contract/hours.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { createSchedule as route } from '../../contract/schedules.ts';
import type { Database } from '../../platform/database.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { presentSchedule } from './present.ts';
import { addHours } from './write-hours.ts';

export type NewSchedule = RouteRequest<typeof route>['body'] & { doctorId: number };

/** Adds weekly hours. */
export const createSchedule = (
  db: Database,
  input: NewSchedule,
  request: ChangeRequest,
): Promise<{ schedule: Schedule } | ChangePreview> =>
  changeCalendar(
    db,
    { ...request, scope: { doctorId: input.doctorId }, why: 'The weekly hours changed.' },
    async (tx) => {
      const { doctorId, chamberId } = input;
      const row = await addHours(tx, { doctorId, chamberId, exceptionId: null }, input);
      return { schedule: presentSchedule(row) };
    },
  );
