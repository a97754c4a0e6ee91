import type { Exception } from '../../contract/exceptions.ts';
import type { HourSettings } from '../../contract/hours.ts';
import { presentSettings } from '../schedules/present.ts';
import type { ScheduleRow } from '../schedules/queries.ts';
import type { ExceptionRow } from './queries.ts';

export function presentException(row: ExceptionRow): Exception {
  const { id, kind, chamber_id: chamberId, from_local: from, until_local: until, note } = row;
  if (kind === 'time_off') return { id, kind, chamberId, from, until, note };
  if (chamberId === null) throw new Error(`other hours ${id} have no chamber`);
  return { id, kind, chamberId, from, until, note, hours: presentHours(row.hours) };
}

/** Other hours hold on every date alike: one rule for each weekday of the dates, of which the first tells all. */
const presentHours = (rules: readonly ScheduleRow[]): HourSettings[] =>
  rules.filter(({ weekday }) => weekday === rules[0]?.weekday).map(presentSettings);
