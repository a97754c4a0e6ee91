import { invalidInput } from '../../platform/problems.ts';

/** People one account may book for, the user included. */
export const patientsPerUser = 20;

/** Refuses a year that has not begun anywhere on earth. */
export function refuseUnbornYear(birthYear: number | null | undefined, now: Temporal.Instant): void {
  const { year } = now.toZonedDateTimeISO('+14:00');
  if (birthYear && birthYear > year)
    throw invalidInput({ path: 'birthYear', message: `Use ${year} or earlier` });
}
