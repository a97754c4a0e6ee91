import { earliestStart, isTooFar } from './booking-window.ts';
import { checkQuery, freePlacesFrom, gridOf, occupied } from './places.ts';
import type { Place } from './places.ts';
import type { EpochMs, Range } from './range.ts';
import { MINUTE_MS, overlapsAny } from './range.ts';
import type { Sitting } from './sittings.ts';

/** Why a time is refused. The list is closed, and answers keep its order. */
export type Reason =
  | 'outside_hours'
  | 'time_off'
  | 'holiday'
  | 'too_soon'
  | 'too_far'
  | 'taken'
  | 'session_full'
  | 'session_closed'
  | 'quota_used'
  | 'patient_busy'
  | 'patient_limit'
  | 'doctor_inactive';

export type Verdict =
  | { readonly free: true; readonly sitting: Sitting; readonly place: Place }
  | { readonly free: false; /** Every one that applies, at least one. */ readonly reasons: Reason[] };

/** Who would come and what is known at this moment. All ranges are sorted by start. */
export type Circumstances = {
  /** The doctor's occupied ranges, buffers in. */
  readonly taken: readonly Range[];
  /** The patient's other visits, without buffers. */
  readonly patientTaken: readonly Range[];
  readonly now: EpochMs;
  readonly doctorActive: boolean;
};

export type StartQuery = Circumstances & { readonly startsAt: EpochMs; readonly visitMinutes: number };

/**
 * Whether a visit can start at `startsAt` in one of the timed sittings (sorted by start), or every reason why not.
 * A start between the steps of its sitting, or one whose visit would run past the end, is `outside_hours`; it is still
 * measured against the sitting's notice, horizon and buffers. Where no sitting is under way, only the past counts as
 * `too_soon`, and no horizon or buffers apply.
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
 * The next serial of a serial sitting, the lowest free one whose expected time can still be booked, or every reason why
 * there is none for this patient. `too_soon`: time has come too close to the last serial. `session_full`: of the serials
 * still to come (of all, when none is) none is free. A timed sitting hands out no serials: `outside_hours`.
 */
export function judgeSerial(sitting: Sitting, query: Circumstances): Verdict {
  const { rule } = sitting;
  if (rule.mode !== 'serial') return { free: false, reasons: ['outside_hours'] };
  const visitMinutes = rule.slotMinutes;
  checkQuery({ visitMinutes, now: query.now });
  const notBefore = earliestStart(rule, query.now);
  const tooSoon = gridOf(sitting, visitMinutes).lastStart < notBefore;
  const earliest = tooSoon ? sitting.start : notBefore;
  const [place] = freePlacesFrom(sitting, { visitMinutes, taken: query.taken, earliest });

  const reasons: Reason[] = [];
  if (tooSoon) reasons.push('too_soon');
  if (isTooFar(sitting, query.now)) reasons.push('too_far');
  if (place === undefined) reasons.push('session_full');
  else if (overlapsAny(place, query.patientTaken)) reasons.push('patient_busy');
  if (!query.doctorActive) reasons.push('doctor_inactive');
  if (place === undefined || reasons.length > 0) return { free: false, reasons };
  return { free: true, sitting, place };
}

function refusalsIn(
  sitting: Sitting,
  place: Range,
  { visitMinutes, taken, patientTaken, now, doctorActive }: StartQuery,
): Reason[] {
  const { rule } = sitting;
  const { step, lastStart } = gridOf(sitting, visitMinutes);
  const reasons: Reason[] = [];
  if ((place.start - sitting.start) % step !== 0 || place.start > lastStart) reasons.push('outside_hours');
  if (place.start < earliestStart(rule, now)) reasons.push('too_soon');
  if (isTooFar(sitting, now)) reasons.push('too_far');
  if (overlapsAny(occupied(place, rule), taken)) reasons.push('taken');
  if (overlapsAny(place, patientTaken)) reasons.push('patient_busy');
  if (!doctorActive) reasons.push('doctor_inactive');
  return reasons;
}

function refusalsOutside(place: Range, { taken, patientTaken, now, doctorActive }: Circumstances): Reason[] {
  const reasons: Reason[] = ['outside_hours'];
  if (place.start < now) reasons.push('too_soon');
  if (overlapsAny(place, taken)) reasons.push('taken');
  if (overlapsAny(place, patientTaken)) reasons.push('patient_busy');
  if (!doctorActive) reasons.push('doctor_inactive');
  return reasons;
}
