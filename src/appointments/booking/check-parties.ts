import { Problem } from '../../platform/problems.ts';
import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';
import { DAY_MINUTES } from '../../scheduling/weekly-rules.ts';
import type { Situation } from './queries.ts';

type Parties = {
  doctor: NonNullable<Situation['doctor']>;
  visit: NonNullable<Situation['visit']>;
  patient: NonNullable<Situation['patient']>;
};

/** The doctor and the visit of a wish that are there; refuses with what to correct. */
export function checkDoctor({ doctor, visit }: Situation): Pick<Parties, 'doctor' | 'visit'> {
  if (!doctor) throw missing('doctorId', 'There is no such doctor');
  if (!doctor.active) throw new Problem('doctor_inactive');
  if (!visit) throw missing('visitTypeId', 'This doctor has no such visit type in this chamber');
  return { doctor, visit };
}

/** The same, and who comes. */
export function checkParties(
  situation: Situation,
  { patientId }: { patientId?: number | undefined },
): Parties {
  const parties = checkDoctor(situation);
  if (!situation.patient)
    throw missing(
      'patientId',
      patientId === undefined ? 'Say who the visit is for' : 'This person is not on your list',
    );
  return { ...parties, patient: situation.patient };
}

const missing = (path: string, message: string): Problem =>
  new Problem('invalid_input', message, { errors: [{ path, message }] });

/** Why the chamber lets this patient book no more by themself, in words; null: they may. */
export function refuseByRules(
  { patientFacts }: Situation,
  { visit: { policy } }: Pick<Parties, 'visit'>,
): string | null {
  const { withDoctor, inAll, noShows } = patientFacts;
  if (policy.noShowLimit !== null && noShows >= policy.noShowLimit)
    return 'Visits were missed here several times, so please book by phone or at the chamber.';
  if (withDoctor >= policy.mostPerDoctor)
    return `A patient can have ${policy.mostPerDoctor} bookings to come with one doctor. Cancel one first, or call the chamber.`;
  if (inAll >= policy.mostInAll)
    return `A patient can have ${policy.mostInAll} bookings to come. Cancel one first, or call the chamber.`;
  return null;
}

/** A follow-up or report is at its lower fee for those the doctor has seen a short while before it. */
export function refuseOldVisit(
  situation: Situation,
  { visit }: Pick<Parties, 'visit'>,
  starts: EpochMs,
): void {
  if (isInWindow(situation, { visit }, starts)) return;
  throw new Problem(
    'no_recent_visit',
    `This visit type is for patients whom the doctor has seen within ${visit.windowDays} days before. Choose a new visit.`,
  );
}

/** Whether the patient may have this visit type at that time. */
export const isInWindow = (
  { patientFacts: { lastSeen } }: Situation,
  { visit: { windowDays } }: Pick<Parties, 'visit'>,
  starts: EpochMs,
): boolean =>
  windowDays === null || (lastSeen !== null && starts <= lastSeen + windowDays * DAY_MINUTES * MINUTE_MS);
