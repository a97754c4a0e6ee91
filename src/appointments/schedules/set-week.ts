import type { ChangePreview } from '../../contract/changes.ts';
import type { Schedule } from '../../contract/hours.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { putWeek } from '../../contract/schedules.ts';
import type { Database } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { presentSchedule } from './present.ts';
import { findWeeklyHours, type ScheduleRow } from './queries.ts';
import { addHours, endHours, rewriteHours } from './write-hours.ts';

type Week = RouteRequest<typeof putWeek>['body'];

/**
 * Sets all hours of a chamber that hold between the same two dates. One change, since half a week of dated hours would
 * already switch off the whole undated one.
 */
export const setWeek = (
  db: Database,
  input: { doctorId: number; week: Week },
  request: ChangeRequest,
): Promise<{ items: Schedule[] } | ChangePreview> =>
  changeCalendar(
    db,
    { ...request, scope: { doctorId: input.doctorId }, why: 'The weekly hours changed.' },
    async (tx) => {
      const { doctorId, week } = input;
      const { chamberId, validFrom, validUntil } = week;
      const was = week.was ?? { validFrom, validUntil };
      const before = (await findWeeklyHours(tx, doctorId)).filter(
        (row) =>
          row.chamber_id === chamberId &&
          row.valid_from === was.validFrom &&
          row.valid_until === was.validUntil,
      );
      refuseStale(week, before);
      const staying = new Set(week.hours.flatMap(({ id }) => id ?? []));
      const known = new Set(before.map(({ id }) => id));
      refuseStrangers(week, known);
      await endHours(
        tx,
        before.filter(({ id }) => !staying.has(id)).map(({ id }) => id),
        request.now,
      );
      const items: Schedule[] = [];
      for (const { id, ...settings } of week.hours) {
        const hours = { ...settings, validFrom, validUntil };
        const old = before.find((row) => row.id === id);
        const row = old
          ? await rewriteHours(tx, old, hours, request.now)
          : await addHours(tx, { doctorId, chamberId, exceptionId: null }, hours);
        items.push(presentSchedule(row));
      }
      return { items };
    },
  );

/**
 * Who saves a week that they read a while ago would end what others have added to it since. The change has already given
 * every rule its next version.
 */
function refuseStale({ basedOn }: Week, before: readonly ScheduleRow[]): void {
  if (!basedOn) return;
  const read = new Map(basedOn.map(({ id, version }) => [id, version]));
  const same = read.size === before.length && before.every((row) => read.get(row.id) === row.version - 1);
  if (!same) throw new Problem('changed_meanwhile');
}

/** Hours that somebody else has ended meanwhile, or that stand twice. */
function refuseStrangers({ hours }: Week, known: ReadonlySet<number>): void {
  const seen = new Set<number>();
  for (const [index, { id }] of hours.entries()) {
    if (id === undefined) continue;
    if (!known.has(id) || seen.has(id))
      throw invalidInput({
        path: `hours.${index}.id`,
        message: 'These hours are no longer part of this week; load it again',
      });
    seen.add(id);
  }
}
