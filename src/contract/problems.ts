/** Every way a request can be refused, with its HTTP status and its title. The closed list that clients may rely on. */
export const problems = {
  invalid_input: { status: 422, title: 'Some of what you sent is not valid' },
  malformed_request: { status: 400, title: 'The request could not be read' },
  not_signed_in: { status: 401, title: 'Sign in first' },
  wrong_credentials: { status: 401, title: 'The e-mail, mobile or password is not right' },
  token_expired: { status: 401, title: 'Your sign-in has ended; sign in again' },
  account_inactive: { status: 403, title: 'This account is not active' },
  not_allowed: { status: 403, title: 'You may not do this' },
  not_found: { status: 404, title: 'There is nothing here' },
  email_taken: { status: 409, title: 'This e-mail already has an account' },
  mobile_taken: { status: 409, title: 'This mobile number already has an account' },
  license_taken: { status: 409, title: 'This licence number already has an account' },
  family_full: { status: 409, title: 'Your list of family members is full' },
  schedule_overlap: { status: 409, title: 'The doctor already has hours at that time' },
  changed_meanwhile: { status: 409, title: 'Somebody has changed this meanwhile; load it again' },
  appointments_stranded: {
    status: 409,
    title: 'Some appointments would lose their place; say what is to become of them',
  },
  no_place_left: { status: 409, title: 'There is no free place to move an appointment to' },
  chamber_in_use: { status: 409, title: 'Doctors still have hours in this chamber' },
  visit_type_exists: { status: 409, title: 'This visit type already has a fee here' },
  approval_decided: { status: 409, title: 'This doctor has already been decided on' },
  doctor_booked: {
    status: 409,
    title: 'Patients are booked with this doctor or wait for a place; suspend the account instead',
  },
  slot_taken: { status: 409, title: 'Someone has just taken this time' },
  session_full: { status: 409, title: 'This session is full' },
  patient_busy: { status: 409, title: 'The patient has another appointment at that time' },
  patient_limit: { status: 409, title: 'The patient has as many appointments as are allowed' },
  wrong_state: { status: 409, title: 'The appointment is no longer in a state that allows this' },
  too_late: { status: 409, title: 'It is too late for this; the chamber’s time limit has passed' },
  too_many_reschedules: { status: 409, title: 'This appointment has been moved as often as is allowed' },
  too_many_holds: { status: 409, title: 'You are already keeping as many places as is allowed' },
  too_many_renewals: { status: 409, title: 'This place has been kept as long as is allowed' },
  hold_ended: { status: 409, title: 'The time to finish this booking has run out' },
  no_recent_visit: {
    status: 422,
    title: 'This visit type is for patients whom the doctor has seen recently; choose a new visit',
  },
  wrong_code: { status: 422, title: 'The code is not right or no longer valid' },
  too_many_codes: { status: 429, title: 'As many codes as are allowed have been sent today' },
  already_waiting: { status: 409, title: 'You are on this waitlist already' },
  offer_ended: { status: 409, title: 'This offer has ended' },
  payment_refused: { status: 409, title: 'This amount cannot be taken or given back' },
  several_currencies: { status: 409, title: 'Fees of several currencies have no sum' },
  already_attached: { status: 409, title: 'The assistant is attached there already' },
  request_in_progress: { status: 409, title: 'The same request is still being worked on' },
  too_many_works: { status: 409, title: 'As much long work as is allowed is under way for you already' },
  work_ended: { status: 409, title: 'This has ended already' },
  file_not_ready: { status: 409, title: 'There is no file yet' },
  file_forgotten: { status: 410, title: 'This file is no longer kept; have it made again' },
  import_not_ready: { status: 409, title: 'This import is not ready for that; look at it again' },
  key_reused: { status: 422, title: 'This Idempotency-Key was used for another request' },
  outside_hours: { status: 422, title: 'The doctor does not see patients at that time' },
  time_off: { status: 422, title: 'The doctor is away at that time' },
  holiday: { status: 422, title: 'That day is a holiday' },
  too_soon: { status: 422, title: 'That time is too near to book' },
  too_far: { status: 422, title: 'That day cannot be booked yet' },
  session_closed: { status: 422, title: 'This session takes no more bookings' },
  quota_used: { status: 409, title: 'The places for this channel are used up' },
  doctor_inactive: { status: 422, title: 'This doctor takes no bookings now' },
  payload_too_large: { status: 413, title: 'What you sent is too large' },
  unsupported_media_type: { status: 415, title: 'This kind of content is not accepted' },
  unsupported_image: { status: 422, title: 'The photo must be a JPEG or PNG' },
  too_many_requests: { status: 429, title: 'Too many requests; wait a little' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service is not ready; try again shortly' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

export type FieldError = { path: string; message: string };

/** The body of every refusal, `application/problem+json` (RFC 9457). */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  requestId: string;
  /** Bad input: which fields, and what to do. */
  errors?: FieldError[];
  /** A lost place: the next free ones, as start times with offset; a serial is booked by its sessionKey. */
  alternatives?: { startsAt: string; serial?: number; sessionKey?: string }[];
  /** A change of the calendar that needs decisions: ids of the appointments they are about. */
  appointments?: number[];
};

export const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && Object.hasOwn(problems, code);
