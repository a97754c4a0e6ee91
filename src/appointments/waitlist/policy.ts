import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';

/** Lines that one patient may stand in at once. */
export const mostLines = 10;

/**
 * Time alone frees places too (a quota is released, a day opens), at full minutes; so each round looks a little further
 * than to the next one. What is about to be free goes to the line and not to whoever presses in that second.
 */
export const aheadMs = 1.5 * MINUTE_MS;

/**
 * An offer that has run out keeps its place for so long still, three rounds, in which the next in line gets it. When no
 * round runs, it is anybody's then.
 */
const graceMs = 3 * MINUTE_MS;

/** The sooner the visit, the sooner the next in line must hear of it; a place weeks ahead can wait for a lunch break. */
const minutesByLead = [
  { leadHours: 3, minutes: 10 },
  { leadHours: 24, minutes: 30 },
];
const mostMinutes = 60;

/** Nobody reads a message and answers it in less. */
const leastMinutes = 5;

export type OfferTime = {
  /** What the patient is told. */
  until: EpochMs;
  /** Until when the claim keeps the place. */
  expires: EpochMs;
};

/** How long a place is offered from now on: never beyond its notice or its start. Null: not worth an offer any more. */
export function offerTime(
  { starts, noticeMinutes }: { starts: EpochMs; noticeMinutes: number },
  now: EpochMs,
): OfferTime | null {
  const lead = minutesByLead.find(({ leadHours }) => starts - now <= leadHours * 60 * MINUTE_MS);
  const usual = now + (lead?.minutes ?? mostMinutes) * MINUTE_MS;
  const until = Math.min(usual, starts - noticeMinutes * MINUTE_MS);
  if (until < now + leastMinutes * MINUTE_MS) return null;
  return { until, expires: Math.min(until + graceMs, starts) };
}
