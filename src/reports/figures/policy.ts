import {
  figureReports,
  reportGrouping,
  type FigureOf,
  type FigureReportName,
  type ReportGrouping,
} from '../../contract/figures.ts';
import { dayOfDate } from '../../scheduling/wall-time.ts';

/**
 * How a figure is made of rows. What it is `of`, the `part` of a share and an `amount` are SQL about a row `v` of `visits`.
 * `distinct` counts rows that are the first of their kind, which is SQL too. Of minutes it is the smallest that so many percent of the measured do not exceed.
 */
export type Measure =
  | { kind: 'count'; of: string }
  | { kind: 'distinct'; of: string; by: string }
  | { kind: 'share'; of: string; part: string }
  | { kind: 'minutes'; percent: 50 | 90 }
  | { kind: 'money'; of: string; amount: string };

const count = (of: string): Measure => ({ kind: 'count', of });
const distinct = (of: string, by: string): Measure => ({ kind: 'distinct', of, by });
const share = (part: string, of: string): Measure => ({ kind: 'share', part, of });
const money = (of: string, amount: string): Measure => ({ kind: 'money', of, amount });
const status = (name: string): Measure => count(`v.status = '${name}'`);
const channel = (name: string): string => `v.channel = '${name}'`;
const came = count(`v.status in ('arrived', 'in_consultation', 'completed')`);

/** SQL: a time was measured. */
export const isMeasured = 'v.minutes is not null';
const median: Measure = { kind: 'minutes', percent: 50 };
const ninth: Measure = { kind: 'minutes', percent: 90 };
/** From so many minutes, to less than so many. */
const between = (from: number, to: number): Measure => count(`v.minutes >= ${from} and v.minutes < ${to}`);
const least = (from: number): Measure => count(`v.minutes >= ${from}`);

const cancelledBy = (who: string): Measure =>
  count(`v.status = 'cancelled' and v.ended_step <> 'declined' and ${who}`);
const [hour, day] = [60, 24 * 60];

export const measures: { [Name in FigureReportName]: Record<FigureOf<Name>, Measure> } = {
  outcomes: {
    booked: count('true'),
    came,
    completed: status('completed'),
    pending: status('pending'),
    confirmed: status('confirmed'),
    arrived: status('arrived'),
    in_consultation: status('in_consultation'),
    no_show: status('no_show'),
    expired: status('expired'),
    cancelled: status('cancelled'),
    // Who has only the private link, and a guest, is no user.
    cancelledByPatient: cancelledBy(`coalesce(v.ended_by, 'patient') = 'patient'`),
    cancelledByDoctor: cancelledBy(`v.ended_by = 'doctor'`),
    cancelledByAssistant: cancelledBy(`v.ended_by = 'assistant'`),
    cancelledByAdmin: cancelledBy(`v.ended_by = 'admin'`),
    declined: count(`v.status = 'cancelled' and v.ended_step = 'declined'`),
    cancelledShare: share(`v.status = 'cancelled'`, 'true'),
    missedShare: share(`v.status = 'no_show'`, `v.status in ('no_show', 'completed')`),
  },
  patients: {
    patients: distinct('v.counted', 'v.patient_id'),
    patientVisits: distinct('v.counted', 'v.doctor_id, v.patient_id'),
    appointments: count('v.counted'),
  },
  channels: {
    booked: count('true'),
    online: count(channel('online')),
    phone: count(channel('phone')),
    walk_in: count(channel('walk_in')),
    onlineShare: share(channel('online'), 'true'),
    phoneShare: share(channel('phone'), 'true'),
    walkInShare: share(channel('walk_in'), 'true'),
  },
  'busiest-hours': { booked: count('true'), appointments: count('v.counted'), came },
  'lead-time': {
    measured: count(isMeasured),
    median,
    ninth,
    underHour: between(0, hour),
    underDay: between(hour, day),
    under3Days: between(day, 3 * day),
    under7Days: between(3 * day, 7 * day),
    under14Days: between(7 * day, 14 * day),
    longer: least(14 * day),
  },
  'waiting-time': {
    measured: count(isMeasured),
    median,
    ninth,
    under15: between(0, 15),
    under30: between(15, 30),
    under60: between(30, 60),
    under120: between(60, 120),
    longer: least(120),
  },
  punctuality: {
    measured: count(isMeasured),
    median,
    ninth,
    early: count('v.minutes < 0'),
    under15: between(0, 15),
    under30: between(15, 30),
    under60: between(30, 60),
    longer: least(60),
    onTimeShare: share('v.minutes < 15', isMeasured),
  },
  revenue: {
    earned: money('v.counted', 'v.fee'),
    taken: money('v.paid > 0', 'v.paid'),
    refunded: money('v.refunded > 0', 'v.refunded'),
    kept: money('v.paid > 0', 'v.paid - v.refunded'),
    due: money('v.counted and v.fee > v.paid - v.refunded', 'v.fee - (v.paid - v.refunded)'),
  },
};

/** In the order of the contract. */
export const measuresOf = (name: FigureReportName): [figure: string, Measure][] =>
  Object.entries<Measure>(measures[name]);

/** By what a report is told; undefined: not by what was asked for. A report that knows one thing only is told by that. */
export function groupingOf(
  name: FigureReportName,
  asked: ReportGrouping | undefined,
): ReportGrouping | null | undefined {
  const known: readonly ReportGrouping[] = figureReports[name].groupings;
  if (asked !== undefined) return known.includes(asked) ? asked : undefined;
  return known.length === 1 ? known[0] : null;
}

/** How the keys of groups are spelt. */
export const keyPatterns: Record<ReportGrouping, RegExp> = {
  doctor: /^[1-9][0-9]{0,9}$/,
  chamber: /^[1-9][0-9]{0,9}$/,
  specialization: /^[a-z0-9_-]+$/,
  channel: /^(online|phone|walk_in)$/,
  day: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  week: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  month: /^[0-9]{4}-[0-9]{2}$/,
  weekday_hour: /^[1-7]-([01][0-9]|2[0-3])$/,
};

/** Groups that follow each other in time stand in its order, others with the largest first. */
export const isOfTime = (grouping: ReportGrouping): boolean =>
  reportGrouping.extract(['day', 'week', 'month', 'weekday_hour']).safeParse(grouping).success;

export type Dates = { from: string; to: string };

/** As many days, ending the day before. */
export function datesBefore({ from, to }: Dates): Dates {
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  if (first === null || last === null) throw new RangeError('there is no such date');
  const start = Temporal.PlainDate.from(from);
  return {
    from: start.subtract({ days: last - first + 1 }).toString(),
    to: start.subtract({ days: 1 }).toString(),
  };
}
