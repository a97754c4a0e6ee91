import type { Closure } from '../closures.ts';
import { occupied } from '../places.ts';
import type { Place } from '../places.ts';
import type { Range } from '../range.ts';
import type { Sitting } from '../sittings.ts';
import type { Reason, Verdict } from '../verdict.ts';
import type { WeeklyRule } from '../weekly-rules.ts';
import { MINUTE } from './random-cases.ts';
import type { Case } from './random-cases.ts';

/** Each date, each rule, asking Temporal for everything. */
export function slowSittings({ rules, dates }: Case): Sitting[] {
  const found: Sitting[] = [];
  const isDated = (rule: WeeklyRule) => rule.validFrom !== null || rule.validUntil !== null;
  const beats = (a: WeeklyRule, b: WeeklyRule) =>
    (a.exception && !b.exception) || (isDated(a) && !isDated(b));
  const covers = (rule: WeeklyRule, date: string) =>
    (rule.validFrom === null || rule.validFrom <= date) &&
    (rule.validUntil === null || date <= rule.validUntil);
  for (
    let day = Temporal.PlainDate.from(dates.from);
    day.toString() <= dates.to;
    day = day.add({ days: 1 })
  ) {
    const date = day.toString();
    for (const rule of rules) {
      const next = day.add({ days: 1 });
      const exists = !day
        .toZonedDateTime(rule.zone)
        .toInstant()
        .equals(next.toZonedDateTime(rule.zone).toInstant());
      const replaced = rules.some(
        (other) => beats(other, rule) && other.chamberId === rule.chamberId && covers(other, date),
      );
      if (rule.weekday !== day.dayOfWeek || !covers(rule, date) || replaced || !exists) continue;
      const at = (on: Temporal.PlainDate, time: string) =>
        on
          .toPlainDateTime(Temporal.PlainTime.from(time))
          .toZonedDateTime(rule.zone, { disambiguation: 'compatible' }).epochMilliseconds;
      const start = at(day, rule.from);
      const end = at(rule.to > rule.from ? day : next, rule.to);
      if (end > start) found.push({ start, end, sessionKey: `${rule.scheduleId}.${date}`, date, rule });
    }
  }
  return found.toSorted(
    (a, b) => a.start - b.start || a.end - b.end || a.rule.scheduleId - b.rule.scheduleId,
  );
}

/** Each place the rule could give, each held against everything that is taken or closed. */
export function slowPlaces(sitting: Sitting, of: Case): Place[] {
  return everyPlace(sitting, of.visitMinutes).filter(
    (place) =>
      !of.closedSessions.has(sitting.sessionKey) &&
      !isTooSoon(sitting, place, of.now) &&
      !isTooFar(sitting, of.now) &&
      !isTaken(sitting, place, of) &&
      !isClosed(sitting, place, of) &&
      mayHave(sitting, place, of),
  );
}

export function slowVerdict(all: Sitting[], of: Case & { startsAt: number }): Verdict {
  const { startsAt, visitMinutes, taken, now } = of;
  const place = { start: startsAt, end: startsAt + visitMinutes * MINUTE };
  const underWay = all.filter(
    ({ rule, start, end }) => rule.mode === 'timed' && start <= startsAt && startsAt < end,
  );
  const answers = underWay.map((sitting): { sitting: Sitting; reasons: Reason[] } => {
    const offers = everyPlace(sitting, visitMinutes).some(({ start }) => start === startsAt);
    const reasons = applying([
      ['outside_hours', !offers],
      ['time_off', isClosed(sitting, place, of, 'time_off')],
      ['holiday', isClosed(sitting, place, of, 'holiday')],
      ['too_soon', isTooSoon(sitting, place, now)],
      ['too_far', isTooFar(sitting, now)],
      ['taken', isTaken(sitting, place, of)],
      ['session_closed', of.closedSessions.has(sitting.sessionKey)],
      ...ofThePatient(place, of),
    ]);
    return { sitting, reasons };
  });
  const free = answers.find(({ reasons }) => reasons.length === 0);
  if (free !== undefined) return { free: true, sitting: free.sitting, place };
  const offering = answers.find(({ reasons }) => !reasons.includes('outside_hours'));
  const fallback = offering ?? answers.at(-1);
  if (fallback !== undefined) return { free: false, reasons: fallback.reasons };
  const reasons = applying([
    ['outside_hours', true],
    ['time_off', isClosed(null, place, of, 'time_off')],
    ['holiday', isClosed(null, place, of, 'holiday')],
    ['too_soon', startsAt < now],
    ['taken', taken.some((other) => collide(place, other))],
    ...ofThePatient(place, of),
  ]);
  return { free: false, reasons };
}

export function slowSerial(sitting: Sitting, of: Case): Verdict {
  if (sitting.rule.mode !== 'serial') return { free: false, reasons: ['outside_hours'] };
  const every = everyPlace(sitting, of.visitMinutes);
  const inTime = every.filter((place) => !isTooSoon(sitting, place, of.now));
  const toCome = inTime.length > 0 ? inTime : every;
  const isFree = (place: Place) => !isTaken(sitting, place, of) && !isClosed(sitting, place, of);
  const free = toCome.filter(isFree);
  const own = numbersOf(sitting.rule, of);
  const [place] = [
    ...free.filter(({ serial }) => serial !== undefined && own.includes(serial)),
    ...free.filter((each) => mayHave(sitting, each, of)),
  ];
  const none = place === undefined;
  const open = toCome.filter((each) => !isClosed(sitting, each, of));
  const allTaken = (places: Place[]) => places.every((each) => isTaken(sitting, each, of));
  const reasons = applying([
    ['time_off', none && toCome.some((each) => isClosed(sitting, each, of, 'time_off'))],
    ['holiday', none && toCome.some((each) => isClosed(sitting, each, of, 'holiday'))],
    ['too_soon', inTime.length === 0],
    ['too_far', isTooFar(sitting, of.now)],
    ['session_full', free.length === 0 && (open.length > 0 || allTaken(toCome))],
    ['session_closed', of.closedSessions.has(sitting.sessionKey)],
    ['quota_used', none && free.length > 0],
    ...ofThePatient(place ?? null, of),
  ]);
  return place === undefined || reasons.length > 0
    ? { free: false, reasons }
    : { free: true, sitting, place };
}

export function everyPlace({ start, end, rule }: Sitting, visitMinutes: number): Place[] {
  const found: Place[] = [];
  if (rule.mode === 'serial') {
    for (let serial = 1; serial <= (rule.capacity ?? 0); serial++) {
      const expected = start + (serial - 1) * rule.slotMinutes * MINUTE;
      found.push({ start: expected, end: expected + rule.slotMinutes * MINUTE, serial });
    }
  } else {
    for (let at = start; at + visitMinutes * MINUTE <= end; at += rule.slotMinutes * MINUTE) {
      found.push({ start: at, end: at + visitMinutes * MINUTE });
    }
  }
  return found;
}

function applying(reasons: [Reason, boolean][]): Reason[] {
  return reasons.filter(([, yes]) => yes).map(([reason]) => reason);
}

function ofThePatient(place: Range | null, of: Case): [Reason, boolean][] {
  return [
    ['patient_busy', place !== null && of.patientTaken.some((other) => collide(place, other))],
    ['patient_limit', of.patientLimitReached],
    ['doctor_inactive', !of.doctorActive],
  ];
}

export function isTaken({ rule }: Sitting, place: Range, { taken, travelMinutes }: Case): boolean {
  return taken.some((other) => {
    const elsewhere = typeof other.chamberId === 'number' && other.chamberId !== rule.chamberId;
    const travel = elsewhere ? travelMinutes * MINUTE : 0;
    const needed = occupied(place, rule);
    return collide({ start: needed.start - travel, end: needed.end + travel }, other);
  });
}

function isClosed(
  sitting: Sitting | null,
  place: Range,
  { closures, channel }: Case,
  kind?: Closure['kind'],
): boolean {
  return closures.some(
    (closure) =>
      (kind === undefined || closure.kind === kind) &&
      (closure.chamberId === null || closure.chamberId === sitting?.rule.chamberId) &&
      (channel === 'online' || !closure.tentative) &&
      collide(place, closure.period),
  );
}

function mayHave({ rule, start }: Sitting, { serial }: Place, of: Case): boolean {
  if (rule.quotas === null || serial === undefined) return true;
  const release = rule.quotaReleaseMinutes;
  if (release !== null && start - of.now <= release * MINUTE) return true;
  const others = (['online', 'phone', 'walk_in'] as const).filter((channel) => channel !== of.channel);
  return others.every((channel) => !numbersOf(rule, { channel }).includes(serial));
}

/** The numbers kept for a channel, written out. */
function numbersOf({ quotas }: WeeklyRule, { channel }: { channel: Case['channel'] }): number[] {
  if (quotas === null) return [];
  const numbers = [
    ...Array.from({ length: quotas.online }, () => 'online'),
    ...Array.from({ length: quotas.phone }, () => 'phone'),
    ...Array.from({ length: quotas.walkIn }, () => 'walk_in'),
  ];
  return numbers.flatMap((keptFor, index) => (keptFor === channel ? [index + 1] : []));
}

function isTooSoon({ rule }: Sitting, place: Range, now: number): boolean {
  return place.start < now + rule.noticeMinutes * MINUTE;
}

function isTooFar({ date, rule }: Sitting, now: number): boolean {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(rule.zone).toPlainDate();
  return date > today.add({ days: rule.horizonDays }).toString();
}

export function collide(a: Range, b: Range): boolean {
  return Math.max(a.start, b.start) < Math.min(a.end, b.end);
}
