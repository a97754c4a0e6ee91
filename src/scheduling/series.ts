import { earliestStart } from './booking-window.ts';
import { obstaclesIn } from './obstacles.ts';
import { firstStartFrom, freePlacesFrom, gridOf, occupied } from './places.ts';
import { overlapsAny } from './range.ts';
import type { Range } from './range.ts';
import { sittings } from './sittings.ts';
import type { Sitting } from './sittings.ts';
import { allReasons, judgeSerial, refusalsIn } from './verdict.ts';
import type { Circumstances, Reason, Verdict } from './verdict.ts';
import { instantAt } from './wall-time.ts';
import { checkWhole, readDay, readMinute } from './weekly-rules.ts';
import type { WeeklyRule } from './weekly-rules.ts';

type Interval = { readonly days: number } | { readonly weeks: number } | { readonly months: number };

/** Dates as `YYYY-MM-DD`; it ends with `until` (inclusive) or after `count` dates, whichever comes first. */
export type Series = {
  readonly from: string;
  readonly every: Interval;
  readonly until?: string;
  readonly count?: number;
};

const longestSeries = 500;

/**
 * The dates of a recurring follow-up, `from` being the first. Months are counted from the first date and not from the
 * one before: a series that starts on the 31st falls on the last day of each shorter month and on the 31st again after
 * it. Throws a RangeError with the path of the mistake, also for a series without an end or with more than 500 dates.
 */
export function seriesDates({ from, every, until, count }: Series): string[] {
  readDay(from, 'series.from');
  if (until !== undefined) readDay(until, 'series.until');
  if (count !== undefined) checkWhole(count, { least: 1, path: 'series.count' });
  if (until === undefined && count === undefined)
    throw new RangeError('series: expected until or count, a series has an end');
  const nth = stepper(Temporal.PlainDate.from(from), every);
  const dates: string[] = [];
  const most = count ?? Infinity;
  for (let n = 0; n < most; n++) {
    const date = nth(n);
    if (until !== undefined && date > until) break;
    if (dates.length === longestSeries)
      throw new RangeError(`series: expected at most ${longestSeries} dates`);
    dates.push(date);
  }
  return dates;
}

export type SeriesQuery = Circumstances & {
  readonly rules: readonly WeeklyRule[];
  /** See `seriesDates`; in ascending order. */
  readonly dates: readonly string[];
  /** `HH:MM` in the chamber's zone. */
  readonly at: string;
  /** Null: in any chamber of the doctor. */
  readonly chamberId: number | null;
  readonly visitMinutes: number;
};

export type SeriesVisit = { readonly date: string } & Verdict;

/**
 * For each date the first place that the patient can have at or after the wanted wall time, or the conflict: every
 * reason that refuses any of the places there would be, `outside_hours` where there would be none. The wall time chooses
 * the place in a timed sitting; a serial sitting that is not over by then gives its next serial, whatever the expected
 * time, since serials are handed out in order. Visits of the series keep out of each other's way.
 */
export function planSeries(query: SeriesQuery): SeriesVisit[] {
  const minute = readMinute(query.at, 'query.at');
  const planned: SeriesVisit[] = [];
  let { taken } = query;
  for (const [index, date] of query.dates.entries()) {
    const day = readDay(date, `query.dates[${index}]`);
    const all = sittings(query.rules, { from: date, to: date }).filter(
      ({ rule }) => query.chamberId === null || rule.chamberId === query.chamberId,
    );
    const wishes = all.map((sitting) => ({ sitting, notBefore: instantAt(sitting.rule.zone, day, minute) }));
    const verdict = planVisit(wishes, { ...query, taken });
    planned.push({ date, ...verdict });
    if (!verdict.free) continue;
    const { rule } = verdict.sitting;
    // Covers the patient's time as well.
    const visit = { ...occupied(verdict.place, rule), chamberId: rule.chamberId };
    taken = [...taken, visit].toSorted((a, b) => a.start - b.start);
  }
  return planned;
}

type Wish = { readonly sitting: Sitting; readonly notBefore: number };

function planVisit(wishes: readonly Wish[], query: SeriesQuery): Verdict {
  const against = new Set<Reason>();
  for (const { sitting, notBefore } of wishes) {
    if (sitting.end <= notBefore) continue;
    const verdict =
      sitting.rule.mode === 'serial' ? judgeSerial(sitting, query) : judgeFrom({ sitting, notBefore }, query);
    if (verdict.free) return verdict;
    for (const reason of verdict.reasons) against.add(reason);
  }
  const reasons = allReasons.filter((reason) => against.has(reason));
  return { free: false, reasons: reasons.length > 0 ? reasons : ['outside_hours'] };
}

function judgeFrom({ sitting, notBefore }: Wish, query: SeriesQuery): Verdict {
  const { visitMinutes } = query;
  const obstacles = obstaclesIn(sitting.rule.chamberId, query);
  const earliest = Math.max(notBefore, earliestStart(sitting.rule, query.now));
  const place = freePlacesFrom(sitting, { visitMinutes, earliest, obstacles }).find(
    (each) => !overlapsAny(each, query.patientTaken),
  );
  if (place !== undefined && refusalsIn(sitting, place, query).length === 0)
    return { free: true, sitting, place };
  const against = placesFrom({ sitting, notBefore }, visitMinutes).flatMap((each) =>
    refusalsIn(sitting, each, query),
  );
  return { free: false, reasons: allReasons.filter((reason) => against.includes(reason)) };
}

/** Every place of the grid, free or not. */
function placesFrom({ sitting, notBefore }: Wish, visitMinutes: number): Range[] {
  const { step, length, lastStart } = gridOf(sitting, visitMinutes);
  const places: Range[] = [];
  for (let start = firstStartFrom(sitting, step, notBefore); start <= lastStart; start += step)
    places.push({ start, end: start + length });
  return places;
}

function stepper(first: Temporal.PlainDate, every: Interval): (n: number) => string {
  const [unit, size] = readInterval(every);
  return (n) => first.add({ [unit]: n * size }, { overflow: 'constrain' }).toString();
}

function readInterval(every: Interval): ['days' | 'weeks' | 'months', number] {
  if ('days' in every) return ['days', readSize(every.days, 'days')];
  if ('weeks' in every) return ['weeks', readSize(every.weeks, 'weeks')];
  return ['months', readSize(every.months, 'months')];
}

function readSize(size: number, unit: string): number {
  checkWhole(size, { least: 1, path: `series.every.${unit}` });
  // Beyond it the number is a mistake, and Temporal's own limits stay out of reach.
  if (size > 1_000) throw new RangeError(`series.every.${unit}: expected at most 1000, got ${size}`);
  return size;
}
