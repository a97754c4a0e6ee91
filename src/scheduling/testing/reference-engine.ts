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
      const replaced =
        !isDated(rule) &&
        rules.some((other) => isDated(other) && other.chamberId === rule.chamberId && covers(other, date));
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

/** Each place the rule could give, each held against everything that is taken. */
export function slowPlaces(sitting: Sitting, { visitMinutes, taken, now }: Case): Place[] {
  return everyPlace(sitting, visitMinutes).filter(
    (place) =>
      !isTooSoon(sitting, place, now) &&
      !isTooFar(sitting, now) &&
      !taken.some((other) => collide(occupied(place, sitting.rule), other)),
  );
}

export function slowVerdict(
  all: Sitting[],
  query: Case & { startsAt: number; doctorActive: boolean },
): Verdict {
  const { startsAt, visitMinutes, taken, patientTaken, now, doctorActive } = query;
  const place = { start: startsAt, end: startsAt + visitMinutes * MINUTE };
  const underWay = all.filter(
    ({ rule, start, end }) => rule.mode === 'timed' && start <= startsAt && startsAt < end,
  );
  const answers = underWay.map((sitting): { sitting: Sitting; reasons: Reason[] } => {
    const offers = everyPlace(sitting, visitMinutes).some(({ start }) => start === startsAt);
    const applies: [Reason, boolean][] = [
      ['outside_hours', !offers],
      ['too_soon', isTooSoon(sitting, place, now)],
      ['too_far', isTooFar(sitting, now)],
      ['taken', taken.some((other) => collide(occupied(place, sitting.rule), other))],
      ['patient_busy', patientTaken.some((other) => collide(place, other))],
      ['doctor_inactive', !doctorActive],
    ];
    return { sitting, reasons: applies.filter(([, yes]) => yes).map(([reason]) => reason) };
  });
  const free = answers.find(({ reasons }) => reasons.length === 0);
  if (free !== undefined) return { free: true, sitting: free.sitting, place };
  const offering = answers.find(({ reasons }) => !reasons.includes('outside_hours'));
  const fallback = offering ?? answers.at(-1);
  if (fallback !== undefined) return { free: false, reasons: fallback.reasons };
  const applies: [Reason, boolean][] = [
    ['outside_hours', true],
    ['too_soon', startsAt < now],
    ['taken', taken.some((other) => collide(place, other))],
    ['patient_busy', patientTaken.some((other) => collide(place, other))],
    ['doctor_inactive', !doctorActive],
  ];
  return { free: false, reasons: applies.filter(([, yes]) => yes).map(([reason]) => reason) };
}

function everyPlace({ start, end, rule }: Sitting, visitMinutes: number): Place[] {
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
