import type { EpochMs } from './range.ts';
import { MINUTE_MS } from './range.ts';
import type { Sitting } from './sittings.ts';
import { dayOpensAt } from './wall-time.ts';
import { readDay } from './weekly-rules.ts';
import type { WeeklyRule } from './weekly-rules.ts';

/** The earliest start that may still be booked at `now`. */
export function earliestStart(rule: WeeklyRule, now: EpochMs): EpochMs {
  return now + rule.noticeMinutes * MINUTE_MS;
}

/**
 * Whether the sitting's date lies beyond the horizon. A sitting past midnight opens for booking as a whole, by its own
 * date. Asking when it opens instead of what today is keeps the zone arithmetic to one look-up.
 */
export function isTooFar(sitting: Sitting, now: EpochMs): boolean {
  const { zone, horizonDays } = sitting.rule;
  return now < dayOpensAt(zone, readDay(sitting.date, 'sitting.date') - horizonDays);
}
