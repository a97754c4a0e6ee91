import type { WeeklyRule } from '../weekly-rules.ts';

/** The rule that tests and benchmarks vary: Mondays 10:00–12:00 in Dhaka, a start every 15 minutes, no conditions. */
export function exampleRule(given: Partial<WeeklyRule> = {}): WeeklyRule {
  return {
    scheduleId: 1,
    chamberId: 1,
    zone: 'Asia/Dhaka',
    weekday: 1,
    from: '10:00',
    to: '12:00',
    validFrom: null,
    validUntil: null,
    exception: false,
    mode: 'timed',
    slotMinutes: 15,
    capacity: null,
    quotas: null,
    quotaReleaseMinutes: null,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 0,
    horizonDays: 36_500,
    ...given,
  };
}
