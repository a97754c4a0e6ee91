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
    patient_limit:
      'The chamber takes no more online bookings of this patient: too many are to come, or visits were missed. Cancel one, or call the chamber.',
    wrong_state: 'This has changed meanwhile, and can no longer be done. Load the page again.',
    too_late: 'The chamber’s time limit for this has passed. Call the chamber.',
    too_many_reschedules: 'It has been moved as often as is allowed. Call the chamber to change it again.',
    too_many_holds: 'You are keeping several times already. This one is yours once you confirm it.',
    too_many_renewals: 'It has been kept as long as is allowed. Confirm now, if nobody else has taken it.',
    hold_ended: 'It is no longer kept for you. Confirm now, if nobody else has taken it.',
    no_recent_visit:
      'This kind of visit is for patients whom the doctor has seen recently. Choose New patient instead.',
    wrong_code: 'The code is not right or has run out. Look at the latest message, or ask for another one.',
    too_many_codes:
      'As many codes as are allowed in a day have been sent. Try again tomorrow, or call the chamber.',
    family_full: 'Your list of family members is full. Choose one of them.',
    already_waiting: 'You are on this waitlist already. An offer appears on My appointments.',
    offer_ended: 'This offer has ended. You are told when the next place frees.',
    changed_meanwhile: 'Somebody has changed this meanwhile. Look at it again, then decide.',
    request_in_progress: 'The same request is still being worked on. Wait a little, then press again.',
    key_reused: 'This form was already sent. Check My appointments before you send it again.',
    account_inactive: 'This account is not active. Call the chamber to have it opened.',
    too_many_requests: 'Too many tries. Wait a minute, then try again.',
    not_allowed: 'This account may not book. Sign in as a patient.',
  } satisfies Partial<Record<ProblemCode, string>>,
  unknownProblem: 'This could not be done. Please try again.',
};

export type ProblemTexts = typeof enProblems;
