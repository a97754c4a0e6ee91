import { exampleRule } from '../src/scheduling/testing/example-rule.ts';
import { closedPeriod } from '../src/scheduling/closures.ts';
import type { Closure } from '../src/scheduling/closures.ts';
import { freePlacesOfAll } from '../src/scheduling/places.ts';
import type { PlacesQuery } from '../src/scheduling/places.ts';
import { freeOfConditions } from '../src/scheduling/testing/free-of-conditions.ts';
import type { Range } from '../src/scheduling/range.ts';
import { MINUTE_MS } from '../src/scheduling/range.ts';
import { sittings } from '../src/scheduling/sittings.ts';

/**
 * The engine alone: the free places of one doctor for a month, two sittings a day, 480 places, 60 % taken, beside a
 * naive implementation that walks every minute of the month and asks Temporal what the clock shows. The same for three
 * and twelve months, to see that time grows with the amount of work and not faster; then the same doctor with everything
 * the engine knows in use: a second chamber with travel, serials with quotas, exceptions, closures. `node bench/engine.ts`
 */
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

const month = caseOf('2026-11-30');
const engine = measure(() => places(month), 1_500);
console.log(`one month: ${month.offered} places, ${month.taken.length} taken, ${count(month)} free`);
console.log(`engine           ${engine.toFixed(1)} µs   ${Math.round(1e6 / engine)} months/s`);

const naive = measure(() => placesMinuteByMinute(month), 1_500);
if (JSON.stringify(placesMinuteByMinute(month)) !== JSON.stringify(places(month).flat())) {
  throw new Error('the naive implementation answers something else');
}
console.log(`minute by minute ${naive.toFixed(0)} µs   ${Math.round(1e6 / naive)} months/s`);
console.log(`ratio            ${Math.round(naive / engine)}`);

for (const [months, to] of [
  [3, '2027-01-29'],
  [12, '2027-10-26'],
] as const) {
  const longer = caseOf(to);
  const time = measure(() => places(longer), 1_000);
  console.log(
    `${months} months: ${time.toFixed(1)} µs, ${(time / engine / months).toFixed(2)} of linear growth`,
  );
}

for (const to of ['2026-11-30', '2027-10-26']) {
  const { all, query } = busyDoctor(to);
  const run = () => freePlacesOfAll(sittings(everything, { from, to }), query);
  const time = measure(run, 1_000);
  const given = run().flat().length;
  console.log(
    `everything, to ${to}: ${time.toFixed(1)} µs, ${all} places, ${query.taken.length} taken, ${given} free, ${((time * 1_000) / all).toFixed(0)} ns a place`,
  );
}

type Case = { to: string; offered: number; taken: Range[] };

function caseOf(to: string): Case {
  const all = places({ to, offered: 0, taken: [] }).flat();
  return { to, offered: all.length, taken: all.filter((_, index) => (index * 7) % 10 < 6) };
}

function places({ to, taken }: Case) {
  return freePlacesOfAll(sittings(rules, { from, to }), {
    ...freeOfConditions,
    visitMinutes,
    taken,
    now,
  });
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

function count(of: Case): number {
  return places(of).flat().length;
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
