import type { Range } from './range.ts';
import { dateIn, dayOfDate, instantAt, weekdayOf } from './wall-time.ts';
import { DAY_MINUTES, readDay, readRule } from './weekly-rules.ts';
import type { ReadyRule, WeeklyRule } from './weekly-rules.ts';

/** One dated sitting. One that runs past midnight belongs to the date it starts on. */
export type Sitting = Range & {
  /** `<scheduleId>.<date>`: names the sitting before it has a row of its own. */
  readonly sessionKey: string;
  /** `YYYY-MM-DD` in the chamber's zone. */
  readonly date: string;
  readonly rule: WeeklyRule;
};

/**
 * The sittings that one doctor's weekly rules give on the local dates `from` … `to` (inclusive, each chamber's own
 * calendar), sorted by start.
 *
 * A rule with `validFrom` or `validUntil` says that its chamber keeps other hours on those dates. So a date covered by
 * any dated rule of a chamber follows the chamber's dated rules alone: the undated ones give nothing there, not even on
 * weekdays that no dated rule names (Ramadan hours on Sunday to Thursday leave the usual Friday closed). In the same way
 * exceptions replace both. Rules of one level that cover the same date all hold. Other chambers are not touched.
 *
 * A sitting without length once the clock change is accounted for is left out, and so is a date the zone skipped.
 * Throws a RangeError with the path of the mistake for malformed rules or dates.
 */
export function sittings(
  rules: readonly WeeklyRule[],
  dates: { readonly from: string; readonly to: string },
): Sitting[] {
  const firstDay = readDay(dates.from, 'dates.from');
  const lastDay = readDay(dates.to, 'dates.to');
  const week = planWeek(rules);
  const found: Sitting[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    for (const planned of week.get(weekdayOf(day)) ?? []) {
      if (!holdsOn(planned, day)) continue;
      const sitting = sittingOn(planned.ready, day);
      if (sitting !== null) found.push(sitting);
    }
  }
  return found.toSorted(
    (a, b) => a.start - b.start || a.end - b.end || a.rule.scheduleId - b.rule.scheduleId,
  );
}

/** The parts of a session key, or null when it is not one. */
export function parseSessionKey(key: string): { scheduleId: number; date: string } | null {
  const [, id, date] = /^([1-9]\d{0,15})\.(\d{4}-\d\d-\d\d)$/.exec(key) ?? [];
  if (id === undefined || date === undefined || dayOfDate(date) === null) return null;
  const scheduleId = Number(id);
  return Number.isSafeInteger(scheduleId) ? { scheduleId, date } : null;
}

/** `replacedBy`: the rules that this one gives way to on their dates. */
type PlannedRule = { readonly ready: ReadyRule; readonly replacedBy: readonly ReadyRule[] };

function planWeek(rules: readonly WeeklyRule[]): Map<number, PlannedRule[]> {
  const ready = rules.map((rule, index) => readRule(rule, `rules[${index}]`));
  const dated = ready.filter(({ level }) => level > 0);
  const week = new Map<number, PlannedRule[]>();
  for (const each of ready) {
    const replacedBy = dated.filter(
      (other) => other.level > each.level && other.rule.chamberId === each.rule.chamberId,
    );
    const planned = { ready: each, replacedBy };
    const sameDay = week.get(each.rule.weekday);
    if (sameDay === undefined) week.set(each.rule.weekday, [planned]);
    else sameDay.push(planned);
  }
  return week;
}

function holdsOn({ ready, replacedBy }: PlannedRule, day: number): boolean {
  return covers(ready, day) && !replacedBy.some((other) => covers(other, day));
}

function covers(ready: ReadyRule, day: number): boolean {
  return ready.firstDay <= day && day <= ready.lastDay;
}

function sittingOn({ rule, fromMinute, toMinute }: ReadyRule, day: number): Sitting | null {
  const date = dateIn(rule.zone, day);
  if (date === null) return null;
  const start = instantAt(rule.zone, day, fromMinute);
  const end =
    toMinute < DAY_MINUTES
      ? instantAt(rule.zone, day, toMinute)
      : instantAt(rule.zone, day + 1, toMinute - DAY_MINUTES);
  return start < end ? { start, end, sessionKey: `${rule.scheduleId}.${date}`, date, rule } : null;
}
