import {
  figureReports,
  reportGrouping,
  type AppointmentReport,
  type FigureOf,
  type FigureReportName,
  type ReportGrouping,
} from '../../contract/figures.ts';
import { instantOf } from '../../platform/instant-range.ts';
import type { Stretch } from '../../scheduling/stretches.ts';
import { dayOfDate } from '../../scheduling/wall-time.ts';

/**
 * How a figure is made of rows. What it is `of`, the `part` of a share and an `amount` are SQL about a row `v` of `visits`.
 * `distinct` counts rows that are the first of their kind, which is SQL too. Of minutes it is the smallest that so many percent of the measured do not exceed.
 */
export type Measure = RowMeasure | SumMeasure;

/** Of appointments. */
export type RowMeasure =
  | { kind: 'count'; of: string }
  | { kind: 'distinct'; of: string; by: string }
  | { kind: 'share'; of: string; part: string }
  | { kind: 'minutes'; percent: 50 | 90 }
  | { kind: 'money'; of: string; amount: string };

/** Of sittings: what each has of something, added up, and of a share a part of it. */
export type SumMeasure = { kind: 'sum'; of: string; part?: string };

const sum = (of: string, part?: string): SumMeasure => ({ kind: 'sum', of, ...(part ? { part } : {}) });
const count = (of: string): RowMeasure => ({ kind: 'count', of });
const distinct = (of: string, by: string): RowMeasure => ({ kind: 'distinct', of, by });
const share = (part: string, of: string): RowMeasure => ({ kind: 'share', part, of });
const money = (of: string, amount: string): RowMeasure => ({ kind: 'money', of, amount });
const status = (name: string): RowMeasure => count(`v.status = '${name}'`);
const channel = (name: string): string => `v.channel = '${name}'`;
const came = count(`v.status in ('arrived', 'in_consultation', 'completed')`);

/** SQL: a time was measured. */
export const isMeasured = 'v.minutes is not null';
const median: RowMeasure = { kind: 'minutes', percent: 50 };
const ninth: RowMeasure = { kind: 'minutes', percent: 90 };
/** From so many minutes, to less than so many. */
const between = (from: number, to: number): RowMeasure => count(`v.minutes >= ${from} and v.minutes < ${to}`);
const least = (from: number): RowMeasure => count(`v.minutes >= ${from}`);

const cancelledBy = (who: string): RowMeasure =>
  count(`v.status = 'cancelled' and v.ended_step <> 'declined' and ${who}`);
const [hour, day] = [60, 24 * 60];

const measures: { [Name in AppointmentReport]: Record<FigureOf<Name>, RowMeasure> } & {
  capacity: Record<FigureOf<'capacity'>, SumMeasure>;
} = {
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
  capacity: {
    places: sum('v.places'),
    filled: sum('v.filled'),
    came: sum('v.came'),
    missed: sum('v.missed'),
    free: sum('v.free'),
    filledShare: sum('v.places', 'v.filled'),
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

export const sumMeasures: [figure: string, SumMeasure][] = Object.entries(measures.capacity);

export const rowMeasuresOf = (name: AppointmentReport): [figure: string, RowMeasure][] =>
  Object.entries<RowMeasure>(measures[name]);

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

/** What a report is called as a file. */
export const fileNameOf = ({ name, from, to, format }: Dates & { name: string; format: string }): string =>
  `report-${name}-${from}-${to}.${format}`;

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

/** What is looked at. `stretches`: the dates in every zone that there is a chamber in. */
export type Asked = {
  report: FigureReportName;
  stretches: readonly Stretch[];
  doctorId: number | null;
  chamberId: number | null;
  /** Its code. */
  specialization: string | null;
};

/** Conditions that are given are put together as text, parameters apart, so that the planner finds the right index. */
export function parameters(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

export type Bind = (value: unknown) => string;

export const where = (conditions: readonly string[]): string =>
  `where ${conditions.map((condition) => `(${condition})`).join(' and ')}`;

/**
 * SQL about rows `of` with a doctor and a chamber, and a start: the chamber's zone `z`, and that they begin on the dates by
 * its clock and belong to whom the report is narrowed to. The outer limits are there for the indexes on (doctor, start) and
 * (start).
 */
export function narrow(
  { stretches, doctorId, chamberId, specialization }: Asked,
  bind: Bind,
  { of, starts }: { of: string; starts: string },
): { zones: string; conditions: string } {
  const from = Math.min(...stretches.map(({ start }) => start));
  const until = Math.max(...stretches.map(({ end }) => end));
  const zones = `
    join chambers c on c.id = ${of}.chamber_id
    join unnest(${bind(stretches.map(({ zone }) => zone))}::text[],
                ${bind(stretches.map(({ start }) => start))}::float8[],
                ${bind(stretches.map(({ end }) => end))}::float8[],
                ${bind(stretches.map(({ ahead }) => ahead))}::float8[]) z (zone, starts, ends, ahead)
      on z.zone = c.time_zone`;
  const conditions = [
    `${starts} >= ${instantOf(bind(from))} and ${starts} < ${instantOf(bind(until))}`,
    `${starts} >= ${instantOf('z.starts')} and ${starts} < ${instantOf('z.ends')}`,
  ];
  if (doctorId !== null) conditions.push(`${of}.doctor_id = ${bind(doctorId)}::int`);
  if (chamberId !== null) {
    const chamber = bind(chamberId);
    // A chamber has no index of its own on appointments, which would slow every booking; its doctors have one.
    conditions.push(`${of}.chamber_id = ${chamber}::int
      and ${of}.doctor_id in (select t.doctor_id from visit_types t where t.chamber_id = ${chamber}::int)`);
  }
  if (specialization !== null)
    conditions.push(`${of}.doctor_id in (select ds.doctor_id from doctor_specializations ds
      join specializations s on s.id = ds.specialization_id where s.code = ${bind(specialization)})`);
  return { zones, conditions: conditions.join(' and ') };
}

/** SQL: what the clock of zone `z` shows at an instant. */
export const localOf = (instant: string): string =>
  `${instant} at time zone 'UTC' + z.ahead * interval '1 millisecond'`;

/** SQL: how long before the Monday that PostgreSQL begins weeks with the organisation's begin. Worked out once. */
const beforeMonday = `
  (select (8 - first_weekday) % 7 * interval '1 day' from settings order by version desc limit 1)`;

/** SQL: a group's key. */
export const keys: Record<ReportGrouping, string> = {
  doctor: 'v.doctor_id::text',
  chamber: 'v.chamber_id::text',
  specialization: `coalesce(s.code, 'none')`,
  channel: 'v.channel',
  day: `to_char(v.local, 'YYYY-MM-DD')`,
  week: `to_char(date_trunc('week', v.local + ${beforeMonday}) - ${beforeMonday}, 'YYYY-MM-DD')`,
  month: `to_char(v.local, 'YYYY-MM')`,
  weekday_hour: `to_char(v.local, 'ID-HH24')`,
};
export const withSpecializations = `
  left join doctor_specializations ds on ds.doctor_id = v.doctor_id
  left join specializations s on s.id = ds.specialization_id`;

/** SQL: a row is in the group. */
export function inGroup({ by, key }: { by: ReportGrouping; key: string }, bind: Bind): string {
  if (by !== 'specialization') return `${keys[by]} = ${bind(key)}`;
  return `${bind(key)} in (select ${keys.specialization} from (select v.doctor_id) v ${withSpecializations})`;
}
