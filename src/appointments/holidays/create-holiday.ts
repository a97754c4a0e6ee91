import type { ChangePreview } from '../../contract/changes.ts';
import type { Holiday } from '../../contract/exceptions.ts';
import type { Database } from '../../platform/database.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import type { HolidayRow } from './queries.ts';
import { addHoliday } from './write-holiday.ts';

/** Adds a holiday for everybody, or for all who sit in one chamber. */
export const createHoliday = (
  db: Database,
  holiday: Omit<HolidayRow, 'id'>,
  request: ChangeRequest,
): Promise<{ holiday: Holiday } | ChangePreview> =>
  changeCalendar(
    db,
    { ...request, scope: scopeOf(holiday), why: `Holiday: ${holiday.name}.` },
    async (tx) => ({ holiday: await addHoliday(tx, holiday, request) }),
  );

type Dated = Pick<HolidayRow, 'chamberId' | 'from' | 'until'>;

/** All calendars that holidays concern, on their dates. */
export function scopeOf(...holidays: [Dated, ...Dated[]]) {
  const [{ chamberId }] = holidays;
  const sole = holidays.every((each) => each.chamberId === chamberId);
  return {
    chamberId: sole ? chamberId : null,
    // The evening before may reach into the holiday.
    stretches: holidays.map(({ from, until }) => ({
      from: Temporal.PlainDate.from(from).subtract({ days: 1 }).toString(),
      to: until,
    })),
  };
}
