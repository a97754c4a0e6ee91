import { exampleRule } from '../src/scheduling/testing/example-rule.ts';
import { closedPeriod } from '../src/scheduling/closures.ts';
import type { Closure } from '../src/scheduling/closures.ts';
import { freePlacesOfAll } from '../src/scheduling/places.ts';
import type { PlacesQuery } from '../src/scheduling/places.ts';
import { freeOfConditions } from '../src/scheduling/testing/free-of-conditions.ts';
import type { Range } from '../src/scheduling/range.ts';
import { MINUTE_MS } from '../src/scheduling/range.ts';
import { sittings } from '../src/scheduling/sittings.ts';
import type { Figure, Report } from './report.ts';

/**
 * The engine alone: the free places of one doctor for a month, two sittings a day, 480 places, 60 % taken, beside a
 * naive implementation that walks every minute of the month and asks Temporal what the clock shows. The same for three
 * and twelve months, to see that time grows with the amount of work and not faster; then the
 * same doctor with everything the engine knows in use: a second chamber with travel, serials with quotas, exceptions,
 * closures.
 */
export async function benchEngine(): Promise<Report> {
  const month = caseOf('2026-11-30');
  const engine = measure(() => places(month), 1_500);
  const naive = measure(() => placesMinuteByMinute(month), 1_500);
  if (JSON.stringify(placesMinuteByMinute(month)) !== JSON.stringify(places(month).flat()))
    throw new Error('the naive implementation answers something else');
  const longer = (
    [
      [3, '2027-01-29'],
      [12, '2027-10-26'],
    ] as const
  ).map(([months, to]): Figure => {
    const of = caseOf(to);
    const time = measure(() => places(of), 1_000);
    return { what: `${months} months ÷ ${months} times one`, value: time / engine / months, unit: '' };
  });
  const inUse = (to: string): { time: number; all: number } => {
    const { all, query } = busyDoctor(to);
    return { time: measure(() => freePlacesOfAll(sittings(everything, { from, to }), query), 1_000), all };
  };
  const busyMonth = inUse('2026-11-30');
  const busyYear = inUse('2027-10-26');
  return {
    figures: [
      { what: 'places offered in the month', value: month.offered, unit: '' },
      { what: 'places taken', value: month.taken.length, unit: '' },
      { what: 'one month', value: engine, unit: 'µs', budget: { atMost: 30 } },
      { what: 'minute by minute', value: naive, unit: 'µs' },
      { what: 'minute by minute ÷ engine', value: naive / engine, unit: '' },
      ...longer,
      { what: 'one month, everything in use', value: busyMonth.time, unit: 'µs' },
      { what: 'places in it', value: busyMonth.all, unit: '' },
      {
        what: '12 months ÷ one, a place each, everything in use',
        value: busyYear.time / busyYear.all / (busyMonth.time / busyMonth.all),
        unit: '',
      },
    ],
  };
}

const rules = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
  exampleRule({ scheduleId: weekday * 10, weekday, noticeMinutes: 60, horizonDays: 400 }),
  exampleRule({
    scheduleId: weekday * 10 + 1,
    weekday,
    from: '17:00',
    to: '19:00',
    noticeMinutes: 60,
    horizonDays: 400,
  }),
]);
const everything = [
  ...rules,
  ...[1, 3, 5].map((weekday) =>
    exampleRule({
      scheduleId: weekday * 10 + 2,
      chamberId: 2,
      weekday,
      from: '13:00',
      to: '16:00',
      mode: 'serial',
      slotMinutes: 6,
      capacity: 30,
      quotas: { online: 15, phone: 8, walkIn: 5 },
      quotaReleaseMinutes: 120,
      horizonDays: 400,
    }),
  ),
  ...['2026-11-10', '2026-11-24'].map((date, index) =>
    exampleRule({
      scheduleId: 100 + index,
      exception: true,
      weekday: 2,
      from: '08:00',
      to: '12:00',
      validFrom: date,
      validUntil: date,
      bufferAfterMinutes: 5,
    }),
  ),
];
const from = '2026-11-01';
const now = Date.parse('2026-10-31T18:00:00Z');
const visitMinutes = 15;

type Case = { to: string; offered: number; taken: Range[] };

function caseOf(to: string): Case {
  const all = places({ to, offered: 0, taken: [] }).flat();
  return { to, offered: all.length, taken: all.filter((_, index) => (index * 7) % 10 < 6) };
}

function places({ to, taken }: Case) {
  return freePlacesOfAll(sittings(rules, { from, to }), { ...freeOfConditions, visitMinutes, taken, now });
}

/** Of a doctor with everything in use: all places, and a query that 60 % of them are taken from. */
function busyDoctor(to: string): { all: number; query: PlacesQuery } {
  const open: PlacesQuery = { ...freeOfConditions, visitMinutes, now };
  const dates = sittings(everything, { from, to });
  const all = freePlacesOfAll(dates, open).flatMap((places, index) =>
    places.map((place) => ({ ...place, chamberId: dates[index]?.rule.chamberId ?? null })),
  );
  const fridays = dates.filter(({ rule }) => rule.weekday === 5).map(({ date }) => date);
  const closures = [...new Set(fridays)].flatMap((date, index): Closure[] => {
    const period = closedPeriod('Asia/Dhaka', { from: date, until: `${date}T18:00` });
    return period === null ? [] : [{ kind: 'time_off', chamberId: null, tentative: index % 2 === 0, period }];
  });
  const taken = all.filter((_, index) => (index * 7) % 10 < 6);
  const query = { ...open, taken, closures, travelMinutes: 30, closedSessions: new Set(['30.2026-11-04']) };
  return { all: all.length, query };
}

function placesMinuteByMinute({ to, taken }: Case): Range[] {
  const found: Range[] = [];
  const zone = 'Asia/Dhaka';
  const end = Temporal.PlainDate.from(to).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  let start = Temporal.PlainDate.from(from).toZonedDateTime(zone).epochMilliseconds;
  for (; start < end; start += MINUTE_MS) {
    const clock = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
    const minute = clock.hour * 60 + clock.minute;
    const visit = { start, end: start + visitMinutes * MINUTE_MS };
    const offered = rules.some((each) => {
      const opens = minutesOf(each.from);
      return (
        each.weekday === clock.dayOfWeek &&
        minute >= opens &&
        minute + visitMinutes <= minutesOf(each.to) &&
        (minute - opens) % each.slotMinutes === 0
      );
    });
    if (
      offered &&
      start >= now &&
      !taken.some((other) => other.start < visit.end && visit.start < other.end)
    ) {
      found.push(visit);
    }
  }
  return found;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Microseconds of one run: the median of ten rounds that together take about `milliseconds`, after a warm-up. */
function measure(run: () => unknown, milliseconds: number): number {
  const warmUntil = performance.now() + milliseconds / 3;
  let warmed = 0;
  do warmed += run() === undefined ? 0 : 1;
  while (performance.now() < warmUntil);
  const runs = Math.max(1, Math.round((warmed * 3) / 10));
  const rounds = Array.from({ length: 10 }, () => {
    const began = performance.now();
    for (let n = 0; n < runs; n++) run();
    return ((performance.now() - began) * 1_000) / runs;
  });
  return rounds.toSorted((a, b) => a - b)[5] ?? Number.NaN;
}
