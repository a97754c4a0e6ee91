import type { ChangePreview } from '../../contract/changes.ts';
import type { adoptHolidays as route, Holiday } from '../../contract/exceptions.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Database } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { today } from '../exceptions/queries.ts';
import { scopeOf } from './create-holiday.ts';
import { findPublicHolidays, type PublicHolidayRow } from './queries.ts';
import { addHoliday } from './write-holiday.ts';

type Wish = RouteRequest<typeof route>['body'];

/** Sets public holidays that are still to come and not yet set; those that wait for the moon as tentative. */
export async function adoptHolidays(
  db: Database,
  wish: Wish,
  request: ChangeRequest,
): Promise<{ items: Holiday[] } | ChangePreview> {
  const open = (rows: readonly PublicHolidayRow[]) =>
    rows.filter(
      (row) => row.holidayId === null && row.until >= today(request.now) && isWanted(row, wish.only),
    );
  const [first, ...others] = open(await findPublicHolidays(db, wish.year)).map(asHoliday);
  if (!first)
    throw invalidInput({ path: 'year', message: 'None of these holidays is still to come and not yet set' });
  const scope = scopeOf(first, ...others);
  return changeCalendar(db, { ...request, scope, why: 'Public holiday.' }, async (tx) => {
    const items: Holiday[] = [];
    // Read again: somebody else may have set some meanwhile.
    for (const row of open(await findPublicHolidays(tx, wish.year)))
      items.push(await addHoliday(tx, asHoliday(row), request));
    return { items };
  });
}

const isWanted = ({ from, name }: PublicHolidayRow, only: Wish['only']): boolean =>
  only === undefined || only.some((each) => each.from === from && each.name === name);

const asHoliday = ({ name, nameBn, from, until, moonSighted }: PublicHolidayRow) => ({
  name,
  nameBn,
  from,
  until,
  tentative: moonSighted,
  chamberId: null,
});
