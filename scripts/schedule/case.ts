import { z } from 'zod';
import { closedPeriod } from '../../src/scheduling/closures.ts';
import type { Closure } from '../../src/scheduling/closures.ts';
import { seriesDates } from '../../src/scheduling/series.ts';
import { parseSessionKey } from '../../src/scheduling/sittings.ts';
import { isZone } from '../../src/scheduling/wall-time.ts';
import { readDay, readRule } from '../../src/scheduling/weekly-rules.ts';

/** What the door accepts. Each default is what a case without the matter would say. */
export type ScheduleCase = z.infer<typeof scheduleCase>;

/** The case, or one line per mistake that starts with its path, such as `rules[0].to: …`. */
export function readCase(text: string): ScheduleCase | { readonly mistakes: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { mistakes: [`case: not JSON, ${error instanceof Error ? error.message : String(error)}`] };
  }
  const parsed = scheduleCase.safeParse(json);
  if (!parsed.success) return { mistakes: parsed.error.issues.flatMap(spellIssue) };
  const mistakes = findMistakes(parsed.data);
  return mistakes.length > 0 ? { mistakes } : parsed.data;
}

/** Closures as the engine takes them; one that a clock change leaves nothing of is left out. */
export function readClosures({ closures }: ScheduleCase): Closure[] {
  return closures.flatMap(({ kind, chamberId, tentative, zone, from, until }) => {
    const period = closedPeriod(zone, { from, until });
    return period === null ? [] : [{ kind, chamberId, tentative, period }];
  });
}

/** The same with `start` and `end` as instants. */
export function readRange<T extends { readonly start: string; readonly end: string }>({
  start,
  end,
  ...rest
}: T) {
  return { ...rest, start: readInstant(start), end: readInstant(end) };
}

export function readInstant(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

// Zones are known for these years, and neighbours of a date stay within four digits.
const outOfReach = 'expected a year from 1900 to 2200';
const isInReach = (text: string) => text >= '1900' && text < '2201';

const whole = (least: number) => z.int().min(least);
const date = z.iso.date({ abort: true }).refine(isInReach, outOfReach).describe('YYYY-MM-DD');
const time = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time from 00:00 to 23:59')
  .describe('HH:MM on the wall of the chamber');
const instant = z.iso
  .datetime({ offset: true, abort: true })
  .refine(isInReach, outOfReach)
  .describe('RFC 3339 with its offset');
const zone = z.string().refine(isZone, 'unknown time zone').describe('IANA time zone, such as Asia/Dhaka');
const sessionKey = z
  .string()
  .regex(/^[1-9]\d{0,15}\.\d{4}-\d\d-\d\d$/, { error: 'expected <scheduleId>.<date>', abort: true })
  .refine((key) => parseSessionKey(key) !== null, 'expected <scheduleId>.<date>')
  .describe('<scheduleId>.<date>, the date its sitting starts on');
const localTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/, { error: 'expected YYYY-MM-DD or YYYY-MM-DDTHH:MM', abort: true })
  .refine(isInReach, outOfReach)
  .describe('YYYY-MM-DD for the whole day, or YYYY-MM-DDTHH:MM, on the wall in the zone');

const rule = z.strictObject({
  scheduleId: whole(1),
  chamberId: whole(1),
  zone,
  weekday: whole(1).max(7).describe('Monday 1 to Sunday 7'),
  from: time,
  to: time.describe('HH:MM; one that is not after `from` is on the next day'),
  validFrom: date.nullable().default(null).describe('The first date it holds on; null: no limit'),
  validUntil: date.nullable().default(null).describe('The last date it holds on; null: no limit'),
  exception: z.boolean().default(false).describe('Other hours on its dates: replaces all weekly hours there'),
  mode: z.enum(['timed', 'serial']),
  slotMinutes: whole(1).describe('Timed: minutes between starts. Serial: minutes per patient'),
  capacity: whole(1).nullable().default(null).describe('Serial: the highest serial'),
  quotas: z
    .strictObject({ online: whole(0), phone: whole(0), walkIn: whole(0) })
    .nullable()
    .default(null)
    .describe('Serial: numbers kept for each channel, in this order from 1; the rest is for everybody'),
  quotaReleaseMinutes: whole(0)
    .nullable()
    .default(null)
    .describe('From so many minutes before the start on, every channel may take any number'),
  bufferBeforeMinutes: whole(0).default(0),
  bufferAfterMinutes: whole(0).default(0),
  noticeMinutes: whole(0).default(0).describe('A place starts at least so long after it is booked'),
  horizonDays: whole(0).default(365).describe('A sitting opens so many dates before its own'),
});

const closure = z.strictObject({
  kind: z.enum(['time_off', 'holiday']),
  chamberId: whole(1).nullable().default(null).describe('Null: every chamber'),
  tentative: z.boolean().default(false).describe('Closes the channel online only'),
  zone,
  from: localTime,
  until: localTime.describe('A date is included, a time is not'),
});

const person = { start: instant, end: instant };
const query = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('availability'),
    from: date,
    to: date.describe('The last date, included'),
    visitMinutes: whole(1),
  }),
  z.strictObject({ kind: z.literal('explain'), startsAt: instant, visitMinutes: whole(1) }),
  z.strictObject({ kind: z.literal('explain_serial'), sessionKey }),
  z.strictObject({
    kind: z.literal('series'),
    from: date,
    every: z.union(
      [
        z.strictObject({ days: whole(1) }),
        z.strictObject({ weeks: whole(1) }),
        z.strictObject({ months: whole(1) }),
      ],
      { error: 'expected {"days": n}, {"weeks": n} or {"months": n}' },
    ),
    until: date.optional(),
    count: whole(1).optional(),
    at: time.describe('HH:MM: the first place at or after it'),
    chamberId: whole(1).nullable().default(null).describe('Null: any chamber'),
    visitMinutes: whole(1),
  }),
]);

export const scheduleCase = z.strictObject({
  $schema: z.string().optional(),
  rules: z.array(rule).describe('The weekly rules of one doctor, in all chambers'),
  closures: z.array(closure).default([]),
  taken: z
    .array(z.strictObject({ ...person, chamberId: whole(1).nullable().default(null) }))
    .default([])
    .describe('The doctor’s occupied time, buffers in, in any order'),
  travelMinutes: whole(0).default(0).describe('Kept between two chambers of the doctor'),
  closedSessions: z.array(sessionKey).default([]),
  channel: z.enum(['online', 'phone', 'walk_in']).default('online'),
  patientTaken: z.array(z.strictObject(person)).default([]),
  patientLimitReached: z.boolean().default(false),
  doctorActive: z.boolean().default(true),
  now: instant,
  query,
});

/** Zod keeps the keys that nobody knows in one issue. */
function spellIssue(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    return before === '' ? String(part) : `${before}.${String(part)}`;
  }, '');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${path === '' ? '' : `${path}.`}${key}: no such field`);
  return [`${path === '' ? 'case' : path}: ${issue.message}`];
}

/** Longer spans are a mistake, and their answer helps nobody. */
const MOST_DAYS = 1_000;

/** What no shape can say: how the fields of one thing go together. */
function findMistakes(of: ScheduleCase): string[] {
  const mistakes: string[] = [];
  const attempt = (read: () => unknown, spell = (message: string) => message) => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      mistakes.push(spell(error.message));
    }
  };
  const ids = new Set<number>();
  for (const [index, each] of of.rules.entries()) {
    attempt(() => readRule(each, `rules[${index}]`));
    if (ids.has(each.scheduleId))
      mistakes.push(`rules[${index}].scheduleId: ${each.scheduleId} is used twice`);
    ids.add(each.scheduleId);
  }
  for (const [index, { zone, from, until }] of of.closures.entries()) {
    attempt(
      () => closedPeriod(zone, { from, until }),
      (message) => message.replace(/^period\b/, `closures[${index}]`),
    );
  }
  for (const name of ['taken', 'patientTaken'] as const) {
    for (const [index, { start, end }] of of[name].entries()) {
      if (readInstant(start) >= readInstant(end))
        mistakes.push(`${name}[${index}].end: expected a time after the start`);
    }
  }
  const { query } = of;
  if (query.kind === 'availability') {
    const days = readDay(query.to, 'query.to') - readDay(query.from, 'query.from');
    if (days < 0) mistakes.push('query.to: expected a date from query.from on');
    if (days >= MOST_DAYS) mistakes.push(`query.to: expected at most ${MOST_DAYS} days`);
  }
  if (query.kind === 'series') {
    attempt(
      () => seriesDates(query),
      (message) => message.replace(/^series\b/, 'query'),
    );
  }
  return mistakes;
}
