import type { createSchedule as route } from '../../contract/chambers.ts';
import type { Schedule } from '../../contract/doctors.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { publish } from '../../platform/bus.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { overlaps } from '../../scheduling/range.ts';
import { sittings } from '../../scheduling/sittings.ts';
import type { WeeklyRule } from '../../scheduling/weekly-rules.ts';
import { presentSchedule } from './present.ts';
import { findRulesInTx, scheduleColumns } from './queries.ts';

export type NewSchedule = RouteRequest<typeof route>['body'] & { doctorId: number };

/** Adds weekly hours. A doctor cannot be in two places: hours that would meet others of theirs are refused. */
export async function createSchedule(
  db: Database,
  input: NewSchedule,
  now: Temporal.Instant,
): Promise<Schedule> {
  try {
    return await db.transaction().execute(async (tx) => {
      await lockDoctor(tx, input.doctorId);
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
      refuseOverlap(await findRulesInTx(tx, input.doctorId), row.id, input.validFrom ?? today(now));
      await publish(tx, { name: 'schedule.changed', data: { doctorId: input.doctorId } });
      return presentSchedule(row);
    });
  } catch (error) {
    switch (brokenConstraint(error)) {
      case 'schedules_chamber_id_fkey':
        throw invalidInput({ path: 'chamberId', message: 'There is no such chamber' });
      default:
        throw error;
    }
  }
}

/** Two rules added at once would each not see the other. */
async function lockDoctor(tx: Tx, doctorId: number): Promise<void> {
  const doctor = await tx
    .selectFrom('doctors')
    .select('user_id')
    .where('user_id', '=', doctorId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!doctor) throw new Problem('not_found');
}

const today = (now: Temporal.Instant): string => now.toZonedDateTimeISO('UTC').toPlainDate().toString();

// Long enough for every weekday and, where rules are dated, for the farthest day that can be booked.
const daysChecked = 366;

function refuseOverlap(rules: readonly WeeklyRule[], added: number, from: string): void {
  const to = Temporal.PlainDate.from(from).add({ days: daysChecked }).toString();
  let last: ReturnType<typeof sittings>[number] | undefined;
  for (const sitting of sittings(rules, { from, to })) {
    const involved = sitting.rule.scheduleId === added || last?.rule.scheduleId === added;
    if (last && involved && overlaps(last, sitting)) {
      const other = sitting.rule.scheduleId === added ? last : sitting;
      throw new Problem(
        'schedule_overlap',
        `On ${sitting.date} these hours meet the doctor’s ${other.rule.from} to ${other.rule.to} in chamber ${other.rule.chamberId}.`,
      );
    }
    if (!last || sitting.end > last.end) last = sitting;
  }
}
