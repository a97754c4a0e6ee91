import type { createSchedule as route } from '../../contract/chambers.ts';
import type { Schedule } from '../../contract/doctors.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { brokenConstraint, type Database } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';
import { changeHours } from './change-hours.ts';
import { presentSchedule } from './present.ts';
import { scheduleColumns } from './queries.ts';

export type NewSchedule = RouteRequest<typeof route>['body'] & { doctorId: number };

/** Adds weekly hours, unless they would meet others of the doctor or, being dated, strand appointments. */
export async function createSchedule(
  db: Database,
  input: NewSchedule,
  now: Temporal.Instant,
): Promise<Schedule> {
  try {
    return await changeHours(db, input.doctorId, now, async (tx) => {
      const row = await tx
        .insertInto('schedules')
        .values({
          doctor_id: input.doctorId,
          chamber_id: input.chamberId,
          weekday: input.weekday,
          from_time: input.from,
          to_time: input.to,
          valid_from: input.validFrom,
          valid_until: input.validUntil,
          mode: input.mode,
          slot_minutes: input.slotMinutes,
          capacity: input.capacity,
          buffer_before_minutes: input.bufferBeforeMinutes,
          buffer_after_minutes: input.bufferAfterMinutes,
          notice_minutes: input.noticeMinutes,
          horizon_days: input.horizonDays,
        })
        .returning(scheduleColumns)
        .executeTakeFirstOrThrow();
      return presentSchedule(row);
    });
  } catch (error) {
    if (brokenConstraint(error) === 'schedules_chamber_id_fkey')
      throw invalidInput({ path: 'chamberId', message: 'There is no such chamber' });
    throw error;
  }
}
