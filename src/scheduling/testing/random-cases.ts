import fc from 'fast-check';
import type { Range } from '../range.ts';
import type { WeeklyRule } from '../weekly-rules.ts';
import { exampleRule } from './example-rule.ts';

export const MINUTE = 60_000;

export type Case = {
  rules: WeeklyRule[];
  dates: { from: string; to: string };
  visitMinutes: number;
  taken: Range[];
  patientTaken: Range[];
  now: number;
};

/** A doctor's fortnight, often one with a clock change; `steadyOnly`: none for a month around. */
export function randomCases(steadyOnly = false): fc.Arbitrary<Case> {
  const somewhere = PLACES_AND_TIMES.filter(({ steady }) => steady || !steadyOnly);
  return fc.constantFrom(...somewhere).chain(({ zone, monday }) => {
    const first = Temporal.PlainDate.from(monday);
    const begin = first.toZonedDateTime(zone).epochMilliseconds;
    const date = fc.nat({ max: 13 }).map((days) => first.add({ days }).toString());
    return fc.record({
      rules: fc
        .array(weeklyRule(zone, date), { minLength: 1, maxLength: 5 })
        .map((rules) => rules.map((rule, index) => ({ ...rule, scheduleId: index + 1 }))),
      dates: fc.record({
        from: fc.nat({ max: 6 }).map((days) => first.add({ days }).toString()),
        to: fc.integer({ min: 6, max: 13 }).map((days) => first.add({ days }).toString()),
      }),
      visitMinutes: fc.constantFrom(5, 10, 15, 20, 30, 45, 90),
      taken: fc
        .array(busyRange(), { maxLength: 25 })
        .map((ranges) => byStart(ranges.map((each) => shiftBy(each, begin)))),
      patientTaken: fc
        .array(busyRange(), { maxLength: 6 })
        .map((ranges) => byStart(ranges.map((each) => shiftBy(each, begin)))),
      now: fc.integer({ min: -20 * 24 * 60, max: 10 * 24 * 60 }).map((minute) => begin + minute * MINUTE),
    });
  });
}

function weeklyRule(zone: string, date: fc.Arbitrary<string>): fc.Arbitrary<WeeklyRule> {
  const time = fc
    .tuple(
      fc.oneof(fc.integer({ min: 0, max: 4 }), fc.nat({ max: 23 })),
      fc.constantFrom('00', '15', '30', '50'),
    )
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
  const sometimes = fc.option(date, { freq: 3 });
  const shape = fc.record({
    chamberId: fc.integer({ min: 1, max: 2 }),
    weekday: fc.constantFrom(1, 4, 5, 6, 7, 7),
    from: time,
    to: time,
    validFrom: sometimes,
    validUntil: sometimes,
    mode: fc.constantFrom('timed' as const, 'timed' as const, 'serial' as const),
    slotMinutes: fc.constantFrom(5, 10, 15, 20, 30, 60),
    bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 30),
    bufferAfterMinutes: fc.constantFrom(0, 0, 10, 45),
    noticeMinutes: fc.constantFrom(0, 60, 1_440),
    horizonDays: fc.constantFrom(0, 1, 7, 30, 90),
    patients: fc.integer({ min: 1, max: 40 }),
  });
  return shape.map(({ patients, ...rule }) =>
    exampleRule({ ...rule, zone, capacity: rule.mode === 'serial' ? patients : null }),
  );
}

/** Relative to the start of the case: mostly visits on some five minutes, now and then hours or days. */
export function busyRange(): fc.Arbitrary<Range> {
  const length = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }).map((fives) => fives * 5) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 5_000 }) },
  );
  return fc.tuple(fc.integer({ min: -300, max: 15 * 24 * 12 }), length).map(([fives, minutes]) => ({
    start: fives * 5 * MINUTE,
    end: (fives * 5 + minutes) * MINUTE,
  }));
}

export function startOf({ rules, dates }: Case): number {
  return Temporal.PlainDate.from(dates.from).toZonedDateTime(rules[0]?.zone ?? 'UTC').epochMilliseconds;
}

export function byStart<T extends Range>(ranges: T[]): T[] {
  return ranges.toSorted((a, b) => a.start - b.start);
}

export function shiftBy({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

/** Weeks with a clock change in them, forward and back, and quiet ones; `steady`: none for a month around. */
const PLACES_AND_TIMES = [
  { zone: 'Asia/Dhaka', monday: '2026-12-28', steady: true },
  { zone: 'Asia/Kathmandu', monday: '2028-02-28', steady: true },
  { zone: 'Europe/London', monday: '2026-03-23', steady: false },
  { zone: 'Europe/London', monday: '2026-10-19', steady: false },
  { zone: 'America/New_York', monday: '2026-03-02', steady: false },
  { zone: 'America/New_York', monday: '2026-10-26', steady: false },
  { zone: 'Australia/Lord_Howe', monday: '2026-09-28', steady: false },
  { zone: 'Australia/Lord_Howe', monday: '2026-03-30', steady: false },
  { zone: 'Africa/Cairo', monday: '2026-04-20', steady: false },
  { zone: 'America/Scoresbysund', monday: '2026-03-23', steady: false },
  { zone: 'Pacific/Apia', monday: '2011-12-26', steady: false },
];
