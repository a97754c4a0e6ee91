import type { Found } from '../../platform/imports/found.ts';
import { overlaps } from '../../scheduling/range.ts';
import { sittings, type Sitting } from '../../scheduling/sittings.ts';
import type { WeeklyRule } from '../../scheduling/weekly-rules.ts';
import { usual } from './read-schedule.ts';
import type { HoursOfRow } from './set-imported-hours.ts';

export type Candidate = { line: number; chamberId: number; zone: string; hours: HoursOfRow };

/**
 * Where hours of a file would meet each other or the doctor's own, by row: within a fortnight from today, and from the
 * first date of dated ones. What lies farther off is found by the change of the calendar itself, which names no rows.
 */
export function findClashes(
  { known, candidates }: { known: readonly WeeklyRule[]; candidates: readonly Candidate[] },
  today: Temporal.PlainDate,
): Found[] {
  const lineOf = new Map<number, number>();
  const added = candidates.flatMap(({ line, chamberId, zone, hours: { weekdays, ...hours } }) =>
    weekdays.map((weekday) => {
      const scheduleId = firstFreeId + lineOf.size;
      lineOf.set(scheduleId, line);
      return { ...usual, ...hours, scheduleId, chamberId, zone, weekday, exception: false };
    }),
  );
  const starts = new Set([
    today.toString(),
    ...candidates.flatMap(({ hours: { validFrom } }) =>
      validFrom && validFrom > today.toString() ? validFrom : [],
    ),
  ]);
  const found = new Map<string, Found>();
  for (const from of starts) {
    const to = Temporal.PlainDate.from(from).add({ days: 13 }).toString();
    for (const pair of meeting(sittings([...known, ...added], { from, to }))) {
      const clash = tellClash(pair, lineOf);
      if (clash) found.set(JSON.stringify(clash), clash);
    }
  }
  return [...found.values()];
}

// Past any id that PostgreSQL gives out here.
const firstFreeId = 3_000_000_000;

function* meeting(all: readonly Sitting[]): Generator<[Sitting, Sitting]> {
  let open: Sitting[] = [];
  for (const sitting of all) {
    open = open.filter((other) => overlaps(other, sitting));
    for (const other of open) yield [other, sitting];
    open.push(sitting);
  }
}

function tellClash([one, other]: [Sitting, Sitting], lineOf: ReadonlyMap<number, number>): Found | null {
  const lines = [one, other].map(({ rule }) => lineOf.get(rule.scheduleId));
  const [a, b] = lines;
  if (a !== undefined && b !== undefined && a !== b)
    return finding(Math.max(a, b), other, { code: 'overlaps_row', detail: { line: Math.min(a, b) } });
  const line = a ?? b;
  // The doctor's own hours may meet for reasons of their own.
  if (line === undefined) return null;
  const { rule } = a === undefined ? one : other;
  return finding(line, a === undefined ? other : one, {
    code: 'overlaps_hours',
    detail: { choices: [`${rule.from}–${rule.to}`] },
  });
}

const finding = (line: number, { rule }: Sitting, what: Pick<Found, 'code' | 'detail'>): Found => ({
  line,
  column: 'from',
  value: `${rule.from}–${rule.to}`,
  ...what,
});
