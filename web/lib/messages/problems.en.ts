import type { ProblemCode } from '../../../src/contract/problems.ts';

/** Refusals in plain words, for the patients’ pages and the staff’s. */
export const enProblems = {
  problems: {
    outside_hours: 'The doctor does not see patients at that time.',
    time_off: 'The doctor is away at that time.',
    holiday: 'The chamber is closed for a holiday that day.',
    too_soon: 'It is too late to book that time. Choose a later one.',
    too_far: 'That day cannot be booked yet. Choose a nearer one.',
    session_closed: 'This session takes no more bookings.',
    quota_used: 'All online places of this session are taken.',
    doctor_inactive: 'This doctor takes no bookings now.',
    patient_limit: 'The patient has as many appointments as are allowed.',
    request_in_progress: 'The same request is still being worked on. Wait a little, then press again.',
    key_reused: 'This form was already sent. Check My appointments before you send it again.',
    account_inactive: 'This account is not active. Call the chamber to have it opened.',
    too_many_requests: 'Too many tries. Wait a minute, then try again.',
    not_allowed: 'This account may not book. Sign in as a patient.',
  } satisfies Partial<Record<ProblemCode, string>>,
  unknownProblem: 'This could not be done. Please try again.',
};

export type ProblemTexts = typeof enProblems;
