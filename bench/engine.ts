import { exampleRule } from '../src/scheduling/testing/example-rule.ts';
import { freePlacesOfAll } from '../src/scheduling/places.ts';
import { freeOfConditions } from '../src/scheduling/testing/free-of-conditions.ts';
import type { Range } from '../src/scheduling/range.ts';
import { MINUTE_MS } from '../src/scheduling/range.ts';
import { sittings } from '../src/scheduling/sittings.ts';

/**
 * The engine alone: the free places of one doctor for a month, two sittings a day, 480 places, 60 % taken, beside a
 * naive implementation that walks every minute of the month and asks Temporal what the clock shows. The same for three
 * and twelve months, to see that time grows with the amount of work and not faster. `node bench/engine.ts`
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
