import { earliestStart, isTooFar } from './booking-window.ts';
import { closuresFor } from './closures.ts';
import type { Closure } from './closures.ts';
import { obstaclesIn } from './obstacles.ts';
import type { Conditions } from './obstacles.ts';
import { checkQuery, firstStartFrom, freePlacesFrom, gridOf, occupied } from './places.ts';
import type { Place } from './places.ts';
import { allotmentOf, isOwn, mayTake } from './quotas.ts';
import type { EpochMs, Range } from './range.ts';
import { MINUTE_MS, overlaps, overlapsAny } from './range.ts';
import type { Sitting } from './sittings.ts';

/** Why a time is refused. The list is closed, and answers keep its order. */
export const allReasons = [
  'outside_hours',
  'time_off',
  'holiday',
  'too_soon',
  'too_far',
  'taken',
  'session_full',
  'session_closed',
  'quota_used',
  'patient_busy',
  'patient_limit',
  'doctor_inactive',
] as const;
export type Reason = (typeof allReasons)[number];

export type Verdict =
  | { readonly free: true; readonly sitting: Sitting; readonly place: Place }
  | { readonly free: false; /** Every one that applies, at least one. */ readonly reasons: Reason[] };

/** Who would come and what is known at this moment. */
export type Circumstances = Conditions & {
  /** The patient's other visits, without buffers, sorted by start. */
  readonly patientTaken: readonly Range[];
  /** The patient has as many visits ahead as the chamber allows. */
  readonly patientLimitReached: boolean;
  readonly now: EpochMs;
  readonly doctorActive: boolean;
};

export type StartQuery = Circumstances & { readonly startsAt: EpochMs; readonly visitMinutes: number };

/**
 * Whether a visit can start at `startsAt` in one of the timed sittings (sorted by start), or every reason why not.
 * A start between the steps of its sitting, or one whose visit would run past the end, is `outside_hours`; it is still
 * measured against the sitting's notice, horizon, buffers, travel and closures. Where no sitting is under way, only the
 * past counts as `too_soon`, only what closes every chamber counts, and no horizon, buffers or travel apply.
 */
export function judgeStart(sittings: readonly Sitting[], query: StartQuery): Verdict {
  checkQuery(query);
  if (!Number.isSafeInteger(query.startsAt)) {
    throw new RangeError(`query.startsAt: expected whole milliseconds, got ${query.startsAt}`);
  }
  const place = { start: query.startsAt, end: query.startsAt + query.visitMinutes * MINUTE_MS };
  let nearest: Reason[] | null = null;
  for (const sitting of sittings) {
    if (sitting.start > place.start) break;
    if (sitting.rule.mode !== 'timed' || sitting.end <= place.start) continue;
    const reasons = refusalsIn(sitting, place, query);
    if (reasons.length === 0) return { free: true, sitting, place };
    // Sittings can overlap on the day of a clock change; the one that offers this start explains the refusal.
    if (nearest === null || nearest.includes('outside_hours')) nearest = reasons;
  }
  return { free: false, reasons: nearest ?? refusalsOutside(place, query) };
}

/**
 * The next serial of a serial sitting for the channel, or every reason why there is none for this patient. It is the
 * lowest free one, of the channel's own range first, whose expected time can still be booked. `too_soon`: time has come
 * too close to the last serial; the rest is then said of all serials, else of those still to come. When none is left:
 * `time_off` and `holiday` if they close any of them, `session_full` if all that are not closed are taken, `quota_used`
 * if one is free but not for this channel. A timed sitting hands out no serials: `outside_hours`.
 */
export function judgeSerial(sitting: Sitting, query: Circumstances): Verdict {
  const { rule } = sitting;
  if (rule.mode !== 'serial') return { free: false, reasons: ['outside_hours'] };
  const visitMinutes = rule.slotMinutes;
  checkQuery({ ...query, visitMinutes });
  const { lastStart, step } = gridOf(sitting, visitMinutes);
  const notBefore = earliestStart(rule, query.now);
  const tooSoon = lastStart < notBefore;
  const earliest = tooSoon ? sitting.start : notBefore;
  const obstacles = obstaclesIn(rule.chamberId, query);
  const free = freePlacesFrom(sitting, { visitMinutes, earliest, obstacles });
  const place = nextInLine(free, sitting, query);

  const inForce = place === undefined ? closuresOf(query, rule.chamberId) : [];
  const toCome = { start: firstStartFrom(sitting, step, earliest), end: lastStart + step };
  const isFull = () => {
    const without = (given: Partial<typeof obstacles>) =>
      freePlacesFrom(sitting, { visitMinutes, earliest, obstacles: { ...obstacles, ...given } });
    return without({ busy: [] }).length > 0 || without({ closed: [] }).length === 0;
  };
  const reasons = listReasons({
    time_off: isClosed(toCome, inForce, 'time_off'),
    holiday: isClosed(toCome, inForce, 'holiday'),
    too_soon: tooSoon,
    too_far: isTooFar(sitting, query.now),
    session_full: free.length === 0 && isFull(),
    session_closed: query.closedSessions.has(sitting.sessionKey),
    quota_used: free.length > 0 && place === undefined,
    patient_busy: place !== undefined && overlapsAny(place, query.patientTaken),
    patient_limit: query.patientLimitReached,
    doctor_inactive: !query.doctorActive,
  });
  if (place === undefined || reasons.length > 0) return { free: false, reasons };
  return { free: true, sitting, place };
}

/** The serial that is expected at a moment: the one whose minutes contain it, be it within 1 … capacity or not. */
export function serialAt(sitting: Sitting, moment: EpochMs): number {
  const { step } = gridOf(sitting, sitting.rule.slotMinutes);
  return Math.floor((moment - sitting.start) / step) + 1;
}

/**
 * Whether the channel could be given just this serial, or every reason why not; it need not be the next one. A number
 * that the sitting does not have is `outside_hours`; one that is kept for another channel is `quota_used`.
 */
export function judgeGivenSerial(
  sitting: Sitting,
  query: Circumstances & { readonly serial: number },
): Verdict {
  const { rule } = sitting;
  if (rule.mode !== 'serial') return { free: false, reasons: ['outside_hours'] };
  const { serial } = query;
  checkQuery({ ...query, visitMinutes: rule.slotMinutes });
  if (!Number.isSafeInteger(serial)) {
    throw new RangeError(`query.serial: expected a whole number, got ${serial}`);
  }
  const { step, lastStart } = gridOf(sitting, rule.slotMinutes);
  const start = sitting.start + (serial - 1) * step;
  const place = { start, end: start + step, serial };
  const isThere = serial >= 1 && start <= lastStart;
  const inForce = closuresOf(query, rule.chamberId);
  const allotment = allotmentOf(sitting, query);
  const reasons = listReasons({
    outside_hours: !isThere,
    time_off: isClosed(place, inForce, 'time_off'),
    holiday: isClosed(place, inForce, 'holiday'),
    too_soon: start < earliestStart(rule, query.now),
    too_far: isTooFar(sitting, query.now),
    taken: overlapsAny(place, obstaclesIn(rule.chamberId, query).busy),
    session_closed: query.closedSessions.has(sitting.sessionKey),
    quota_used: isThere && allotment !== null && !mayTake(allotment, serial),
    patient_busy: overlapsAny(place, query.patientTaken),
    patient_limit: query.patientLimitReached,
    doctor_inactive: !query.doctorActive,
  });
  return reasons.length === 0 ? { free: true, sitting, place } : { free: false, reasons };
}

/** Every reason against a visit in a timed sitting, none when it can be booked. */
export function refusalsIn(
  sitting: Sitting,
  place: Range,
  query: Circumstances & { readonly visitMinutes: number },
): Reason[] {
  const { rule } = sitting;
  const { step, lastStart } = gridOf(sitting, query.visitMinutes);
  const inForce = closuresOf(query, rule.chamberId);
  return listReasons({
    outside_hours: (place.start - sitting.start) % step !== 0 || place.start > lastStart,
    time_off: isClosed(place, inForce, 'time_off'),
    holiday: isClosed(place, inForce, 'holiday'),
    too_soon: place.start < earliestStart(rule, query.now),
    too_far: isTooFar(sitting, query.now),
    taken: overlapsAny(occupied(place, rule), obstaclesIn(rule.chamberId, query).busy),
    session_closed: query.closedSessions.has(sitting.sessionKey),
    patient_busy: overlapsAny(place, query.patientTaken),
    patient_limit: query.patientLimitReached,
    doctor_inactive: !query.doctorActive,
  });
}

function refusalsOutside(place: Range, query: Circumstances): Reason[] {
  const inForce = closuresOf(query, null);
  return listReasons({
    outside_hours: true,
    time_off: isClosed(place, inForce, 'time_off'),
    holiday: isClosed(place, inForce, 'holiday'),
    too_soon: place.start < query.now,
    taken: overlapsAny(place, query.taken),
    patient_busy: overlapsAny(place, query.patientTaken),
    patient_limit: query.patientLimitReached,
    doctor_inactive: !query.doctorActive,
  });
}

/** The reasons that apply, in the order of the list. */
function listReasons(applies: Partial<Record<Reason, boolean>>): Reason[] {
  return allReasons.filter((reason) => applies[reason] === true);
}

function nextInLine(free: readonly Place[], sitting: Sitting, query: Circumstances): Place | undefined {
  const allotment = allotmentOf(sitting, query);
  if (allotment === null) return free[0];
  return (
    free.find(({ serial }) => serial !== undefined && isOwn(allotment, serial)) ??
    free.find(({ serial }) => serial !== undefined && mayTake(allotment, serial))
  );
}

function closuresOf({ closures, channel }: Circumstances, chamberId: number | null): readonly Closure[] {
  return closuresFor(closures, { chamberId, channel });
}

function isClosed(range: Range, closures: readonly Closure[], kind: Closure['kind']): boolean {
  return closures.some((closure) => closure.kind === kind && overlaps(range, closure.period));
}
