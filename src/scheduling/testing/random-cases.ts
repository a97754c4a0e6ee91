import fc from 'fast-check';
import type { Closure } from '../closures.ts';
import type { Taken } from '../obstacles.ts';
import type { Range } from '../range.ts';
import type { Circumstances } from '../verdict.ts';
import type { Quotas, WeeklyRule } from '../weekly-rules.ts';
import { exampleRule } from './example-rule.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export type Case = Circumstances & {
  readonly rules: WeeklyRule[];
  readonly dates: { from: string; to: string };
  readonly visitMinutes: number;
};

/** A doctor's fortnight, often one with a clock change; `steadyOnly`: none for a month around. */
export function randomCases(steadyOnly = false): fc.Arbitrary<Case> {
  const somewhere = PLACES_AND_TIMES.filter(({ steady }) => steady || !steadyOnly);
  return fc.constantFrom(...somewhere).chain(({ zone, monday }) => {
    const first = Temporal.PlainDate.from(monday);
    const begin = first.toZonedDateTime(zone).epochMilliseconds;
    const date = fc.nat({ max: 13 }).map((days) => first.add({ days }).toString());
    const sessionKey = fc
      .tuple(fc.integer({ min: 1, max: 5 }), date)
      .map(([scheduleId, on]) => `${scheduleId}.${on}`);
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
        .array(takenRange(), { maxLength: 25 })
        .map((ranges) => byStart(ranges.map((each) => shiftBy(each, begin)))),
      patientTaken: fc
        .array(busyRange(), { maxLength: 6 })
        .map((ranges) => byStart(ranges.map((each) => shiftBy(each, begin)))),
      travelMinutes: fc.constantFrom(0, 0, 15, 70),
      closures: fc
        .array(closure(), { maxLength: 4 })
        .map((closures) => closures.map((each) => ({ ...each, period: shiftBy(each.period, begin) }))),
      closedSessions: fc
        .array(sessionKey, { maxLength: 6 })
        .map((keys): ReadonlySet<string> => new Set(keys)),
      channel: fc.constantFrom('online' as const, 'online' as const, 'phone' as const, 'walk_in' as const),
      now: fc.integer({ min: -20 * 24 * 60, max: 10 * 24 * 60 }).map((minute) => begin + minute * MINUTE),
      patientLimitReached: fc.constantFrom(false, false, false, true),
      doctorActive: fc.constantFrom(true, true, true, false),
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
  });
  const exceptionalDate = fc.option(fc.tuple(date, fc.nat({ max: 2 })), { freq: 3 });
  return fc.tuple(shape, serials(), exceptionalDate).map(([given, numbers, exceptional]) => {
    const rule = exampleRule({ ...given, ...(given.mode === 'serial' ? numbers : {}), zone });
    return exceptional === null ? rule : asException(rule, exceptional);
  });
}

function serials(): fc.Arbitrary<Pick<WeeklyRule, 'capacity' | 'quotas' | 'quotaReleaseMinutes'>> {
  const few = fc.nat({ max: 6 });
  const quotas = fc.option(fc.record<Quotas>({ online: few, phone: few, walkIn: few }), { freq: 2 });
  const release = fc.constantFrom(null, 0, 120, 3_000);
  return fc.tuple(fc.integer({ min: 1, max: 40 }), quotas, release).map(([patients, kept, released]) => {
    if (kept === null) return { capacity: patients, quotas: null, quotaReleaseMinutes: null };
    const capacity = Math.max(patients, kept.online + kept.phone + kept.walkIn);
    return { capacity, quotas: kept, quotaReleaseMinutes: released };
  });
}

function asException(rule: WeeklyRule, [date, more]: [string, number]): WeeklyRule {
  const first = Temporal.PlainDate.from(date);
  const last = first.add({ days: more });
  return {
    ...rule,
    exception: true,
    weekday: last.dayOfWeek,
    validFrom: date,
    validUntil: last.toString(),
  };
}

/** Relative to the start of the case: mostly visits on some five minutes, now and then hours or days. */
function busyRange(): fc.Arbitrary<Range> {
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

/** `busyRange`, often in one of the doctor's chambers. */
export function takenRange(): fc.Arbitrary<Taken> {
  const whereabouts = fc.constantFrom({}, { chamberId: null }, { chamberId: 1 }, { chamberId: 2 });
  return fc.tuple(busyRange(), whereabouts).map(([range, where]) => ({ ...range, ...where }));
}

function closure(): fc.Arbitrary<Closure> {
  return fc.record({
    kind: fc.constantFrom('time_off' as const, 'holiday' as const),
    chamberId: fc.constantFrom(null, 1, 2),
    tentative: fc.boolean(),
    period: busyRange(),
  });
}

export function startOf({ rules, dates }: Case): number {
  return Temporal.PlainDate.from(dates.from).toZonedDateTime(rules[0]?.zone ?? 'UTC').epochMilliseconds;
}

export function byStart<T extends Range>(ranges: T[]): T[] {
  return ranges.toSorted((a, b) => a.start - b.start);
}

export function shiftBy<T extends Range>(range: T, by: number): T {
  return { ...range, start: range.start + by, end: range.end + by };
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
